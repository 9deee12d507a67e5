"""Lint: beside each mistake stands its twin that is no mistake, and of which nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api

HEAD = """policy: xx/twins
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
    url: https://example.gov/code
    read: {read}
"""


def said(body: str, folder: Path, read: str = "2026-09-01") -> list[str]:
    """The codes that `specie check` has for a policy; the source is cited by a criterion or a comment of it."""
    file = folder / "policy.yaml"
    text = HEAD.format(read=read) + body
    if "cite: code" not in text:
        text += "lint:\n  not_cited_here:\n    code: L002\n    because: it is about another thing\n"
    file.write_text(text, encoding="utf-8")
    return [found.code for found in api.check([file]).diagnostics]


def criterion(entity: str, test: str) -> str:
    return (
        f"criteria:\n  {entity}:\n    it:\n      test: {test}\n      because: the law wants it\n      cite: code (a)\n"
    )


def definition(entity: str, value: str) -> str:
    return f"definitions:\n  {entity}:\n    it: {value}\n"


@pytest.mark.parametrize(
    ("entity", "test", "found"),
    [
        ("program", "tuition_and_fees <= $5,000 or tuition_and_fees is missing", True),
        ("program", "completion_rate >= 50% and (tuition_and_fees <= $5,000 or tuition_and_fees is missing)", True),
        ("program", "(tuition_and_fees <= $5,000) or_else true", True),
        ("program", "(tuition_and_fees <= $5,000) or_else false", False),
        ("program", "tuition_and_fees <= $5,000 or clock_hours is missing", False),
        ("program", "tuition_and_fees <= $5,000 or tuition_and_fees is known", False),
        ("program", "not (tuition_and_fees <= $5,000 or tuition_and_fees is missing)", False),
        ("attainment", "expires_on is missing or expires_on >= as_of", False),
    ],
)
def test_what_passes_for_being_unknown(entity: str, test: str, found: bool, tmp_path: Path) -> None:
    assert said(criterion(entity, test), tmp_path) == (["L040"] if found else [])


@pytest.mark.parametrize(
    ("entity", "value", "code"),
    [
        ("labor_market", "annual_openings or_else 0 >= 100", "L041"),
        ("labor_market", "growth or_else 0% > 1%", "L041"),
        ("labor_market", "annual_openings or_else base_employment >= 100", ""),
        ("labor_market", "annual_openings or_else 1 >= 100", ""),
        ("credential", "sum(credits over articulations) or_else 0", ""),
        ("labor_market", "annual_median = $50,000/year", "L042"),
        ("labor_market", "annual_median in {$50,000/year, $60,000/year}", "L042"),
        ("labor_market", "annual_median >= $50,000/year", ""),
        ("labor_market", "annual_openings = 50", ""),
        ("credential", "count(postings where area = jurisdiction.area) = 0", ""),
        ("credential", "count(endorsements) = 0", ""),
        ("area", "count(postings) = 0", "L043"),
        ("area", "0 < count(postings)", "L043"),
        ("area", "count(postings) >= 1", "L043"),
        ("area", "count(postings) >= 10", ""),
        ("credential", "max(credits over articulations) >= 3", "L044"),
        ("credential", "3 <= max(credits over articulations)", "L044"),
        ("credential", "min(credits over articulations) <= 3", "L044"),
        ("credential", "max(credits over articulations) <= 3", ""),
        ("credential", "(max(credits over articulations) or_else 0) >= 3", ""),
        ("credential", "count(articulations) > 0 and max(credits over articulations) >= 3", ""),
        ("state", "sum(employment over labor_markets)", "L045"),
        ("occupation", "sum(employment over labor_markets)", "L045"),
        ("area", "sum(employment over labor_markets)", ""),
        ("occupation", "max(employment over labor_markets)", ""),
        ("occupation", "sum(employment over labor_markets where area.level = region)", ""),
        ("credential", "sum(postings over postings where year = 2025)", "L045"),
        ("credential", "sum(postings over postings where year = 2025 and area = jurisdiction.area)", ""),
    ],
)
def test_a_formula_and_its_twin(entity: str, value: str, code: str, tmp_path: Path) -> None:
    assert said(definition(entity, value), tmp_path) == ([code] if code else [])


def test_an_area_may_be_told_by_a_rule_that_the_filter_names(tmp_path: Path) -> None:
    text = """definitions:
  labor_market:
    statewide: area = jurisdiction.area
  state:
    jobs: sum(employment over labor_markets where statewide)
"""
    assert said(text, tmp_path) == []


def test_a_table_that_the_policy_calls_complete_has_none_where_there_are_none(tmp_path: Path) -> None:
    data = "data:\n  visit:\n    key: [school, visited_on]\n    rows_name: visits\n    complete: {}\n    columns:\n"
    data += "      school: school\n      visited_on: date\n"
    rule = definition("school", "count(visits) = 0")
    assert said(data.format("no") + rule, tmp_path) == ["L043"]
    assert said(data.format("yes") + rule, tmp_path) == []


@pytest.mark.parametrize(("read", "found"), [("2023-06-01", True), ("2023-09-01", False), ("2026-11-01", False)])
def test_a_source_that_was_read_long_ago(read: str, found: bool, tmp_path: Path) -> None:
    text = criterion("program", "clock_hours >= 150")
    assert said(text, tmp_path, read) == (["L046"] if found else [])


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("standing: secondary", True),
        ("standing: proposed", True),
        ("standing: secondary\n        note: as a newspaper has it", False),
        ("standing: secondary\n        cite: code (b)", False),
        ("standing: recalled", False),
        ("standing: assumed", False),
    ],
)
def test_a_value_of_which_nobody_says_where_it_stands(says: str, found: bool, tmp_path: Path) -> None:
    value = f"parameters:\n  hours:\n    values:\n      2026-07-01:\n        value: 150\n        {says}\n"
    assert said(value + criterion("program", "clock_hours >= hours"), tmp_path) == (["L049"] if found else [])
