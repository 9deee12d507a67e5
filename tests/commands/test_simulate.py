"""`specie simulate`: what it prints and writes, and its exit codes."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import POLICY, specie, too_wide, write_state

SWEEP = """\
scenario: floors
title: Other floors
because: the board asks
sweep:
  wage_floor:
    - $43,900
    - $239,201
"""
FIND = """\
scenario: two
find:
  two_listed:
    parameter: wage_floor
    so_that: listed = 2
    from: $30,000
    to: $60,000
    step: $10
"""
WORDS = ("simulate", "welding.yaml", "floors.scenario.yaml")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the small state, without a limit of the list, and two scenarios, in which the command is run."""
    write_state(tmp_path, policy=POLICY.replace("  limit: 2\n", ""))
    (tmp_path / "floors.scenario.yaml").write_text(SWEEP, encoding="utf-8")
    (tmp_path / "two.scenario.yaml").write_text(FIND, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def test_a_sweep_and_a_search(state: Path) -> None:
    """Three earn the floor of $43,900 or more, of one nobody knows; nobody is known to earn $239,201."""
    run = specie(*WORDS, "two.scenario.yaml", "--data", "data")
    assert run.exit_code == Exit.DONE, run.stderr
    assert not too_wide(run.stdout)
    assert run.stdout.startswith("Listed = 2 with wage_floor all from $43,910/year to $47,000/year. 2 runs with\n")
    rows = [line.split() for line in run.stdout.splitlines()]
    assert ["as", "it", "is", "3", "1"] in rows
    assert ["$43,900/year", "3", "1"] in rows
    assert "floors, Other floors: the board asks" in run.stdout


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_pages_name_what_was_tried(form: str, state: Path) -> None:
    run = specie(*WORDS, "--data", "data", "--format", form)
    assert run.exit_code == Exit.DONE and "$239,201/year" in run.stdout


def test_json_is_exact(state: Path) -> None:
    found = json.loads(specie(*WORDS, "--data", "data", "--format", "json").stdout)
    assert found["baseline"]["listed"] == "3" and found["kinds"]["listed"] == "count"
    assert [one["values"] for one in found["sweep"]] == [{"wage_floor": "43900"}, {"wage_floor": "239201"}]
    assert [one["measures"]["listed"] for one in found["sweep"]] == ["3", "0"]
    assert found["scenarios"][0]["name"] == "floors" and len(found["scenarios"][0]["hash"]) == 64
    assert set(found["data"]["files"]) == {"areas.csv", "dataset.yaml", "labor_markets.csv", "occupations.csv"}


def test_a_folder_is_written_whole_and_again_the_same(state: Path) -> None:
    words = (*WORDS, "two.scenario.yaml", "--data", "data", "--out", "out")
    run = specie(*words)
    assert run.exit_code == Exit.DONE
    named = "article.json, found.csv, simulation.html, simulation.json, sweep.csv"
    assert f"written to out: {named}" in " ".join(run.stderr.split())
    first = {file.name: file.read_bytes() for file in (state / "out").iterdir()}
    assert set(first) == {"simulation.json", "simulation.html", "article.json", "sweep.csv", "found.csv"}
    record = json.loads(first["simulation.json"])
    assert record["outputs"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in first.items() if name != "simulation.json"
    }
    rows = list(csv.DictReader(first["sweep.csv"].decode().splitlines()))
    assert [(one["run"], one["wage_floor"], one["listed"], one["listed, change"]) for one in rows] == [
        ("as it is", "", "3", "0"), ("tried", "43900", "3", "0"), ("tried", "239201", "0", "-3"),
    ]  # fmt: skip
    assert specie(*words).exit_code == Exit.DONE
    assert {file.name: file.read_bytes() for file in (state / "out").iterdir()} == first
    (state / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    again = specie(*words)
    assert again.exit_code == Exit.ERRORS and "error[X012]" in again.stderr


def test_a_fault_in_a_scenario_is_1(state: Path) -> None:
    (state / "floors.scenario.yaml").write_text(SWEEP.replace("wage_floor", "wage_flor"), encoding="utf-8")
    run = specie(*WORDS, "--data", "data")
    assert (run.exit_code, run.stdout) == (Exit.ERRORS, "")
    assert "error[X018]" in run.stderr and "did you mean `wage_floor`?" in run.stderr


def test_wrong_usage_is_2(state: Path) -> None:
    assert specie("simulate", "welding.yaml", "--data", "data").exit_code == Exit.USAGE
    assert specie(*WORDS, "--data", "data", "--format", "pdf").exit_code == Exit.USAGE


def test_a_scenario_is_checked_and_is_no_policy(state: Path) -> None:
    alone = specie("check", "floors.scenario.yaml")
    assert alone.exit_code == Exit.DONE and "warning[Y085]" in alone.stdout
    run = specie("evaluate", "floors.scenario.yaml", "--data", "data")
    assert run.exit_code == Exit.ERRORS and "error[Y066]" in run.output
