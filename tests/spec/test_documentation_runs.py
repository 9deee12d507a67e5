"""The examples of `docs/language.md` are run: each, with what the others declare, is a policy that checks and
evaluates."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.outcome import outcome
from engine.results.run import run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.spec.whole_policy import BY_ITSELF, examples, whole

PAGE = Path(__file__).resolve().parents[2] / "docs" / "language.md"
FRAGMENTS = {"teacher_cap", "because"}
SUPPORT: dict[str, Any] = yaml.load(
    """
data:
  course_completion:
    key: [course_completion_id]
    rows_name: course_completions
    columns:
      course_completion_id:
        type: text
      student:
        type: student
      school:
        type: school
  student:
    columns:
      took_exam:
        type: truth
  attainment:
    columns:
      enrolled_on:
        type: date
      completed_on:
        type: date
      due_on:
        type: date
  school:
    columns:
      took_part:
        unit: points
        scale: 1
      assessment_index:
        unit: points
        scale: 1
      graduation_index:
        unit: points
        scale: 1
      staar_score:
        unit: points
        scale: 1
      ccmr_score:
        unit: points
        scale: 1
      graduation_score:
        unit: points
        scale: 1
      growth_score:
        unit: points
        scale: 1
      relative_score:
        unit: points
        scale: 1
      gaps_score:
        unit: points
        scale: 1
      growth_index:
        unit: points
        scale: 1
      careers_index:
        unit: points
        scale: 1
      grades:
        values: [K-8, 9-12]
      grade_span:
        values: [elementary, high]
      moved:
        type: truth
  district:
    columns:
      took_part:
        unit: points
        scale: 1
  group_score:
    key: [school, student_group]
    rows_name: group_scores
    columns:
      school:
        type: school
      student_group:
        type: text
      score:
        unit: points
        scale: 1
bands:
  readiness:
    of: points
    gives: points
    rows: |
      | under 16            | 0 |
      | from 16 to under 40 | 2 |
      | from 40             | 4 |
definitions:
  state:
    took_part: 97
""",
    Loader=yaml.BaseLoader,
)
"""Columns, bands and a number that the page speaks of without declaring them."""

EXAMPLES = [one for one in examples(PAGE) if not set(one) <= FRAGMENTS and "extends" not in one]

ROWS = {
    "area": [{"code": "US-XX"}],
    "district": [{"district_id": "d", "area": "US-XX"}],
    "school": [{"school_id": "s", "district": "d"}],
    "credential": [{"credential_id": "c"}],
    "student": [{"student_id": "1", "accountable_school": "s"}],
    "attainment": [{"attainment_id": "a", "student": "1", "credential": "c", "school": "s"}],
}
"""A row of each of the usual tables, of which hardly anything is known."""


def name(example: dict[str, Any]) -> str:
    """The sections of an example, as the name of its tests."""
    return "-".join(example)


def made(number: int, folder: Path) -> tuple[CheckedPolicy | None, list[str]]:
    """The policy of an example, and what is said of it."""
    example = EXAMPLES[number]
    file = folder / "policy.yaml"
    file.write_text(whole(example, [one for one in EXAMPLES if one is not example], SUPPORT), encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    return checked, [f"{one.code} {one.message}" for one in diagnostics.sorted()]


OF_ITS_OWN = {"priority_list", *BY_ITSELF}
RUN = [number for number, one in enumerate(EXAMPLES) if number == 0 or OF_ITS_OWN & set(one)]
"""Examples with results of their own, and the first for what all of them declare."""


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[name(one) for one in EXAMPLES])
def test_an_example_checks(number: int, tmp_path: Path) -> None:
    _, said = made(number, tmp_path)
    assert said == []


@pytest.mark.parametrize("number", RUN, ids=[name(EXAMPLES[number]) for number in RUN])
def test_an_example_runs(number: int, tmp_path: Path) -> None:
    policy, _ = made(number, tmp_path)
    assert policy is not None
    data = dataset_from_rows(policy.tables, {table: ROWS.get(table, []) for table in policy.tables})
    tables = {}
    for backend in ("reference", "duckdb"):
        run = run_policy(policy, data, Date(2026, 10, 1), backend, {})
        tables[backend] = [(table.name, table.rows) for table in outcome(run).tables]
    assert tables["reference"] == tables["duckdb"]


def test_the_policy_that_extends_another(tmp_path: Path) -> None:
    (extending,) = (one for one in examples(PAGE) if "extends" in one)
    folder = tmp_path / "policies"
    for example in (EXAMPLES[0], extending):
        others = [one for one in EXAMPLES if one is not example] if example is EXAMPLES[0] else []
        file = folder / f"{example['policy']}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(whole(example, others, SUPPORT if others else {}), encoding="utf-8")
    diagnostics = Diagnostics()
    assert api.load(folder / "yy" / "credentials.yaml", diagnostics) is not None
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
