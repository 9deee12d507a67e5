"""Dates and years, reckoned as year, month and day, and made only where the calendar (years 1 to 9999) has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import NamedTuple

from ..plan.plan import Compute
from . import sql_tree as sql
from .sql_number import Number, retyped
from .sql_operators import Operation
from .sql_scope import Scope
from .sql_tree import Tree
from .sql_value import Value, exact, number

_EPOCH = Date(1970, 1, 1).toordinal()
_FIRST, _LAST = Date.min.toordinal() - _EPOCH, Date.max.toordinal() - _EPOCH
_THIRTY = (4, 6, 9, 11)


class _Reckoner(NamedTuple):
    """Arithmetic on narrow whole numbers; `int` operands are literals."""

    scope: Scope

    def tree(self, value: Tree | int) -> Tree:
        return sql.integer(value, self.scope.spelling) if isinstance(value, int) else value

    def of(self, left: Tree | int, operator: str, right: Tree | int) -> Tree:
        """A sum, product or comparison, bound."""
        return self.scope.bind(sql.binary(self.tree(left), operator, self.tree(right)))

    def quotient(self, over: Tree, under: int) -> Tree:
        """Whole quotient of a number that is not negative."""
        spelling = self.scope.spelling
        return self.scope.bind(sql.spelled(spelling.quotient_narrow, spelling, n=over, d=self.tree(under)))

    def rest(self, over: Tree, under: int) -> Tree:
        """What the quotient leaves."""
        spelling = self.scope.spelling
        return self.scope.bind(sql.spelled(spelling.remainder, spelling, n=over, d=self.tree(under)))

    def within(self, value: Tree, low: int, high: int) -> Tree:
        return sql.every((self.of(value, ">=", low), self.of(value, "<=", high)))

    def part(self, line: str, date: Tree) -> Tree:
        return self.scope.bind(sql.spelled(line, self.scope.spelling, x=date))

    def days(self, date: Tree) -> Tree:
        return self.part(self.scope.spelling.day_number, date)

    def from_days(self, days: Tree) -> Tree:
        """The date of a day number; missing outside the calendar."""
        days = self.scope.bind(sql.case((self.within(days, _FIRST, _LAST), days)))
        return self.scope.bind(sql.spelled(self.scope.spelling.from_day_number, self.scope.spelling, n=days))

    def date(self, year: Tree, month: Tree | int, day: Tree | int) -> Tree:
        """The date, its day kept within the month; missing outside the calendar."""
        year = self.scope.bind(sql.case((self.within(year, 1, 9999), year)))
        leap = sql.every(
            (
                self.of(self.rest(year, 4), "=", 0),
                sql.some((self.of(self.rest(year, 100), "<>", 0), self.of(self.rest(year, 400), "=", 0))),
            )
        )
        february = sql.case((leap, self.tree(29)), otherwise=self.tree(28))
        if isinstance(month, int):
            length: Tree | int = february if month == 2 else 30 if month in _THIRTY else 31
        else:
            thirty = sql.some(self.of(month, "=", short) for short in _THIRTY)
            length = sql.case((self.of(month, "=", 2), february), (thirty, self.tree(30)), otherwise=self.tree(31))
        if not (isinstance(day, int) and (day <= 28 or (isinstance(length, int) and day <= length))):
            length = self.scope.bind(self.tree(length))
            day = self.scope.bind(sql.case((self.of(day, ">", length), length), otherwise=self.tree(day)))
        made = sql.spelled(
            self.scope.spelling.date_of_parts, self.scope.spelling, y=year, m=self.tree(month), d=self.tree(day)
        )
        return self.scope.bind(sql.case((sql.is_not_null(year), made)))


def _whole(scope: Scope, value: Value) -> Tree:
    """A whole number of days, months or years, in the narrow type; beyond that type there is no date either."""
    found = number(value, scope.bind(exact(value)))
    if found.scale:
        sign = sql.binary(found.tree, "<", sql.integer(0, scope.spelling, found.wide))
        step = Number(sql.integer(10**found.scale, scope.spelling, found.wide), found.digits, 0)
        spelling = scope.spelling
        line = spelling.quotient_wide if found.wide else spelling.quotient_narrow
        size = scope.bind(sql.call("ABS", found.tree))
        quotient = scope.bind(sql.spelled(line, spelling, n=size, d=step.tree))
        found = Number(sql.case((sign, sql.minus(quotient)), otherwise=quotient), found.digits, 0)
    tree = scope.bind(found.tree)
    edge = sql.integer(10**9, scope.spelling, found.wide)
    near = sql.every((sql.binary(tree, "<", edge), sql.binary(tree, ">", sql.minus(edge))))
    return scope.bind(retyped(Number(sql.case((near, tree)), found.digits, 0), 18, 0, scope.spelling))


def _add_days(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    reckon = _Reckoner(scope)
    days = reckon.of(reckon.days(scope.bind(operands[0].main)), "+", _whole(scope, operands[1]))
    return Value(node.type, reckon.from_days(days))


def _add_months(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    reckon, spelling, date = _Reckoner(scope), scope.spelling, scope.bind(operands[0].main)
    months = reckon.of(reckon.of(reckon.part(spelling.year, date), "*", 12), "+", reckon.part(spelling.month, date))
    total = reckon.of(reckon.of(months, "-", 1), "+", _whole(scope, operands[1]))
    total = scope.bind(sql.case((reckon.within(total, 12, 9999 * 12 + 11), total)))
    year, month = reckon.quotient(total, 12), reckon.of(reckon.rest(total, 12), "+", 1)
    return Value(node.type, reckon.date(year, month, reckon.part(spelling.day, date)))


def _year_of(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    month, day, named_for_end = (int(option) for option in node.options)
    reckon, spelling, date = _Reckoner(scope), scope.spelling, scope.bind(operands[0].main)
    of_year, of_month, of_day = (reckon.part(line, date) for line in (spelling.year, spelling.month, spelling.day))
    begun = reckon.of(reckon.of(reckon.of(of_month, "*", 100), "+", of_day), ">=", month * 100 + day)
    name = reckon.of(of_year, "+", named_for_end)
    return Value(node.type, sql.case((begun, name), otherwise=reckon.of(name, "-", 1)))


def _day_of_year(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    month, day, begin_month, begin_day, named_for_end = (int(option) for option in node.options)
    reckon = _Reckoner(scope)
    begins = reckon.of(_whole(scope, operands[0]), "-", named_for_end)
    following = reckon.of(begins, "+", 1)
    if month == 0 and day == 1:
        return Value(node.type, reckon.date(begins, begin_month, begin_day))
    if month == 0:
        first = reckon.date(following, begin_month, begin_day)
        return Value(node.type, reckon.from_days(reckon.of(reckon.days(first), "-", 1)))
    later = (month, day) < (begin_month, begin_day)
    return Value(node.type, reckon.date(following if later else begins, month, day))


def _add_years(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    year, years = (_whole(scope, operand) for operand in operands)
    return Value(node.type, sql.binary(year, "+", years))


DATES: Mapping[str, Operation] = {
    "add_days": _add_days,
    "add_months": _add_months,
    "year_of": _year_of,
    "day_of_year": _day_of_year,
    "add_years": _add_years,
}
"""Operator → how it is written."""
