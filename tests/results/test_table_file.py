"""Result tables as files: the bytes of each format."""

from __future__ import annotations

import csv
import io
import json
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.results.table import ResultTable, table
from engine.results.table_file import csv_bytes, json_bytes, parquet_bytes, table_files

CELLS: ResultTable = table(
    "cells",
    "key place:number seen:truth since:date",
    [
        ["a", Fraction(1, 8), True, Date(2026, 7, 1)],
        ["", None, None, None],
        ["ü, \"quoted\"\nsecond line", Fraction(-(10**20)) - Fraction(1, 10**9), False, Date(1, 1, 1)],
    ],
)  # fmt: skip


def test_csv() -> None:
    assert csv_bytes(CELLS).decode() == (
        "key,place,seen,since\n"
        "a,0.125,true,2026-07-01\n"
        ",,,\n"
        '"ü, ""quoted""\nsecond line",-100000000000000000000.000000001,false,0001-01-01\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=", "-", "-2+3|cmd", "+", "−"])
def test_csv_runs_no_formula(text: str) -> None:
    (cell,) = list(csv.reader(io.StringIO(csv_bytes(table("t", "x", [[text]])).decode(), newline="")))[1]
    assert cell == (f"'{text}" if text[0] in "=+-@\t\r" else text)


@pytest.mark.parametrize(
    "text", ["-1", "-0.5", ">=239200", "<=5", "-5..6", "-5..-2.5", "5..6", "a=b", "15-1252", "1+1"]
)
def test_csv_keeps_what_is_no_formula(text: str) -> None:
    assert csv_bytes(table("t", "x", [[text]])).decode() == f"x\n{text}\n"


def test_json_writes_exact_numbers_as_text() -> None:
    assert json.loads(json_bytes(CELLS)) == [
        {"key": "a", "place": "0.125", "seen": True, "since": "2026-07-01"},
        {"key": "", "place": None, "seen": None, "since": None},
        {"key": 'ü, "quoted"\nsecond line', "place": "-100000000000000000000.000000001", "seen": False, "since": "0001-01-01"},
    ]  # fmt: skip
    assert json_bytes(CELLS).endswith(b"]\n") and "ü".encode() in json_bytes(CELLS)
    assert json.loads(json_bytes(table("t", "x", []))) == []


def test_parquet_keeps_kinds_and_digits() -> None:
    found = pq.read_table(io.BytesIO(parquet_bytes(CELLS)))
    assert found.schema.types == [pa.string(), pa.decimal128(38, 9), pa.bool_(), pa.date32()]
    assert found.column("place").to_pylist() == [Decimal("0.125"), None, Decimal("-100000000000000000000.000000001")]
    assert found.column("key").to_pylist() == [row[0] for row in CELLS.rows]
    assert found.column("since").to_pylist() == [Date(2026, 7, 1), None, Date(1, 1, 1)]
    empty = pq.read_table(io.BytesIO(parquet_bytes(table("t", "x n:number", []))))
    assert empty.num_rows == 0 and empty.schema.types == [pa.string(), pa.decimal128(38, 0)]


def test_each_table_has_its_file() -> None:
    files = table_files([CELLS, table("t", "x", [])], "json")
    assert files == {"cells.json": json_bytes(CELLS), "t.json": b"[]\n"}


def test_money_is_a_number() -> None:
    one = table("payments", "amount:money", [[Fraction(5, 2)], [None]])
    assert pq.read_table(io.BytesIO(parquet_bytes(one))).column("amount").to_pylist() == [Decimal("2.5"), None]
