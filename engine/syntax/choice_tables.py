"""Decision tables, points and bands as written: results by the cells of a row, by the lines that hold, by cuts.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ..text.source import NOWHERE, Span
from .expr import Expr
from .policy import Item, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A cut of a number line: an end that is absent is open; `low_in`, `high_in` say whether the end belongs."""

    low: Expr | None = None
    high: Expr | None = None
    low_in: bool = False
    high_in: bool = False


Cell: TypeAlias = Expr | Interval | None
"""An input cell of a decision table: a value to equal, an interval, or nothing (any value)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a decision table; `result` is nothing where the cell says `not known`."""

    cells: tuple[Cell, ...]
    result: Expr | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable(Item):
    """Inputs by name with the expression they read, and rows of which exactly one must fit."""

    inputs: tuple[tuple[Word, Expr], ...]
    gives: Word
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """`160: on_time_diploma and associate_degree`; `when` is nothing for `otherwise`."""

    points: Expr
    when: Expr | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Item):
    """The highest (first, sum) of the lines that hold, then the additions, then the cap."""

    entity: Word
    take: str
    lines: tuple[PointsLine, ...]
    add: tuple[PointsLine, ...] = ()
    at_most: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """A cut with what it gives; `x` in `gives` is the number that is cut."""

    cut: Interval
    gives: Expr
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(Item):
    """Cuts of a number of unit `of` into results of unit `gives`."""

    of: Word
    gives: Word
    rows: tuple[BandRow, ...]
