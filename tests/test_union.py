"""Unions: several kinds of completion side by side, under one limit, on one pot.

Every expected value is worked out by hand from the rows below. `a1` is the code of an attainment and of work: two rows.

| row | pupil, school | counts | amount | first of the pupil, by kind |
| --- | --- | --- | --- | --- |
| attainment a1 | s1, x1 | documented: yes | $1,200 (low income) | yes |
| attainment a2 | s2, x1 | self-reported: no | | |
| attainment a3 | s3, x2 | nobody knows | $1,000 | pending |
| work a1 | s1, x1 | 120 hours: yes | $1,200 | no: a credential goes before |
| work w2 | s2, x1 | 120 hours: yes | $1,000 | yes |
| work w3 | s3, x2 | 80 hours: no | | |
| course p1 | s2, x1 | 4: yes | $1,000 | no: work goes before |
| course p2 | s4, x2 | 5: yes | $1,000 | yes |

Claims come to $3,200, and to $4,200 if a3 counts. $3,150 is three quarters of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.execution.on_duckdb import run_duckdb
from engine.execution.reference_run import run_reference
from engine.results.decode import keys_of, values_of
from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.results.personal import is_personal
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from engine.views.explanation import render_explanation
from tests.case_files import write
from tests.execution.test_backends_agree import differences
from tests.results.made import texts

POLICY = """\
policy: xx/completions
title: What pupils complete
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
data:
  student:
    columns:
      low_income:
        type: truth
  credential:
    columns:
      high_wage:
        type: truth
  work_based_completion:
    key: [work_based_completion_id]
    columns:
      work_based_completion_id:
        type: text
      student:
        type: student
        required: yes
      school:
        type: school
      hours:
        unit: hour
        at_least: 0
        at_most: 9999
  course_completion:
    key: [course_completion_id]
    columns:
      course_completion_id:
        type: text
      student:
        type: student
        required: yes
      school:
        type: school
      hours: text
      score:
        at_least: 1
        at_most: 5
entities:
  pupil_at_school:
    group: completion
    by: [student, school]
  completion:
    title: What a pupil completed
    union: [attainment, work_based_completion, course_completion]
parameters:
  per_pupil_maximum:
    unit: USD
    cite: code 1
    values:
      2016-07-01: $1,000
definitions:
  attainment:
    counts: verification >= documented
  work_based_completion:
    counts: hours >= 100
  course_completion:
    counts: score >= 3
  completion:
    multiple: if student.low_income then 120% else 100%
    enough_hours: work_based_completion.hours >= 100
    is_work: work_based_completion is known
    early: kind <= work_based_completion
  student:
    completed: count(completions where counts)
    certified: any(completions where kind = attainment and attainment.credential.high_wage)
  school:
    hours: sum(work_based_completion.hours over completions where kind = work_based_completion)
  pupil_at_school:
    completed: count(completions where counts)
    first: min(kind over completions)
appropriations:
  fund:
    cite: code 1
    amounts:
      FY2027: $3,150
    pay_in_order:
      - completions: prorate
funding:
  completions:
    claim: completion
    when: counts
    amount: per_pupil_maximum * multiple
    limits:
      one_per_student:
        within: [student]
        keep: 1
        by: kind
    pay: school.district
    draws_on: fund
    round:
      what: rate
      to: cent
"""
ROWS: dict[str, Sequence[Mapping[str, str]]] = {
    "district": [{"district_id": "d1"}, {"district_id": "d2"}],
    "school": [{"school_id": "x1", "district": "d1"}, {"school_id": "x2", "district": "d2"}],
    "student": [
        {"student_id": "s1", "low_income": "yes"}, *({"student_id": s, "low_income": "no"} for s in ("s2", "s3", "s4")),
    ],
    "credential": [{"credential_id": "c", "high_wage": "yes"}, {"credential_id": "e"}],
    "attainment": [
        {"attainment_id": "a1", "student": "s1", "school": "x1", "credential": "c", "verification": "documented"},
        {"attainment_id": "a2", "student": "s2", "school": "x1", "credential": "e", "verification": "self_reported"},
        {"attainment_id": "a3", "student": "s3", "school": "x2", "credential": "c"},
    ],
    "work_based_completion": [
        {"work_based_completion_id": "a1", "student": "s1", "school": "x1", "hours": "120"},
        {"work_based_completion_id": "w2", "student": "s2", "school": "x1", "hours": "120"},
        {"work_based_completion_id": "w3", "student": "s3", "school": "x2", "hours": "80"},
    ],
    "course_completion": [
        {"course_completion_id": "p1", "student": "s2", "school": "x1", "score": "4"},
        {"course_completion_id": "p2", "student": "s4", "school": "x2", "score": "5"},
    ],
}  # fmt: skip
NAMES = ["attainment a1", "attainment a2", "attainment a3", "course p1", "course p2", "work a1", "work w2", "work w3"]
"""The rows in the order of their keys, which is that of the letters of `kind`."""


def checked_policy(text: str, folder: Path) -> CheckedPolicy:
    file = folder / "completions.yaml"
    file.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = api.load(file, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    assert found is not None
    return found


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> CheckedPolicy:
    return checked_policy(POLICY, tmp_path_factory.mktemp("union"))


@pytest.fixture(scope="module", params=["reference", "duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def run(request: pytest.FixtureRequest, checked: CheckedPolicy) -> Run:
    return run_policy(checked, dataset_from_rows(checked.tables, ROWS), Date(2026, 10, 1), request.param)


def column(run: Run, entity: str, name: str) -> list[Any]:
    return [str(value) for value in values_of(run, run.plan.column(entity, name))]


def stored(run: Run, entity: str, name: str) -> list[Any]:
    found: list[Any] = run.columns[entity].column(name).to_pylist()
    return found


def test_a_row_for_each_row_of_each_table(run: Run) -> None:
    keys = [f"{kind} {code}".replace("_based_completion", "") for kind, code in keys_of(run, "completion")]
    assert [key.replace("_completion", "") for key in keys] == NAMES


def test_what_all_tables_have_is_a_column(run: Run) -> None:
    # course p1 is of s2, p2 of s4; the attainments of s1, s2, s3; the work of s1, s2, s3
    low_income = {"attainment a1", "work a1"}
    assert stored(run, "completion", "multiple") == [120 if name in low_income else 100 for name in NAMES]


def test_the_row_of_another_kind_is_missing(run: Run) -> None:
    hours = [None, None, None, None, None, True, True, False]
    assert stored(run, "completion", "enough_hours") == hours
    assert stored(run, "completion", "is_work") == [hour is not None for hour in hours]


def test_kinds_are_ordered_as_they_are_written(run: Run) -> None:
    assert stored(run, "completion", "early") == [name not in ("course p1", "course p2") for name in NAMES]
    # s1 at x1 has a credential; s2 at x1 too; s3 at x2 too; s4 at x2 has nothing but a course
    first = ["attainment", "attainment", "attainment", "course_completion"]
    assert stored(run, "pupil_at_school", "first") == first


def test_what_they_refer_to_has_the_rows(run: Run) -> None:
    assert stored(run, "student", "completed__low") == [2, 2, 0, 1]
    assert stored(run, "student", "completed__high") == [2, 2, 1, 1]
    assert stored(run, "student", "certified") == [True, None, True, False]  # that e pays well is not said
    assert stored(run, "school", "hours") == [240, 80]


def test_a_group_over_a_union(run: Run) -> None:
    assert keys_of(run, "pupil_at_school") == [("s1", "x1"), ("s2", "x1"), ("s3", "x2"), ("s4", "x2")]
    assert stored(run, "pupil_at_school", "completed__low") == [2, 2, 0, 1]
    assert stored(run, "pupil_at_school", "completed__high") == [2, 2, 1, 1]


def test_one_limit_over_all_kinds(run: Run) -> None:
    found = texts(outcome(run).table("claims"), "status", "why")
    assert [status for status, _ in found] == [
        "paid", "denied", "pending", "limited", "paid", "limited", "paid", "denied",
    ]  # fmt: skip
    assert found[2][1] == "not known: whether it counts (verification of a3 (blank))"


def test_one_pot_for_all_kinds(run: Run) -> None:
    # d1: 900 + 750; d2: 750, and 750 kept back for a3
    assert stored(run, "district", "completions") == [165000, 75000]
    assert column(run, "state", "completions: reserved") == ["750"]


def test_backends_agree_cell_by_cell(checked: CheckedPolicy) -> None:
    data = dataset_from_rows(checked.tables, ROWS)
    run = run_policy(checked, data, Date(2026, 10, 1), "reference")
    at = (run.plan, data, run.binding.cells, run.binding.schedules)
    assert differences(run_reference(*at), run_duckdb(*at)) == []


def test_a_union_of_personal_rows_is_personal(checked: CheckedPolicy) -> None:
    run = run_policy(checked, dataset_from_rows(checked.tables, ROWS), Date(2026, 10, 1), "reference")
    assert is_personal(run, "completion")
    assert is_personal(run, "pupil_at_school")


def test_only_what_rules_read_is_asked_of_the_data(checked: CheckedPolicy) -> None:
    run = run_policy(checked, dataset_from_rows(checked.tables, ROWS), Date(2026, 10, 1), "reference")
    read = dict(run.plan.scans)
    assert read["attainment"] == ("attainment_id", "credential", "school", "student", "verification")
    assert read["course_completion"] == ("course_completion_id", "school", "score", "student")


def test_an_explanation_leads_to_the_row_that_it_is(checked: CheckedPolicy) -> None:
    run = run_policy(checked, dataset_from_rows(checked.tables, ROWS), Date(2026, 10, 1), "reference")
    work = render_explanation(explain(run, "completion", ("work_based_completion", "w2"), "completions"))
    assert "counts of work based completion w2: yes\n    rule     hours >= 100\n" in work
    assert "hours: 120 hours" in work
    waiting = explain(run, "completion", ("attainment", "a3"), "completions")
    assert [one.text for one in waiting.responsible] == ["verification of attainment a3 is blank"]


CASES = """\
cases_of: xx/completions
as_of: 2026-10-01
given:
  school: |
    | school_id | district |
    | x1        | d1       |
cases:
  work_goes_before_a_course:
    title: A course of a pupil who worked is not paid
    note: one claim of $1,000; $3,150 is enough
    given:
      work_based_completion: |
        | work_based_completion_id | student | school | hours |
        | n1                       | s1      | x1     | 100   |
      course_completion: |
        | course_completion_id | student | school | score |
        | n1                   | s1      | x1     | 5     |
      student: |
        | student_id | low_income |
        | s1         | no         |
    expect:
      completion:
        kind=work_based_completion,completion_id=n1:
          enough_hours: yes
          multiple: 100%
        kind=course_completion,completion_id=n1:
          enough_hours: missing
      pupil_at_school:
        student=s1,school=x1:
          completed: 2
      district:
        d1:
          completions: $1,000
"""


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_cases_give_rows_of_the_tables_and_expect_by_kind_and_code(tmp_path: Path, backend: str) -> None:
    write(tmp_path, CASES, POLICY, "completions")
    found = api.test([tmp_path], backend=backend)
    assert [f"{one.code} {one.message}" for one in found.diagnostics] == []
    assert [(one.name, one.failures) for one in found.cases] == [("work_goes_before_a_course", ())]


@pytest.mark.parametrize(
    ("rule", "code", "help"),
    [
        ("completion:\n    late: hours > 3", "N001", "not every row of completion has it: write "
         "`work_based_completion.hours` or `course_completion.hours`"),
        ("student:\n    late: any(completions where score = 3)", "N001", "not every row of completion has it: write "
         "`course_completion.score`"),
        ("completion:\n    late: kind = attainmnt", "N005", "did you mean `attainment`?"),
    ],
)  # fmt: skip
def test_what_only_some_have_is_read_through_them(tmp_path: Path, rule: str, code: str, help: str) -> None:
    file = tmp_path / "completions.yaml"
    file.write_text(POLICY.split("entities:")[0] + ENTITIES + f"definitions:\n  {rule}\n", encoding="utf-8")
    diagnostics = Diagnostics()
    api.load(file, diagnostics)
    assert [(one.code, one.help[0]) for one in diagnostics.sorted()] == [(code, help)]


def test_what_is_not_alike_in_all_is_no_column(tmp_path: Path) -> None:
    file = tmp_path / "completions.yaml"
    text = POLICY.split("entities:")[0] + ENTITIES.replace("attainment, ", "")
    file.write_text(text + "definitions:\n  completion:\n    long: hours >= 100\n", encoding="utf-8")
    diagnostics = Diagnostics()
    api.load(file, diagnostics)
    assert [(one.code, one.help[0]) for one in diagnostics.sorted()] == [
        ("N001", "it is not alike in all of them: write `work_based_completion.hours` or `course_completion.hours`")
    ]


ENTITIES = "entities:\n  completion:\n    union: [attainment, work_based_completion, course_completion]\n"
