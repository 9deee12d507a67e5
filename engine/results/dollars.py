"""Amounts of money and factors in sentences and sums: cents always written, factors never rounded up."""

from __future__ import annotations

from fractions import Fraction

from ..types.datatypes import number
from ..types.units import USD
from .quantity import shown

FACTOR_DIGITS = 12
"""Decimals of a factor that stand in tables."""

SHOWN_DIGITS = 6
"""Decimals of a factor that a sentence shows."""


def dollars(value: Fraction) -> str:
    """An amount with its cents, such as `$1,250.00`; one with parts of a cent as any number is shown."""
    cents = abs(value) * 100
    if cents.denominator != 1:
        return shown(value, number(USD, 20, 9))
    whole, part = divmod(cents.numerator, 100)
    return f"{'-' if value < 0 else ''}${whole:,}.{part:02d}"


def factor_of(numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    """A factor cut to 12 decimals; nothing without one."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator * 10**FACTOR_DIGITS // denominator, 10**FACTOR_DIGITS)


def factor_text(numerator: Fraction, denominator: Fraction) -> str:
    """A factor as a sentence has it: `0.25`, or cut as `0.534926…`."""
    exact = numerator / denominator
    kept = Fraction(exact * 10**SHOWN_DIGITS // 1, 10**SHOWN_DIGITS)
    digits = f"{kept.numerator * 10**SHOWN_DIGITS // kept.denominator:0{SHOWN_DIGITS + 1}d}"
    text = f"{digits[:-SHOWN_DIGITS]}.{digits[-SHOWN_DIGITS:]}".rstrip("0").rstrip(".")
    return text if kept == exact else f"{digits[:-SHOWN_DIGITS]}.{digits[-SHOWN_DIGITS:]}…"
