"""The cells of one table as text under the model's names, from a file or from memory, before anything is believed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from ..model.table import Column, Table
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from ..text.suggest import nearest, quoted
from .csv_table import cell_place, line_texts
from .dataset_file import ColumnSource, TableSource
from .file_bytes import FileBytes
from .frame import Array
from .key_order import shared_texts
from .open_table import OpenTable, Sheet
from .raw_cells import as_texts, pad_codes

_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells by column of the model; `footnotes` and `reasons` of those columns that have them.

    `lines` are the lines of the file (or the rows, where it has no lines); `sources` say how the cells are written;
    `kinds` what they are, of columns that hold more than texts (see `raw_cells`); `file` is nothing for rows that were
    given in memory, and `sheet` for all that come from no workbook.
    """

    table: Table
    cells: dict[str, Array]
    lines: Array
    sources: dict[str, ColumnSource]
    footnotes: dict[str, Array] = field(default_factory=dict)
    reasons: dict[str, Array] = field(default_factory=dict)
    kinds: dict[str, Array] = field(default_factory=dict)
    file: FileBytes | None = None
    headers: tuple[str, ...] = ()
    left_out: int = 0
    sheet: Sheet | None = None

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    @property
    def personal(self) -> bool:
        """Whether its lines speak of persons, so that none may be shown."""
        return self.table.personal_key or any(column.personal for column in self.table.columns)

    @property
    def place_word(self) -> str:
        """What its rows are counted in: the lines of a text, else rows."""
        return "line" if self.file is None or self.file.delimiter else "row"

    def address(self, line: int, column: str) -> str:
        """The cell of a workbook, such as Sheet1!C7; empty for other tables."""
        letters = "" if self.sheet is None else self.sheet.letters.get(self.sources[column].header, "")
        return f"{self.sheet.name}!{letters}{line}" if self.sheet is not None else ""

    def tidy(self, column: str) -> Array:
        """The cells of a column without blanks around them; empty texts where the column is not there."""
        cells = self.cells.get(column)
        if cells is None:
            return pa.array([""] * self.row_count, pa.string())
        return pc.utf8_trim_whitespace(as_texts(cells))

    def keep(self, rows: Array) -> RawTable:
        """Only the rows where `rows` is true; the others count as left out."""
        return replace(
            self,
            cells={name: cells.filter(rows) for name, cells in self.cells.items()},
            footnotes={name: cells.filter(rows) for name, cells in self.footnotes.items()},
            reasons={name: cells.filter(rows) for name, cells in self.reasons.items()},
            kinds={name: cells.filter(rows) for name, cells in self.kinds.items()},
            lines=self.lines.filter(rows),
            left_out=self.left_out + self.row_count - pc.sum(rows).as_py(),
        )

    def take(self, rows: Array, without: Collection[str] = ()) -> RawTable:
        """The same rows in another order, and the columns but for some."""
        return replace(
            self,
            cells={name: shared_texts(cells).take(rows) for name, cells in self.cells.items() if name not in without},
            footnotes={name: cells.take(rows) for name, cells in self.footnotes.items()},
            reasons={name: cells.take(rows) for name, cells in self.reasons.items()},
            kinds={name: cells.take(rows) for name, cells in self.kinds.items()},
            lines=self.lines.take(rows),
        )

    def places(self, cells: Collection[tuple[int, str]]) -> dict[tuple[int, str], Span]:
        """The place of each cell (line, column) in a source that holds its line alone, empty for persons.

        Of a file without lines the row stands there, its cells side by side.
        """
        if self.file is None:
            source = {line: Source(f"{self.table.name} (in memory)", "", line) for line, _ in cells}
            return {(line, column): Span(source[line], 0, 0) for line, column in cells}
        if not self.file.delimiter:
            return {(line, column): self._row_place(self.file, line, column) for line, column in cells}
        texts = {} if self.personal else line_texts(self.file.data, {line for line, _ in cells})
        places = {}
        for line, column in cells:
            header = self.sources[column].header if column in self.sources else ""
            index = self.headers.index(header) if header in self.headers else -1
            places[line, column] = cell_place(self.file, texts.get(line, ""), line, index)
        return places

    def _row_place(self, file: FileBytes, line: int, column: str) -> Span:
        if self.personal or column not in self.cells:
            return Span(Source(file.path, "", line), 0, 0)
        row = pc.index(self.lines, line).as_py()
        texts = {name: " ".join(cells[row].as_py().split()) for name, cells in self.cells.items()}
        before = list(texts)[: list(texts).index(column)]
        start = sum(len(texts[name]) + len(_BETWEEN) for name in before)
        return Span(Source(file.path, _BETWEEN.join(texts.values()), line), start, start + len(texts[column]))


def read_raw_table(
    opened: OpenTable,
    table: Table,
    source: TableSource,
    wanted: Collection[str],
    optional: Collection[str],
    diagnostics: Diagnostics,
) -> RawTable | None:
    """The columns `wanted` of a table, and of the `optional` ones those that it has.

    Nothing comes back where it cannot be read (D016, D017, D036) or has no column that is wanted (D007).
    """
    span, headers = source.file_span or source.span, opened.headers
    sources, complete = {}, True
    for column in table.columns:
        found = _source_of(column, source, headers, span)
        needed = column.name in wanted
        if found is not None and (needed or column.name in optional):
            complete &= _has_headers(found, headers, table, opened.name, diagnostics)
            sources[column.name] = found
        elif needed:
            complete = False
            _report_absent(column, source, opened, table, span, diagnostics)
    if not complete:
        return None
    used = {name for one in sources.values() for name in (one.header, one.footnote, one.why) if name}
    read = opened.read(sorted(used))
    if read is None:
        return None
    cells = {name: read.columns[one.header] for name, one in sources.items()}
    kinds = {name: read.kinds[one.header] for name, one in sources.items() if one.header in read.kinds}
    for name, one in sources.items():
        if one.pad_to:
            cells[name], known = pad_codes(cells[name], kinds.pop(name, None), one.pad_to)
            kinds |= {} if known is None else {name: known}
    return RawTable(
        table,
        cells,
        read.lines,
        sources,
        {name: as_texts(read.columns[one.footnote]) for name, one in sources.items() if one.footnote},
        {name: as_texts(read.columns[one.why]) for name, one in sources.items() if one.why},
        kinds,
        opened.file,
        headers,
        sheet=opened.sheet,
    )


def known_headers(table: Table, source: TableSource) -> set[str]:
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
    opened: OpenTable,
    table: Table,
    span: Span,
    diagnostics: Diagnostics,
) -> None:
    headers = opened.headers
    if source.columns:
        help = f"write `{column.name}:` with its header under `columns` of `{table.name}`"
        span = source.span
    else:
        near = nearest(column.name, headers)
        help = f"did you mean `{near}`? `columns` can say so" if near else _listed(headers)
    helps = [help]
    if opened.sheet is not None and not source.header_row:
        helps.append("`header_row` says in which row the headers stand, `sheet` on which sheet")
    diagnostics.report("D007", span, help=helps, file=opened.name, header=column.name, table=table.name)


def _listed(headers: tuple[str, ...]) -> str:
    return f"its columns are {quoted(headers)}"
