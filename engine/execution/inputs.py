"""What a plan is run on: rows of data, input cells, values by date. Backends take the same three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Protocol, TypeAlias

from ..plan.plan import Path
from .values import Key, Scalar, Value

Cells: TypeAlias = Mapping[Path, Scalar | None]
"""Input cell → its value, or None where none is in force or where there is no limit: the schedule says which."""

Schedules: TypeAlias = Mapping[Path, Sequence[tuple[Date, Scalar | None]]]
"""Parameter → its values with the dates from which they are in force, sorted by date."""


class Rows(Protocol):
    """The data as the reference interpreter reads it, one cell at a time."""

    def keys(self, entity: str) -> Sequence[Key]:
        """The key of every row of a table, in any order."""

    def cell(self, entity: str, key: Key, column: str) -> Value:
        """What stands in a cell: a value, a bound, or missing with the reason that the data gives."""

    def source(self, entity: str, key: Key) -> tuple[str, int] | None:
        """The file that a row was read from and the number of the row in it, where known."""
