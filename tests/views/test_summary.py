"""A run in the terminal: never wider than asked, every part in its place, and no person named where others may read."""

from __future__ import annotations

from functools import cache

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.results.outcome import Outcome, outcome
from engine.results.run import run_policy
from engine.views.summary import render_outcome
from tests.results.made import AS_OF, outcome_of
from tests.results.small import checked_policy, small_run
from tests.results.test_priority_list import LIST

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
definitions:
  student:
    odds: 1 / score
criteria:
  student:
    ready:
      test: score >= 50
      because: it is enough
      cite: law 1
priority_list:
  list: student
  when: ready
  rank_by: score desc
  limit: 1
  exceptions:
    promised:
      key: s-gone
      verdict: listed
      decided_by: Board
      because: it was promised
      cite: law 2
"""

KEYS = ("s-101", "s-102", "s-103", "s-104", "s-105", "s-gone")


@cache
def students() -> Outcome:
    """A list of students: two tie, one has no score, and one has a score that fails a definition."""
    checked = checked_policy(STUDENTS)
    scores = {"s-101": "70", "s-102": "70", "s-103": "", "s-104": "0", "s-105": "60"}
    rows = [{"student_id": key, "score": score} for key, score in scores.items()]
    dataset = dataset_from_rows(checked.tables, {"student": rows}, as_of=AS_OF)
    return outcome(run_policy(checked, dataset, AS_OF, "reference"))


def test_every_part_is_there() -> None:
    text = render_outcome(outcome(small_run()))
    assert text.startswith(
        "Credentials of value\npolicy xx/credentials as of 2026-07-01, school year 2026-27, data: untitled\n"
    )
    for line in (
        "credential.good_job                   3         3         2         0",
        "program.tuition                       1         1         0         2",
        "Priority list: 2 listed, 1 exception, 1 stays, 1 honored, 2 pending review",
        "   1. CODE-1 Programming I",
        " exc. EX-1   Boat Builder",
        "Undetermined: 3 rows. What is missing:",
        "      annual_median of occupation=29-2099,area=US-XX (not released)",
        "      labor_market occupation=49-9021,area=US-XX (no row)",
        "  credits_wanted = 3 (assumed)",
    ):
        assert line in text, line


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    long = {"thing_id": "a-key-that-is-much-longer-than-a-key-should-be-" * 2, "a": "20", "b": "9998.99"}
    made = outcome_of(LIST.format(limit="1").replace("b desc", "b / 3 desc"), [long, {"a": ">=5", "b": "9999"}])
    for found in (outcome(small_run()), made, students()):
        for hide in (False, True):
            lines = render_outcome(found, width, hide_personal=hide).splitlines()
            assert [line for line in lines if len(line) > width] == []


def test_long_lists_are_cut_and_counted() -> None:
    found = outcome_of(LIST.format(limit="40"), [{"a": "20", "b": str(number)} for number in range(50)])
    lines = render_outcome(found, limit=5).splitlines()
    assert "      … and 35 more" in lines and "   5. t46" in [line[:9] for line in lines]


def test_failures_are_counted_and_named() -> None:
    text = render_outcome(students())
    assert "Undetermined: 1 row, failed: 1. What is missing:" in text
    assert "  s-104: odds\n      odds of s-104 (division by zero, X001)" in text


def test_without_a_list_the_verdicts_of_eligibility_are_counted() -> None:
    text = """
    criteria:
      thing:
        big:
          test: a >= 10
          because: it is big
          cite: law 1
    eligibility:
      fit:
        of: thing
        when: big
        verdicts:
          met: eligible
          not_met: not eligible
          undetermined: cannot tell
    """
    lines = render_outcome(outcome_of(text, [{"a": "10"}, {"a": "11"}, {"a": "9"}, {"a": ""}])).splitlines()
    assert lines[lines.index("fit: 1 cannot tell") :][:3] == [
        "fit: 1 cannot tell",
        "fit: 2 eligible",
        "fit: 1 not eligible",
    ]


def test_persons_are_named_to_those_who_may_know() -> None:
    text = render_outcome(students())
    assert [key for key in KEYS if key not in text] == ["s-105"], "which is beyond the limit"


def test_persons_are_counted_where_anybody_may_read() -> None:
    text = render_outcome(students(), hide_personal=True)
    assert [key for key in KEYS if key in text] == []
    for line in (
        "student.ready         3         1         1         0",
        "Priority list: 2 listed, 1 pending review, 1 beyond limit",
        "  ready: 1 of student (about persons, not shown)",
        "  odds: 1 of student (about persons, not shown)",
        "  1 × tie of student (about persons, not shown)",
        "  1 × exception of student (about persons, not shown)",
    ):
        assert line in text, line


def test_what_hangs_on_a_person_does_not_name_the_person() -> None:
    policy = """\
policy: xx/schools
title: Schools
school_year: 2026-27
sources:
  law:
    title: The law
data:
  student:
    columns:
      score: {unit: points}
criteria:
  school:
    strong:
      test: mean(student.score over enrollments) >= 50
      because: it is strong
      cite: law 1
"""
    checked = checked_policy(policy)
    rows = {
        "district": [{"district_id": "d1", "name": "North"}],
        "school": [{"school_id": "h1", "name": "High", "district": "d1"}],
        "student": [{"student_id": "s-101", "score": "missing: moved to s-102"}],
        "enrollment": [{"student": "s-101", "school": "h1", "school_year": "2026-27"}],
    }
    found = outcome(run_policy(checked, dataset_from_rows(checked.tables, rows, as_of=AS_OF), AS_OF, "reference"))
    assert "score of s-101 (moved to s-102)" in render_outcome(found)
    text = render_outcome(found, hide_personal=True)
    assert "  h1 High: strong\n      score of a row of student\n" in text and "s-10" not in text


def test_other_rows_are_shown_as_ever() -> None:
    found = outcome(small_run())
    assert render_outcome(found, hide_personal=True) == render_outcome(found)
