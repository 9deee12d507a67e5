"""From the bytes of a CSV or TSV file to columns of text, every record with its line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO, TextIOWrapper
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .file_bytes import FileBytes
from .frame import Array
from .open_table import TableColumns
from .unpaired_quote import find_unpaired

SHOWN = 20
"""How many rows are shown of what is wrong in a table in the same way."""

_BLOCKS = (4 * 1024**2, 64 * 1024**2)
"""Bytes that are taken at a time; small ones are faster, but a record has to fit in."""

_CHUNK = 1024**2

_LONGEST = "a cell is longer than 131,072 characters, as when a quotation mark is never closed"


class _Broken(Exception):
    """A record that is no CSV: the line on which it begins, and what the reader says."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line
        self.said = _LONGEST if "field larger" in said else said


def read_csv_table(
    file: FileBytes, headers: tuple[str, ...], wanted: Iterable[str], diagnostics: Diagnostics, *, secret: bool = False
) -> TableColumns | None:
    """The columns `wanted`, each one of the `headers` of a file.

    Nothing comes back where rows have more or fewer cells than the header (D016) or quotation marks do not pair
    (D017); `secret` keeps the lines out of the messages.
    """
    positions = {header: headers.index(header) for header in wanted}
    table, ragged = _read(file, sorted(set(positions.values())))
    rows = 0 if table is None else table.num_rows - 1
    one_to_a_line = file.data.count(b"\n") + (not file.data.endswith(b"\n")) == rows + 1
    if b"\r" in file.data:  # one that stands alone ends a record as well
        one_to_a_line &= file.data.count(b"\r") == file.data.count(b"\r\n")
    if table is not None and not ragged and one_to_a_line and _pair(file):
        lines = pa.array(range(2, rows + 2), pa.int64())
    else:
        lines = _scan(file, len(headers), diagnostics, secret)
    if lines is None or table is None or len(lines) != rows:
        return None
    columns = {header: _column(table, f"f{index}") for header, index in positions.items()}
    return TableColumns(columns, lines)


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
    return Span(Source(file.path, text, line), start, end)


def unseen(line: int, word: str = "line") -> str:
    """The note that stands for a line which is not shown."""
    return f"it is in {word} {line:,}, which is not shown because it speaks of a person"


def _pair(file: FileBytes) -> bool:
    """Whether the quotation marks pair in a file with a record on each line; it does not say where they do not."""
    data = file.data
    if b'"' not in data:
        return True
    chunks, at = [], 0
    while at < len(data):
        end = data.find(b"\n", at + _CHUNK) + 1 or len(data)
        chunks.append(data[at:end])
        at = end
    # a cell in quotation marks, and behind the last of them something else than a separator or a line's end
    behind = rf'(?:^|[{file.delimiter}\n])"(?:[^"\n]|"")*"[^"{file.delimiter}\r\n]'
    odd = pc.any(pc.match_substring_regex(pa.array(chunks, pa.large_binary()), behind)).as_py()
    if not odd:  # but the last line may end within a cell
        data = data[data.rfind(b"\n", 0, len(data) - 1) + 1 :]
    stream = TextIOWrapper(BytesIO(data), encoding="utf-8", newline="")
    try:
        deque(csv.reader(stream, delimiter=file.delimiter, strict=True), maxlen=0)
    except csv.Error:
        return False
    return True


def _read(file: FileBytes, positions: list[int]) -> tuple[Any, list[object]]:
    """The columns at some positions, headers among them, and the rows that are too long or too short."""
    for block in _BLOCKS:
        table, ragged = _read_by(file, positions, block)
        if table is not None:
            break
    return table, ragged


def _read_by(file: FileBytes, positions: list[int], block: int) -> tuple[Any, list[object]]:
    ragged: list[object] = []

    def skip(row: object) -> str:
        ragged.append(row)
        return "skip"

    names = [f"f{index}" for index in positions]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(file.data),
            read_options=arrow_csv.ReadOptions(autogenerate_column_names=True, use_threads=False, block_size=block),
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
        more = [f"and {rest:,} more such rows"] if rest > 0 else []
        diagnostics.report(
            "D016",
            cell_place(file, texts.get(line, ""), line, -1),
            help="a cell that holds the separator stands in quotation marks",
            notes=[*([unseen(line)] if secret else ()), *more],
            found=f"{ragged[line]} cell" if ragged[line] == 1 else f"{ragged[line]} cells",
            wanted=headers,
        )
    return None if ragged else pa.array(lines[1:], pa.int64())


def _report_broken(file: FileBytes, broken: _Broken, diagnostics: Diagnostics, secret: bool) -> None:
    found = find_unpaired(file.data, file.delimiter, broken.line)
    line = broken.line if found is None else found.line
    text = "" if secret else line_texts(file.data, {line}).get(line, "")
    place, problem, notes = cell_place(file, text, line, -1), broken.said, [unseen(line)] if secret else []
    help = 'a quoted cell is closed where it ends; inside it a quotation mark is doubled: `"5"" pipe"`'
    if found is not None:
        problem = "the quotation mark that opens here is never closed"
        if found.closed == found.line:
            problem = "text follows a closing quotation mark"
        elif found.closed:
            notes.append(f"the next quotation mark, in line {found.closed:,}, stands where no cell can end")
        if found.at < len(text):
            place = Span(place.source, found.at, found.end if found.end <= len(text) else found.at + 1)
    diagnostics.report("D017", place, help=help, notes=notes, problem=problem)


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
