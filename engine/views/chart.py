"""A chart as data: what is drawn, of exact numbers, with a title and a text for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["line", "bars", "ranges", "points"]
Unit = Literal["money", "ratio", "count", "number", "text"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One point, bar or range: where it stands on the first axis, how long or high it is, from `low` to `high` where it
    is a range. Marks of one series are drawn alike.
    """

    x: str | Fraction
    y: Fraction
    series: str = ""
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `name` is its file's; `x` and `y` are the titles of the axes, with what is counted on them; `alt` says
    in words what there is to see.
    """

    name: str
    kind: Kind
    title: str
    alt: str
    x: tuple[str, Unit]
    y: tuple[str, Unit]
    marks: tuple[Mark, ...]
