"""A table written in batches into one file, CSV or Parquet: the bytes do not depend on how the rows were batched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from .arrays import Array

ROW_GROUP = 100_000
"""Rows of a row group; the last one may have fewer."""

_MANY_VALUES = {"attainment_id", "student", "student_id", "teacher", "teacher_id"}
"""Columns whose values seldom repeat: a dictionary of them would only cost time."""


class TableWriter(Protocol):
    """Takes the rows of one table, some at a time."""

    def write(self, columns: dict[str, Array]) -> None:
        """Add rows: Arrow arrays of one length by column, in the same order each time."""


@contextmanager
def table_writer(path: Path, format: str) -> Iterator[TableWriter]:
    """A writer of `csv` or `parquet` into the file `path`; the file is whole when the context ends."""
    writer: _Csv | _Parquet = _Csv(path) if format == "csv" else _Parquet(path)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()


class _Csv:
    """The standard form of docs/data.md: dates as 2026-07-01, truths as yes and no, nothing where nothing is known.

    No text that is made holds a comma or a quotation mark; one that did would be an error of Arrow's, never a
    wrong cell.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._begun = False

    def write(self, columns: dict[str, Array]) -> None:
        if not self._begun:
            self._file.write((",".join(columns) + "\n").encode())
            self._begun = True
        table = pa.table({name: _as_cells(column) for name, column in columns.items()})
        options = arrow_csv.WriteOptions(include_header=False, quoting_style="none")
        arrow_csv.write_csv(table, self._file, options)

    def finish(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        self._file.close()


def _as_cells(column: Array) -> Array:
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "yes", "no")
    return column.cast(pa.string()) if pa.types.is_decimal(column.type) else column


class _Parquet:
    """Row groups of a fixed size, a fixed packing, and no clock; only the name of the writing library changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: Any = None
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, columns: dict[str, Array]) -> None:
        table = pa.table(columns)
        if self._open is None:
            self._open = parquet.ParquetWriter(
                self._path,
                table.schema,
                version="2.6",
                data_page_version="1.0",
                compression="zstd",
                compression_level=1,
                use_dictionary=[name for name in columns if name not in _MANY_VALUES],
                store_schema=False,
            )
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= ROW_GROUP:
            self._flush(self._rows // ROW_GROUP * ROW_GROUP)

    def finish(self) -> None:
        """Write the rows that do not fill a row group."""
        if self._rows:
            self._flush(self._rows)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()

    def _flush(self, rows: int) -> None:
        # one chunk for each row group, since pages are cut where chunks end
        table = pa.concat_tables(self._waiting)
        for start in range(0, rows, ROW_GROUP):
            group = table.slice(start, min(ROW_GROUP, rows - start)).combine_chunks()
            self._open.write_table(group, row_group_size=ROW_GROUP)
        self._waiting = [table.slice(rows)] if rows < table.num_rows else []
        self._rows = table.num_rows - rows
