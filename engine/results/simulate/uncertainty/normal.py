"""The normal distribution in integers: from a word of 64 bits to standard deviations.

The distribution function is computed at steps of 1/256 of a standard deviation with 50 digits and cut to 48 bits;
between two steps it is taken as a straight line. What is drawn so differs from the true quantile by less than two
millionths of a standard deviation for each standard deviation that it is away from the mean.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Context, Decimal
from functools import cache

UNIT_BITS = 32
UNIT: int = 2**UNIT_BITS
"""One standard deviation."""

_STEPS = 256
"""Steps of the table in a standard deviation."""

_FAR = 2176
"""The last step: 8.5 standard deviations, beyond which less than one of 2**48 lies."""

_BITS = 48
_INSIDE: int = UNIT // _STEPS
_EXACT = Context(prec=50)
_PI = Decimal("3.14159265358979323846264338327950288419716939937510")


def deviations(word: int) -> int:
    """How many standard deviations from the mean the value lies that so many of 2**64 values are below; in UNITs."""
    at = word >> (64 - _BITS)
    ends: tuple[int, ...] = thresholds()
    place = bisect_right(ends, at) - 1
    low, high = ends[place], ends[place + 1]
    return (place - _FAR) * _INSIDE + (at - low) * _INSIDE // (high - low)


@cache
def thresholds() -> tuple[int, ...]:
    """Of 2**48 equal parts, how many lie below each step from -8.5 to 8.5 standard deviations; all below the last."""
    whole = 2**_BITS
    above = [whole // 2 + int(_EXACT.multiply(_half(step), Decimal(whole))) for step in range(_FAR + 1)]
    return (0, *(whole - one for one in reversed(above[1:-1])), *above[:-1], whole)


def _half(step: int) -> Decimal:
    """Which part of a normal distribution lies between the mean and a step, by a series of positive terms."""
    x = _EXACT.divide(Decimal(step), Decimal(_STEPS))
    square = _EXACT.multiply(x, x)
    term = total = x
    odd = 3
    while term and term.adjusted() > total.adjusted() - 45:
        term = _EXACT.divide(_EXACT.multiply(term, square), Decimal(odd))
        total = _EXACT.add(total, term)
        odd += 2
    density = _EXACT.divide(
        _EXACT.exp(_EXACT.divide(_EXACT.minus(square), Decimal(2))), _EXACT.sqrt(_EXACT.multiply(Decimal(2), _PI))
    )
    return _EXACT.multiply(density, total)
