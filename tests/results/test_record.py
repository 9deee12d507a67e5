"""Runs on disk: `run.json`, and folders that are written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine.results.outcome import Outcome, outcome
from engine.results.record import policy_hash, totals, write_run
from engine.results.table import table
from engine.results.table_file import WRITERS, table_files
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT
from tests.results.small import POLICY, checked_policy, small_run


@cache
def small() -> Outcome:
    return outcome(small_run())


def written(out: Path, format: str = "csv") -> list[str]:
    """The codes of what writing the small run complains of."""
    diagnostics = Diagnostics()
    done = write_run(small(), table_files(small().tables, format), out, "1.2.3", diagnostics)
    assert done is not diagnostics.has_errors
    return [one.code for one in diagnostics.sorted()]


def tree(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


# -- the record -----------------------------------------------------------------------------------------------------


def test_the_record_says_what_a_run_was_made_from(tmp_path: Path) -> None:
    assert written(tmp_path / "run") == []
    said = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert list(said) == [
        "specie_run", "engine", "policy", "title", "policy_hash", "plan_hash", "as_of", "school_year", "epoch",
        "parameters", "sources", "data", "rows", "totals", "columns", "personal", "held", "failed", "outputs",
    ]  # fmt: skip
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_bytes())
    assert [one.message for one in Draft202012Validator(schema).iter_errors(said)] == []
    assert list(schema["properties"]) == list(said) and all(
        "description" in one for one in schema["properties"].values()
    )
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


def test_money_is_totalled_exactly() -> None:
    cents = [Fraction(1, 100), Fraction(10**16), None, Fraction(-2, 100)]
    one = table("payments", "key amount:money claim:money n:number", [["a", cent, None, Fraction(1)] for cent in cents])
    assert totals(one) == {"amount": "9999999999999999.99", "claim": "0"}
    assert totals(table("t", "key n:number", [])) == {}


def test_the_hash_of_a_policy_is_of_what_it_says() -> None:
    first = policy_hash(checked_policy().policy)
    comment = "# a comment\n" + POLICY.replace("title: Credentials of value\n", "title:   Credentials of value # x\n")
    assert policy_hash(checked_policy(comment).policy) == first
    assert policy_hash(checked_policy(POLICY.replace("$43,900", "$43,901")).policy) != first


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom engine.results.outcome import outcome\n"
        "from engine.results.record import write_run\nfrom engine.results.table_file import table_files\n"
        "from engine.text.diagnostic import Diagnostics\nfrom tests.results.small import small_run\n"
        "made = outcome(small_run())\n"
        "files = table_files(made.tables, 'csv')\n"
        "assert write_run(made, files, Path(sys.argv[1]), '1.2.3', Diagnostics())\n"
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
