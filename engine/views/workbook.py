"""A run as one Excel workbook: a sheet that says what it is, then a sheet for each table.

Numbers stand as numbers where the 15 digits that Excel keeps hold them exactly, and as text otherwise. Nothing is ever
written as a formula or a link. The bytes depend on the run alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from ..results.outcome import Outcome
from ..results.table import Cell, ResultTable, cell_text, is_number
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span

FILE = "run.xlsx"
ROWS, LETTERS, DIGITS = 1_048_576, 32_767, 15
"""What a sheet, a cell and a number of Excel hold."""

FIRST_DAY = Date(1900, 3, 1)
"""Excel takes 1900 for a leap year; the days before are written as text."""

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day for the file's properties, so that equal runs have equal bytes


def workbook(result: Outcome, version: str, diagnostics: Diagnostics) -> bytes:
    """The workbook of a run, made by the engine of that version; a table that Excel cannot hold is reported (X040)."""
    policy = result.run.checked.policy
    return workbook_of(policy.title, policy.id, _said(result, version), result.tables, diagnostics)


def workbook_of(
    title: str, policy: str, said: Iterable[tuple[str, str]], tables: Iterable[ResultTable], diagnostics: Diagnostics
) -> bytes:
    """A workbook of tables, whose first sheet says what it is: lines, each a label and a text."""
    from xlsxwriter import Workbook

    tables = tuple(tables)
    if not _fits(tables, diagnostics):
        return b""
    sink = BytesIO()
    book = Workbook(sink, {"in_memory": True})
    book.set_properties({"title": title, "created": MADE})
    styles = {
        name: book.add_format(said)
        for name, said in {
            "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
            "title": {"bold": True, "font_size": 14},
            "label": {"bold": True, "valign": "top"},
            "prose": {"text_wrap": True, "valign": "top"},
            "date": {"num_format": "yyyy-mm-dd", "align": "left"},
        }.items()
    }
    _readme(book.add_worksheet("README"), title or policy, said, styles)
    numerals: dict[str, Any] = {}
    for one in tables:
        _sheet(book.add_worksheet(one.name), one, styles, numerals, book)
    book.close()
    return sink.getvalue()


def _fits(tables: tuple[ResultTable, ...], diagnostics: Diagnostics) -> bool:
    """Whether Excel holds every table whole: no row and no text of it may be cut off in silence."""
    fits = True
    for one in tables:
        problem = ""
        if len(one.rows) >= ROWS:
            problem = f"it has {len(one.rows):,} rows, a sheet holds {ROWS - 1:,} below its header"
        elif any(isinstance(cell, str) and len(cell) > LETTERS for row in one.rows for cell in row):
            problem = f"one of its texts is longer than {LETTERS:,} letters"
        if problem:
            help = "write it with `--format csv` or `--format parquet`"
            diagnostics.report("X040", Span(Source(FILE, ""), 0, 0), help=help, table=one.name, problem=problem)
            fits = False
    return fits


# -- the first sheet --------------------------------------------------------------------------------------------


def _readme(sheet: Any, title: str, said: Iterable[tuple[str, str]], styles: dict[str, Any]) -> None:
    """What was run on what, what is undetermined, and which values are not enacted law."""
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, 0, 190)
    sheet.set_column_pixels(1, 1, 720)
    sheet.write_string(0, 0, title, styles["title"])
    for place, (label, text) in enumerate(said, 2):
        if label:
            sheet.write_string(place, 0, label, styles["label"])
        sheet.write_string(place, 1, text, styles["prose"])


def _said(result: Outcome, version: str) -> Iterator[tuple[str, str]]:
    """The lines of the first sheet: label and text, a label for the first of several."""
    run, policy = result.run, result.run.checked.policy
    yield "Policy", policy.id
    yield (
        "Jurisdiction",
        ", ".join(word.text for word in policy.jurisdictions) or run.dataset.jurisdiction or "not said",
    )
    yield "As of", f"{run.as_of.isoformat()}, school year {run.school_year}"
    laws = [" ".join(filter(None, [one.title or one.name, one.url, _read(one.read)])) for one in policy.sources]
    yield from _several("Law and sources", laws)
    yield "Data", run.dataset.title or "untitled"
    if run.dataset.as_of:
        yield "Data as of", run.dataset.as_of.isoformat()
    if run.dataset.made_up:
        yield "Made up", run.dataset.note or "the data are made up"
    stands = [
        f"{name}: {', '.join(filter(None, [one.source, one.vintage, one.made_up and f'made up: {one.made_up}']))}"
        for name, one in run.dataset.sources.items()
        if name in run.dataset.tables and (one.source or one.vintage or one.made_up)
    ]
    yield from _several("Where the data are from", stands)
    failed = sum(1 for one in result.held if one.failed)
    yield "Undetermined", f"{len(result.held) - failed:,} decisions wait for data that is missing (sheet held)"
    if failed:
        yield "Failed", f"{failed:,} results could not be computed (sheet held)"
    loose = [
        f"{name} = {value} ({str(standing).replace('_', ' ')})"
        for name, value, _, standing, *_ in result.table("assumptions").rows
    ]
    yield from _several("Values not enacted", loose or ["none in use"])
    yield from _several("Sheets", [f"{one.name}: {_rows(len(one.rows))}" for one in result.tables])
    yield "Numbers", f"exact; one that needs more than {DIGITS} digits stands as text, because Excel would round it"
    yield "Made by", f"specie {version}"


def _read(day: Date | None) -> str:
    return f"(read {day.isoformat()})" if day else ""


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _several(label: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(texts):
        yield "" if place else label, text


# -- a sheet for a table ----------------------------------------------------------------------------------------


def _sheet(sheet: Any, one: ResultTable, styles: dict[str, Any], numerals: dict[str, Any], book: Any) -> None:
    """A table from the first cell on: a header that stays and filters, columns as wide as what they hold."""
    for place, (name, kind) in enumerate(one.columns):
        cells = [row[place] for row in one.rows]
        texts = [cell_text(cell) for cell in cells]
        style = None
        if is_number(kind):
            pattern = _pattern(name, kind, texts)
            style = numerals.setdefault(pattern, None) or book.add_format({"num_format": pattern})
            numerals[pattern] = style
        sheet.write_string(0, place, name, styles["head"])
        width = max([len(name) + 3, *(len(text) + len(text) // 4 * is_number(kind) + 1 for text in texts)])
        sheet.set_column(place, place, min(max(width, 6), 60))
        for line, (cell, text) in enumerate(zip(cells, texts, strict=True), 1):
            _write(sheet, line, place, cell, text, style, styles["date"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(one.rows), 1), len(one.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS}"})


def _write(sheet: Any, line: int, place: int, cell: Cell, text: str, style: Any, date_style: Any) -> None:
    """One cell by what it is; a blank is left out."""
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_boolean(line, place, cell)
        case int() | Fraction() if _held(text):
            sheet.write_number(line, place, Decimal(text), style)  # as a Decimal its own digits reach the file
        case Date() if cell >= FIRST_DAY:
            sheet.write_datetime(line, place, cell, date_style)
        case _:
            sheet.write_string(line, place, text)


def _held(text: str) -> bool:
    """Whether the digits of a number in plain decimals are few enough for Excel."""
    return len(text.lstrip("-").replace(".", "").strip("0")) <= DIGITS


def _pattern(name: str, kind: str, texts: list[str]) -> str:
    """How the numbers of a column are shown: all with the decimals that occur, thousands parted except in years."""
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    if kind == "money":
        places = max(places, 2)
    whole = "0" if name == "year" or name.endswith("_year") else "#,##0"
    return f"{whole}.{'0' * min(places, 9)}" if places else whole
