"""The types of arithmetic: units, digits, decimals, ranges. Pure functions from operand types to a result type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache

from . import units
from .datatypes import QUOTIENT_SCALE, SNAP_SCALE, Type, digits_before_point, number

ROWS_DIGITS = 9
"""Digits that a sum adds: a table has at most 10**9 rows."""


def _whole(low: Fraction | None, high: Fraction | None, otherwise: int) -> int:
    """Digits before the point: from the range where both ends are known, never more than the operands give."""
    if low is None or high is None:
        return otherwise
    return min(otherwise, digits_before_point(max(abs(low), abs(high))))


def _kept(end: Fraction | None, places: int) -> Fraction | None:
    """An end of a range after rounding to `places` decimals, half away from zero, as the values in it are."""
    if end is None:
        return None
    size = (2 * abs(end) * 10**places + 1) // 2
    return Fraction(size if end >= 0 else -size, 10**places)


def merged(left: Type, right: Type, result: Type) -> Type:
    """`result` with what the operands' absence makes of it."""
    return replace(
        result,
        quotient=left.quotient or right.quotient,
        nullable=left.nullable or right.nullable or left.excusable or right.excusable,
        bounded=left.bounded or right.bounded,
        literal=left.literal and right.literal,
    )


def added(left: Type, right: Type, unit: units.Unit) -> Type:
    """The type of `left + right`."""
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    whole = _whole(low, high, max(left.whole, right.whole) + 1)
    result = merged(left, right, number(unit, whole, max(left.scale, right.scale), low, high))
    return result.maybe(left.bounded and right.bounded)


def negated(operand: Type) -> Type:
    """The type of `-operand`."""
    low = None if operand.high is None else -operand.high
    high = None if operand.low is None else -operand.low
    return replace(operand, low=low, high=high)


def subtracted(left: Type, right: Type, unit: units.Unit) -> Type:
    """The type of `left - right`."""
    return added(left, negated(right), unit)


def multiplied(left: Type, right: Type) -> Type:
    """The type of `left * right`."""
    low = high = None
    if None not in (left.low, left.high, right.low, right.high):
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]  # type: ignore[operator]
        low, high = min(corners), max(corners)
    elif left.low is not None and right.low is not None and left.low >= 0 and right.low >= 0:
        low = left.low * right.low
    whole = _whole(low, high, left.whole + right.whole)
    result = number(units.product(left.unit, right.unit), whole, left.scale + right.scale, low, high)
    return merged(left, right, result).maybe(left.bounded and right.bounded)


def divided(left: Type, right: Type) -> Type:
    """The type of `left / right`: a quotient with 12 decimals; missing where the divisor may be zero."""
    right = snapped(right)
    low = high = None
    whole = left.whole + right.scale
    never_zero = (right.low is not None and right.low > 0) or (right.high is not None and right.high < 0)
    if never_zero and None not in (left.low, left.high, right.low, right.high):
        corners = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]  # type: ignore[operator]
        low, high = _kept(min(corners), QUOTIENT_SCALE), _kept(max(corners), QUOTIENT_SCALE)
    elif left.low is not None and left.low >= 0 and right.low is not None and right.low >= 0:
        low = Fraction(0)
    base = number(units.quotient(left.unit, right.unit), _whole(low, high, whole), QUOTIENT_SCALE, low, high)
    result = merged(left, right, base)
    return replace(result, quotient=True, nullable=result.nullable or right.bounded or not never_zero)


def snapped(operand: Type) -> Type:
    """The type of a quotient as seen: 9 decimals, exact."""
    if not operand.quotient:
        return operand
    low, high = _kept(operand.low, SNAP_SCALE), _kept(operand.high, SNAP_SCALE)
    scale = min(operand.scale, SNAP_SCALE)
    return replace(operand, quotient=False, scale=scale, whole=operand.whole + 1, low=low, high=high)


def rounded(operand: Type, places: int) -> Type:
    """The type of a number rounded to `places` decimals."""
    scale = min(places, operand.scale)
    low = None if operand.low is None else Fraction(int(operand.low) - 1 if operand.low < 0 else 0)
    return replace(operand, whole=operand.whole + 1, scale=scale, quotient=False, low=low, high=None, literal=False)


def united(left: Type, right: Type) -> Type:
    """The type that holds the values of both of two numbers of one unit."""
    low = None if left.low is None or right.low is None else min(left.low, right.low)
    high = None if left.high is None or right.high is None else max(left.high, right.high)
    unit = right.unit if left.unit.kind == "plain" else left.unit
    return merged(left, right, number(unit, max(left.whole, right.whole), max(left.scale, right.scale), low, high))


def extreme(function: str, result: Type, operands: Sequence[Type]) -> Type:
    """The type of the least (`min`) or greatest (`max`) of numbers: the least is at most the highest that any operand
    can be, the greatest at least the lowest. Where a range is not known, the digits of an operand are one.
    """
    lows = [-_most(one) if one.low is None else one.low for one in operands]
    highs = [_most(one) if one.high is None else one.high for one in operands]
    choose = min if function == "min" else max
    low, high = choose(lows), choose(highs)
    return replace(result, low=low, high=high, whole=_whole(low, high, result.whole))


def clamped(result: Type, ends: Sequence[Type]) -> Type:
    """The type of a number that is held between two ends: it is never beyond both of them."""
    low = min(-_most(one) if one.low is None else one.low for one in ends)
    high = max(_most(one) if one.high is None else one.high for one in ends)
    return replace(result, low=low, high=high, whole=_whole(low, high, result.whole))


def _most(operand: Type) -> Fraction:
    """The greatest number of an operand's digits."""
    return _nines(operand.whole, operand.scale)


@cache
def _nines(whole: int, scale: int) -> Fraction:
    return Fraction(10 ** (whole + scale) - 1, 10**scale)


def summed(operand: Type) -> Type:
    """The type of a sum over rows."""
    low = Fraction(0) if operand.low is not None and operand.low >= 0 else None
    high = Fraction(0) if operand.high is not None and operand.high <= 0 else None
    return replace(operand, whole=operand.whole + ROWS_DIGITS, low=low, high=high, bounded=False, literal=False)


def averaged(operand: Type) -> Type:
    """The type of a mean: within the range of what it is a mean of."""
    low, high = _kept(operand.low, QUOTIENT_SCALE), _kept(operand.high, QUOTIENT_SCALE)
    whole = operand.whole + (operand.scale > QUOTIENT_SCALE)  # 9.9999999999999 is kept as 10
    return replace(
        operand, whole=whole, scale=QUOTIENT_SCALE, quotient=True, nullable=True, bounded=False, literal=False,
        low=low, high=high,
    )  # fmt: skip


def weighted(operand: Type, weight: Type) -> Type:
    """The type of a weighted mean: a mean where no weight is negative; else it may lie far outside."""
    mean = averaged(operand)
    if weight.low is not None and weight.low >= 0:
        return mean
    return replace(mean, whole=operand.whole + weight.digits + ROWS_DIGITS, low=None, high=None)


def portion(operand: Type) -> Type:
    """The type of a share of a sum: up to 100% where nothing is negative; else it may lie far outside."""
    base = replace(number(units.RATIO, 1, QUOTIENT_SCALE), quotient=True, nullable=True)
    if operand.low is not None and operand.low >= 0:
        return replace(base, low=Fraction(0), high=Fraction(1))
    return replace(base, whole=operand.digits)


def deviation(operand: Type) -> Type:
    """The type of a standard deviation: of two numbers it may exceed both."""
    return replace(
        operand, whole=operand.whole + 1, scale=SNAP_SCALE, quotient=False, bounded=False, nullable=True, literal=False,
        low=Fraction(0), high=None,
    )  # fmt: skip


@lru_cache(4096)
def constant(value: Fraction, unit: units.Unit, scale: int, literal: bool = False) -> Type:
    """The type of a literal."""
    return replace(number(unit, digits_before_point(value), scale, value, value), literal=literal)
