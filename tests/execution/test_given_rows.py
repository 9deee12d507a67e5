"""Rows of cases as a dataset: what is made of a cell, merged, made up, and refused, at its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date as Date
from typing import Any

import pytest

from engine.execution.dataset import Dataset
from engine.execution.given_rows import given_dataset
from engine.model.standard import STANDARD
from engine.syntax.parse_cases import parse_cases
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.read import read_document
from engine.text.source import Source

HEAD = "cases_of: xx/a\ncases:\n  one:\n    expect:\n      a:\n        b:\n          c: d\n"


def made(
    own: str, shared: str = "", needed: Mapping[str, Collection[str]] | None = None, place: str = "US-XX"
) -> tuple[Dataset | None, tuple[Diagnostic, ...]]:
    """The dataset of rows written in a file of cases, and what is said of them."""
    text = HEAD + _block("given", own, 4) + _block("given", shared, 0)
    diagnostics = Diagnostics()
    document = read_document(Source("a.cases.yaml", text), diagnostics)
    assert document is not None
    file = parse_cases(document, diagnostics)
    assert file is not None and diagnostics.sorted() == ()
    dataset = given_dataset(
        STANDARD, needed or {}, file.given, file.cases[0].given, diagnostics, as_of=Date(2026, 7, 1), jurisdiction=place
    )
    return dataset, diagnostics.sorted()


def _block(key: str, text: str, indent: int) -> str:
    lines = [f"{key}:", *(f"  {line}" for line in text.strip("\n").split("\n"))]
    return "".join(f"{' ' * indent}{line}\n" for line in lines) if text else ""


def column(dataset: Dataset | None, table: str, name: str) -> list[Any]:
    assert dataset is not None
    found: list[Any] = dataset.tables[table].columns[name].values.to_pylist()
    return found


def test_what_is_not_written_is_missing() -> None:
    dataset, said = made(
        "credential:\n  - credential_id: c1\n  - credential_id: c2\n    name: Welder\n", needed={"credential": ["kind"]}
    )
    assert said == ()
    assert column(dataset, "credential", "credential_id") == ["c1", "c2"]
    assert column(dataset, "credential", "name") == [None, "Welder"]
    assert column(dataset, "credential", "kind") == [None, None]
    assert dataset is not None and dataset.tables["credential"].file == "a.cases.yaml"
    assert dataset.tables["credential"].lines.to_pylist() == [10, 11], "the lines of the file of cases"


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("43900", 4_390_000, 4_390_000),
        ("$43,900", 4_390_000, 4_390_000),
        ("$43,900.50/year", 4_390_050, 4_390_050),
        ("at least $239,200", 23_920_000, None),
        (">=239200", 23_920_000, None),
        ("at most 5", None, 500),
        ("missing", None, None),
        ("", None, None),
    ],
)
def test_amounts(written: str, low: int | None, high: int | None) -> None:
    table = f"labor_market: |\n  | occupation | area | annual_median |\n  | 11-1011 | US-XX | {written} |\n"
    dataset, said = made(table)
    assert said == () and dataset is not None
    data = dataset.tables["labor_market"].columns["annual_median"]
    assert data.values.to_pylist() == [low]
    assert data.high is not None and data.high.to_pylist() == [high]


def test_percents_are_percents_however_the_column_holds_them() -> None:
    dataset, _ = made(
        "program:\n  - program_id: p\n    completion_rate: 69.95%\n  - program_id: q\n    completion_rate: 69.95\n"
    )
    assert column(dataset, "program", "completion_rate") == [699_500, 699_500]


def test_a_gap_says_why() -> None:
    dataset, _ = made('credential:\n  - credential_id: c1\n    exam_fee: "missing: not published"\n')
    assert dataset is not None
    why = dataset.tables["credential"].columns["exam_fee"].why
    assert why is not None and why.to_pylist() == ["not published"]


def test_a_row_of_the_case_changes_the_shared_row_with_its_key() -> None:
    shared = "credential:\n  - credential_id: c1\n    name: Welder\n    kind: license\n  - credential_id: c2\n"
    dataset, said = made("credential:\n  - credential_id: c1\n    kind: badge\n  - credential_id: c3\n", shared)
    assert said == ()
    assert column(dataset, "credential", "credential_id") == ["c1", "c2", "c3"]
    assert column(dataset, "credential", "name") == ["Welder", None, None]
    assert column(dataset, "credential", "kind") == ["badge", None, None]


def test_rows_that_are_only_referred_to_are_made() -> None:
    dataset, said = made(
        "occupation_link:\n  - credential: c1\n    occupation: 11-1011\nlabor_market:\n  - occupation: 15-1252\n    area: US-XX-5\n"
    )
    assert said == ()
    assert column(dataset, "credential", "credential_id") == ["c1"]
    assert column(dataset, "occupation", "code") == ["11-1011", "15-1252"]
    assert column(dataset, "area", "code") == ["US-XX", "US-XX-5"], "that of the jurisdiction too"
    assert column(dataset, "state", "state") == ["state"]


def test_a_row_that_needs_more_than_its_key_has_to_be_given() -> None:
    rows = "enrollment:\n  - student: s1\n    school: S1\n    school_year: 2026-27\n"
    dataset, said = made(rows, needed={"school": ["name"]})
    assert said == () and column(dataset, "school", "school_id") == ["S1"]
    dataset, said = made(rows, needed={"school": ["district"]})
    assert dataset is None
    assert [(one.code, one.span.text, one.help) for one in said] == [
        ("D027", "S1", ("give the row of `school` with its `district`",))
    ]


@pytest.mark.parametrize(
    ("rows", "code", "marked", "help"),
    [
        ("credentials:\n  - credential_id: c", "D004", "credentials", "did you mean `credential`?"),
        ("credental:\n  - credential_id: c", "D004", "credental", "did you mean `credential`?"),
        ("credential:\n  - credential_id: c\n    titel: x", "D005", "titel", None),
        ("credential:\n  - credential_id: c\n    kind: licence", "D023", "licence", "did you mean `license`?"),
        ("credential:\n  - credential_id: c\n    exam_fee: n/a", "D020", "n/a", "write a number, or leave the column out where there is no value"),
        ("credential:\n  - credential_id: c\n    exam_fee: $5/hour", "D020", "$5/hour", None),
        ("credential:\n  - credential_id: c\n    exam_fee: 1.234", "D021", "1.234", None),
        ("credential:\n  - name: Welder", "D025", "name", None),
        ("credential:\n  - credential_id: c\n  - credential_id: c\n    name: x", "D026", "c", None),
        ("labor_market:\n  - occupation: a\n    area: US-YY", "D029", "US-YY", "a case has rows of the policy’s own jurisdiction only"),
        ("school:\n  - school_id: s", "D024", "school_id", None),
    ],
)  # fmt: skip
def test_the_contract_holds(rows: str, code: str, marked: str, help: str | None) -> None:
    dataset, said = made(rows, needed={"school": ["district"]})
    assert dataset is None
    assert [(one.code, one.span.text) for one in said] == [(code, marked)]
    assert help is None or said[0].help == (help,)


def test_rows_in_another_order_make_the_same_dataset() -> None:
    rows = [f"  - credential_id: {key}\n" for key in "cab"]
    one, two = (made("credential:\n" + "".join(order))[0] for order in (rows, rows[::-1]))
    assert column(one, "credential", "credential_id") == column(two, "credential", "credential_id") == ["a", "b", "c"]
