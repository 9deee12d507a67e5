"""Small workbooks for tests, written cell by cell."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


class Formula(str):
    """A formula with the value that the workbook keeps, after a bar: `=NA()|#N/A`."""

    __slots__ = ()


class Percent(str):
    """A number shown as percent, by its digits: 0.052."""

    __slots__ = ()


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets; None leaves a cell empty."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day, percent = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0%"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, Formula):
                    formula, _, kept = value.partition("|")
                    sheet.write_formula(at, place, formula, None, kept)
                elif isinstance(value, Percent):
                    sheet.write_number(at, place, float(value), percent)
                elif isinstance(value, str):
                    sheet.write_string(at, place, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(at, place, value)
                elif isinstance(value, date | datetime):
                    sheet.write_datetime(at, place, value, day)
                elif value is not None:
                    sheet.write_number(at, place, value)
    book.close()
    return stream.getvalue()


def repacked(data: bytes, change: Mapping[str, bytes | None]) -> bytes:
    """A workbook with parts replaced or added (None: taken out)."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, text in change.items():
            if text is not None:
                new.writestr(name, text)
    return stream.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)
