"""Student groups crossed with places: overlapping groups that add, everyone, any of others, who is not known.

The outcomes bonus of Texas: for each group of a district, what its graduates who meet an outcome are above the minimum
number, times a rate. The amounts and thresholds are those of TEC § 48.110; each district is an example worked by hand:

| district | graduates | of them meet | minimum | above | claim |
| --- | --- | --- | --- | --- | --- |
| one | 100 disadvantaged | 40 | 11% = 11 | 29 | $145,000 |
| | 50 not disadvantaged | 20 | 24% = 12 | 8 | $24,000 |
| | 10 in special education, among the 100 | 10 | 0 | 10 | $20,000; $40,000 from 2025-26 |
| two | 105 disadvantaged | 20 | 11% = 11.55: 12 up, 11 down | 8 or 9 | $40,000 or $45,000 |
| three | 9 disadvantaged | 2 | 11% = 0.99: 1 | 1 | $5,000 |
| | 1 of these in special education | 1 | 0 | 1 | $2,000 |
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.execution.values import Bound, Missing
from engine.results.decode import keys_of, values_of
from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from engine.views.explanation import render_explanation
from tests.results.made import texts

BONUS = """\
policy: xx/outcomes-bonus
title: Outcomes bonus
jurisdiction: US-XX
school_year: 2024-25
sources:
  tec:
    title: TEC § 48.110
data:
  student:
    columns:
      outcome: truth
student_groups:
  economically_disadvantaged:
    title: Economically disadvantaged
    when: economically_disadvantaged
  not_economically_disadvantaged:
    title: Not economically disadvantaged
    when: not economically_disadvantaged
  special_education:
    title: Special education
    when: special_education
parameters:
  threshold:
    unit: ratio
    cite: tec (g)
    by: student_group
    values:
      2019-09-01:
        economically_disadvantaged: 11%
        not_economically_disadvantaged: 24%
        special_education: 0%
  bonus_per_graduate:
    unit: USD
    cite: tec (d)
    by: student_group
    values:
      2019-09-01:
        economically_disadvantaged: $5,000
        not_economically_disadvantaged: $3,000
        special_education: $2,000
      2025-09-01:
        special_education: $4,000
  minimum_rounding:
    type: rounding_mode
    cite: tec (c)
    values:
      2019-09-01: up
entities:
  district_group:
    title: A student group in a district
    cross: [district, student_group]
    at_most: 20000
definitions:
  district_group:
    graduates: count(students where graduated)
    met: count(students where graduated and outcome)
    minimum_number: round(graduates * threshold, 0, minimum_rounding)
    above_minimum: max(0, met - minimum_number)
funding:
  outcomes_bonus:
    title: Outcomes bonus
    claim: district_group
    when: above_minimum > 0
    amount: above_minimum * bonus_per_graduate
    pay: district
    round:
      what: claim
      to: dollar
"""
GROUPS = """\
policy: xx/groups
title: Groups
jurisdiction: US-XX
school_year: 2026-27
student_groups:
  all_students:
    title: All students
    everyone: yes
  special_education:
    when: special_education
  english_learner:
    title: Learning English
    when: english_learner
  super_subgroup:
    any_of: [special_education, english_learner]
entities:
  school_group:
    cross: [student_group, school]
  state_group:
    cross: [state, student_group]
  district_group:
    cross: [district, student_group]
definitions:
  school_group:
    members: count(students)
    graduates: count(students where graduated)
    rate: share(graduated over students)
    of_state: members / count(state.students)
    is_super: student_group = super_subgroup
  state_group:
    members: count(students)
  district_group:
    members: count(students)
  district:
    largest: max(members over district_groups where student_group != all_students)
"""
Row = dict[str, str]
BACKENDS = ["reference", "duckdb", pytest.param("spark", marks=pytest.mark.spark)]


def graduates(school: str, count: int, met: int, disadvantaged: str, special: str) -> list[Row]:
    """So many graduates of a school, the first of whom meet an outcome."""
    return [
        {
            "student_id": f"{school}{disadvantaged[:1]}{special[:1]}{n:03}", "accountable_school": school,
            "graduated": "yes", "economically_disadvantaged": disadvantaged, "special_education": special,
            "outcome": "yes" if n < met else "no",
        }
        for n in range(count)
    ]  # fmt: skip


ONE = [
    *graduates("s1", 10, 10, "yes", "yes"), *graduates("s1", 90, 30, "yes", "no"), *graduates("s1", 50, 20, "no", "no"),
]  # fmt: skip
TWO = graduates("s2", 105, 20, "yes", "no")
THREE = [*graduates("s3", 1, 1, "yes", "yes"), *graduates("s3", 8, 1, "yes", "no")]


def checked_policy(text: str, folder: Path) -> CheckedPolicy:
    file = folder / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = api.load(file, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    assert found is not None
    return found


def run_on(
    text: str, students: list[Row], folder: Path, backend: str, day: str, overrides: Mapping[str, Any] | None = None
) -> Run:
    """A run over students of the schools s1, s2 and s3, each of a district of its own."""
    checked = checked_policy(text, folder)
    tables: dict[str, list[Row]] = {
        "district": [{"district_id": f"d{n}", "name": f"District {n}"} for n in (1, 2, 3)],
        "school": [{"school_id": f"s{n}", "district": f"d{n}"} for n in (1, 2, 3)],
        "student": students,
    }
    data = dataset_from_rows(checked.tables, tables)
    return run_policy(checked, data, Date.fromisoformat(day), backend, overrides)


def column(run: Run, entity: str, name: str) -> dict[tuple[Any, ...], Any]:
    """Row → value; a bound as its two ends, a missing value as nothing."""
    values = values_of(run, run.plan.column(entity, name))
    shown = [
        None if isinstance(one, Missing) else (one.low, one.high) if isinstance(one, Bound) else one for one in values
    ]
    return dict(zip(keys_of(run, entity), shown, strict=True))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("day", "rounding", "paid"),
    [
        pytest.param("2024-10-01", None, [189_000, 40_000, 7_000], id="2024-25"),
        pytest.param("2025-10-01", None, [209_000, 40_000, 9_000], id="2025-26"),
        pytest.param("2024-10-01", "down", [189_000, 45_000, 12_000], id="rounded down"),  # 0.99 is 0 then: 2 above
    ],
)
def test_groups_that_overlap_add(tmp_path: Path, backend: str, day: str, rounding: str | None, paid: list[int]) -> None:
    overrides = {"parameters.minimum_rounding": rounding} if rounding else None
    run = run_on(BONUS, [*ONE, *TWO, *THREE], tmp_path, backend, day, overrides)
    assert list(column(run, "district", "outcomes_bonus").values()) == paid


def test_the_steps_of_a_group(tmp_path: Path) -> None:
    run = run_on(BONUS, [*ONE, *TWO, *THREE], tmp_path, "reference", "2024-10-01")
    names = ("graduates", "met", "minimum_number", "above_minimum")
    steps = {
        key: tuple(column(run, "district_group", name)[key] for name in names)
        for key in keys_of(run, "district_group")
    }  # fmt: skip
    assert steps == {
        ("d1", "economically_disadvantaged"): (100, 40, 11, 29),
        ("d1", "not_economically_disadvantaged"): (50, 20, 12, 8),
        ("d1", "special_education"): (10, 10, 0, 10),
        ("d2", "economically_disadvantaged"): (105, 20, 12, 8),
        ("d2", "not_economically_disadvantaged"): (0, 0, 0, 0),
        ("d2", "special_education"): (0, 0, 0, 0),
        ("d3", "economically_disadvantaged"): (9, 2, 1, 1),
        ("d3", "not_economically_disadvantaged"): (0, 0, 0, 0),
        ("d3", "special_education"): (1, 1, 0, 1),
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_who_may_be_in_a_group_leaves_a_bound(tmp_path: Path, backend: str) -> None:
    # Whether one graduate more who met is disadvantaged is not known: 100 or 101 and 50 or 51 graduates. Of 101 the
    # minimum may be 12, so the claim is not known; that he is in special education is, so that claim is: 11 above 0.
    odd = {**graduates("s1", 1, 1, "?", "yes")[0], "economically_disadvantaged": ""}
    run = run_on(BONUS, [*ONE, odd], tmp_path, backend, "2024-10-01")
    met = column(run, "district_group", "met")
    assert met["d1", "economically_disadvantaged"] == (40, 41)
    assert met["d1", "not_economically_disadvantaged"] == (20, 21)
    assert met["d1", "special_education"] == 11
    claims = texts(outcome(run).table("claims"), "key", "name", "status", "paid")[:3]
    assert [(status, paid) for _, _, status, paid in claims] == [("pending", "0"), ("pending", "0"), ("paid", "22000")]
    assert claims[2][1] == "District 1, Special education"


def test_an_explanation_names_the_group(tmp_path: Path) -> None:
    run = run_on(BONUS, TWO, tmp_path, "reference", "2024-10-01")
    text = render_explanation(explain(run, "district_group", ("d2", "economically_disadvantaged"), "outcomes_bonus"))
    assert text.startswith(
        "District 2, Economically disadvantaged (d2, economically_disadvantaged) is paid\non Outcomes"
    )
    assert "rule     count(students where graduated and outcome)\n" in text
    assert "rows of student: 20 in, 85 out; 16 not shown:" in text


STUDENTS: list[Row] = [
    {"student_id": "a", "accountable_school": "s1", "special_education": "yes", "english_learner": "no", "graduated": "yes"},
    {"student_id": "b", "accountable_school": "s1", "special_education": "yes", "english_learner": "yes", "graduated": "no"},
    {"student_id": "c", "accountable_school": "s1", "special_education": "no", "english_learner": "no", "graduated": "yes"},
    {"student_id": "d", "accountable_school": "s2", "special_education": "no", "english_learner": "", "graduated": "yes"},
    {"student_id": "e", "accountable_school": "s2", "special_education": "yes", "english_learner": "", "graduated": "yes"},
    {"student_id": "f", "special_education": "no", "english_learner": "yes", "graduated": "no"},
]  # fmt: skip


@pytest.mark.parametrize("backend", BACKENDS)
def test_everyone_and_any_of_others(tmp_path: Path, backend: str) -> None:
    run = run_on(GROUPS, STUDENTS, tmp_path, backend, "2026-10-01")
    # e is in special education, so in one of the two, whatever else; d may learn English. f is of no school.
    assert column(run, "school_group", "members") == {
        ("all_students", "s1"): 3, ("all_students", "s2"): 2, ("all_students", "s3"): 0,
        ("special_education", "s1"): 2, ("special_education", "s2"): 1, ("special_education", "s3"): 0,
        ("english_learner", "s1"): 1, ("english_learner", "s2"): (0, 2), ("english_learner", "s3"): 0,
        ("super_subgroup", "s1"): 2, ("super_subgroup", "s2"): (1, 2), ("super_subgroup", "s3"): 0,
    }  # fmt: skip
    assert column(run, "state_group", "members") == {
        ("state", "all_students"): 6, ("state", "special_education"): 3, ("state", "english_learner"): (2, 4),
        ("state", "super_subgroup"): (4, 5),
    }  # fmt: skip
    assert column(run, "school_group", "rate")["super_subgroup", "s1"] == Fraction(1, 2)
    assert column(run, "school_group", "graduates")["super_subgroup", "s2"] == (1, 2)
    assert column(run, "school_group", "of_state")["special_education", "s1"] == Fraction("0.333333333")
    supers = [key for key, value in column(run, "school_group", "is_super").items() if value]
    assert supers == [("super_subgroup", "s1"), ("super_subgroup", "s2"), ("super_subgroup", "s3")]
    assert column(run, "district", "largest") == {("d1",): 2, ("d2",): (1, 2), ("d3",): 0}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  a:\n    any_of: [b]\n", "N001"),
        ("  a:\n    any_of: [b]\n  b:\n    any_of: [a]\n", "N006"),
        ("  a:\n    everyone: no\n", "Y043"),
        ("  a:\n    everyone: yes\n    when: graduated\n", "Y047"),
        ("  a:\n    title: A\n", "Y041"),
    ],
)
def test_what_is_wrong_with_a_group(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"policy: xx/groups\njurisdiction: US-XX\nstudent_groups:\n{text}", encoding="utf-8")
    diagnostics = Diagnostics()
    api.load(file, diagnostics)
    assert [one.code for one in diagnostics.sorted()] == [code]
