"""What a page of a recorded run is made of, and how its parts are put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..results.equity.equity import FEWEST
from ..results.table import Cell, ResultTable
from .chart import Chart, Mark
from .masked import FEWEST_WORD

SHOWN = 50
"""Rows of a table on the page; all are in the workbook."""

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class RunPage:
    """What a page of a run is made of: its record, its tables as whoever reads may have them, and all of them, from
    which the page counts. `public` says that everybody reads it.
    """

    record: Mapping[str, Any]
    tables: Mapping[str, ResultTable]
    every: Mapping[str, ResultTable]
    public: bool

    def rows(self, name: str) -> list[Row]:
        """The rows of a table that may be shown; none where the run has none."""
        return _rows(self.tables.get(name))

    def all_rows(self, name: str) -> list[Row]:
        """All rows of a table: for counting alone."""
        return _rows(self.every.get(name))

    @property
    def personal(self) -> frozenset[str]:
        """The tables of the data that are about persons, where everybody reads."""
        return frozenset(self.record["personal"]) if self.public else frozenset()

    def count(self, number: int, personal: bool) -> str:
        """How many there are; of persons, few are not counted."""
        return f"fewer than {FEWEST_WORD}" if self.public and personal and 0 < number < FEWEST else f"{number:,}"


def _rows(one: ResultTable | None) -> list[Row]:
    return [] if one is None else [dict(zip(one.names, row, strict=True)) for row in one.rows]


def text(cell: Cell) -> str:
    """A text of a table; nothing for a blank."""
    return "" if cell is None else str(cell)


def bars(
    name: str, title: str, axes: tuple[str, str], counted: Iterable[tuple[str, int]], about: str
) -> tuple[Chart, ...]:
    """A chart of counts; none where there is nothing to compare."""
    found = [(word, count) for word, count in counted if count]
    if len(found) < 2:
        return ()
    said = f"{about}: {', '.join(f'{count:,} {word}' for word, count in found)}."
    marks = tuple(Mark(word, Fraction(count)) for word, count in found)
    return (Chart(name, "bars", title, said, (axes[0], "text"), (axes[1], "count"), marks),)


def beyond(count: int, table: str) -> list[str]:
    """That there are more rows than the page shows."""
    return [f"{count - SHOWN:,} more are in the workbook, sheet {table}."] if count > SHOWN else []
