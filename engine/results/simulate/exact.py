"""Exact numbers as text."""

from __future__ import annotations

from fractions import Fraction

from ..table import Cell, cell_text


def exact_text(value: Cell) -> str | None:
    """An exact number as text: plain decimals where these write it, else a fraction such as `937/1140`."""
    if not isinstance(value, Fraction):
        return None if value is None else cell_text(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return cell_text(value) if rest == 1 else str(value)


def cut_share(value: Fraction | None) -> Fraction | None:
    """A share cut to 12 decimals, towards nothing."""
    if value is None:
        return None
    digits = abs(value.numerator) * 10**12 // value.denominator
    return Fraction(digits if value >= 0 else -digits, 10**12)
