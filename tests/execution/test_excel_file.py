"""Workbooks: which sheet, which rows, what cells say, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.execution import excel_file
from engine.execution.dataset import Dataset
from engine.text.diagnostic import Diagnostic
from tests.execution.folder import read
from tests.execution.workbook import Formula, Percent, Rows, part, repacked, workbook

HEAD = ["district_id", "name", "enrolled"]
ROWS: Rows = [HEAD, ["001", "Adair", 2500], ["005", "Allen", 1200]]


def district(
    folder: Path, data: bytes, more: str = "", file: str = "d.xlsx"
) -> tuple[Dataset | None, list[Diagnostic]]:
    (folder / file).write_bytes(data)
    (folder / "dataset.yaml").write_text(f"tables:\n  district:\n    file: {file}\n{more}")
    dataset, found = read(folder)
    return dataset, list(found)


def ids(dataset: Dataset | None) -> list[str]:
    assert dataset is not None
    found: list[str] = dataset.tables["district"].columns["district_id"].values.to_pylist()
    return found


NOTES: Rows = [["Directory of districts"], [], HEAD, ["001", "Adair", 2500], ["005", "Allen", 1200]]


@pytest.mark.parametrize(
    ("sheets", "more", "lines"),
    [
        ({"A": ROWS}, "", [2, 3]),
        ({"A": ROWS, "B": [["x"]]}, "", [2, 3]),
        ({"B": [["x"]], "A": ROWS}, "    sheet: A\n", [2, 3]),
        ({"A": [[], [], *ROWS]}, "", [4, 5]),
        ({"A": NOTES}, "    header_row: 3\n", [4, 5]),
        ({"A": [*NOTES[2:], [], ["* as of October"]]}, "    stop_at_blank_row: yes\n", [2, 3]),
        ({"A": [HEAD, [], *ROWS[1:], [" ", None], ["note"]]}, "    stop_at_blank_row: yes\n", [3, 4]),
        ({"A": [HEAD, ROWS[1], [None, " "], ROWS[2]]}, "", [2, 4]),
        ({"A": [[None, *row, "aside"] for row in ROWS]}, "", [2, 3]),
    ],
)
def test_where_the_table_stands(tmp_path: Path, sheets: Mapping[str, Rows], more: str, lines: list[int]) -> None:
    dataset, found = district(tmp_path, workbook(sheets), more)
    assert found == []
    assert ids(dataset) == ["001", "005"]
    assert dataset is not None and dataset.tables["district"].lines.to_pylist() == lines
    assert set(dataset.fingerprints) == {"d.xlsx", "dataset.yaml"}


def test_formulas_count_with_the_values_that_are_kept(tmp_path: Path) -> None:
    rows: Rows = [HEAD, [Formula('="00"&1|001'), Formula('=IF(1,"","x")|'), Formula("=2*600|1200")]]
    dataset, found = district(tmp_path, workbook({"A": rows}))
    assert found == [] and ids(dataset) == ["001"] and dataset is not None
    columns = dataset.tables["district"].columns
    assert columns["enrolled"].values.to_pylist() == [1200] and columns["name"].values.to_pylist() == [None]


def test_a_formula_without_a_value_is_no_blank(tmp_path: Path) -> None:
    data = workbook({"A": [HEAD, ["001", "Adair", Formula("=2*600|1200")]]})
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b"<v>1200</v>", b"")
    dataset, found = district(tmp_path, repacked(data, {"xl/worksheets/sheet1.xml": sheet}))
    assert dataset is None
    assert [one.message for one in found] == ["`enrolled` holds a formula without its value in the cell `A!C2`"]
    assert "save it again" in found[0].help[0]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_is_no_blank(tmp_path: Path, error: str) -> None:
    data = workbook({"Sheet 1": [[], HEAD, ["001", "Adair", Formula(f"=X1|{error}")]]})
    dataset, found = district(tmp_path, data)
    assert dataset is None
    one = found[0]
    assert (one.code, one.message) == ("D034", f"`enrolled` holds the error `{error}` in the cell `Sheet 1!C3`")
    assert (one.span.source.text, one.span.text) == (f"001 | Adair | {error}", error)
    assert one.span.source.first_line == 3
    assert f'  missing:\n    - "{error}"' in " ".join(one.help)
    dataset, found = district(tmp_path, data, f'    missing: "{error}"\n')
    assert found == [] and dataset is not None
    enrolled = dataset.tables["district"].columns["enrolled"]
    assert enrolled.why is not None and enrolled.why.to_pylist() == [f"published as {error}"]


def test_complaints_name_the_cell(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["001", "Adair", 2500.5], [5, date(2026, 3, 1), True], ["001", "Allen", "x"]]
    dataset, found = district(tmp_path, workbook({"Directory": rows}))
    assert dataset is None
    told = [(one.code, one.span.source.first_line, one.span.text, one.notes) for one in found]
    assert told == [
        ("D021", 2, "2500.5", ("it is the cell `Directory!C2`",)),
        ("D033", 3, "5", ("it is the cell `Directory!A3`",)),
        ("D033", 3, "2026-03-01", ("it is the cell `Directory!B3`",)),
        ("D020", 3, "yes", ("it is the cell `Directory!C3`",)),
        ("D026", 4, "001", ("it is the cell `Directory!A4`",)),
        ("D020", 4, "x", ("it is the cell `Directory!C4`",)),
    ]
    messages = {one.message for one in found}
    assert "the row `district_id=001` of `district` stands in row 2 already" in messages
    assert "`name` holds the date `2026-03-01`, where a text belongs" in messages
    assert "      from: district_id\n      pad_to: 3" in " ".join(found[1].help)


def test_dates(tmp_path: Path) -> None:
    rows: Rows = [
        ["credential", "employer", "decided_on"],
        ["C1", "A", date(2026, 2, 28)],
        ["C1", "B", "2026-03-01"],
        ["C1", "C", datetime.fromisoformat("2026-03-01T13:30")],
        ["C1", "D", 46204],
    ]
    (tmp_path / "e.xlsx").write_bytes(workbook({"A": rows}))
    (tmp_path / "c.csv").write_text("credential_id\nC1\n")
    (tmp_path / "dataset.yaml").write_text("tables:\n  credential: c.csv\n  endorsement: e.xlsx\n")
    dataset, found = read(tmp_path)
    assert dataset is None
    assert [one.message for one in found] == [
        "`decided_on` holds `2026-03-01 13:30:00`, which is not a date such as 2026-07-01",
        "`decided_on` holds `46204`, which is not a date such as 2026-07-01",
    ]
    (tmp_path / "e.xlsx").write_bytes(workbook({"A": rows[:3]}))
    dataset, _ = read(tmp_path)
    assert dataset is not None
    days = dataset.tables["endorsement"].columns["decided_on"].values.to_pylist()
    assert days == [date(2026, 2, 28), date(2026, 3, 1)]


def test_percent_is_what_the_cell_shows(tmp_path: Path) -> None:
    # 5.2% is kept as 0.052; the column holds percent, so 5.2 belongs there
    rows: Rows = [["occupation", "area", "growth"], ["010", "X", Percent("0.052")], ["011", "X", 5.2]]
    (tmp_path / "m.xlsx").write_bytes(workbook({"A": rows}))
    (tmp_path / "o.csv").write_text("code\n010\n011\n")
    (tmp_path / "dataset.yaml").write_text("tables:\n  occupation: o.csv\n  labor_market: m.xlsx\n")
    dataset, found = read(tmp_path)
    assert dataset is not None, found
    assert dataset.tables["labor_market"].columns["growth"].values.to_pylist() == [52_000, 52_000]


def test_rows_of_persons_are_not_shown(tmp_path: Path) -> None:
    rows: Rows = [["student_id", "class_of"], ["Kim-77", 2026], ["Lee-88", 1.5]]
    (tmp_path / "s.xlsx").write_bytes(workbook({"A": rows}))
    (tmp_path / "dataset.yaml").write_text("tables:\n  student: s.xlsx\n")
    _, found = read(tmp_path)
    assert [one.code for one in found] == ["D021"]
    assert found[0].span.source.text == "" and "1.5" not in found[0].message
    assert found[0].notes == (
        "it is in row 3, which is not shown because it speaks of a person",
        "it is the cell `A!B3`",
    )


def test_a_number_that_is_the_code_of_a_person_is_not_shown_either(tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(workbook({"A": [["student_id"], [77]]}))
    (tmp_path / "dataset.yaml").write_text("tables:\n  student: s.xlsx\n")
    _, found = read(tmp_path)
    assert found[0].message == "`student_id` holds a number that is not shown, where a text belongs"
    assert "pad_to" in found[0].help[1] and "or 1 where no zeros" in found[0].help[1]


GOOD = workbook({"A": ROWS})


@pytest.mark.parametrize(
    ("data", "more", "code", "said"),
    [
        (b"PK\x03\x04 and no more", "", "D036", "it is damaged"),
        (b"district_id\n001\n", "", "D036", "it is damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "", "D036", "it has a password"),
        (repacked(GOOD, {"xl/workbook.xml": None}), "", "D036", "it is no Excel workbook"),
        (repacked(GOOD, {"xl/vbaProject.bin": b"x"}), "", "D036", "it holds macros"),
        (repacked(GOOD, {"xl/worksheets/sheet1.xml": b"<a"}), "", "D036", "it is damaged"),
        (repacked(GOOD, {"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "", "D036", "own XML"),
        (GOOD, "    sheet: a\n", "D035", "did you mean `A`?"),
        (GOOD, "    sheet: Other\n", "D035", "its sheets are `A`"),
        (GOOD, "    header_row: 9\n", "D014", "not even headers"),
        (workbook({"A": []}), "", "D014", "is it the right `sheet`?"),
        (workbook({"A": [[*HEAD, "name"], ["001"]]}), "", "D015", "more than one column `name`"),
        (workbook({"A": [["Directory"], *ROWS]}), "", "D007", "`header_row` says in which row the headers stand"),
        (workbook({"A": [HEAD]}), "", "D030", "has no rows"),
        (GOOD, "    header_row: third\n", "D002", "a whole number"),
        (GOOD, "    stop_at_blank_row: perhaps\n", "D002", "`yes` or `no`"),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, more: str, code: str, said: str) -> None:
    dataset, found = district(tmp_path, data, more)
    assert dataset is None
    assert [one.code for one in found] == [code]
    assert said in " ".join((found[0].message, *found[0].help))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("d.xls", "save it as .xlsx"),
        ("d.xlsm", "it may hold macros, which are never run: save it as .xlsx"),
        ("d.ods", "save it as .xlsx"),
        ("d.xlsx.gz", "or a .parquet or .xlsx file"),
    ],
)
def test_other_files_of_spreadsheets(tmp_path: Path, file: str, said: str) -> None:
    _, found = district(tmp_path, GOOD, file=file)
    assert [one.code for one in found] == ["D010"] and said in found[0].help[0]


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_file, "CELL_LIMIT", 8)
    _, found = district(tmp_path, GOOD)
    assert [one.message for one in found] == ["`d.xlsx` holds more than 8 cells"]
    # a row far down is many rows, and what a sheet says of its own size is not believed
    sheet = part(GOOD, "xl/worksheets/sheet1.xml").replace(b'r="3"', b'r="9999999"').replace(b"C3", b"C9999999")
    sheet = sheet.replace(b'ref="A1:C9999999"', b'ref="A1"')
    monkeypatch.setattr(excel_file, "CELL_LIMIT", 1000)
    _, found = district(tmp_path, repacked(GOOD, {"xl/worksheets/sheet1.xml": sheet}))
    assert [one.message for one in found] == ["`d.xlsx` holds more than 1,000 cells"]
    # a small file that unpacks to much
    bomb = repacked(GOOD, {"xl/media/image1.bin": b"\0" * 2_000_000})
    assert len(bomb) < 20_000
    monkeypatch.setattr(excel_file, "BYTE_LIMIT", 1_000_000)
    _, found = district(tmp_path, bomb)
    assert [one.message for one in found] == ["`d.xlsx` holds more than 1000000 bytes"]


@pytest.mark.parametrize("line", ["sheet: A", "header_row: 2", "stop_at_blank_row: yes"])
def test_keys_of_workbooks_only(tmp_path: Path, line: str) -> None:
    _, found = district(tmp_path, b"district_id\n001\n", f"    {line}\n", "d.csv")
    key = line.partition(":")[0]
    assert [one.message for one in found] == [f"`{key}` takes effect in workbooks only, whose names end in `.xlsx`"]
