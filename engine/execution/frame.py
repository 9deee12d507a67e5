"""A table as the backends read it: one array per column, exact integers, rows in the order of the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa

from ..model.digits import digits
from ..model.table import Column, Table

Array: TypeAlias = Any
"""An Arrow array (the library comes without types)."""


@dataclass(frozen=True, slots=True)
class ColumnData:
    """The values of a column, one for each row.

    number       integers at the column's `scale` (of the ratio, where files hold percent): int64 where the
                 range of the column fits 18 digits, else decimal128(38, 0)
    truth        bool
    date         date32
    school_year  int64: the year in which it begins
    text, enum, reference   string

    A null is a missing value, and `why` (null elsewhere, nothing if none is missing) says the reason. Of a
    bounded column `values` is the low end and `high` the high end: equal where the number is known, one null
    where that side is open, both null where it is missing.
    """

    column: Column
    values: Array
    high: Array | None = None
    why: Array | None = None

    def take(self, rows: Array) -> ColumnData:
        """The same column at other rows, in their order."""
        high = None if self.high is None else self.high.take(rows)
        why = None if self.why is None else self.why.take(rows)
        return ColumnData(self.column, self.values.take(rows), high, why)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of a table, sorted by key. `lines` are the lines of `file` on which they stand (or their numbers).

    `complete` says that a row that is not there does not exist; `left_out` counts rows outside the scope.
    """

    table: Table
    columns: dict[str, ColumnData]
    row_count: int
    lines: Array
    file: str = ""
    complete: bool = True
    left_out: int = 0

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the key columns."""
        return self.table.key

    def take(self, rows: Array) -> Frame:
        """The frame with other rows, in their order."""
        columns = {name: data.take(rows) for name, data in self.columns.items()}
        lines = self.lines.take(rows)
        return Frame(self.table, columns, len(lines), lines, self.file, self.complete, self.left_out)


def arrow_type(column: Column) -> Any:
    """The Arrow type in which a column of the model is kept."""
    if column.type == "number":
        return pa.int64() if digits(column) <= 18 else pa.decimal128(38, 0)
    return {"truth": pa.bool_(), "date": pa.date32(), "school_year": pa.int64()}.get(column.type, pa.string())
