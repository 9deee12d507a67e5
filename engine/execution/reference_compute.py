"""What each scalar operator of the plan means: values in, value out, without any digits or scales.

`if` and `or_else` are here too, but the interpreter asks them which operand to read, so that a branch not taken is
never evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias, cast

from ..text.errors import EngineBug
from . import dates, roots
from .rounding import divide, round_to, snap
from .values import (
    DIVISION_BY_ZERO,
    NOT_APPLICABLE,
    OUT_OF_RANGE,
    Bound,
    Missing,
    Scalar,
    Value,
    bound,
    is_known,
    missing,
    reasons_of,
    settled,
    unite,
)

Options: TypeAlias = tuple[str | int, ...]
Ends: TypeAlias = tuple[Fraction | None, Fraction | None]


def compute(op: str, operands: tuple[Value, ...], options: Options) -> Value:
    """The result of an operator of `plan.operators` other than `if` and `or_else`, all of whose operands are read.

    operands: numbers are Fraction, years int; options: as in `OPERATORS`.
    Raises EngineBug for an operator that does not exist.
    """
    if op in _LOGIC:
        return _LOGIC[op](operands, options)
    seen = tuple(settled(operand) for operand in operands)
    gaps = [operand for operand in seen if isinstance(operand, Missing)]
    if gaps:
        return unite(gaps)
    if op in _ON_BOUNDS:
        return _ON_BOUNDS[op](seen, options)
    bounds = [operand for operand in seen if isinstance(operand, Bound)]
    if bounds:
        return unite(bounds)
    if op not in _EXACT:
        raise EngineBug(f"the reference does not know the operator `{op}`")
    return _EXACT[op](seen, options)


# -- choice -----------------------------------------------------------------------------------------------------


def undecided(test: Value, then: Value, otherwise: Value, quotient: bool = False) -> Value:
    """`if` where the test is missing: what both branches agree on, else missing for all that is not known.

    `quotient`: a division has touched the branches, so that they are compared as they are seen.
    """
    if quotient:
        then, otherwise = compute("snap", (then,), ()), compute("snap", (otherwise,), ())
    if is_known(then) and is_known(otherwise) and then == otherwise:
        return then
    return unite((settled(test), settled(then), settled(otherwise)))


# -- numbers, with bounds ---------------------------------------------------------------------------------------


def ends(value: Value) -> Ends:
    """The low and the high end of a value; of an exact one they are the same (whatever kind of value it is)."""
    if isinstance(value, Bound):
        return value.low, value.high
    return cast("Fraction", value), cast("Fraction", value)


def _each_end(operands: tuple[Value, ...], change: Callable[[Fraction], Fraction], falls: bool = False) -> Value:
    low, high = ends(operands[0])
    if falls:
        low, high = high, low
    return bound(
        None if low is None else change(low),
        None if high is None else change(high),
        reasons_of(operands[0]),
    )


def _add(operands: tuple[Value, ...], options: Options) -> Value:
    left, right = operands
    if isinstance(left, Bound) and isinstance(right, Bound):
        return unite(operands)
    if isinstance(left, Bound):
        left, right = right, left
    return _each_end((right,), lambda end: end + _number(left))


def _neg(operands: tuple[Value, ...], options: Options) -> Value:
    return _each_end(operands, lambda end: -end, falls=True)


def _sub(operands: tuple[Value, ...], options: Options) -> Value:
    left, right = operands
    return _add((left, _neg((right,), ())), ())


def _mul(operands: tuple[Value, ...], options: Options) -> Value:
    left, right = operands
    if isinstance(left, Bound) and isinstance(right, Bound):
        return unite(operands)
    if isinstance(left, Bound):
        left, right = right, left
    factor = _number(left)
    return _each_end((right,), lambda end: end * factor, falls=factor < 0)


def _div(operands: tuple[Value, ...], options: Options) -> Value:
    left, right = operands
    if isinstance(right, Bound):
        return unite((right,))
    under = _number(right)
    if under == 0:
        return missing(DIVISION_BY_ZERO)
    return _each_end((left,), lambda end: divide(end, under), falls=under < 0)


def _snap(operands: tuple[Value, ...], options: Options) -> Value:
    return _each_end(operands, snap)


def _round(operands: tuple[Value, ...], options: Options) -> Value:
    number, mode = operands
    return _each_end((number,), lambda end: round_to(end, int(options[0]), str(mode)))


def _prorate(operands: tuple[Value, ...], options: Options) -> Value:
    amount, over, under = (_number(operand) for operand in operands[:3])
    if under == 0:
        return missing(DIVISION_BY_ZERO)
    return round_to(amount * over / under, int(options[0]), str(operands[3]))


def _between(operands: tuple[Value, ...], options: Options) -> Value:
    """From the low end of one to the high end of the other; a missing one is an open end."""
    low, high = (settled(operand) for operand in operands)
    return bound(
        None if isinstance(low, Missing) else ends(low)[0],
        None if isinstance(high, Missing) else ends(high)[1],
        reasons_of(low) | reasons_of(high),
    )


def _least(operands: tuple[Value, ...], options: Options) -> Value:
    lows, highs = zip(*(ends(operand) for operand in operands), strict=True)
    return bound(
        None if None in lows else min(lows),
        min((high for high in highs if high is not None), default=None),
        frozenset().union(*(reasons_of(operand) for operand in operands)),
    )


def _greatest(operands: tuple[Value, ...], options: Options) -> Value:
    lows, highs = zip(*(ends(operand) for operand in operands), strict=True)
    return bound(
        max((low for low in lows if low is not None), default=None),
        None if None in highs else max(highs),
        frozenset().union(*(reasons_of(operand) for operand in operands)),
    )


# -- comparisons ------------------------------------------------------------------------------------------------


def _is_less(left: Value, right: Value) -> bool | None:
    """Whether every value of one is below every value of the other; nothing where that is open."""
    (left_low, left_high), (right_low, right_high) = ends(left), ends(right)
    if left_high is not None and right_low is not None and left_high < right_low:
        return True
    if left_low is not None and right_high is not None and left_low >= right_high:
        return False
    return None


def _is_equal(left: Value, right: Value) -> bool | None:
    if is_known(left) and is_known(right):
        return left == right
    return False if _is_less(left, right) or _is_less(right, left) else None


def _comparison(test: Callable[[Value, Value], bool | None], negated: bool, turned: bool) -> Operation:
    def compare(operands: tuple[Value, ...], options: Options) -> Value:
        left, right = reversed(operands) if turned else operands
        found = test(left, right)
        if found is None:
            return unite(operands)
        return found is not negated

    return compare


# -- logic ------------------------------------------------------------------------------------------------------


def at_least(wanted: int, operands: tuple[Value, ...]) -> Value:
    """Kleene: true when `wanted` operands are true, false when fewer can be; those not applicable are left out."""
    counted = [operand for operand in operands if operand is not NOT_APPLICABLE]
    if operands and not counted:
        return NOT_APPLICABLE
    sure = sum(operand is True for operand in counted)
    gaps = [operand for operand in counted if isinstance(operand, Missing)]
    if sure >= wanted:
        return True
    return unite(gaps) if sure + len(gaps) >= wanted else False


def all_of(operands: tuple[Value, ...]) -> Value:
    """Kleene's and: every applicable operand."""
    return at_least(sum(operand is not NOT_APPLICABLE for operand in operands), operands)


def any_of(operands: tuple[Value, ...]) -> Value:
    """Kleene's or: at least one applicable operand."""
    return at_least(1, operands)


def _not(operands: tuple[Value, ...], options: Options) -> Value:
    (operand,) = operands
    return (not operand) if isinstance(operand, bool) else operand


def _criterion(operands: tuple[Value, ...], options: Options) -> Value:
    test, excuse = operands[0], settled(operands[1])
    if excuse is True:
        return NOT_APPLICABLE
    return excuse if isinstance(excuse, Missing) else test


# -- exact values -----------------------------------------------------------------------------------------------


def _number(value: Value) -> Fraction:
    return cast("Fraction", value)


def _whole(value: Value) -> int:
    number = Fraction(cast("Fraction", value))
    if number.denominator != 1:
        raise EngineBug(f"{number} days, months or years is no whole number")
    return number.numerator


def _date(value: Value) -> Date:
    return cast("Date", value)


def _or_failed(result: Scalar | None) -> Value:
    return missing(OUT_OF_RANGE) if result is None else result


def _ordinal(operands: tuple[Value, ...], options: Options) -> Value:
    if operands[0] not in options:
        raise EngineBug(f"`{operands[0]}` is none of the values {options}")
    return Fraction(options.index(cast("str", operands[0])))


Operation: TypeAlias = Callable[[tuple[Value, ...], Options], Value]

_LOGIC: Mapping[str, Operation] = {
    "and": lambda operands, _: all_of(operands),
    "or": lambda operands, _: any_of(operands),
    "not": _not,
    "at_least": lambda operands, options: at_least(int(options[0]), operands),
    "criterion": _criterion,
    "settled": lambda operands, _: settled(operands[0]),
    "is_applicable": lambda operands, _: operands[0] is not NOT_APPLICABLE,
    "is_known": lambda operands, _: not isinstance(settled(operands[0]), Missing),
    "bound": _between,
}
"""What says itself what it makes of the missing."""

_ON_BOUNDS: Mapping[str, Operation] = {
    "add": _add,
    "sub": _sub,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "snap": _snap,
    "round": _round,
    "min": _least,
    "max": _greatest,
    "eq": _comparison(_is_equal, negated=False, turned=False),
    "ne": _comparison(_is_equal, negated=True, turned=False),
    "lt": _comparison(_is_less, negated=False, turned=False),
    "ge": _comparison(_is_less, negated=True, turned=False),
    "gt": _comparison(_is_less, negated=False, turned=True),
    "le": _comparison(_is_less, negated=True, turned=True),
}

_EXACT: Mapping[str, Operation] = {
    "abs": lambda operands, _: abs(_number(operands[0])),
    "prorate": _prorate,
    "ln": lambda operands, _: _or_failed(roots.ln(_number(operands[0]))),
    "sqrt": lambda operands, _: _or_failed(roots.sqrt(_number(operands[0]))),
    "ordinal": _ordinal,
    "add_days": lambda v, _: _or_failed(dates.add_days(_date(v[0]), _whole(v[1]))),
    "add_months": lambda v, _: _or_failed(dates.add_months(_date(v[0]), _whole(v[1]))),
    "year_of": lambda v, options: dates.year_of(_date(v[0]), *(int(option) for option in options)),
    "day_of_year": lambda v, options: _or_failed(dates.day_of_year(_whole(v[0]), *(int(option) for option in options))),
    "add_years": lambda v, _: _whole(v[0]) + _whole(v[1]),
}

SPELLED = frozenset(_LOGIC) | frozenset(_ON_BOUNDS) | frozenset(_EXACT) | {"if", "or_else"}
"""Every operator that the reference knows."""
