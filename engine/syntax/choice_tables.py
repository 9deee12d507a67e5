"""Decision tables, points and bands as written: results by the cells of a row, by the lines that hold, by cuts.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Generic, Self, TypeAlias, TypeVar

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
class Version:
    """One text of a table, of points or of bands, in force from `starts` (none: always) until the next.

    `key` is how the policy writes the start. `standing` is that of a dated value, empty where the policy says nothing;
    `cite` and `note` are its own, or else those of the whole.
    """

    starts: Date | None = None
    key: str = field(default="", compare=False)
    standing: str = ""
    cite: str = ""
    cite_span: Span = field(default=NOWHERE, compare=False, repr=False)
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


V = TypeVar("V", bound=Version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Item, Generic[V]):
    """What has versions, oldest first, one at least. `in_force_by` is the class, year or date of a row that picks one
    for it, in the place of the as-of date. `begun` is false before the first version, where there is nothing yet.
    """

    versions: tuple[V, ...]
    in_force_by: Expr | None = None
    begun: bool = True

    @property
    def begins(self) -> tuple[Date, ...]:
        """The days on which the version that is in force for all rows changes."""
        return () if self.in_force_by else tuple(one.starts for one in self.versions if one.starts is not None)

    def on(self, day: Date) -> Self:
        """The same as of a day: with the version in force alone, unless each row has its own."""
        if self.in_force_by is not None:
            return self
        held = tuple(one for one in self.versions if one.starts is None or one.starts <= day)
        return replace(self, versions=held[-1:] if held else self.versions[:1], begun=bool(held))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a decision table; `result` is nothing where the cell says `not known`."""

    cells: tuple[Cell, ...]
    result: Expr | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableVersion(Version):
    """Inputs by name with the expression they read, and rows of which exactly one must fit. `across` is the input whose
    cells stand in the first line, if one does.
    """

    inputs: tuple[tuple[Word, Expr], ...]
    rows: tuple[TableRow, ...]
    across: str = ""

    def for_all_others(self, row: TableRow) -> bool:
        """Whether a row stands in a last line that has nothing but `-` beside what stands across."""
        down = [cell for (word, _), cell in zip(self.inputs, row.cells, strict=True) if word.text != self.across]
        in_last_line = self.across != "" or row is self.rows[-1]
        return in_last_line and all(cell is None for cell in down)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable(Dated[TableVersion]):
    """A table with what it gives: a unit, a kind of value, or a column whose values they are; `words` are the values
    that it names itself.
    """

    gives: Word
    words: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """`160: on_time_diploma and associate_degree`; `when` is nothing for `otherwise`."""

    points: Expr
    when: Expr | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsVersion(Version):
    """The lines, the additions and the cap."""

    lines: tuple[PointsLine, ...]
    add: tuple[PointsLine, ...] = ()
    at_most: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Dated[PointsVersion]):
    """The highest (first, sum) of the lines that hold, then the additions, then the cap."""

    entity: Word
    take: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """A cut with what it gives; `x` in `gives` is the number that is cut."""

    cut: Interval
    gives: Expr
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsVersion(Version):
    """Cuts, each with what it gives."""

    rows: tuple[BandRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands(Dated[BandsVersion]):
    """Cuts of a number of unit `of` into results of unit `gives`."""

    of: Word
    gives: Word
