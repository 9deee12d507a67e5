"""`specie report`: a page, charts and a workbook of what a run, a simulation or a difference has left behind."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from engine import api
from engine.commands.exit import Exit
from engine.results.public_tables import FEWEST, LEFT_OUT, public_tables
from engine.results.recorded import read_recorded
from engine.results.recorded_tables import recorded_tables
from engine.results.table import ResultTable, table
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT
from tests.small_state import specie
from tests.views.test_explanation_html import Read

POLICY = ROOT / "policies" / "example" / "credentials-of-value.yaml"
CHANGE = ROOT / "examples" / "changes" / "north-carolina-cap"


@cache
def outcome() -> Any:
    return api.outcome(api.evaluate(POLICY, ROOT / "examples" / "state", equity=True), True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of the example in three formats."""
    folder = tmp_path_factory.mktemp("runs")
    for form in ("csv", "json", "parquet"):
        api.write(outcome(), folder / form, form)
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(made / "csv", tmp_path / "run")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def tables_in(folder: Path) -> dict[str, ResultTable]:
    diagnostics = Diagnostics()
    found = read_recorded(folder, diagnostics)
    assert found is not None and not diagnostics.sorted()
    tables = recorded_tables(found)
    assert tables is not None
    return tables


# -- tables read back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_tables_are_read_back_as_they_were(form: str, made: Path) -> None:
    """Every cell of every table, blanks for empty texts; numbers exactly."""
    found = tables_in(made / form)
    for one in outcome().tables:
        rows = [
            tuple(Fraction(cell) if type(cell) is int else None if cell == "" else cell for cell in row)
            for row in one.rows
        ]
        assert (found[one.name].columns, list(found[one.name].rows)) == (one.columns, rows), one.name
    assert set(found) == {one.name for one in outcome().tables}


# -- a run --------------------------------------------------------------------------------------------------------------


def test_a_report_for_everybody(run: Path) -> None:
    said = specie("report", "run")
    assert said.exit_code == Exit.DONE and said.stderr.split() == (
        f"written to {run.resolve() / 'run-report'}: open report.html there".split()
    )
    found = files(run / "run-report")
    html = found["report.html"].decode()
    Read(html)
    assert "23 are on the list, and 4 from before are honored still. $13,537.71 is paid. 12 of 22 are rated." in html
    for title in (
        "The list",
        "What is paid",
        "Ratings",
        "Groups of students",
        "What waits for data",
        "Law and sources",
    ):
        assert f"<h2>{title}" in html
    links = re.sub(r"<li>[^<]*</li>", "", html).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|src=|href=|<script|<link|url\(", links)
    assert html.count("<svg ") == len([name for name in found if name.endswith(".svg")]) > 4
    assert {name[:-4] for name in found if name.endswith(".png")} == {
        name[:-4] for name in found if name.endswith(".svg")
    }
    assert "chart-payees-credentials.png" in found and found["chart-list.png"].startswith(b"\x89PNG\r\n")


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of its columns."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_nothing_of_a_person_is_in_it(run: Path) -> None:
    """Neither a key of a student or an attainment, nor a small count, in the page and in the workbook."""
    assert specie("report", "run").exit_code == Exit.DONE
    book = load_workbook(BytesIO(files(run / "run-report")["report.xlsx"]))
    assert not {*LEFT_OUT} & {*book.sheetnames} and {"README", "payments", "ratings"} <= {*book.sheetnames}
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    page = (run / "run-report" / "report.html").read_text(encoding="utf-8")
    keys = {str(row[1]) for row in outcome().table("student_points").rows}
    keys |= {str(row[2]) for row in outcome().table("claims").rows}
    assert len(keys) > 400 and not keys & {*cells}
    assert not [key for key in keys if key in page]
    rows = rows_of(book["indicators"])
    assert all(row["n"] is None or row["n"] >= FEWEST for row in rows)
    assert any(row["value"] is None for row in rows) and any(row["rating"] for row in rows_of(book["ratings"]))


def test_a_report_for_inside_has_all_tables(run: Path) -> None:
    assert specie("report", "run", "--audience", "internal", "--out", "inside").exit_code == Exit.DONE
    book = load_workbook(BytesIO(files(run / "inside")["report.xlsx"]))
    assert {one.name for one in outcome().tables} | {"README"} == {*book.sheetnames}
    page = (run / "inside" / "report.html").read_text(encoding="utf-8")
    assert "Do not publish it" in page and "Do not publish it" not in specie("report", "run").stdout


def test_where_ci_is_set_it_is_for_everybody_alone(run: Path) -> None:
    said = specie("report", "run", "--audience", "internal", env={"CI": "true"})
    assert said.exit_code == Exit.USAGE and "only a public report" in said.stderr
    assert specie("report", "run", env={"CI": "true"}).exit_code == Exit.DONE


def test_the_same_folder_gives_the_same_bytes(run: Path) -> None:
    assert specie("report", "run").exit_code == Exit.DONE
    first = files(run / "run-report")
    assert specie("report", "run").exit_code == Exit.DONE
    assert files(run / "run-report") == first
    (run / "run-report" / "mine.txt").write_text("mine", encoding="utf-8")
    again = specie("report", "run")
    assert again.exit_code == Exit.ERRORS and "error[X012]" in again.stderr


def test_the_record_of_a_report_names_its_files(run: Path) -> None:
    assert specie("report", "run").exit_code == Exit.DONE
    found = files(run / "run-report")
    said = json.loads(found.pop("report.json"))
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_bytes())
    assert [one.message for one in Draft202012Validator(schema).iter_errors(said)] == []
    assert list(schema["properties"]) == list(said)
    assert said["outputs"] == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert said["record"] == hashlib.sha256((run / "run" / "run.json").read_bytes()).hexdigest()
    assert (said["of"], said["audience"]) == ("run", "public")


# -- what is refused ----------------------------------------------------------------------------------------------------


def codes(*words: str) -> list[str]:
    run = specie("report", *words)
    assert run.exit_code == Exit.ERRORS
    return re.findall(r"error\[(\w+)\]", run.stderr)


def test_a_folder_that_was_changed_since_is_refused(run: Path) -> None:
    (run / "run" / "payments.csv").write_text("corrected", encoding="utf-8")
    (run / "run" / "claims.csv").unlink()
    (run / "run" / "mine.txt").write_text("mine", encoding="utf-8")
    assert sorted(codes("run")) == ["X042", "X043", "X044"]
    assert not (run / "run-report").exists()


def test_a_folder_without_a_record_is_refused(run: Path) -> None:
    (run / "empty").mkdir()
    assert codes("empty") == ["X090"] == codes("nowhere")
    (run / "empty" / "run.json").write_text("[", encoding="utf-8")
    assert codes("empty") == ["X090"]
    (run / "empty" / "run.json").write_text('{"specie_run": 2}', encoding="utf-8")
    assert codes("empty") == ["X090"]


def test_a_run_in_a_workbook_or_of_an_older_version_is_refused(run: Path) -> None:
    api.write(outcome(), run / "book", "xlsx")
    assert codes("book") == ["X091"]
    record = json.loads((run / "run" / "run.json").read_bytes())
    del record["columns"]
    (run / "run" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert codes("run") == ["X091"]


def change(folder: Path, name: str, data: bytes, record: str) -> None:
    """Another file of a folder, with its hash in the record, as somebody writes it who wants to be believed."""
    (folder / name).write_bytes(data)
    said = json.loads((folder / record).read_bytes())
    said["outputs"][name] = hashlib.sha256(data).hexdigest()
    (folder / record).write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize("number", ["1e999999999", "1/3", "much"])
def test_a_table_with_a_number_that_no_run_has_written_is_refused(number: str, run: Path) -> None:
    head, first, rest = (run / "run" / "payments.csv").read_text(encoding="utf-8").split("\n", 2)
    cells = first.split(",")
    cells[head.split(",").index("amount")] = number
    change(run / "run", "payments.csv", "\n".join([head, ",".join(cells), rest]).encode(), "run.json")
    assert codes("run") == ["X091"]


# -- simulations and differences ----------------------------------------------------------------------------------------


def test_a_simulation_has_the_page_that_was_written_with_it(run: Path) -> None:
    scenario = ROOT / "examples" / "scenarios" / "colorado-2021-22.scenario.yaml"
    found = api.simulate(
        ROOT / "policies" / "co" / "career-development-success.yaml", ROOT / "examples" / "colorado-2021-22", [scenario]
    )
    api.write_simulation(found, run / "what-if")
    assert specie("report", "what-if").exit_code == Exit.DONE
    report = files(run / "what-if-report")
    assert report["report.html"] == (run / "what-if" / "simulation.html").read_bytes()
    assert {"chart-find-every-credential.svg", "chart-find-all-reported.png"} <= {*report}
    record = json.loads((run / "what-if" / "simulation.json").read_bytes())
    del record["outputs"]["article.json"]
    (run / "what-if" / "article.json").unlink()
    (run / "what-if" / "simulation.json").write_text(json.dumps(record), encoding="utf-8")
    assert codes("what-if") == ["X090"]


def test_a_difference_is_written_and_reported(run: Path) -> None:
    words = ("diff", str(CHANGE / "before.yaml"), str(CHANGE / "after.yaml"), "--data", str(CHANGE / "data"))
    said = specie(*words, "--out", "diff")
    assert said.exit_code == Exit.DONE and "written to diff: diff.html, diff.json" in said.stderr
    assert {*files(run / "diff")} == {"diff.html", "diff.json", "article.json", "article-internal.json"}
    record = json.loads((run / "diff" / "diff.json").read_bytes())
    schema = json.loads((ROOT / "schemas" / "diff.schema.json").read_bytes())
    assert [one.message for one in Draft202012Validator(schema).iter_errors(record)] == []
    assert specie("report", "diff").exit_code == Exit.DONE
    assert specie("report", "diff", "--audience", "internal", "--out", "inside").exit_code == Exit.DONE
    public, inside = ((run / name / "report.html").read_text(encoding="utf-8") for name in ("diff-report", "inside"))
    assert (run / "diff" / "diff.html").read_text(encoding="utf-8") == public
    assert public != inside
    article = json.loads((run / "diff" / "article.json").read_bytes())
    mark: dict[str, Any] = {"x": "a\x01\ufffe\ud800", "y": "1"}
    chart = {"name": "c", "kind": "bars", "title": "t\0", "alt": "a\x02", "x": ["\x03", "text"], "y": ["y", "money"]}
    article["sections"][0]["charts"] = [{**chart, "marks": [mark]}]
    article["lead"] = "lone \udc00"
    change(run / "diff", "article.json", json.dumps(article).encode(), "diff.json")
    assert specie("report", "diff").exit_code == Exit.DONE
    assert "<title>t\ufffd</title><desc>a\ufffd</desc>" in files(run / "diff-report")["chart-c.svg"].decode()
    for wrong in ({**mark, "y": "1e999999999"}, {**mark, "low": "1e-999999999"}, {"at": "1e999999999", "y": "1"}):
        article["sections"][0]["charts"][0]["marks"] = [wrong]
        change(run / "diff", "article.json", json.dumps(article).encode(), "diff.json")
        assert codes("diff") == ["X090"]
    assert specie(*words, "--out", "diff", "--public").exit_code == Exit.DONE
    assert {*files(run / "diff")} == {"diff.html", "diff.json", "article.json"}


def test_a_difference_of_a_branch_has_no_folder(run: Path) -> None:
    assert specie("diff", "--against", "main", "--out", "diff").exit_code == Exit.USAGE


# -- what is hidden -----------------------------------------------------------------------------------------------------

INDICATORS = "entity key name student_group indicator status n:number numerator:number denominator:number value:number"


def indicators(
    *rows: tuple[str, str, int, int], other: tuple[str, str, int, int] | None = None
) -> list[tuple[Any, ...]]:
    """What is left of rows of one school, and of one of another: group, indicator, n, numerator."""
    places = [("1", row) for row in rows] + ([("2", other)] if other else [])
    cells = [
        ("school", key, "", group, name, "rated", Fraction(n), Fraction(over), Fraction(n), Fraction(over, n))
        for key, (group, name, n, over) in places
    ]
    one = table("indicators", INDICATORS, cells)
    return [row[6:] for row in public_tables({"indicators": one}, {"student"})["indicators"].rows]


def test_of_ten_and_more_all_is_told() -> None:
    assert indicators(("all_students", "a", 40, 20), ("group", "a", 30, 15)) == [
        (40, 20, 40, Fraction(1, 2)),
        (30, 15, 30, Fraction(1, 2)),
    ]


@pytest.mark.parametrize(
    ("n", "over"),
    [(9, 4), (31, 15), (20, 19), (20, 1)],
    ids=["few in it", "few beside it", "few that do not count", "few that count"],
)
def test_of_few_nothing_is_told_nor_what_they_are_the_rest_of(n: int, over: int) -> None:
    """Of another indicator of the same school all is, and of another school the value alone."""
    found = indicators(("all_students", "a", 40, 20), ("group", "a", n, over), ("all_students", "b", 40, 20))
    assert found == [(None,) * 4, (None,) * 4, (40, 20, 40, Fraction(1, 2))]
    other = indicators(("all_students", "a", 40, 20), ("group", "a", n, over), other=("all_students", "a", 60, 30))
    assert other[-1] == (None, None, None, Fraction(1, 2))


def test_rows_about_persons_are_left_out() -> None:
    one = table(
        "payments",
        "line entity key amount:money",
        [("a", "student", "S1", Fraction(5)), ("b", "district", "1", Fraction(7))],
    )
    assert public_tables({"payments": one}, {"student"})["payments"].rows == (("b", "district", "1", Fraction(7)),)


def test_steps_of_a_line_are_hidden_together() -> None:
    """12 less 3 is 9: each of the three would be told by the others."""
    rows = [
        ("a", "all", "total", 12, 12, 100),
        ("a", "denied", "change", -3, None, -30),
        ("b", "all", "total", 50, 40, 9),
    ]
    one = table("reconciliation", "line step kind claims:number students:number amount:money note", [
        (*row[:3], *(None if cell is None else Fraction(cell) for cell in row[3:]), "why") for row in rows
    ])  # fmt: skip
    found = public_tables({"reconciliation": one}, {"student"})["reconciliation"].rows
    assert [row[3:] for row in found] == [(None,) * 4, (None,) * 4, (50, 40, 9, None)]


def test_a_line_that_pays_few_persons_tells_no_amount() -> None:
    columns = (
        "appropriation fiscal_year line how amount:money payees:number paid:money pending_claims:number unspent_is cite "
        "school_year as_of policy"
    )
    allocation = table("allocation", columns, [
        (*("f", "FY", name, "", Fraction(100), Fraction(payees), Fraction(90), Fraction(2)), "", "", "", "", "")
        for name, payees in (("few", 9), ("many", 10), ("districts", 3))
    ])  # fmt: skip
    payments = table(
        "payments",
        "line entity key",
        [("few", "student", "1"), ("many", "student", "2"), ("districts", "district", "3")],
    )
    found = public_tables({"allocation": allocation, "payments": payments}, {"student"})["allocation"].rows
    assert [row[4:8] for row in found] == [(None,) * 4, (100, 10, 90, None), (100, 3, 90, None)]
