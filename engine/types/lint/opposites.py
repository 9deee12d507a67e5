"""Whether two conditions can hold of one row, as far as their words tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import Any, TypeAlias

from ...syntax import expr as ast
from ...syntax.expr import ComparisonOp, Expr
from ..check_parameters import literal_value

Value: TypeAlias = "Fraction | Date | str | bool"
Read: TypeAlias = Callable[[Expr], "Value | None"]
"""The value of what is written out; nothing for a name that stands for something else."""

OPPOSITE: dict[ComparisonOp, ComparisonOp] = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class _Range:
    """What a condition leaves: some values, or all from `low` to `high`."""

    values: frozenset[Any] | None = None
    low: Any = None
    low_in: bool = True
    high: Any = None
    high_in: bool = True

    def holds(self, value: Any) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below


def exclude(one: Expr, two: Expr, read: Read) -> bool:
    """Whether no row passes both conditions: `x >= 5` and `x < 3`, `x = a` and `x = b`, `t` and `not t`."""
    if one == ast.Not(two) or two == ast.Not(one) or opposite(one) == two:
        return True
    first, second = _range(one, read), _range(two, read)
    if first is None or second is None or first[0] != second[0]:
        return False
    return _apart(first[1], second[1])


def opposite(test: Expr) -> Expr:
    """The condition that holds where another does not, in its shortest words."""
    match test:
        case ast.Not(operand=operand):
            return operand
        case ast.Comparison(op=op, left=left, right=right):
            return ast.Comparison(OPPOSITE[op], left, right)
        case ast.In(value=value, options=options, negated=negated):
            return ast.In(value, options, not negated)
        case ast.IsKnown(value=value, known=known):
            return ast.IsKnown(value, not known)
        case _:
            return ast.Not(test)


def _range(test: Expr, read: Read) -> tuple[Expr, _Range] | None:
    """What a condition asks of which value."""
    match test:
        case ast.Comparison(op=op, left=left, right=right):
            value = read(right)
            if value is None or op == "!=":
                return None
            if op == "=":
                return left, _Range(values=frozenset({value}))
            if isinstance(value, bool | str):
                return None
            return left, (
                _Range(low=value, low_in=op == ">=") if op[0] == ">" else _Range(high=value, high_in=op == "<=")
            )
        case ast.In(value=value, options=options, negated=False):
            values = [read(option) for option in options]
            return None if None in values else (value, _Range(values=frozenset(values)))
        case ast.Between(value=value, low=low, high=high, half_open=half_open):
            ends = read(low), read(high)
            if None in ends or isinstance(ends[0], bool | str):
                return None
            return value, _Range(low=ends[0], high=ends[1], high_in=not half_open)
        case _:
            return None


def _apart(one: _Range, two: _Range) -> bool:
    if one.values is not None and two.values is not None:
        return one.values.isdisjoint(two.values)
    if one.values is not None or two.values is not None:
        values, ends = (one.values, two) if one.values is not None else (two.values, one)
        bound = ends.low if ends.low is not None else ends.high
        assert values is not None
        return all(type(value) is type(bound) and not ends.holds(value) for value in values)
    for lower, upper in ((one, two), (two, one)):
        if lower.high is None or upper.low is None or type(lower.high) is not type(upper.low):
            continue
        if lower.high < upper.low or (lower.high == upper.low and not (lower.high_in and upper.low_in)):
            return True
    return False


def written_out(is_value: Callable[[Expr], bool]) -> Read:
    """How the values of a policy are read: a name counts where `is_value` says that it is a word of an enum."""

    def read(expr: Expr) -> Value | None:
        if isinstance(expr, ast.Name) and not is_value(expr):
            return None
        found = literal_value(expr)
        return found if isinstance(found, Fraction | Date | str | bool) else None

    return read
