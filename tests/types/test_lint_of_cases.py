"""Lint reads the cases beside a policy: rules of which none speaks, thresholds that none meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.text.case_words import case_words, plain
from tests.types.test_lint_twins import criterion, said

CASES = "cases_of: xx/twins\ncases:\n  one:\n    title: of 150 hours, long_enough\n    expect:\n      program:\n        p:\n"


def with_cases(body: str, expects: str, folder: Path) -> list[str]:
    """The codes for a policy with cases beside it that expect something of the program `p`."""
    (folder / "policy.cases.yaml").write_text(f"{CASES}          {expects}\n", encoding="utf-8")
    return said(body, folder)


HOURS = """definitions:
  program:
    long_and_cheap: long_enough and tuition_and_fees <= $5,000
criteria:
  program:
    long_enough:
      test: clock_hours >= 150
      because: it takes 150 hours or more
      cite: code (a)
"""


@pytest.mark.parametrize(
    ("expects", "found"),
    [("long_enough: met", False), ("long_and_cheap: yes", False), ("other: met", True)],
)
def test_a_rule_of_which_a_case_speaks(expects: str, found: bool, tmp_path: Path) -> None:
    assert with_cases(HOURS, expects, tmp_path) == (["L048"] if found else [])


def test_a_policy_alone_without_cases_among_those_that_have_them(tmp_path: Path) -> None:
    assert said(HOURS, tmp_path) == []
    (tmp_path / "other.cases.yaml").write_text("cases_of: xx/other\n", encoding="utf-8")
    assert said(HOURS, tmp_path) == ["L048"]


def test_a_list_is_worked_out_from_what_its_cases_do_not_name(tmp_path: Path) -> None:
    listed = "priority_list:\n  list: program\n  when: long_enough\n"
    assert with_cases(HOURS + listed, "list_status: listed", tmp_path) == []
    assert with_cases(HOURS + listed, "clock_hours: 9", tmp_path) == ["L048"]


@pytest.mark.parametrize(
    ("value", "test", "expects", "found"),
    [
        ("150", "clock_hours >= least", "clock_hours: 150", False),
        ("1500", "clock_hours >= least", "clock_hours: 1,500", False),
        ("150", "least <= clock_hours", "clock_hours: 151", True),
        ("150", "clock_hours + 1 >= least", "clock_hours: 151", False),
        ("150", "clock_hours = least", "clock_hours: 151", False),
        ("70%", "completion_rate >= least", "completion_rate: 70.0%", False),
        ("70%", "completion_rate >= least", "completion_rate: 0.7", False),
        ("70%", "completion_rate >= least", "completion_rate: 69.9%", True),
    ],
)
def test_a_threshold_that_a_case_meets(value: str, test: str, expects: str, found: bool, tmp_path: Path) -> None:
    unit = "    unit: ratio\n" if "%" in value else ""
    least = f"parameters:\n  least:\n{unit}    cite: code (a)\n    values:\n      2026-07-01: {value}\n"
    text = least + criterion("program", test)
    assert with_cases(text, f"{expects}\n          it: met", tmp_path) == (["L059"] if found else [])


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("43,900.00", "43900"),
        ("0.70", "0.7"),
        ("100", "100"),
        ("007", "7"),
        ("0", "0"),
        ("0.0", "0"),
        ("10.50", "10.5"),
    ],
)
def test_a_number_of_a_case_has_one_form(written: str, form: str) -> None:
    assert plain(written) == form


def test_what_a_case_says_beside_what_it_gives_and_expects_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "one.cases.yaml"
    assert case_words(file) is None
    file.write_text("not: cases\n", encoding="utf-8")
    assert case_words(file) is None
    file.write_text("# 99\ncases:\n  one:\n    title: of 41\n    note: 6 x 7\n    hours: 1,500\n", encoding="utf-8")
    assert case_words(file) == frozenset(("cases", "one", "hours", "1500"))
    assert case_words(tmp_path / "two.cases.yaml") == frozenset()
