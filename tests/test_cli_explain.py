"""`specie explain`: its forms, two rows side by side, letters, and what everybody may read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.commands.exit import Exit
from tests.small_state import specie, write_state
from tests.test_cli_persons import STUDENTS
from tests.views.test_explanation_html import whole, words
from tests.views.test_explanation_json import problems


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_state(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


ASKED = ("explain", "welding.yaml", "occupation", "51-4121", "--data", "data")
FIRST = "Welders (51-4121) is on the priority list: place 2 of 3, within the limit of 2."


def test_json_and_html(state: Path) -> None:
    record = json.loads(specie(*ASKED, "--format", "json").stdout)
    assert problems(record) == [] and record["verdict"] == FIRST
    page = specie(*ASKED, "--format", "html")
    assert page.exit_code == Exit.DONE and FIRST in whole(page.stdout).text


def test_compare(state: Path) -> None:
    run = specie(*ASKED, "--compare", "35-3023")
    assert (run.exit_code, run.stderr) == (Exit.DONE, "") and words(run.stdout).startswith(f"[1] {FIRST}")
    for format in ("json", "html"):
        assert "35-3023" in specie(*ASKED, "--compare", "35-3023", "--format", format).stdout
    assert specie(*ASKED, "--compare", "99-9999").exit_code == Exit.ERRORS
    assert specie(*ASKED, "--compare", "35-3023", "--as-letter").exit_code == Exit.USAGE


def test_letters(state: Path) -> None:
    assert FIRST in specie(*ASKED, "--as-letter").stdout
    assert json.loads(specie(*ASKED, "--as-letter", "--format", "json").stdout)["verdict"] == FIRST
    assert FIRST in whole(specie(*ASKED, "--as-letter", "--format", "html").stdout).text


def test_public(state: Path) -> None:
    assert specie(*ASKED, "--public").stdout == specie(*ASKED).stdout, "nothing in it is of persons"


def test_persons_have_no_public_explanation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "students.yaml").write_text(STUDENTS, encoding="utf-8")
    (data / "dataset.yaml").write_text(
        "title: A class\ntables:\n  student:\n    file: students.csv\n", encoding="utf-8"
    )
    (data / "students.csv").write_text("student_id,score\ns-101,70\ns-102,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    asked = ("explain", "students.yaml", "student", "s-101", "--data", "data")
    refused = specie(*asked, "--public")
    assert refused.exit_code == Exit.ERRORS and "error[X048]" in refused.stderr and "70" not in refused.output
    letter = specie(*asked, "--as-letter").stdout
    assert "s-101" not in letter and "his student meets" in letter and "it is enough" in letter
