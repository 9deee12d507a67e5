"""The type of every expression: one function per kind of node, all mistakes collected.

A node that cannot be typed gets a complaint and the type `unknown`, which fits everywhere, so that one mistake
gives one
message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..syntax import expr as ast
from . import (
    arithmetic,
    check_call,
    check_compare,
    check_in_force,
    check_lowered,
    check_names,
    check_rows,
    complaints,
    units,
)
from .check_digits import held
from .checker import Checker, Scope
from .datatypes import DATE, NOTHING, TEXT, TRUTH, UNKNOWN, Type
from .units import parse_unit

# -- literals ---------------------------------------------------------------------------------------------------


def _number(checker: Checker, expr: ast.Number, scope: Scope) -> Type:
    result = arithmetic.constant(Fraction(expr.value), units.PLAIN, decimals(expr), literal=True)
    return held(checker, expr, "literal", (), result)


def _percent(checker: Checker, expr: ast.Percent, scope: Scope) -> Type:
    return arithmetic.constant(Fraction(expr.value) / 100, units.RATIO, decimals(expr) + 2)


def _money(checker: Checker, expr: ast.Money, scope: Scope) -> Type:
    unit = parse_unit(f"USD/{expr.per}" if expr.per else "USD")
    if unit is None:
        return complaints.unknown_unit(checker.diagnostics, expr.span, expr.per)
    return arithmetic.constant(Fraction(expr.value), unit, max(decimals(expr), 0))


def decimals(expr: ast.Number | ast.Percent | ast.Money) -> int:
    """How many decimals a literal is written with."""
    exponent = expr.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _duration(checker: Checker, expr: ast.Duration, scope: Scope) -> Type:
    return Type("duration", name=expr.unit, low=Fraction(expr.count), high=Fraction(expr.count))


def _constant(found: Type) -> Callable[[Checker, Any, Scope], Type]:
    return lambda checker, expr, scope: found


# -- arithmetic -------------------------------------------------------------------------------------------------


def _negate(checker: Checker, expr: ast.Negate, scope: Scope) -> Type:
    operand = checker.infer_number(expr.operand, scope)
    return arithmetic.negated(operand) if operand.kind == "number" else operand


def _arithmetic(checker: Checker, expr: ast.Arithmetic, scope: Scope) -> Type:
    left = checker.infer(expr.left, scope)
    right = checker.infer(expr.right, scope, length=True)
    if "unknown" in (left.kind, right.kind):
        return UNKNOWN
    if left.kind in ("date", "year") or right.kind == "duration":
        return _moved(checker, expr, left, right)
    for side, found in ((expr.left, left), (expr.right, right)):
        if found.kind not in ("number", "nothing"):
            complaints.not_a_number(checker.diagnostics, side, found)
            return UNKNOWN
    if left.kind == "nothing" or right.kind == "nothing":
        return (right if left.kind == "nothing" else left).maybe()
    result = _computed(checker, expr, left, right)
    return held(checker, expr, _OPERATORS[expr.op], (left, right), result) if result.kind == "number" else result


def _computed(checker: Checker, expr: ast.Arithmetic, left: Type, right: Type) -> Type:
    if expr.op == "*":
        return arithmetic.multiplied(left, right)
    if expr.op == "/":
        if right.low == right.high == 0:
            complaints.divided_by_zero(checker.diagnostics, expr)
        return arithmetic.divided(left, right)
    unit = check_compare.common_unit(checker, expr, expr.op, (expr.left, left), (expr.right, right))
    if unit is None:
        return UNKNOWN
    return (arithmetic.added if expr.op == "+" else arithmetic.subtracted)(left, right, unit)


_OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div"}


def _moved(checker: Checker, expr: ast.Arithmetic, left: Type, right: Type) -> Type:
    fits = left.kind == "date" or (left.kind == "year" and right.name == "year")
    if expr.op not in ("+", "-") or right.kind != "duration" or not fits:
        return complaints.types_differ(checker.diagnostics, expr, expr.op, left, right)
    return left


def _part_of(checker: Checker, expr: ast.PartOf, scope: Scope) -> Type:
    share = checker.infer_number(expr.share, scope)
    whole = checker.infer_number(expr.whole, scope)
    if share.kind != "number" or whole.kind != "number":
        return UNKNOWN
    if share.unit != units.RATIO:
        return complaints.number_for_percent(checker.diagnostics, expr.share, share)
    return held(checker, expr, "mul", (share, whole), arithmetic.multiplied(share, whole))


# -- logic ------------------------------------------------------------------------------------------------------


def _logic(checker: Checker, expr: ast.And | ast.Or, scope: Scope) -> Type:
    found = [checker.infer_test(operand, scope) for operand in expr.operands]
    return replace(
        TRUTH, nullable=any(type.nullable for type in found), excusable=any(type.excusable for type in found)
    )


def _not(checker: Checker, expr: ast.Not, scope: Scope) -> Type:
    found = checker.infer_test(expr.operand, scope)
    return replace(TRUTH, nullable=found.nullable, excusable=found.excusable)


def _is_known(checker: Checker, expr: ast.IsKnown, scope: Scope) -> Type:
    checker.infer(expr.value, scope)
    return TRUTH


def _or_else(checker: Checker, expr: ast.OrElse, scope: Scope) -> Type:
    value = checker.infer(expr.value, scope)
    fallback = checker.infer(expr.fallback, scope)
    found = check_compare.unite(checker, expr, (expr.value, value), (expr.fallback, fallback))
    return replace(found, nullable=fallback.nullable, excusable=False) if found.kind != "unknown" else found


def _if(checker: Checker, expr: ast.If, scope: Scope) -> Type:
    test = checker.infer_test(expr.test, scope)
    then = checker.infer(expr.then, scope)
    otherwise = checker.infer(expr.otherwise, scope)
    found = check_compare.unite(checker, expr, (expr.then, then), (expr.otherwise, otherwise))
    return found.maybe(test.nullable or test.excusable) if found.kind != "unknown" else found


# -- dates ------------------------------------------------------------------------------------------------------


def _year_of(checker: Checker, expr: ast.YearOf, scope: Scope) -> Type:
    found = checker.infer(expr.date, scope)
    if found.kind not in ("date", "unknown", "nothing"):
        return complaints.not_a_date(checker.diagnostics, expr.date, found)
    return Type("year", name=expr.kind, nullable=found.nullable)


def _day_of(checker: Checker, expr: ast.DayOf, scope: Scope) -> Type:
    found = checker.infer(expr.year, scope)
    fits = found.kind in ("year", "unknown", "nothing") or (found.kind == "number" and found.scale == 0)
    if not fits:
        return complaints.not_a_date(checker.diagnostics, expr.year, found, "a year")
    return DATE.maybe(found.nullable)


def _outward(checker: Checker, expr: ast.Outward, scope: Scope) -> Type:
    return checker.infer(expr.value, scope[1:])


INFER: dict[type, Callable[[Checker, Any, Scope], Type]] = {
    ast.Number: _number,
    ast.Percent: _percent,
    ast.Money: _money,
    ast.Duration: _duration,
    ast.DateLiteral: _constant(DATE),
    ast.Text: _constant(TEXT),
    ast.Truth: _constant(TRUTH),
    ast.Missing: _constant(NOTHING),
    ast.Invalid: _constant(UNKNOWN),
    ast.Name: check_names.name,
    ast.Member: check_names.member,
    ast.Negate: _negate,
    ast.Arithmetic: _arithmetic,
    ast.PartOf: _part_of,
    ast.Comparison: check_compare.comparison,
    ast.Between: check_compare.between,
    ast.In: check_compare.within,
    ast.IsKnown: _is_known,
    ast.Not: _not,
    ast.And: _logic,
    ast.Or: _logic,
    ast.OrElse: _or_else,
    ast.If: _if,
    ast.Call: check_call.call,
    ast.AsOf: check_in_force.as_of,
    ast.YearOf: _year_of,
    ast.DayOf: _day_of,
    ast.Aggregate: check_rows.aggregate,
    ast.Among: check_rows.among,
    ast.Reachable: check_rows.stray_reachable,
    ast.Outward: _outward,
    ast.Operate: check_lowered.operate,
    ast.Allocation: check_lowered.allocation,
}
