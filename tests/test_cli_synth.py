"""The command `specie data synth`: what it says, its exit codes, and that it makes what the other commands read."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import specie

SIZES = ("--students", "60", "--attainments", "80", "--seed", "4")


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_what_is_made_keeps_the_contract(format: str, tmp_path: Path) -> None:
    out = str(tmp_path / "state")
    run = specie("data", "synth", "--state", "XX", *SIZES, "--format", format, "--out", out)
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    lines = run.stdout.splitlines()
    assert lines[0] == "US-XX, made up, seed 4"
    assert "  student                  60 rows" in lines and "  attainment               80 rows" in lines
    assert lines[-1] == f"in {out}; next: specie data check {out}"
    check = specie("data", "check", out)
    assert (check.exit_code, check.stdout.splitlines()[-1]) == (Exit.DONE, "the dataset keeps the contract")


@pytest.mark.parametrize("state", ["oh", "US-OH"])
def test_the_code_may_be_written_as_people_do(state: str, tmp_path: Path) -> None:
    run = specie("data", "synth", "--state", state, *SIZES, "--out", str(tmp_path / "state"))
    assert run.stdout.startswith("US-OH, made up")


@pytest.mark.parametrize("words", [("--state", "XXX"), ("--state", "X1"), ("--students", "0"), ("--format", "xml")])
def test_wrong_usage(words: tuple[str, str], tmp_path: Path) -> None:
    run = specie("data", "synth", "--state", "XX", *SIZES, *words, "--out", str(tmp_path / "state"))
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert not (tmp_path / "state").exists()


def test_what_is_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a\n", encoding="utf-8")
    run = specie("data", "synth", "--state", "XX", *SIZES, "--out", str(tmp_path))
    assert run.exit_code == Exit.ERRORS and "error[D056]" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
