"""What to do about a cell that cannot be read: the lines to write in `dataset.yaml`, or the text to write instead."""

from __future__ import annotations

import re
from decimal import Decimal

from ..model.table import Column
from ..text.suggest import nearest
from .numerals import decimals
from .raw_cells import UNCOMPUTED
from .raw_table import RawTable
from .row_complaints import Help

GAPS = frozenset({
    "*", "**", "***", "#", "-", "--", "---", "–", "—", ".", "..", "...", "?", "na", "n/a", "n.a.", "#n/a", "nan",
    "null", "none", "nil", "missing", "unknown", "suppressed", "withheld", "not available", "not applicable", "tbd",
})  # fmt: skip
"""Texts, in lower case, by which publishers say that there is no value."""

_SIGNS = "$€£¥"
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+")
_SHORT_FORM = re.compile(r"[+-]?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_SERIAL = re.compile(r"[0-9]{5}(\.0+)?")
_LONGEST = 40


def cure(code: str, text: str, column: Column, table: str, file: str) -> Help:
    """What to do about `text`, in a column of a table that stands in `file`, for D020 to D023 and D027.

    Of a person's value nothing is repeated.
    """
    text = text.strip()
    if column.personal:
        return f"its values are {_values(column)}" if code == "D023" else ""
    if _means_nothing(text, column) and code in ("D020", "D023", "D027"):
        return _gap(text, table, file)
    if code == "D023":
        near = nearest(text, column.values)
        return f"did you mean `{near}`?" if near else f"its values are {_values(column)}"
    if code == "D021":
        return _too_fine(text, column)
    if code == "D022":
        return _outside(text, column)
    if code != "D020":
        return ""
    if column.type == "date":
        serial = "it is a spreadsheet’s number of a day: " if _SERIAL.fullmatch(text) else ""
        return f"{serial}give the column the form year-month-day (yyyy-mm-dd) and save it again"
    if column.type == "school_year":
        begins = re.fullmatch(r"(1[0-9]|20)[0-9]{2}", text)
        return f"if it begins in {text}, write `{text}-{(int(text) + 1) % 100:02d}`" if begins else ""
    return _number(text, column, table, file) if column.type == "number" else ""


def cell_cure(code: str, text: str, column: Column, raw: RawTable) -> Help:
    """What to do about a cell that is a number where a text belongs (D033), or an error of a spreadsheet (D034)."""
    file = raw.file.name if raw.file else ""
    if code == "D034" and text == UNCOMPUTED:
        return "open the workbook in the spreadsheet, which computes it, and save it again"
    if code == "D034":
        return (f"correct it in `{file}`", *_gap(text, raw.table.name, file)[:1])
    header = raw.sources[column.name].header
    mapped = f"  columns:\n    {column.name}:\n      from: {header}\n      pad_to: 3"
    lines = _example(raw.table.name, file, mapped)
    digits = "how many digits its codes have, such as 3 for 001, or 1 where no zeros stand before them"
    where = f"write in dataset.yaml {digits}:{lines}"
    if raw.file is None:
        return f'codes are text with their zeros: `frame["{header}"].astype(str).str.zfill(3)`'
    return ("codes are text with their zeros: give the column the form of a text and enter them again", f"or {where}")


def _means_nothing(text: str, column: Column) -> bool:
    """Whether a text looks like the sign of a gap: a usual one or, where a number or day belongs, a few letters."""
    if text.lower() in GAPS:
        return True
    letters = column.type in ("number", "date", "school_year") and not any(char.isdigit() for char in text)
    return letters and len(text) <= 4 and text not in (">=", "<=", "%")


def _gap(text: str, table: str, file: str) -> Help:
    plain = text.replace("'", "''")
    quoted = f"'{plain}'" if '"' in text or "\\" in text else f'"{text}"'
    lines = _example(table, file, f"  missing:\n    - {quoted}")
    said = f"if `{text}` means that there is no value, write in dataset.yaml:{lines}"
    return (said, "where it says why there is none, or gives a bound, write it under `masks` instead")


def _example(table: str, file: str, lines: str) -> str:
    named = f"  file: {file}\n" if file else ""
    return f"\n{table}:\n{named}{lines}"


def _number(text: str, column: Column, table: str, file: str) -> Help:
    bound = re.fullmatch(r"(>=|<=|at_least|at_most)\s*(.+)", text)
    if bound is not None:
        return _number(bound[2], column, table, file)
    if _SHORT_FORM.fullmatch(text):
        return "it is a spreadsheet’s short form: show the column as a number with all its digits and save it again"
    bare = text.strip(_SIGNS + " ")
    if bare != text and bare:
        if _GROUPED.fullmatch(bare):
            return f"leave out the sign and the commas: `{bare.replace(',', '')}`"
        return f"leave the sign out: `{bare}`"
    if text.endswith("%"):
        return _percent(text[:-1].strip(), column)
    if _GROUPED.fullmatch(text):
        written = text.replace(",", "")
        lines = _example(table, file, "  thousands: yes")
        return f"write `{written}`, or say in dataset.yaml that commas part thousands:{lines}"
    if _DECIMAL_COMMA.fullmatch(text):
        return f"decimals follow a point: `{text.replace('.', '').replace(',', '.')}`"
    if re.fullmatch(r"\([0-9.,]+\)", text):
        return f"a number below zero has a minus: `-{text[1:-1].replace(',', '')}`"
    if re.fullmatch(r"[0-9]{1,3}([ \u00a0\u202f'][0-9]{3})+(\.[0-9]+)?", text):
        digits = re.sub(r"[^0-9.]", "", text)
        return f"write it without the marks between thousands: `{digits}`"
    return ""


def _percent(digits: str, column: Column) -> Help:
    if not _PLAIN.fullmatch(digits) or len(digits) > _LONGEST:
        return "leave the sign out"
    if column.stored == "percent":
        return f"the column holds percent: write `{digits}`"
    if column.unit == "ratio":
        return f"the column holds ratios: write `{_shifted(digits, -2)}`"
    return "the column holds no percent: is it the right one?"


def _too_fine(text: str, column: Column) -> Help:
    number = _as_number(text)
    if column.stored == "percent" and number is not None and abs(number) < 1:
        return f"the column holds percent: if {text} is a ratio, write `{_shifted(text, 2)}`"
    kept = decimals(column)
    many = "no decimals" if not kept else "1 decimal" if kept == 1 else f"{kept} decimals"
    return f"round it to {many} where the file is made; how to round is not guessed here"


def _outside(text: str, column: Column) -> Help:
    number = _as_number(text)
    if column.unit == "ratio" and number is not None and number > 1:
        if column.stored != "percent":
            return f"the column holds ratios: if {text} is a percentage, write `{_shifted(text, -2)}`"
        return "the column holds percent, such as 5.2: see whether it was multiplied by 100 once more"
    return "correct the cell, or see whether the column is read from the right header"


def _as_number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN.fullmatch(text) and len(text) <= _LONGEST else None


def _shifted(text: str, places: int) -> str:
    """A plain number with its point moved to the right, without needless zeros."""
    moved = f"{Decimal(text).scaleb(places):f}"
    return moved.rstrip("0").rstrip(".") if "." in moved else moved


def _values(column: Column) -> str:
    return ", ".join(f"`{value}`" for value in column.values)
