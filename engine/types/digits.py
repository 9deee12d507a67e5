"""Digits that a database needs on the way to a result: the widest whole number that an operator passes through.

The checker refuses what `needed` puts above `MAX_DIGITS`; the SQL emitter relies on it. A number of a type is a whole
number of at most `Type.digits` digits, the value times 10**scale, and everything below is about those whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from .datatypes import MAX_DIGITS, Type

ROW_DIGITS = 9
"""Digits of the greatest number of rows that an aggregate may see."""

QUOTIENT_MARGIN = 5
"""Spark keeps 6 decimals behind an exact quotient, which leaves it 32 digits: 5 fewer than `MAX_DIGITS`."""

_BROUGHT_TO_ONE_SCALE = {"eq", "ne", "lt", "le", "gt", "ge", "min", "max", "if", "or_else"}


def lifted(type: Type, scale: int) -> int:
    """Digits of a number of `type` written with `scale` decimals (never fewer than it has)."""
    return type.whole + max(type.scale, scale)


def of_division(over: int, under: int, shift: int, result: int) -> int:
    """Digits of the widest whole number when `over` digits times 10**shift are divided by `under` digits and rounded to
    a quotient of at most `result` digits.

    The plain way forms 2·|a|·10**shift + |b|. Where that is too wide, the remainder alone is shifted:
    (|a| // |b|)·10**shift + (2·(|a| % |b|)·10**shift + |b|) // (2·|b|).
    """
    return min(_plain(over, under, shift), _by_remainder(over, under, shift, result))


def divides_plainly(over: int, under: int, shift: int) -> bool:
    """Whether the plain way of a division fits, so that the emitter need not shift the remainder alone."""
    return _plain(over, under, shift) <= MAX_DIGITS


def _plain(over: int, under: int, shift: int) -> int:
    return max(over + max(shift, 0), under + max(-shift, 0)) + 1


def _by_remainder(over: int, under: int, shift: int, result: int) -> int:
    return max(over, under + abs(shift) + 1, result)


def needed(op: str, types: Sequence[Type], result: Type) -> int:
    """Digits of the widest whole number on the way from operands of `types` to a `result` by the operator, aggregate or
    window function `op`.

    `weighted_mean` takes the value and the weight, `percentile` the value and the level; a function of several
    operands (`min`, `max`, `if`) those that are numbers. What is not a number needs no digits.
    """
    numbers = [type for type in types if type.kind == "number"]
    if not numbers:
        return result.digits
    first, last = numbers[0], numbers[-1]
    scale = max(type.scale for type in numbers)
    if op in ("add", "sub"):
        return max(lifted(first, scale), lifted(last, scale), lifted(result, scale)) + 1
    if op == "mul":
        return max(first.digits + last.digits, result.digits)
    if op == "div":
        return _divided(first, first.digits, last, last.digits, result)
    if op in ("mean", "share_of"):
        rows = first.digits + ROW_DIGITS
        under = Type("number", whole=ROW_DIGITS) if op == "mean" else first
        return _divided(first, rows, under, ROW_DIGITS if op == "mean" else rows, result)
    if op == "weighted_mean":
        return _divided_sums(first, last, result)
    if op in ("sum", "running_sum"):
        return max(first.digits + ROW_DIGITS, result.digits)
    if op in ("stdev_sample", "stdev_population"):
        return 2 * first.digits + ROW_DIGITS
    if op == "median":
        return max(first.digits + 2, result.digits)
    if op == "percentile":
        return max(first.digits + last.scale + 1, ROW_DIGITS + last.digits, result.digits)
    if op in ("snap", "round"):
        cut = first.scale > result.scale  # then it is a division by a power of ten, whose remainder is doubled
        return max(first.digits + 1, result.digits + QUOTIENT_MARGIN) if cut else max(first.digits, result.digits)
    if op in _BROUGHT_TO_ONE_SCALE:
        return max([result.digits, *(lifted(type, max(scale, result.scale)) for type in numbers)])
    return max([result.digits, *(type.digits for type in numbers)])


def _divided(over: Type, over_digits: int, under: Type, under_digits: int, result: Type) -> int:
    shift = result.scale + under.scale - over.scale
    return max(of_division(over_digits, under_digits, shift, result.digits), result.digits + QUOTIENT_MARGIN)


def _divided_sums(value: Type, weight: Type, result: Type) -> int:
    over = value.digits + weight.digits + ROW_DIGITS
    under = weight.digits + ROW_DIGITS
    return max(of_division(over, under, result.scale - value.scale, result.digits), result.digits + QUOTIENT_MARGIN)
