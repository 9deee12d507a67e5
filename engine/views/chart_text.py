"""The numbers of a chart as texts: short beside a mark, exact in the table that stands for it."""

from __future__ import annotations

from fractions import Fraction

from ..results.dollars import dollars
from ..results.quantity import shown
from ..types.datatypes import number
from ..types.units import PLAIN, RATIO
from .chart import Chart, Mark, Unit

STEPS = (("B", 10**9), ("M", 10**6), ("K", 10**3))
"""Letters for large amounts of money, and what they stand for."""

DECIMALS = 12
"""Decimals that a number has in a drawing; what is beyond them nobody sees."""


def exact(value: str | Fraction, unit: Unit) -> str:
    """A number with all its digits, or cut as everywhere; a text as it is."""
    if isinstance(value, str):
        return value
    if unit == "money":
        return dollars(value)
    return shown(value, number(RATIO if unit == "ratio" else PLAIN, 20, 9))


def short(value: Fraction, unit: Unit) -> str:
    """A number with three digits or so, rounded: `$1.25M`, `54.8%`, `12,573`."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if unit == "ratio":
        return f"{sign}{_rounded(size * 100, 1)}%"
    if unit != "money":
        return f"{sign}{_rounded(size, 0 if size >= 100 else 2)}"
    for letter, step in STEPS:
        if size >= step:
            return f"{sign}${_rounded(size / step, 2 if size < 10 * step else 1 if size < 100 * step else 0)}{letter}"
    return f"{sign}${_rounded(size, 2)}"


def _rounded(value: Fraction, places: int) -> str:
    """A number above nothing with so many decimals at most, rounded to the nearest, ties up."""
    scaled = (value * 10**places * 2 + 1) // 2
    whole, part = divmod(scaled, 10**places)
    decimals = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


def drawn(value: Fraction) -> str:
    """A number in plain decimals as a drawing takes it."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    whole, part = divmod((size * 10**DECIMALS * 2 + 1) // 2, 10**DECIMALS)
    decimals = f"{part:0{DECIMALS}d}".rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def numbers_of(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The table of what a chart draws: its heads, and a row for each mark."""
    series = any(one.series for one in chart.marks)
    ends = any(one.low is not None or one.high is not None for one in chart.marks)
    head = (chart.x[0], *([""] if series else []), chart.y[0], *(["from", "to"] if ends else []))
    return head, tuple(_row(chart, one, series, ends) for one in chart.marks)


def _row(chart: Chart, one: Mark, series: bool, ends: bool) -> tuple[str, ...]:
    edges = ["" if each is None else exact(each, chart.y[1]) for each in (one.low, one.high)]
    told = exact(one.y, chart.y[1])
    return (exact(one.x, chart.x[1]), *([one.series] if series else []), told, *(edges if ends else []))
