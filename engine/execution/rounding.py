"""Exact rounding of fractions: the modes of the language, the quotient of 12 decimals, the snap to 9."""

from __future__ import annotations

from fractions import Fraction

from ..types.datatypes import QUOTIENT_SCALE, ROUNDING_MODES, SNAP_SCALE


def round_to(value: Fraction, places: int, mode: str = "half_up") -> Fraction:
    """`value` rounded once to `places` decimals (negative: tens, hundreds …) by one of `ROUNDING_MODES`.

    half_up: to the nearest, ties away from zero · half_even: ties to the even digit · up: away from zero · down:
    towards zero · floor, ceiling: towards minus or plus infinity.
    """
    if mode not in ROUNDING_MODES:
        raise ValueError(f"not a rounding mode: {mode}")
    scaled = value * Fraction(10) ** places
    size, rest = divmod(abs(scaled.numerator), scaled.denominator)
    negative = scaled < 0
    twice = 2 * rest
    further = {
        "half_up": twice >= scaled.denominator,
        "half_even": twice > scaled.denominator or (twice == scaled.denominator and size % 2 == 1),
        "up": rest > 0,
        "down": False,
        "floor": rest > 0 and negative,
        "ceiling": rest > 0 and not negative,
    }[mode]
    whole = size + 1 if further else size
    return Fraction(-whole if negative else whole) / Fraction(10) ** places


def divide(over: Fraction, under: Fraction) -> Fraction:
    """The quotient to 12 decimals, half away from zero; `under` is not zero."""
    return round_to(over / under, QUOTIENT_SCALE)


def snap(value: Fraction) -> Fraction:
    """What an observer of a quotient sees: 9 decimals, half away from zero."""
    return round_to(value, SNAP_SCALE)
