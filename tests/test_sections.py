"""Sections and forms that the tables of `tests/spec` cannot hold: lists by date, groups, crosses, closures,
tables, bands.

Every expected value is worked out by hand from the rows below.
"""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy

POLICY = """\
policy: xx/sections
title: Sections
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
student_groups:
  disadvantaged:
    title: Economically disadvantaged
    when: economically_disadvantaged
parameters:
  least:
    unit: USD
    cite: code 2
    values:
      2024-07-01: $10
      2025-07-01: $20
  by_kind:
    unit: USD
    by: kind
    cite: code 3
    values:
      2024-07-01:
        license: $5,000
        certification: $2,000
      2026-07-01:
        certification: $4,000
tables:
  rate:
    title: Dollars
    inputs:
      kind: kind
    gives: USD
    rows: |
      | kind          | rate      |
      | license       | $10       |
      | certification | not known |
      | -             | $0        |
bands:
  rate_index:
    of: points
    gives: points
    rows: |
      | up to 75          | x * 0.9            |
      | over 75, up to 90 | x * 1.111112       |
      | over 90           | 100 + 5 * (x - 90) |
entities:
  award_group:
    group: attainment
    by:
      credential: credential
      year: school_year of award_date
  offer:
    cross: [credential, school]
    at_most: 100
years:
  earned: school_year of award_date
  paid: earned + 2 years
definitions:
  award_group:
    attained: count(attainments)
    kind_of_it: credential.kind
  offer:
    attained_there: count(school.attainments)
  credential:
    value_score: 3
    leads_to_license: any(kind = license over reachable(stacks_to))
    reached: count(reachable(stacks_to))
    reached_or_itself: count(reachable(stacks_to or itself))
    dollars: rate
    bonus: by_kind
    low: rate_index(points(60%))
    high: rate_index(points(100%))
    groups: count(award_groups)
  attainment:
    counts: listed(credential as of award_date)
    least_then: least as of award_date
    late: award_date > 31 August of 2025
    paid_in: paid
    begun: first day of earned
  student:
    is_in_group: in_group(disadvantaged)
priority_list:
  list: credential
  when: kind = license
  rank_by: value_score desc
  limit: 5
"""
ROWS: dict[str, list[dict[str, str]]] = {
    "credential": [
        {"credential_id": "a", "name": "A", "kind": "license"},
        {"credential_id": "b", "name": "B", "kind": "certification"},
        {"credential_id": "c", "name": "C", "kind": "license"},
    ],
    # b and c lead to each other: a closure has to stop.
    "stack": [
        {"credential": "a", "next_credential": "b"},
        {"credential": "b", "next_credential": "c"},
        {"credential": "c", "next_credential": "b"},
    ],
    "district": [{"district_id": "d1"}],
    "school": [{"school_id": "s1", "district": "d1"}, {"school_id": "s2", "district": "d1"}],
    "student": [{"student_id": "1", "economically_disadvantaged": "yes"}, {"student_id": "2"}],
    "listing": [{"entity": "credential", "subject": "b", "listed_from": "2025-07-01", "listed_until": "2026-06-30"}],
    "attainment": [
        {"attainment_id": "u", "student": "1", "credential": "b", "award_date": "2025-09-01", "school": "s1"},
        {"attainment_id": "v", "student": "1", "credential": "a", "award_date": "2026-09-01", "school": "s1"},
        {"attainment_id": "w", "student": "2", "credential": "a", "award_date": "2020-09-01"},
        {"attainment_id": "x", "student": "2", "credential": "a", "award_date": "2026-07-01"},
    ],
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> CheckedPolicy:
    """The policy, which has nothing to complain of."""
    file = tmp_path_factory.mktemp("sections") / "sections.yaml"
    file.write_text(POLICY, encoding="utf-8")
    diagnostics = Diagnostics()
    found = api.load(Path(file), diagnostics)
    assert found is not None
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    return found


@pytest.fixture(scope="module", params=["reference", "duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def run(request: pytest.FixtureRequest, checked: CheckedPolicy) -> Run:
    """The policy on the rows, as of a day in the school year 2026-27."""
    return run_policy(checked, dataset_from_rows(checked.tables, ROWS), Date(2026, 10, 1), request.param)


def column(run: Run, entity: str, name: str) -> list[Any]:
    """A stored column, in the order of the keys."""
    return [None if value is None else value for value in run.columns[entity].column(name).to_pylist()]


def test_a_list_by_date(run: Run) -> None:
    # u: the recorded list held b; v and x: this run's list, in force since 2026-07-01, holds a; w: no list yet.
    assert column(run, "attainment", "counts") == [True, True, None, True]


def test_a_value_by_the_date_of_the_row(run: Run) -> None:
    assert column(run, "attainment", "least_then") == [2000, 2000, None, 2000]


def test_dates_and_named_years(run: Run) -> None:
    assert column(run, "attainment", "late") == [True, True, False, True]
    assert column(run, "attainment", "paid_in") == [2027, 2028, 2022, 2028]
    assert column(run, "attainment", "begun") == [
        Date(2025, 7, 1), Date(2026, 7, 1), Date(2020, 7, 1), Date(2026, 7, 1),
    ]  # fmt: skip


def test_a_group(run: Run) -> None:
    rows = run.columns["award_group"].select(["credential", "year", "attained", "kind_of_it"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("a", 2020, 1, "license"), ("a", 2026, 2, "license"), ("b", 2025, 1, "certification"),
    ]  # fmt: skip
    assert column(run, "credential", "groups") == [2, 1, 0]


def test_a_cross(run: Run) -> None:
    rows = run.columns["offer"].select(["credential", "school", "attained_there"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("a", "s1", 2), ("a", "s2", 0), ("b", "s1", 2), ("b", "s2", 0), ("c", "s1", 2), ("c", "s2", 0),
    ]  # fmt: skip


def test_a_closure_with_a_cycle(run: Run) -> None:
    assert column(run, "credential", "reached") == [2, 2, 2]  # b and c reach themselves round the cycle
    assert column(run, "credential", "reached_or_itself") == [3, 2, 2]
    assert column(run, "credential", "leads_to_license") == [True, True, True]


def test_a_decision_table_and_bands(run: Run) -> None:
    assert column(run, "credential", "dollars") == [10, None, 10]
    types = {one.id.name: one.type for one in run.plan.columns if one.id.entity == "credential"}
    assert column(run, "credential", "low") == [54 * 10 ** types["low"].scale] * 3
    assert column(run, "credential", "high") == [150 * 10 ** types["high"].scale] * 3


def test_a_parameter_by_the_values_of_an_enum(run: Run) -> None:
    # The later value names certifications only; what stands for licenses goes on.
    assert column(run, "credential", "bonus") == [500000, 400000, 500000]


def test_a_student_group(run: Run) -> None:
    assert column(run, "student", "is_in_group") == [True, None]
