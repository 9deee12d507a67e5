"""The functions that no database computes: logarithm, square root, standard deviation, each correctly rounded.

All give 9 decimals, half to even, as an exact fraction; every backend calls them on the host.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt

PLACES = 9
"""Decimals of every result."""

_DIGITS = 60


def sqrt(value: Fraction) -> Fraction | None:
    """The square root, found with integers only; nothing for a negative number."""
    if value < 0:
        return None
    scaled = value * 10 ** (2 * PLACES)
    root = isqrt(scaled.numerator // scaled.denominator)
    half = (2 * root + 1) ** 2 * scaled.denominator - 4 * scaled.numerator  # sign of (root + ½)² − scaled
    if half < 0 or (half == 0 and root % 2 == 1):
        root += 1
    return Fraction(root, 10**PLACES)


def ln(value: Fraction) -> Fraction | None:
    """The natural logarithm; nothing for zero and below.

    Decimal's `ln` is correctly rounded, so the difference of the logarithms of numerator and denominator is good to
    `digits` less a few; it is computed anew with twice the digits while that could still leave the rounding open, which
    ends because the logarithm of a fraction other than 1 is no fraction, hence never a tie.
    """
    if value <= 0:
        return None
    if value == 1:
        return Fraction(0)
    digits = _DIGITS + max(len(str(value.numerator)), len(str(value.denominator)))
    while True:
        context = Context(prec=digits)
        logarithm = context.subtract(context.ln(Decimal(value.numerator)), context.ln(Decimal(value.denominator)))
        near = Fraction(logarithm) * 10**PLACES
        slack = Fraction(1, 10 ** (digits - 20))
        if round(near - slack) == round(near + slack):  # `round` of a fraction is half to even
            return Fraction(round(near), 10**PLACES)
        digits *= 2


def stdev(count: int, total: Fraction, squares: Fraction, sample: bool) -> Fraction | None:
    """The standard deviation of `count` numbers from their sum and the sum of their squares, both exact.

    `sample` divides by one less than the count; nothing where that leaves nothing to divide by.
    """
    under = count - 1 if sample else count
    if under < 1:
        return None
    return sqrt((squares - total * total / count) / under)
