"""From the bytes of an Excel workbook (.xlsx) to the columns of one sheet. The only file that speaks with openpyxl."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from ..text.diagnostic import Diagnostics
from ..text.source import Span
from ..text.suggest import nearest, quoted
from .dataset_file import TableSource
from .file_bytes import FileBytes
from .open_table import OpenTable, Sheet, TableColumns
from .python_cells import Percent, SpreadsheetError, cell_text, python_cells
from .raw_cells import UNCOMPUTED

BYTE_LIMIT = 1024**3
"""Bytes of all parts of a workbook, unpacked, as its directory declares them: nothing is read beyond that."""

CELL_LIMIT = 10_000_000
"""Cells of the largest sheet that is read."""

_PARTS = 10_000
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    EOFError, OSError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip


class _Refused(Exception):
    """A workbook that is not read: the code of the complaint, its cure and its blanks."""

    def __init__(self, code: str, help: str, **blanks: Any) -> None:
        super().__init__(code)
        self.code, self.help, self.blanks = code, help, blanks


def open_excel(file: FileBytes, source: TableSource, span: Span, diagnostics: Diagnostics) -> OpenTable | None:
    """The table in a sheet of a workbook, as `sheet`, `header_row` and `stop_at_blank_row` of its source say.

    Formulas count with the values that the workbook keeps; links to other workbooks are not followed. Complaints stand
    at `span`: too large (D011), empty (D014), a repeated header (D015), no such sheet (D035), not readable (D036).
    """
    try:
        return _open(file, source)
    except _Refused as refused:
        problem = refused
    except _BROKEN:
        problem = _Refused("D036", "open it in the spreadsheet and save it again", problem="it is damaged")
    diagnostics.report(problem.code, span, help=problem.help, file=file.name, **problem.blanks)
    return None


def _open(file: FileBytes, source: TableSource) -> OpenTable:
    from openpyxl import load_workbook

    package = _package(file.data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of styles and rules for entering data that it passes over
        book = load_workbook(BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
        sheet = _sheet(book.worksheets, source.sheet)
        rows = _rows(sheet, _uncomputed(package, sheet.title))
        header, kept = _table(rows, source)
    headers = tuple(cell_text(value).strip() for value in header)
    repeated = [name for name in dict.fromkeys(headers) if name and headers.count(name) > 1]
    if repeated:
        raise _Refused("D015", "name each column once", header=repeated[0])
    places = {name: place for place, name in enumerate(headers) if name}

    def read(used: Sequence[str]) -> TableColumns:
        cells = {}
        for name in used:
            place = places[name]
            cells[name] = python_cells(row[place] if place < len(row) else None for _, row in kept)
        kinds = {name: found for name, (_, found) in cells.items() if found is not None}
        lines = pa.array([number for number, _ in kept], pa.int64())
        return TableColumns({name: texts for name, (texts, _) in cells.items()}, lines, kinds)

    whole = FileBytes(file.name, file.path, b"", "", file.digest)
    letters = {name: _letters(place) for name, place in places.items()}
    return OpenTable(file.name, tuple(places), read, whole, Sheet(sheet.title, letters))


def _package(data: bytes) -> zipfile.ZipFile:
    """The parts of a workbook, which are few, small, and no programs."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        said = "it has a password, or is an old workbook under a new name"
        raise _Refused("D036", "take the password off, or save it as .xlsx", problem=said)
    package = zipfile.ZipFile(BytesIO(data))
    parts = package.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > BYTE_LIMIT:
        limit = f"{BYTE_LIMIT // 1024**3} GiB" if BYTE_LIMIT >= 1024**3 else f"{BYTE_LIMIT} bytes"
        raise _Refused("D011", "save the table as Parquet or CSV", limit=limit)
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise _Refused("D036", "save it as .xlsx", problem="it is no Excel workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _Refused("D036", "save it as .xlsx, without its macros", problem="it holds macros")
    for name in names:
        if name.endswith((".xml", ".rels")):
            with package.open(name) as part:
                if b"<!DOCTYPE" in part.read(4096):
                    raise _Refused("D036", "save it again with the spreadsheet", problem="it defines its own XML")
    return package


def _sheet(sheets: list[Any], wanted: str) -> Any:
    names = [sheet.title for sheet in sheets]
    if not names:
        raise _Refused("D014", "put the table on a sheet of its own")
    if wanted and wanted not in names:
        near = nearest(wanted, names)
        help = f"did you mean `{near}`?" if near else f"its sheets are {quoted(names)}"
        raise _Refused("D035", help, sheet=wanted)
    return sheets[names.index(wanted) if wanted else 0]


def _uncomputed(package: zipfile.ZipFile, title: str) -> frozenset[str]:
    """The cells of a sheet, such as C7, in which a formula stands without its value."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target") or "" for one in relations}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == title:
            target = targets.get(sheet.get(_RELATION), "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return frozenset(found.decode() for found in _FORMULA.findall(package.read(path)))
    return frozenset()


def _rows(sheet: Any, uncomputed: frozenset[str]) -> Iterator[tuple[int, list[object]]]:
    """Every row of a sheet with its number and the values of its cells."""
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    total = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        total += len(row) + 1
        if total > CELL_LIMIT:
            raise _Refused("D011", "save the table as Parquet or CSV", limit=f"{CELL_LIMIT:,} cells")
        values = [_value(cell) for cell in row]
        if uncomputed:
            for place in range(len(values)):
                if f"{_letters(place)}{number}" in uncomputed:
                    values[place] = SpreadsheetError(UNCOMPUTED)
        yield number, values


def _value(cell: Any) -> object:
    value = cell.value
    if value is None or isinstance(value, str):
        return SpreadsheetError(value) if value is not None and cell.data_type == "e" else value
    if cell.data_type == "n" and "%" in cell.number_format:
        return Percent(cell_text(value))
    return value


def _table(
    rows: Iterator[tuple[int, list[object]]], source: TableSource
) -> tuple[list[object], list[tuple[int, list[object]]]]:
    """The header row and the rows below it that are not blank."""
    header: list[object] | None = None
    kept: list[tuple[int, list[object]]] = []
    for number, row in rows:
        blank = not any(value is not None and (not isinstance(value, str) or value.strip()) for value in row)
        if header is None:
            if number == source.header_row or (not source.header_row and not blank):
                header = row
        elif not blank:
            kept.append((number, row))
        elif source.stop_at_blank_row and kept:
            break
    if header is None or not any(cell_text(value).strip() for value in header):
        help = "`header_row` says in which row the headers stand" if source.header_row else "is it the right `sheet`?"
        raise _Refused("D014", help)
    return header, kept


def _letters(place: int) -> str:
    """The letters of a column, counted from 0: A, B, …, Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
