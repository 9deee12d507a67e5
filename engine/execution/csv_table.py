"""From the bytes of a CSV or TSV file to columns of text, every record with its line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import Any, TypeAlias

import pyarrow as pa
from pyarrow import csv as arrow_csv

from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .file_bytes import FileBytes

Array: TypeAlias = Any
"""An Arrow array (the library comes without types)."""

SHOWN = 20
"""How many rows are shown of what is wrong in a table in the same way."""

_BLOCK = 64 * 1024 * 1024

_PROBLEMS = {
    "unexpected end of data": "a quotation mark opens here and is never closed",
    "field larger": "a cell is longer than 131,072 characters, as when a quotation mark is never closed",
    "expected after": "text follows a closing quotation mark",
}


class _Broken(Exception):
    """A record that is no CSV: the line on which it begins, and what the reader says."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line
        self.said = next((ours for theirs, ours in _PROBLEMS.items() if theirs in said), said)


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A file as columns of text by header; `lines` are the file's lines on which the records begin."""

    file: FileBytes
    headers: tuple[str, ...]
    columns: dict[str, Array]
    lines: Array


def read_csv_table(
    file: FileBytes, headers: tuple[str, ...], wanted: Iterable[str], diagnostics: Diagnostics, *, secret: bool = False
) -> CsvTable | None:
    """The columns `wanted`, each one of the `headers` of a file.

    Nothing comes back where rows have more or fewer cells than the header (D016) or quotation marks do not pair
    (D017); `secret` keeps the lines out of the messages.
    """
    positions = {header: headers.index(header) for header in wanted}
    table, ragged = _read(file, sorted(set(positions.values())))
    rows = 0 if table is None else table.num_rows - 1
    one_to_a_line = file.data.count(b"\n") + (not file.data.endswith(b"\n")) == rows + 1
    if table is not None and not ragged and one_to_a_line and b'"' not in file.data:
        lines = pa.array(range(2, rows + 2), pa.int64())
    else:
        lines = _scan(file, len(headers), diagnostics, secret)
    if lines is None or table is None or len(lines) != rows:
        return None
    columns = {header: _column(table, f"f{index}") for header, index in positions.items()}
    return CsvTable(file, headers, columns, lines)


def read_headers(file: FileBytes, diagnostics: Diagnostics) -> tuple[str, ...] | None:
    """The headers of a file, trimmed; nothing where one is repeated (D015) or their quotes do not pair (D017)."""
    try:
        record = next(_records(file))[1]
    except _Broken as broken:
        _report_broken(file, broken, diagnostics, secret=False)
        return None
    headers = tuple(cell.strip() for cell in record)
    repeated = [header for header in dict.fromkeys(headers) if header and headers.count(header) > 1]
    for header in repeated:
        place = cell_place(file, line_texts(file.data, {1}).get(1, ""), 1, headers.index(header))
        diagnostics.report("D015", place, help="name each column once", file=file.name, header=header)
    return None if repeated else headers


def line_texts(data: bytes, wanted: Collection[int]) -> dict[int, str]:
    """The texts of a few lines of a file, by number, without their ends; very long ones are cut."""
    found: dict[int, str] = {}
    for number, line in enumerate(BytesIO(data), 1):
        if number in wanted:
            found[number] = line.rstrip(b"\r\n").decode("utf-8", errors="replace")[:2000]
            if len(found) == len(wanted):
                break
    return found


def cell_place(file: FileBytes, text: str, line: int, index: int) -> Span:
    """The place of a cell (of the whole line where `index` is -1) in a source that holds that line alone."""
    cells = _cell_places(text, file.delimiter)
    start, end = cells[index] if 0 <= index < len(cells) else (0, len(text))
    return Span(Source(file.name, text, line), start, end)


def _read(file: FileBytes, positions: list[int]) -> tuple[Any, list[object]]:
    ragged: list[object] = []

    def skip(row: object) -> str:
        ragged.append(row)
        return "skip"

    names = [f"f{index}" for index in positions]
    try:
        table = arrow_csv.read_csv(
            BytesIO(file.data),
            read_options=arrow_csv.ReadOptions(autogenerate_column_names=True, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=file.delimiter, newlines_in_values=True, invalid_row_handler=skip
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=names,
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:  # a record that no block holds; the scan says where
        return None, ragged
    return table, ragged


def _column(table: Any, name: str) -> Array:
    column = table.column(name).slice(1).combine_chunks()
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column


def _records(file: FileBytes) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank lines are no records. Raises _Broken."""
    stream = TextIOWrapper(BytesIO(file.data), encoding="utf-8", newline="")
    reader = csv.reader(stream, delimiter=file.delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error as problem:
        raise _Broken(line, str(problem)) from None


def _scan(file: FileBytes, headers: int, diagnostics: Diagnostics, secret: bool) -> Array | None:
    """The line of every record after the header; nothing where one is broken, which is reported."""
    lines: list[int] = []
    ragged: dict[int, int] = {}
    try:
        for line, record in _records(file):
            if len(record) != headers:
                ragged[line] = len(record)
            lines.append(line)
    except _Broken as broken:
        _report_broken(file, broken, diagnostics, secret)
        return None
    shown = list(ragged)[:SHOWN]
    texts = {} if secret else line_texts(file.data, shown)
    for line in shown:
        rest = len(ragged) - SHOWN if line == shown[-1] else 0
        diagnostics.report(
            "D016",
            cell_place(file, texts.get(line, ""), line, -1),
            help="a cell that holds the separator stands in quotation marks",
            notes=f"and {rest:,} more such rows" if rest > 0 else (),
            line=line,
            found=f"{ragged[line]} cell" if ragged[line] == 1 else f"{ragged[line]} cells",
            wanted=headers,
        )
    return None if ragged else pa.array(lines[1:], pa.int64())


def _report_broken(file: FileBytes, broken: _Broken, diagnostics: Diagnostics, secret: bool) -> None:
    text = "" if secret else line_texts(file.data, {broken.line}).get(broken.line, "")
    help = 'inside a quoted cell a quotation mark is doubled: `"5"" pipe"`'
    place = cell_place(file, text, broken.line, -1)
    diagnostics.report("D017", place, help=help, line=broken.line, problem=broken.said)


def _cell_places(text: str, delimiter: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a line, quotation marks included."""
    places, start, quoted = [], 0, False
    for at, char in enumerate(text):
        if char == '"' and (quoted or at == start):
            quoted = not quoted
        elif char == delimiter and not quoted:
            places.append((start, at))
            start = at + 1
    return [*places, (start, len(text))]
