"""The workbook of a run, read back as the XML that Excel reads."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import pytest

from engine.results.outcome import Outcome, outcome
from engine.results.table import ResultTable, cell_text, table
from engine.text.diagnostic import Diagnostics
from engine.views import workbook as views
from engine.views.workbook import workbook
from tests.results.small import small_run

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def small() -> Outcome:
    return outcome(small_run())


def made(*tables: ResultTable) -> bytes:
    """The workbook of the small run with other tables beside the one that the first sheet reads."""
    diagnostics = Diagnostics()
    run = Outcome(small().run, (*tables, small().table("assumptions")), small().held, small().findings)
    data = workbook(run, "1.2.3", diagnostics)
    assert not diagnostics.has_errors
    return data


def sheets(data: bytes) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """Sheet → rows → column letters → (kind of cell, text); formulas and links are looked for everywhere."""
    archive = zipfile.ZipFile(BytesIO(data))
    for name in archive.namelist():
        assert b"<f>" not in archive.read(name) and b"<hyperlink" not in archive.read(name)
    strings = []
    if "xl/sharedStrings.xml" in archive.namelist():
        for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{MAIN}si"):
            strings.append("".join(part.text or "" for part in item.iter(f"{MAIN}t")))
    names = [one.attrib["name"] for one in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
    found = {}
    for number, name in enumerate(names, 1):
        rows = []
        for row in ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{MAIN}row"):
            cells = {}
            for cell in row:
                value = cell.find(f"{MAIN}v")
                if value is not None and value.text is not None:
                    kind = cell.get("t", "n")
                    text = strings[int(value.text)] if kind == "s" else value.text
                    cells[re.sub(r"\d", "", cell.attrib["r"])] = (kind, text)
            rows.append(cells)
        found[name] = rows
    return found


def test_every_table_has_a_sheet_with_its_rows() -> None:
    diagnostics = Diagnostics()
    found = sheets(workbook(small(), "1.2.3", diagnostics))
    assert list(found) == ["README", *(one.name for one in small().tables)]
    for one in small().tables:
        header, *rows = found[one.name]
        assert [text for _, text in header.values()] == list(one.names)
        assert len(rows) == len(one.rows)
        for row, cells in zip(one.rows, rows, strict=True):
            assert len(cells) == sum(cell not in (None, "") for cell in row)


def test_the_first_sheet_says_what_the_run_is() -> None:
    rows = sheets(workbook(small(), "1.2.3", Diagnostics()))["README"]
    said: dict[str, list[str]] = {}
    label = ""
    for cells in rows[1:]:
        label = cells["A"][1] if "A" in cells else label
        if "B" in cells:
            said.setdefault(label, []).append(cells["B"][1])
    assert rows[0]["A"] == ("s", "Credentials of value")
    assert said["Policy"] == ["xx/credentials"] and said["Jurisdiction"] == ["US-XX"]
    assert said["As of"] == ["2026-07-01, school year 2026-27"]
    assert said["Law and sources"] == ["State Code § 12-3, Credentials of value"]
    assert said["Undetermined"] == ["6 decisions wait for data that is missing (sheet held)"]
    assert said["Values not enacted"] == ["parameters.credits_wanted = 3 (assumed)"]
    assert [line.split(":")[0] for line in said["Sheets"]] == [one.name for one in small().tables]
    assert said["Sheets"][0] == "assumptions: 1 row" and "held: 6 rows" in said["Sheets"]
    assert said["Made by"] == ["specie 1.2.3"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (Fraction(1, 8), "n"), (Fraction(-5), "n"), (Fraction(0), "n"), (Fraction(10**20), "n"),
        (Fraction(123456789012345), "n"), (Fraction(1234567890123456), "s"), (Fraction("0.000000001"), "n"),
        (Fraction("9.12345678901234"), "n"), (Fraction("912345678.901234"), "n"), (Fraction("9123456789.012345"), "s"),
        (Fraction(-(10**20)) - Fraction(1, 10**9), "s"),
    ],
)  # fmt: skip
def test_a_number_is_a_number_where_15_digits_hold_it(number: Fraction, kind: str) -> None:
    cell = sheets(made(table("t", "n:number", [[number]])))["t"][1]["A"]
    assert cell[0] == kind and Fraction(Decimal(cell[1])) == number
    if kind == "s":
        assert cell[1] == cell_text(number)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "@SUM(A1)", "{=1}", "\t=1", "https://example.gov", "007", "1e5", "TRUE", "mailto:a"]
)
def test_text_is_text(text: str) -> None:
    assert sheets(made(table("t", "x", [[text]])))["t"][1]["A"] == ("s", text)


def test_dates_and_truths() -> None:
    days = [Date(2026, 7, 1), Date(1900, 3, 1), Date(1900, 2, 28), Date(1, 1, 1), Date(9999, 12, 31)]
    rows = sheets(made(table("t", "day:date seen:truth", [[day, day.year > 1900] for day in days])))["t"][1:]
    for day, cells in zip(days, rows, strict=True):
        kind, text = cells["A"]
        if day >= Date(1900, 3, 1):
            assert kind == "n" and Date(1899, 12, 30) + timedelta(days=int(text)) == day
        else:
            assert (kind, text) == ("s", day.isoformat())
        assert cells["B"] == ("b", str(int(day.year > 1900)))


def test_the_header_stays_and_filters() -> None:
    archive = zipfile.ZipFile(BytesIO(made(table("t", "x n:number", [["a", Fraction(1)], ["b", None]]))))
    sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert '<pane ySplit="1"' in sheet and 'state="frozen"' in sheet and '<autoFilter ref="A1:B3"' in sheet


def test_how_numbers_are_shown() -> None:
    one = table(
        "t",
        "amount:money n:number school_year:number share:number",
        [[Fraction(5, 2), Fraction(9), Fraction(2026), Fraction("0.125")]],
    )
    styles = zipfile.ZipFile(BytesIO(made(one))).read("xl/styles.xml").decode()
    shown = set(re.findall(r'<numFmt numFmtId="\d+" formatCode="([^"]+)"', styles))
    assert {"#,##0.000", "yyyy-mm-dd"} <= shown


def test_equal_runs_have_equal_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(table("t", "x", [["a"]]))
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000)
    assert made(table("t", "x", [["a"]])) == first
    assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(BytesIO(first)).read("docProps/core.xml")


def test_what_excel_would_cut_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(one: ResultTable) -> list[tuple[str, str]]:
        diagnostics = Diagnostics()
        run = Outcome(small().run, (one, small().table("assumptions")), (), ())
        assert workbook(run, "1", diagnostics) == b""
        return [(found.code, found.message) for found in diagnostics.sorted()]

    ((code, said),) = refused(table("letters", "x", [["a" * 32_768]]))
    assert (code, said) == (
        "X040",
        "the table `letters` does not fit a worksheet: one of its texts is longer than 32,767 letters",
    )
    monkeypatch.setattr(views, "ROWS", 3)
    ((code, said),) = refused(table("rows", "x", [["a"], ["b"], ["c"]]))
    assert code == "X040" and said.endswith("it has 3 rows, a sheet holds 2 below its header")
