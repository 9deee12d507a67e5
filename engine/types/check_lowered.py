"""The types of what only lowering writes: exact proration, numbers known within bounds, shares of a pot."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ..syntax import expr as ast
from . import arithmetic, check_compare, complaints, units
from .checker import Checker, Scope
from .datatypes import MAX_DIGITS, ROUNDING_MODE, UNKNOWN, Type, number


def operate(checker: Checker, expr: ast.Operate, scope: Scope) -> Type:
    """The type of `prorate` (its amount, rounded) or of `bound` (both ends in one type)."""
    operands = expr.operands if expr.op == "bound" else expr.operands[:3]
    found = [checker.infer(operand, scope) for operand in operands]
    if expr.op == "prorate":
        found.append(check_compare.against(checker, expr.operands[3], ROUNDING_MODE, scope))
    if any(one.kind == "unknown" for one in found):
        return UNKNOWN
    if expr.op == "bound":
        low, high = (arithmetic.snapped(one) for one in found)
        return replace(arithmetic.united(low, high), nullable=True, bounded=True, literal=False)
    amount, over, under, _ = found
    places = int(expr.options[0])
    shift = places + under.scale - amount.scale - over.scale
    digits = max(amount.digits + over.digits + max(shift, 0), under.digits + max(-shift, 0) + 1)
    if digits > MAX_DIGITS:
        return complaints.too_many_digits(checker.diagnostics, expr, digits)
    absent = any(one.nullable for one in found)
    whole = min(amount.whole + 1, MAX_DIGITS - places)
    low_end = Fraction(0) if amount.low is not None and amount.low >= 0 else None
    return replace(number(amount.unit, whole, places, low_end), nullable=absent)


def allocation(checker: Checker, expr: ast.Allocation, scope: Scope) -> Type:
    """The type of a share of a pot, or of a part of the factor by which claims are prorated."""
    names = ((expr.entity, expr.claim), (expr.entity, expr.low), (expr.entity, expr.high), ("state", expr.pot))
    found = [checker.type_of(entity, name, expr) for entity, name in names]
    if any(one.kind != "number" for one in found):
        return UNKNOWN
    if expr.part != "payment":
        # A factor is at most 1. Its denominator is at most the sum of all claims in the smallest unit there is, and the
        # type of one payee's claim has room for as many rows as there can be; its numerator is at most the pot besides.
        scale = max(expr.places, *(one.scale for one in found))
        digits = found[0].whole + scale
        if expr.part == "numerator":
            digits = min(digits, found[3].whole + scale)
        return replace(number(units.PLAIN, digits, 0, Fraction(0)), nullable=True)
    return replace(number(units.USD, found[2].whole + 1, expr.places, Fraction(0)), nullable=True)
