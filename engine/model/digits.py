"""How many decimal digits a column can take, which decides in what kind of integer it is kept."""

from __future__ import annotations

from decimal import Decimal

from .table import Column

UNKNOWN_RANGE = 18
"""Digits of a column of numbers whose range is not declared, decimals included."""


def scaled(value: Decimal, scale: int) -> int:
    """The integer that stands for a value at a scale: 12.5 at scale 2 is 1250. It must sit on the scale."""
    moved = value.scaleb(scale)
    whole = int(moved)
    if moved != whole:
        raise ValueError(f"{value} has more than {scale} decimals")
    return whole


def scaled_range(column: Column) -> tuple[int, int]:
    """The least and the greatest scaled integer that a column of numbers may hold."""
    open_end = 10**UNKNOWN_RANGE - 1
    low = -open_end if column.at_least is None else scaled(column.at_least, column.scale)
    high = open_end if column.at_most is None else scaled(column.at_most, column.scale)
    return low, high


def digits(column: Column) -> int:
    """The decimal digits that every value of a column of numbers fits in, decimals included."""
    return max(len(str(abs(end))) for end in scaled_range(column))
