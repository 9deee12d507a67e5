"""The same rows in every form give the same frames."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.execution.dataset import Dataset, read_dataset
from engine.execution.frame import Frame
from engine.execution.memory_tables import MemoryTables, dataset
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostics
from tests.execution.workbook import workbook

Row = Mapping[str, Any]
FORMS = ("csv", "parquet", "xlsx", "json", "pandas", "pandas_objects", "arrow", "arrow_dictionary", "rows")

AREAS: list[Row] = [{"code": "US-OH", "name": "Ohio"}, {"code": "039", "name": "Nörd, the"}]
OCCUPATIONS: list[Row] = [{"code": "15-1252"}, {"code": "29-2010"}, {"code": "010"}]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _loose(value: Any) -> Any:
    """As a program without decimals has it."""
    return float(value) if isinstance(value, Decimal) else value


def _arrow(rows: list[Row], exact: bool) -> pa.Table:
    names = list(rows[0])
    return pa.table({name: [row[name] if exact else _loose(row[name]) for row in rows] for name in names})


def given_as(form: str, tables: Mapping[str, list[Row]], folder: Path) -> Path | MemoryTables:
    """Tables in one of the forms: a folder, or tables in memory."""
    if form in ("csv", "parquet", "xlsx", "json"):
        lines = ["title: t", "as_of: 2026-11-01", "tables:"]
        for name, rows in tables.items():
            lines.append(f"  {name}: {name}.{form}")
            (folder / f"{name}.{form}").write_bytes(_file(form, rows))
        (folder / "dataset.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder
    made: dict[str, Any] = {}
    for name, rows in tables.items():
        if form == "rows":
            made[name] = rows
        elif form == "pandas":
            made[name] = pd.DataFrame([{key: _loose(value) for key, value in row.items()} for row in rows])
        elif form == "pandas_objects":
            made[name] = pd.DataFrame(rows, dtype=object)
        elif form == "arrow":
            made[name] = _arrow(rows, exact=True)
        else:
            table = _arrow(rows, exact=False)
            made[name] = pa.table({key: table[key].dictionary_encode() for key in table.schema.names})
    return dataset(made, as_of=date(2026, 11, 1), name="t")


def _file(form: str, rows: list[Row]) -> bytes:
    names = list(rows[0])
    if form == "csv":
        stream = StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerows([names, *([_text(row[name]) for name in names] for row in rows)])
        return stream.getvalue().encode("utf-8")
    if form == "json":
        plain = [
            {name: str(value) if isinstance(value, date) else _loose(value) for name, value in row.items()}
            for row in rows
        ]
        return json.dumps(plain).encode("utf-8")
    if form == "xlsx":
        return workbook({"Data": [names, *([_loose(row[name]) for name in names] for row in rows)]})
    sink = pa.BufferOutputStream()
    pq.write_table(_arrow(rows, exact=False), sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def read(place: Path | MemoryTables) -> tuple[Dataset | None, list[str]]:
    diagnostics = Diagnostics()
    found = read_dataset(place, STANDARD, None, diagnostics)
    return found, [f"{one.code} {one.message}" for one in diagnostics.sorted()]


def contents(frame: Frame) -> dict[str, object]:
    """Everything in a frame but where it came from."""
    columns = {
        name: (data.values, data.high, None if data.why is None else data.why.to_pylist())
        for name, data in frame.columns.items()
    }
    return {
        name: (str(values.type), values.to_pylist(), None if high is None else high.to_pylist(), why)
        for name, (values, high, why) in columns.items()
    } | {"lines": frame.lines.to_pylist()}


MARKETS: list[Row] = [
    {"occupation": "29-2010", "area": "US-OH", "employment": 1200, "annual_median": Decimal("99240.5"), "growth": None},
    {"occupation": "15-1252", "area": "US-OH", "employment": None, "annual_median": None, "growth": Decimal("-3.25")},
    {"occupation": "15-1252", "area": "039", "employment": 0, "annual_median": Decimal("0.1"), "growth": Decimal(5)},
]
CREDENTIALS: list[Row] = [{"credential_id": "C2", "name": 'Pipe, 5"'}, {"credential_id": "C1", "name": "Nürsing"}]
ENDORSEMENTS: list[Row] = [
    {"credential": "C2", "employer": "Mercy", "decision": "endorse", "decided_on": date(2026, 2, 28)},
    {"credential": "C1", "employer": "002", "decision": None, "decided_on": None},
]
SKILLS: list[Row] = [{"code": "15-1252", "high_skill": True}, {"code": "29-2010", "high_skill": None}]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_frames(tmp_path: Path, form: str) -> None:
    tables = {
        "area": AREAS, "occupation": SKILLS, "labor_market": MARKETS, "credential": CREDENTIALS,
        "endorsement": ENDORSEMENTS,
    }  # fmt: skip
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    plain, problems = read(given_as("csv", tables, tmp_path / "a"))
    assert plain is not None, problems
    other, problems = read(given_as(form, tables, tmp_path / "b"))
    assert other is not None and problems == []
    assert set(plain.tables) == set(other.tables)
    for name, frame in plain.tables.items():
        expected, found = contents(frame), contents(other.tables[name])
        if form != "csv" and frame.file:
            # in CSV the header is line 1; a sheet has one too
            shift = 0 if form == "xlsx" else 1
            expected["lines"] = [line - shift for line in frame.lines.to_pylist()]
        assert found == expected, name
    assert (other.as_of, other.title) == (date(2026, 11, 1), "t")


WAGES = st.one_of(st.none(), st.decimals(0, 900_000, allow_nan=False, places=2))
SHARES = st.one_of(st.none(), st.decimals(-100, 100, allow_nan=False, places=4))
JOBS = st.one_of(st.none(), st.integers(0, 10**8))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(WAGES, SHARES, JOBS), min_size=1, max_size=6))
def test_numbers_of_every_form_are_the_decimals_that_were_written(
    tmp_path: Path, cells: list[tuple[Decimal | None, Decimal | None, int | None]]
) -> None:
    occupations: list[Row] = [{"code": f"{n:03d}"} for n in range(len(cells))]
    markets: list[Row] = [
        {"occupation": f"{n:03d}", "area": "US-OH", "annual_median": wage, "growth": share, "employment": jobs}
        for n, (wage, share, jobs) in enumerate(cells)
    ]
    tables = {"area": AREAS, "occupation": occupations, "labor_market": markets}
    expected = {
        "annual_median": [None if wage is None else int(wage.scaleb(2)) for wage, _, _ in cells],
        "growth": [None if share is None else int(share.scaleb(4)) for _, share, _ in cells],
        "employment": [jobs for _, _, jobs in cells],
    }
    for form in FORMS:
        found, problems = read(given_as(form, tables, tmp_path))
        assert found is not None, (form, problems)
        columns = found.tables["labor_market"].columns
        assert {name: columns[name].values.to_pylist() for name in expected} == expected, form


FLOATS = ("parquet", "xlsx", "json", "pandas", "pandas_objects", "arrow_dictionary", "rows")


@pytest.mark.parametrize("form", FLOATS)
@pytest.mark.parametrize(
    ("wage", "kept"),
    [
        (0.1 + 0.2, 30),
        (0.30000000049, 30),
        (1e-10, 0),
        (1e5, 10_000_000),
        (-0.0, 0),
        (0.305, None),
        (0.300000002, None),
        (2.675, None),
    ],
)
def test_a_binary_number_sits_on_the_decimals_of_its_column(
    tmp_path: Path, form: str, wage: float, kept: int | None
) -> None:
    markets: list[Row] = [{"occupation": "010", "area": "US-OH", "annual_median": wage}]
    found, problems = read(
        given_as(form, {"area": AREAS, "occupation": OCCUPATIONS, "labor_market": markets}, tmp_path)
    )
    if kept is not None:
        assert found is not None, problems
        assert found.tables["labor_market"].columns["annual_median"].values.to_pylist() == [kept]
    else:
        assert found is None
        digits = format(Decimal(str(wage)), "f")
        assert problems == [f"D021 `annual_median` holds `{digits}`, which has more than 2 decimals"]


@pytest.mark.parametrize("form", FLOATS)
def test_a_number_is_no_code(tmp_path: Path, form: str) -> None:
    occupations: list[Row] = [{"code": 10.0}, {"code": 29}]
    found, problems = read(given_as(form, {"occupation": occupations}, tmp_path))
    assert found is None
    assert problems == [f"D033 `code` holds the number `{n}`, where a text belongs" for n in (10, 29)]


@pytest.mark.parametrize("form", ("csv", "parquet", "xlsx", "json"))
def test_padded_codes(tmp_path: Path, form: str) -> None:
    districts: list[Row] = [{"LEA": 1, "name": "Adair"}, {"LEA": 12, "name": "Allen"}, {"LEA": 1234, "name": "Boyd"}]
    given_as(form, {"district": districts}, tmp_path)
    (tmp_path / "dataset.yaml").write_text(
        f"tables:\n  district:\n    file: district.{form}\n    columns:\n      district_id:\n"
        "        from: LEA\n        pad_to: 3\n"
    )
    found, problems = read(tmp_path)
    assert found is not None, problems
    assert found.tables["district"].columns["district_id"].values.to_pylist() == ["001", "012", "1234"]


@pytest.mark.parametrize("pad", ("0", "x", "100", "-1"))
def test_what_pad_to_may_not_be(tmp_path: Path, pad: str) -> None:
    given_as("csv", {"district": [{"LEA": 1}]}, tmp_path)
    (tmp_path / "dataset.yaml").write_text(
        "tables:\n  district:\n    file: district.csv\n    columns:\n      district_id:\n"
        f"        from: LEA\n        pad_to: {pad}\n"
    )
    assert read(tmp_path)[1] == ["D002 `pad_to` takes a whole number from 1 to 99"]


def test_only_codes_are_padded(tmp_path: Path) -> None:
    given_as("csv", {"district": [{"district_id": "1", "n": 5}]}, tmp_path)
    (tmp_path / "dataset.yaml").write_text(
        "tables:\n  district:\n    file: district.csv\n    columns:\n      enrolled:\n"
        "        from: n\n        pad_to: 3\n"
    )
    assert read(tmp_path)[1] == ["D002 `pad_to` takes a column of codes; this one holds none"]


def test_many_rows_in_any_order(tmp_path: Path) -> None:
    """Large tables take the quick ways: distinct texts, keys as numbers, tables side by side."""
    count = 120_000
    order = [(n * 7_919) % count for n in range(count)]
    students: list[Row] = [{"student_id": f"S{n:07d}", "class_of": 2020 + n % 7, "sex": "FM"[n % 2]} for n in order]
    schools: list[Row] = [{"school_id": "001", "district": "01"}, {"school_id": "01", "district": "01"}]
    years = ["2025-26", "2024-25"]
    enrollments: list[Row] = [
        {"student": f"S{n // 4:07d}", "school": ("001", "01")[n % 2], "school_year": years[n // 2 % 2], "grade": n % 13}
        for n in order
    ]
    tables: dict[str, list[Row]] = {
        "district": [{"district_id": "01"}], "school": schools, "student": students, "enrollment": enrollments,
    }  # fmt: skip
    found, problems = read(given_as("parquet", tables, tmp_path))
    assert found is not None, problems[:3]
    student, enrollment = found.tables["student"], found.tables["enrollment"]
    assert student.columns["student_id"].values.to_pylist() == [f"S{n:07d}" for n in range(count)]
    assert student.columns["class_of"].values.to_pylist() == [2020 + n % 7 for n in range(count)]
    assert [order[line - 1] for line in student.lines.to_pylist()] == list(range(count))
    columns = [enrollment.columns[name].values.to_pylist() for name in enrollment.keys]
    rows = list(zip(*columns, strict=True))
    assert rows == sorted(rows) and len(rows) == count
    places = {(f"S{n // 4:07d}", ("001", "01")[n % 2], 2025 - n // 2 % 2): n for n in range(count)}
    assert enrollment.columns["grade"].values.to_pylist() == [places[row] % 13 for row in rows]
