"""What the command line shows of persons, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import specie

STUDENTS = """\
policy: xx/students
title: Students who are ready
school_year: 2026-27
sources:
  law:
    title: The law
data:
  student:
    columns:
      score: {unit: points}
criteria:
  student:
    ready:
      test: score >= 50
      because: it is enough
      cite: law 1
"""


@pytest.fixture
def students(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy about students, one of whom has no score."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "students.yaml").write_text(STUDENTS, encoding="utf-8")
    (data / "dataset.yaml").write_text(
        "title: A class\ntables:\n  student:\n    file: students.csv\n", encoding="utf-8"
    )
    (data / "students.csv").write_text("student_id,score\ns-101,70\ns-102,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("students")
def test_persons_are_shown_to_those_who_ask() -> None:
    assert "s-102" in specie("evaluate", "students.yaml", "--data", "data").stdout
    assert "s-102" in specie("explain", "students.yaml", "student", "s-102", "--data", "data").stdout


@pytest.mark.usefixtures("students")
def test_no_person_is_shown_in_an_automatic_run() -> None:
    run = specie("evaluate", "students.yaml", "--data", "data", "--out", "run", env={"CI": "1"})
    assert run.exit_code == Exit.DONE and "  ready: 1 of student (about persons, not shown)" in run.stdout
    assert "s-10" not in run.output
    assert "s-102" in Path("run/held.csv").read_text(encoding="utf-8"), "the files are for those who may see them"
    run = specie("explain", "students.yaml", "student", "s-102", "--data", "data", env={"CI": "1"})
    assert run.exit_code == Exit.ERRORS and "error[X017]" in run.stderr and "s-102" not in run.output


@pytest.mark.usefixtures("students")
@pytest.mark.parametrize("row", ["s-101,80\n", "s-103,a lot\n", ",5\n"])
def test_complaints_about_persons_do_not_quote_them(row: str) -> None:
    with Path("data/students.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    for words in (("data", "check", "data", "--policy", "students.yaml"), ("check", "students.yaml", "--data", "data")):
        for format in ("full", "json", "github"):
            run = specie(*words, "--format", format, env={"CI": "1"})
            assert run.exit_code == Exit.ERRORS and "D02" in run.output and "s-10" not in run.output
