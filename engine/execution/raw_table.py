"""The cells of one table as text under the model's names, from a file or from memory, before anything is believed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ..model.table import Column, Table
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from ..text.suggest import nearest
from .csv_table import cell_place, line_texts, read_csv_table, read_headers
from .dataset_file import ColumnSource, TableSource
from .file_bytes import FileBytes, read_file_bytes
from .frame import Array
from .separators import check_separator


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells by column of the model; `footnotes` and `reasons` of those columns that have them.

    `lines` are the lines of the file; `sources` say how the cells are written; `file` is nothing for rows that
    were given in memory.
    """

    table: Table
    cells: dict[str, Array]
    lines: Array
    sources: dict[str, ColumnSource]
    footnotes: dict[str, Array] = field(default_factory=dict)
    reasons: dict[str, Array] = field(default_factory=dict)
    file: FileBytes | None = None
    headers: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    @property
    def personal(self) -> bool:
        """Whether its lines speak of persons, so that none may be shown."""
        return self.table.personal_key or any(column.personal for column in self.table.columns)

    def tidy(self, column: str) -> Array:
        """The cells of a column without blanks around them; empty texts where the column is not there."""
        cells = self.cells.get(column)
        return pa.array([""] * self.row_count, pa.string()) if cells is None else pc.utf8_trim_whitespace(cells)

    def keep(self, rows: Array) -> RawTable:
        """Only the rows where `rows` is true; the others count as left out."""
        return replace(
            self,
            cells={name: cells.filter(rows) for name, cells in self.cells.items()},
            footnotes={name: cells.filter(rows) for name, cells in self.footnotes.items()},
            reasons={name: cells.filter(rows) for name, cells in self.reasons.items()},
            lines=self.lines.filter(rows),
            left_out=self.left_out + self.row_count - pc.sum(rows).as_py(),
        )

    def places(self, cells: Collection[tuple[int, str]]) -> dict[tuple[int, str], Span]:
        """The place of each cell (line, column) in a source that holds its line alone, empty for persons."""
        if self.file is None:
            source = {line: Source(f"{self.table.name} (in memory)", "", line) for line, _ in cells}
            return {(line, column): Span(source[line], 0, 0) for line, column in cells}
        texts = {} if self.personal else line_texts(self.file.data, {line for line, _ in cells})
        places = {}
        for line, column in cells:
            header = self.sources[column].header if column in self.sources else ""
            index = self.headers.index(header) if header in self.headers else -1
            places[line, column] = cell_place(self.file, texts.get(line, ""), line, index)
        return places


def read_raw_table(
    folder: Path,
    table: Table,
    source: TableSource,
    wanted: Collection[str],
    optional: Collection[str],
    diagnostics: Diagnostics,
) -> RawTable | None:
    """The columns `wanted` of a table, and of the `optional` ones those that its file has.

    Nothing comes back where the file cannot be read (D008 to D017, D032) or has no column that is wanted (D007).
    """
    span = source.file_span or source.span
    file = read_file_bytes(folder, source.file, span, diagnostics, separator=source.separator)
    if file is None or not check_separator(file, table.name, _known(table, source), diagnostics):
        return None
    headers = read_headers(file, diagnostics)
    if headers is None:
        return None
    sources, complete = {}, True
    for column in table.columns:
        found = _source_of(column, source, headers, span)
        needed = column.name in wanted
        if found is not None and (needed or column.name in optional):
            complete &= _has_headers(found, headers, table, file.name, diagnostics)
            sources[column.name] = found
        elif needed:
            complete = False
            _report_absent(column, source, headers, table, span, diagnostics)
    if not complete:
        return None
    used = {name for one in sources.values() for name in (one.header, one.footnote, one.why) if name}
    secret = table.personal_key or any(column.personal for column in table.columns)
    read = read_csv_table(file, headers, sorted(used), diagnostics, secret=secret)
    if read is None:
        return None
    return RawTable(
        table,
        {name: read.columns[one.header] for name, one in sources.items()},
        read.lines,
        sources,
        {name: read.columns[one.footnote] for name, one in sources.items() if one.footnote},
        {name: read.columns[one.why] for name, one in sources.items() if one.why},
        file,
        headers,
    )


def _known(table: Table, source: TableSource) -> set[str]:
    """Every header that is looked for."""
    return {column.name for column in table.columns if column.name not in source.columns} | _mapped(source)


def _mapped(source: TableSource) -> set[str]:
    """The headers that the dataset names."""
    return {name for one in source.columns.values() for name in (one.header, one.footnote) if name}


def _source_of(column: Column, source: TableSource, headers: tuple[str, ...], span: Span) -> ColumnSource | None:
    """Where a column stands: as the dataset says, else under its own name (unless that is mapped to another)."""
    if column.name in source.columns:
        return source.columns[column.name]
    free = set(headers) - _mapped(source)
    if column.name not in free:
        return None
    why = f"{column.name}_why" if f"{column.name}_why" in free else ""
    return ColumnSource(column.name, span, source.missing, "", source.masks, source.thousands, why)


def _has_headers(
    source: ColumnSource, headers: tuple[str, ...], table: Table, file: str, diagnostics: Diagnostics
) -> bool:
    absent = [name for name in (source.header, source.footnote) if name and name not in headers]
    for name in absent:
        near = nearest(name, headers)
        help = f"did you mean `{near}`?" if near else _listed(headers)
        diagnostics.report("D007", source.span, help=help, file=file, header=name, table=table.name)
    return not absent


def _report_absent(
    column: Column,
    source: TableSource,
    headers: tuple[str, ...],
    table: Table,
    span: Span,
    diagnostics: Diagnostics,
) -> None:
    if source.columns:
        help = f"write `{column.name}:` with its header under `columns` of `{table.name}`"
        span = source.span
    else:
        near = nearest(column.name, headers)
        help = f"did you mean `{near}`? `columns` can say so" if near else _listed(headers)
    diagnostics.report("D007", span, help=help, file=source.file, header=column.name, table=table.name)


def _listed(headers: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{header}`" for header in headers[:12])
    return f"its columns are {shown}{' …' if len(headers) > 12 else ''}"
