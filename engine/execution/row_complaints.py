"""Complaints about rows of a table: collected by code, the first twenty of each shown, the rest counted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pyarrow.compute as pc

from ..model.table import Column
from ..text.diagnostic import Diagnostics
from .csv_table import SHOWN, unseen
from .frame import Array
from .raw_table import RawTable

Blanks: TypeAlias = dict[str, Any]
"""What fills the blanks of a message."""

Help: TypeAlias = str | tuple[str, ...]
"""A cure, or several."""

HIDDEN = "a value that is not shown"
"""What stands for a value of a person."""


@dataclass(slots=True)
class _Found:
    """What is wrong in one way: every row counted, the first ones kept as (line, column, blanks, help)."""

    total: int = 0
    shown: list[tuple[int, str, Blanks, Help]] = field(default_factory=list)


class RowComplaints:
    """Gathers what is wrong in the rows of one table and reports it at the end."""

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self._found: dict[str, _Found] = {}
        self._unread: set[str] = set()

    def add(
        self,
        code: str,
        column: Column,
        rows: Array,
        lines: Array,
        blanks: Callable[[int], Blanks],
        help: Callable[[int], Help] | Help = (),
    ) -> None:
        """Complain of the rows where `rows` is true; `blanks` and `help` are asked with a row's number."""
        at = pc.indices_nonzero(pc.fill_null(rows, False))
        if not len(at):
            return
        found = self._found.setdefault(code, _Found())
        if code in ("D033", "D034"):
            self._unread.add(column.name)
        found.total += len(at)
        order = at.take(pc.sort_indices(lines.take(at)))
        for row in order.slice(0, SHOWN).to_pylist():
            said = help(row) if callable(help) else help
            found.shown.append((lines[row].as_py(), column.name, blanks(row), said))

    def has_unread(self, columns: Collection[str]) -> bool:
        """Whether cells of one of these columns could not be read for what they are (D033, D034)."""
        return not self._unread.isdisjoint(columns)

    def report(self, diagnostics: Diagnostics) -> None:
        """Hand everything over, in the order of the file."""
        kept = {
            code: sorted(found.shown, key=lambda one: (one[0], one[1]))[:SHOWN]
            for code, found in sorted(self._found.items())
        }
        places = self.raw.places({(line, column) for shown in kept.values() for line, column, _, _ in shown})
        for code, shown in kept.items():
            rest = self._found[code].total - len(shown)
            for line, column, blanks, help in shown:
                last = (line, column) == shown[-1][:2]
                notes = [f"and {rest:,} more like this in `{self.raw.table.name}`"] if last and rest else []
                if self.raw.sheet is not None and code != "D034":
                    notes.insert(0, f"it is the cell `{self.raw.address(line, column)}`")
                if self.raw.file is not None and self.raw.personal:
                    notes.insert(0, unseen(line, self.raw.place_word))
                diagnostics.report(
                    code,
                    places[line, column],
                    help=help or (),
                    notes=notes,
                    column=column,
                    **blanks,
                )


def shown(value: object, column: Column) -> str:
    """A value as a message shows it: shortened, or not at all where it is a person's."""
    if column.personal:
        return HIDDEN
    text = str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
