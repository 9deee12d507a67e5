"""A publisher's table as it was fetched: CSV or TSV, plain or packed, read record by record."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, TypeAlias

from ..text.diagnostic import Diagnostics
from ..text.source import NOWHERE, Source, Span
from ..text.suggest import nearest

LIMIT = 1024**3
"""Bytes of the largest table that is read, unpacked."""

SHOWN = 20
"""How many rows are shown of what is wrong in a table in the same way."""

Record: TypeAlias = tuple[int, list[str]]
"""A row's line in the file, counted from 1, and its cells without blanks around them."""

_FORMS = {
    b"PK\x03\x04": ("it is an Excel workbook or a ZIP archive", "unpack it, or save the sheet as CSV"),
    b"\xd0\xcf\x11\xe0": ("it is an old Excel workbook", "save the sheet as CSV"),
    b"PAR1": ("it is a Parquet file", "save it as CSV"),
}


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A file as text; `headers` are in capitals, because publishers change their case from year to year."""

    name: str
    text: str = field(repr=False)
    delimiter: str
    headers: tuple[str, ...]

    def place(self, *names: str) -> int:
        """Where the first of these headers stands that the file has; -1 where it has none of them."""
        return next((self.headers.index(name) for name in names if name in self.headers), -1)


class SourceComplaints:
    """Gathers what is wrong in the rows of a table: the first of each kind are shown, the rest counted."""

    def __init__(self, table: SourceTable, diagnostics: Diagnostics) -> None:
        self.table = table
        self.diagnostics = diagnostics
        self._found: dict[str, list[tuple[int, int, str, dict[str, Any]]]] = {}
        self._total: dict[str, int] = {}

    def add(self, code: str, line: int, index: int, *, help: str = "", **blanks: Any) -> None:
        """Complain of the cell `index` of a line, or of the whole line where `index` is -1."""
        self._total[code] = self._total.get(code, 0) + 1
        found = self._found.setdefault(code, [])
        if len(found) < SHOWN:
            found.append((line, index, help, blanks))

    def report(self) -> bool:
        """Hand everything over; whether there was nothing to complain of."""
        lines = self.table.text.splitlines() if self._found else []
        for code, found in sorted(self._found.items()):
            rest = self._total[code] - len(found)
            for line, index, help, blanks in found:
                last = rest and (line, index) == found[-1][:2]
                self.diagnostics.report(
                    code,
                    _cell_place(self.table, lines[line - 1] if line <= len(lines) else "", line, index),
                    help=help or (),
                    notes=f"and {rest:,} more like this in `{self.table.name}`" if last else (),
                    line=line,
                    **blanks,
                )
        return not self._found


def read_source(path: Path, diagnostics: Diagnostics) -> SourceTable | None:
    """The table in a file; nothing where there is no such file (D040) or it cannot be read (D041)."""
    span = Span(Source(str(path), ""), 0, 0)
    try:
        if not path.is_file():
            near = nearest(path.name, (one.name for one in path.parent.iterdir()) if path.parent.is_dir() else ())
            help = f"did you mean `{path.with_name(near)}`?" if near else "paths are read from the folder you are in"
            diagnostics.report("D040", span, help=help, file=str(path))
            return None
        with path.open("rb") as stream:
            packed = stream.read(LIMIT + 1)
    except (OSError, ValueError) as problem:
        _unreadable(path, (getattr(problem, "strerror", None) or str(problem)).lower(), "", diagnostics)
        return None
    text = _text(path, packed, diagnostics)
    if text is None:
        return None
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first else ","
    try:
        record = next(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        _unreadable(path, "the quotation marks of its first line do not pair", "fetch it again", diagnostics)
        return None
    return SourceTable(str(path), text, delimiter, tuple(cell.strip().upper() for cell in record))


def read_sources(
    files: Sequence[Path], headers: Sequence[tuple[str, ...]], form: str, cure: str, diagnostics: Diagnostics
) -> list[SourceTable] | None:
    """The tables in all files, each with one header of every group; nothing where one of them is no such table.

    Besides what `read_source` reports: no file at all (D054), a table of another form (D042; `form` and `cure` are
    the words for it).
    """
    if not files:
        help = "name the files as they were fetched from the publisher"
        diagnostics.report("D054", NOWHERE, help=help, option="FILE", wanted="one file or more")
    tables = [read_source(Path(file), diagnostics) for file in files]
    sound = [table for table in tables if table and _has_headers(table, headers, form, cure, diagnostics)]
    return sound if sound and len(sound) == len(tables) else None


def _has_headers(
    table: SourceTable, wanted: Sequence[tuple[str, ...]], form: str, cure: str, diagnostics: Diagnostics
) -> bool:
    repeated = [name for name in table.headers if name and table.headers.count(name) > 1]
    for group in wanted:
        if table.place(*group) < 0:
            first = table.text.partition("\n")[0].rstrip("\r")
            span = Span(Source(table.name, first), 0, len(first))
            names = " or ".join(f"`{name}`" for name in group)
            diagnostics.report("D042", span, help=cure, file=table.name, form=form, problem=f"it has no column {names}")
            return False
    if repeated:
        span = Span(Source(table.name, table.text.partition("\n")[0].rstrip("\r")), 0, 0)
        problem = f"it has two columns `{repeated[0]}`"
        diagnostics.report("D042", span, help=cure, file=table.name, form=form, problem=problem)
    return not repeated


def records(table: SourceTable, complaints: SourceComplaints) -> Iterator[Record]:
    """The rows after the header, blank ones as rows without cells.

    A row of another length than the header is complained of (D043) and left out, as is whatever follows quotation
    marks that do not pair (D041).
    """
    reader = csv.reader(StringIO(table.text, newline=""), delimiter=table.delimiter, strict=True)
    wanted, line = len(table.headers), 1
    try:
        next(reader, None)
        while True:
            line = reader.line_num + 1
            record = next(reader, None)
            if record is None:
                return
            if not any(record) or not any(cell.strip() for cell in record):
                yield line, []
            elif len(record) == wanted:
                yield line, [cell.strip() for cell in record]
            else:
                found = f"{len(record)} cell" if len(record) == 1 else f"{len(record)} cells"
                help = "fetch the file again, or delete the notes that follow the table"
                complaints.add("D043", line, -1, help=help, file=table.name, found=found, wanted=wanted)
    except csv.Error:
        problem = f"the quotation marks of line {line} do not pair"
        complaints.add("D041", line, -1, help="fetch the file again", file=table.name, problem=problem)


def _text(path: Path, packed: bytes, diagnostics: Diagnostics) -> str | None:
    for magic, (problem, cure) in _FORMS.items():
        if packed.startswith(magic):
            _unreadable(path, problem, cure, diagnostics)
            return None
    data: bytes | None = packed
    if packed.startswith(b"\x1f\x8b") or path.suffix.lower() == ".gz":
        data = _unpacked(path, packed, diagnostics)
    if data is None:
        return None
    if len(data) > LIMIT:
        _unreadable(path, f"it holds more than {LIMIT // 1024**3} GiB", "split it by area", diagnostics)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _unreadable(path, "it is not UTF-8 text", "save it as UTF-8", diagnostics)
        return None
    if not text.strip() or "\0" in text:
        problem = "it holds null characters" if text.strip() else "it is empty"
        _unreadable(path, problem, "fetch the file again", diagnostics)
        return None
    return text


def _unpacked(path: Path, packed: bytes, diagnostics: Diagnostics) -> bytes | None:
    try:
        with gzip.open(BytesIO(packed)) as stream:
            return stream.read(LIMIT + 1)
    except EOFError:
        problem = "it breaks off"
    except (gzip.BadGzipFile, zlib.error):
        problem = "its packing is damaged, or it was never packed"
    _unreadable(path, problem, "fetch the file again", diagnostics)
    return None


def _unreadable(path: Path, problem: str, cure: str, diagnostics: Diagnostics) -> None:
    span = Span(Source(str(path), ""), 0, 0)
    diagnostics.report("D041", span, help=cure or (), file=str(path), problem=problem)


def _cell_place(table: SourceTable, text: str, line: int, index: int) -> Span:
    """The place of a cell (of the whole line where `index` is -1) in a source that holds that line alone."""
    places, start, quoted = [], 0, False
    for at, char in enumerate(text):
        if char == '"' and (quoted or at == start):
            quoted = not quoted
        elif char == table.delimiter and not quoted:
            places.append((start, at))
            start = at + 1
    places.append((start, len(text)))
    begin, end = places[index] if 0 <= index < len(places) else (0, len(text))
    return Span(Source(table.name, text, line), begin, end)
