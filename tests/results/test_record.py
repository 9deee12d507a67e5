"""Runs on disk: the bytes of each format, `run.json`, and folders that are written whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine import __version__
from engine.results import record
from engine.results.outcome import Outcome, outcome
from engine.results.record import WRITERS, csv_bytes, json_bytes, parquet_bytes, policy_hash, write_run
from engine.results.table import ResultTable, table
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT
from tests.results.small import POLICY, checked_policy, small_run

CELLS: ResultTable = table(
    "cells",
    "key place:number seen:truth since:date",
    [
        ["a", Fraction(1, 8), True, Date(2026, 7, 1)],
        ["", None, None, None],
        ["ü, \"quoted\"\nsecond line", Fraction(-(10**20)) - Fraction(1, 10**9), False, Date(1, 1, 1)],
    ],
)  # fmt: skip


@cache
def small() -> Outcome:
    return outcome(small_run())


def written(out: Path, format: str = "csv") -> list[str]:
    """The codes of what writing the small run complains of."""
    diagnostics = Diagnostics()
    done = write_run(small(), out, format, "1.2.3", diagnostics)
    assert done is not diagnostics.has_errors
    return [one.code for one in diagnostics.sorted()]


def tree(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


# -- formats --------------------------------------------------------------------------------------------------------


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


# -- the record -----------------------------------------------------------------------------------------------------


def test_the_record_says_what_a_run_was_made_from(tmp_path: Path) -> None:
    assert written(tmp_path / "run") == []
    said = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert list(said) == [
        "specie_run", "engine", "policy", "policy_hash", "plan_hash", "as_of", "school_year", "epoch", "parameters",
        "data", "rows", "held", "failed", "outputs",
    ]  # fmt: skip
    assert said["engine"] == "1.2.3" and said["policy"] == "xx/credentials"
    assert (said["as_of"], said["school_year"]) == ("2026-07-01", "2026-27")
    assert said["rows"]["priority_list"] == 7 and (said["held"], said["failed"]) == (6, 0)
    assert [one["path"] for one in said["parameters"]] == [
        "parameters.wage_floor", "parameters.quorum", "parameters.credits_wanted",
    ]  # fmt: skip
    files = tree(tmp_path / "run")
    assert said["outputs"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items()) if name != "run.json"
    }
    assert set(files) == {"run.json", *(f"{one.name}.csv" for one in small().tables)}


@pytest.mark.parametrize("format", WRITERS)
def test_the_same_run_has_the_same_bytes(format: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert written(tmp_path / name, format) == []
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_hash_of_a_policy_is_of_what_it_says() -> None:
    first = policy_hash(checked_policy().policy)
    comment = "# a comment\n" + POLICY.replace("title: Credentials of value\n", "title:   Credentials of value # x\n")
    assert policy_hash(checked_policy(comment).policy) == first
    assert policy_hash(checked_policy(POLICY.replace("$43,900", "$43,901")).policy) != first


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom engine.results.outcome import outcome\n"
        "from engine.results.record import write_run\nfrom engine.text.diagnostic import Diagnostics\n"
        "from tests.results.small import small_run\n"
        "assert write_run(outcome(small_run()), Path(sys.argv[1]), 'csv', '1.2.3', Diagnostics())\n"
    )
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], check=True, env=env)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


# -- folders --------------------------------------------------------------------------------------------------------


def test_a_run_replaces_a_run_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "run"
    assert written(out, "json") == []
    assert written(out, "csv") == []
    assert {one.suffix for one in out.iterdir() if one.name != "run.json"} == {".csv"}
    assert [one.name for one in out.parent.iterdir()] == ["run"], "nothing is left beside it"
    assert out.stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert written(tmp_path / "run") == []


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {"run.json": "{}"},
        {"run.json": "not json"},
        {"run.json": "[1]"},
        {"run.json": '{"specie_run": 1}'},
        {"run.json": '{"specie_run": 1, "outputs": {"held.csv": ""}}', "held.csv": "", "notes.txt": "mine"},
        {"run.json": '{"specie_run": 1, "outputs": {}}', "sub/notes.txt": "mine"},
    ],
)
def test_a_folder_with_anything_else_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "run"
    for name, text in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    assert written(out) == ["X012"]
    assert tree(out) == {name: text.encode() for name, text in files.items()}
    assert [one.name for one in tmp_path.iterdir()] == ["run"]


def test_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine", encoding="utf-8")
    assert written(tmp_path / "run") == ["X012"]
    assert written(tmp_path / "run" / "below") == ["X019"]
    assert (tmp_path / "run").read_text(encoding="utf-8") == "mine"


def test_nothing_is_half_written_where_a_table_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(tmp_path / "run") == []
    before = tree(tmp_path / "run")

    def broken(one: ResultTable) -> bytes:
        if one.name == "held":
            raise RuntimeError("a writer that fails")
        return csv_bytes(one)

    monkeypatch.setitem(record.WRITERS, "csv", broken)
    for out in (tmp_path / "run", tmp_path / "new"):
        with pytest.raises(RuntimeError):
            write_run(small(), out, "csv", __version__, Diagnostics())
    assert [one.name for one in tmp_path.iterdir()] == ["run"] and tree(tmp_path / "run") == before


@pytest.mark.parametrize("at", [1, 3])
def test_a_full_disk_leaves_the_run_before(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(tmp_path / "run") == []
    before, real, count = tree(tmp_path / "run"), Path.write_bytes, [0]

    def full(path: Path, data: bytes) -> int:
        count[0] += 1
        if count[0] == at:
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert written(tmp_path / "run") == ["X019"]
    monkeypatch.undo()
    assert [one.name for one in tmp_path.iterdir()] == ["run"] and tree(tmp_path / "run") == before


def test_what_stood_there_comes_back_where_renaming_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(tmp_path / "run") == []
    before, real = tree(tmp_path / "run"), Path.rename

    def stubborn(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    assert written(tmp_path / "run") == ["X019"]
    assert [one.name for one in tmp_path.iterdir()] == ["run"] and tree(tmp_path / "run") == before
