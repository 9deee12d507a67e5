"""Parquet and JSON files, and tables in memory: what they may hold, and what is refused."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.execution import json_file, parquet_file
from engine.execution.dataset import Dataset, read_dataset
from engine.execution.frame import ColumnData
from engine.execution.memory_tables import MemoryTables, dataset
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostic, Diagnostics


def read(place: Path | MemoryTables) -> tuple[Dataset | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    return read_dataset(place, STANDARD, None, diagnostics), list(diagnostics.sorted())


def in_file(folder: Path, name: str, data: bytes, table: str = "credential") -> tuple[Dataset | None, list[Diagnostic]]:
    (folder / name).write_bytes(data)
    (folder / "dataset.yaml").write_text(f"tables:\n  {table}: {name}\n")
    return read(folder)


def parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def column(given: Any, table: str, name: str) -> ColumnData:
    found, problems = read(dataset({table: given}))
    assert found is not None, [one.message for one in problems]
    return found.tables[table].columns[name]


# -- Arrow ------------------------------------------------------------------------------------------------------

IDS = pa.array(["a", "b", "c"])


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1, None, 40], pa.int8()),
        pa.array([1, None, 40], pa.uint64()),
        pa.array([1, None, 40], pa.float32()),
        pa.array([1.0, float("nan"), 40.00000000001]),
        pa.array([Decimal("1.00"), None, Decimal("40.00")], pa.decimal128(20, 2)),
        pa.array(["1", None, "40"], pa.large_string()),
        pa.array(["1", None, "40"], pa.string_view()),
        pa.array(["1", None, "40"]).dictionary_encode(),
        pa.array([1, None, 40]).dictionary_encode(),
        pa.chunked_array([pa.array([1, None]), pa.array([40])]),
    ],
    ids=str,
)
def test_numbers(values: Any) -> None:
    found = column(pa.table({"credential_id": IDS, "valid_for": values}), "credential", "valid_for")
    assert found.values.to_pylist() == [1, None, 40]
    assert found.why is not None and found.why.to_pylist() == [None, "blank", None]


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("us"), pa.timestamp("ns")])
def test_days(tmp_path: Path, kind: Any) -> None:
    days = [date(2026, 2, 28), None, date(1899, 12, 31)]
    values = pa.array([day and datetime.fromisoformat(day.isoformat()) for day in days], pa.timestamp("us")).cast(kind)
    table = pa.table({"code": ["010", "US-OH", "x"], "expires_on": values})
    attainments = table.rename_columns(["attainment_id", "award_date"])
    attainments = attainments.append_column("student", pa.array(["s"] * 3))
    attainments = attainments.append_column("credential", pa.array(["c"] * 3))
    given = {
        "attainment": attainments, "student": [{"student_id": "s"}], "credential": [{"credential_id": "c"}],
    }  # fmt: skip
    found, problems = read(dataset(given))
    assert found is not None, problems
    assert found.tables["attainment"].columns["award_date"].values.to_pylist() == days


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (datetime.fromisoformat("2026-02-28T09:15"), "`2026-02-28 09:15:00`, which is not a date"),
        (datetime(2026, 2, 28, tzinfo=UTC), "`2026-02-28 00:00:00+00:00`, which is not a date"),
        (20260228, "`20260228`, which is not a date"),
    ],
)
@pytest.mark.parametrize("make", [pa.table, pd.DataFrame])
def test_what_is_no_day(make: Callable[[Any], Any], value: object, said: str) -> None:
    given = {
        "credential": [{"credential_id": "c"}],
        "endorsement": make({"credential": ["c"], "employer": ["e"], "decided_on": [value]}),
    }
    found, problems = read(dataset(given))
    assert found is None and [one.code for one in problems] == ["D020"]
    assert said in problems[0].message


def test_exact_decimals_are_not_settled() -> None:
    """What is written exactly has as many decimals as it has: only binary numbers lie beside what was meant."""
    near = pa.array([Decimal("5.0000000001")], pa.decimal128(20, 10))
    found, problems = read(dataset({"credential": pa.table({"credential_id": ["a"], "valid_for": near})}))
    assert found is None and [one.code for one in problems] == ["D021"]


@pytest.mark.parametrize("other", [[["a"]], [{"x": 1}], [b"ab"]])
def test_columns_of_other_kinds(other: list[Any]) -> None:
    table = pa.table({"credential_id": ["a"], "name": other})
    found, problems = read(dataset({"credential": table}))
    assert found is None and [one.code for one in problems] == ["D033"]
    assert read(dataset({"credential": table.rename_columns(["credential_id", "whatever"])}))[0] is not None


# -- Parquet ----------------------------------------------------------------------------------------------------

SMALL = pa.table({"credential_id": ["b", "a"], "name": ["Welding", None], "extra": [[1], [2]]})


def test_a_parquet_file(tmp_path: Path) -> None:
    found, problems = in_file(tmp_path, "c.parquet", parquet(SMALL))
    assert found is not None and problems == []
    frame = found.tables["credential"]
    assert (frame.file, frame.lines.to_pylist()) == ("c.parquet", [2, 1])
    assert frame.columns["name"].values.to_pylist() == [None, "Welding"]
    assert set(found.fingerprints) == {"c.parquet", "dataset.yaml"}


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"credential_id\na\n", "D036", "it is no Parquet file, or breaks off"),
        (parquet(SMALL)[:-20], "D036", "it is no Parquet file, or breaks off"),
        (b"", "D036", "cannot be read"),
        (parquet(pa.table([["a"], ["b"]], names=["name", "name "])), "D015", "more than one column `name`"),
        (parquet(pa.table({"id": ["a"]})), "D007", "its columns are `id`"),
        (parquet(SMALL.slice(0, 0)), "D030", "has no rows"),
    ],
)
def test_what_is_no_parquet_file(tmp_path: Path, data: bytes, code: str, said: str) -> None:
    found, problems = in_file(tmp_path, "c.parquet", data)
    assert found is None and [one.code for one in problems] == [code]
    assert said in " ".join((problems[0].message, *problems[0].help))


def test_limits_of_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "ROW_LIMIT", 1)
    assert [one.message for one in in_file(tmp_path, "c.parquet", parquet(SMALL))[1]] == [
        "`c.parquet` holds more than 1 rows"
    ]


def test_the_row_of_a_complaint(tmp_path: Path) -> None:
    table = pa.table({"credential_id": ["b", "a"], "name": ["Welding", " Nursing"], "valid_for": [1, -2]})
    _, problems = in_file(tmp_path, "c.parquet", parquet(table))
    one = next(one for one in problems if one.code == "D022")
    assert (one.span.source.name, one.span.source.first_line) == (str(tmp_path / "c.parquet"), 2)
    assert (one.span.source.text, one.span.text) == ("a | Nursing | -2", "-2")


# -- JSON -------------------------------------------------------------------------------------------------------


def test_a_json_file(tmp_path: Path) -> None:
    rows = (
        b'[{"credential_id": "b", "valid_for": 1e1}, {"valid_for": 12.0, "credential_id": "a"}, {"credential_id":"c"}]'
    )
    for name, data in (("c.json", rows), ("c.json.gz", gzip.compress(rows)), ("d.json", b"\xef\xbb\xbf" + rows)):
        found, problems = in_file(tmp_path, name, data)
        assert found is not None, problems
        assert found.tables["credential"].columns["valid_for"].values.to_pylist() == [12, 10, None]
        assert found.tables["credential"].lines.to_pylist() == [2, 1, 3]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b'{"credential_id": "a"}', "D036", "it holds no list"),
        (b'[{"credential_id": "a"}, 5]', "D036", "row 2 is no object"),
        (b'[{"credential_id": "a",\n}]', "D036", "line 2 is no JSON"),
        (b'[{"credential_id": "a", "credential_id": "b"}]', "D036", "a row has `credential_id` twice"),
        (b"[" * 100_000, "D036", "nested too deeply"),
        (b'[{"credential_id": ' + b"9" * 5_000 + b"}]", "D036", "a number in it is too long"),
        (b"[]", "D014", "write `empty: yes`"),
        (b"", "D014", "is empty"),
        (b'[{"credential_id": "\xe9"}]', "D012", "holds the byte 0xE9"),
        (b'[{"credential_id": ["a"]}]', "D033", "where a text belongs"),
        (b'[{"credential_id": true}]', "D033", "the truth value `yes`"),
        (b'[{"credential_id": "a", "valid_for": Infinity}]', "D020", "`Infinity`, which is not a number"),
        (b'[{"credential_id": "a", "valid_for": true}]', "D020", "`yes`, which is not a number"),
        (b'[{"credential_id": NaN}]', "D025", "has no value"),
        (b'[{"credential_id": "a", "valid_for": 1e400}]', "D022", "which is not"),
    ],
)
def test_what_is_no_table_in_json(tmp_path: Path, data: bytes, code: str, said: str) -> None:
    found, problems = in_file(tmp_path, "c.json", data)
    assert found is None and [one.code for one in problems] == [code]
    assert said in " ".join((problems[0].message, *problems[0].help))


def test_limits_of_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "BYTE_LIMIT", 10)
    _, problems = in_file(tmp_path, "c.json", json.dumps([{"credential_id": "a"}]).encode())
    assert [one.code for one in problems] == ["D011"]


# -- in memory --------------------------------------------------------------------------------------------------


def test_values_of_numpy_and_pandas() -> None:
    rows = [
        {"credential_id": np.str_("a"), "valid_for": np.int64(3)},
        {"credential_id": "b", "valid_for": np.float32(12)},
        {"credential_id": "c", "valid_for": pd.NA},
        {"credential_id": "d", "valid_for": float("nan")},
        {"credential_id": "e", "valid_for": pd.NaT},
        {"credential_id": "f", "valid_for": Decimal("NaN")},
        {"credential_id": "g", "valid_for": np.float64(0.5)},
    ]
    for given in (rows[:6], pd.DataFrame(rows[:6], dtype=object)):
        assert column(given, "credential", "valid_for").values.to_pylist() == [3, 12, None, None, None, None]
    _, problems = read(dataset({"credential": rows}))
    assert [one.message for one in problems] == ["`valid_for` holds `0.5`, which has more than 0 decimals"]
    assert (problems[0].span.source.name, problems[0].span.source.first_line) == ("credential (in memory)", 7)


def test_the_shortest_decimal_of_a_short_number() -> None:
    given: dict[str, Any] = {"occupation": [{"code": "010"}]}
    for wage in (pa.array([0.1], pa.float32()), pa.array([0.1])):
        given["labor_market"] = pa.table({"occupation": ["010"], "area": ["X"], "annual_median": wage})
        found, problems = read(dataset(given))
        assert found is not None, problems
        assert found.tables["labor_market"].columns["annual_median"].values.to_pylist() == [10]
    given["labor_market"] = [{"occupation": "010", "area": "X", "annual_median": np.float32(0.1)}]
    assert read(dataset(given))[0] is not None


def test_a_categorical_index_and_integers_with_gaps() -> None:
    frame = pd.DataFrame(
        {"credential_id": pd.Categorical(["b", "a"]), "valid_for": pd.array([1, None], dtype="Int64")}, index=[7, 3]
    )
    assert column(frame, "credential", "valid_for").values.to_pylist() == [None, 1]


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({"credentials": []}, "D004", "did you mean `credential`?"),
        ({"credential": 5}, "D036", "it is no table but a int"),
        ({"credential": [5]}, "D036", "a pandas data frame"),
        ({"credential": pd.DataFrame([["a", "b"]], columns=["name", "name"])}, "D015", "more than one column `name`"),
        ({"credential": pa.table([["a"], ["b"]], names=["name", "name"])}, "D015", "more than one column `name`"),
        ({"credential": pd.DataFrame({"id": ["a"]})}, "D007", "`credential (in memory)` has no column `credential_id`"),
        ({"credential": pd.DataFrame({"credential_id": [1]})}, "D033", 'frame["credential_id"].astype(str)'),
    ],
)
def test_what_is_no_table_in_memory(given: dict[str, Any], code: str, said: str) -> None:
    found, problems = read(dataset(given, name="mine"))
    assert found is None and [one.code for one in problems] == [code]
    assert said in " ".join((problems[0].message, *problems[0].help))


def test_a_table_without_rows_is_known_to_be_empty() -> None:
    none: list[Any] = []
    for nothing in (
        none,
        pd.DataFrame({"credential_id": none}),
        pa.table({"credential_id": pa.array([], pa.string())}),
    ):
        found, problems = read(dataset({"credential": nothing}))
        assert found is not None, problems
        assert found.tables["credential"].row_count == 0


def test_naming_tables_loads_no_library() -> None:
    code = (
        "import sys, engine, engine.api\n"
        "from engine.execution.memory_tables import dataset\n"
        "dataset({'credential': [{'credential_id': 'a'}]})\n"
        "assert not {'pandas', 'pyarrow', 'duckdb', 'openpyxl', 'numpy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
