"""The report on cases as a terminal shows it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from engine import api
from engine.views.cases import render_cases
from tests.case_files import CASES, PAGE, write

SHOWN = re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `policies/xx` in it."""
    home = tmp_path / "policies" / "xx"
    home.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return Path("policies") / "xx"


def shown(folder: Path, text: str, width: int = 80) -> str:
    return render_cases(api.test([write(folder, text)]), width).replace(os.sep, "/")


def test_what_the_page_shows(folder: Path) -> None:
    passed, failed, uncovered = SHOWN[:3]
    assert shown(folder, CASES) == passed.partition("\n")[2]
    assert failed in shown(folder, CASES.replace("large_enough: met", "large_enough: not met"))
    only = CASES.partition("  too_few:\n")[0].replace("| welding | D1       | 20     |\n", "")
    only = only.replace("$6,600.00", "$600.00").replace("large_enough: met", "large_enough: not met")
    assert uncovered in shown(folder, only)


def test_no_line_is_wider_than_the_terminal(folder: Path) -> None:
    text = shown(folder, CASES.replace("large_enough: met", "large_enough: not met"), 60)
    assert all(len(line) <= 60 for line in text.splitlines())


def test_what_could_not_be_run_is_counted(folder: Path) -> None:
    text = shown(folder, CASES.replace("cases_of: xx/grants", "cases_of: xx/grant"))
    assert text == "0 cases passed, 0 failed, 3 not run\n"
    assert shown(folder, CASES.replace("pupils: 15", "pupils: x")).startswith("2 cases passed, 0 failed, 1 not run\n")
