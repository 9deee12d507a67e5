"""Shares as people read them, with one decimal."""

from __future__ import annotations

from fractions import Fraction


def percent(value: Fraction) -> str:
    """A share in percent, rounded half away from zero to one decimal: `12.5%`."""
    return f"{_tenths(value * 100)}%"


def points(value: Fraction) -> str:
    """A difference of two shares in percentage points, with its sign: `-3.4`."""
    text = _tenths(value * 100)
    return text if text.startswith("-") or text == "0" else f"+{text}"


def _tenths(value: Fraction) -> str:
    tenths = (abs(value) * 10 + Fraction(1, 2)).__floor__()
    text = f"{tenths // 10:,}.{tenths % 10}".removesuffix(".0")
    return f"-{text}" if value < 0 and tenths else text
