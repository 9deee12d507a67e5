"""From the bytes of a Parquet file to its columns."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from ..text.diagnostic import Diagnostics
from ..text.source import Span
from .arrow_cells import arrow_cells
from .file_bytes import FileBytes
from .open_table import OpenTable, TableColumns

ROW_LIMIT = 200_000_000
"""Rows of the largest file that is read: few bytes can say that there are many."""

BYTE_LIMIT = 16 * 1024**3
"""Bytes of all columns, unpacked."""


def open_parquet(file: FileBytes, span: Span, diagnostics: Diagnostics) -> OpenTable | None:
    """The table in a Parquet file; complaints stand at `span`.

    Nothing where it cannot be read (D036), is too large (D011) or has two columns of one name (D015).
    """
    try:
        opened = pq.ParquetFile(pa.BufferReader(file.data))
    except (pa.ArrowException, OSError, ValueError) as problem:
        _unreadable(file, problem, span, diagnostics)
        return None
    schema, known = opened.schema_arrow, opened.metadata
    sizes = (known.row_group(n).total_byte_size for n in range(known.num_row_groups))
    large = f"{ROW_LIMIT:,} rows" if known.num_rows > ROW_LIMIT else ""
    large = large or (f"{BYTE_LIMIT // 1024**3} GiB" if sum(sizes) > BYTE_LIMIT else "")
    if large:
        diagnostics.report("D011", span, help="leave out what the policy does not use", file=file.name, limit=large)
        return None
    headers = tuple(name.strip() for name in schema.names)
    repeated = [name for name in dict.fromkeys(headers) if headers.count(name) > 1]
    for name in repeated:
        diagnostics.report("D015", span, help="name each column once", file=file.name, header=name)
    if repeated:
        return None

    def read(used: Sequence[str]) -> TableColumns | None:
        stored = {header: schema.names[headers.index(header)] for header in used}
        try:
            table = opened.read(columns=list(stored.values()))
        except (pa.ArrowException, OSError, ValueError) as problem:
            _unreadable(file, problem, span, diagnostics)
            return None
        return columns_of(table, stored)

    return OpenTable(file.name, headers, read, FileBytes(file.name, file.path, b"", "", file.digest))


def columns_of(table: pa.Table, stored: dict[str, str]) -> TableColumns:
    """The cells of the columns of an Arrow table; `stored` is its name for each header. Rows count from 1."""
    cells = {header: arrow_cells(table.column(name)) for header, name in stored.items()}
    kinds = {header: found for header, (_, found) in cells.items() if found is not None}
    lines = pa.array(range(1, table.num_rows + 1), pa.int64())
    return TableColumns({header: texts for header, (texts, _) in cells.items()}, lines, kinds)


def _unreadable(file: FileBytes, problem: Exception, span: Span, diagnostics: Diagnostics) -> None:
    said = str(problem).partition("\n")[0].strip().rstrip(".")
    said = "it is no Parquet file, or breaks off" if "magic bytes" in said or "footer" in said else said.lower()
    help = "write it again with the program that made it"
    diagnostics.report("D036", span, help=help, file=file.name, problem=said)
