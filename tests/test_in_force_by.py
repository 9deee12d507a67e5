"""Values that are in force by the class or date of the row that reads them, worked by hand.

Texas asks of the class of 2024 one course of level 2, of 2025 a concentrator, of 2026 a completer; the first proposal
came a class earlier and was put off. School years begin on 1 July, so class 2024 begins on 1 July 2023.
"""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.assumptions import assumption_table
from engine.results.explain.explain import explain
from engine.results.statistics import parameter_rows
from engine.views.explanation import render_explanation
from tests.accountable import ran, values

POLICY = """\
data:
  student:
    columns:
      aligned_courses:
        unit: count
  attainment:
    columns:
      requirement:
        values: [level_2_course, concentrator, completer]
        ordered: yes
parameters:
  courses_needed:
    title: Courses of the program that a credential must come with
    unit: count
    in_force_by: student.class_of
    cite: law 2
    values:
      class 2022: 0
      class 2024:
        value: 1
        standing: recalled
      class 2025: 2
      class 2026: 3
    deferred:
      level_2_course:
        from: class 2023
        to: class 2024
        decided_by: Commissioner of Education
        decided_on: 2023-01-10
        because: the first proposal came a class earlier
        cite: law 2
  level_needed:
    type: requirement
    in_force_by: class_of
    cite: law 2
    values:
      class 2024: level_2_course
      class 2025: concentrator
      class 2026: completer
  bonus:
    unit: USD
    by: grade_band
    in_force_by: award_date
    cite: law 3
    values:
      FY2025:
        lower: $10
        upper: $20
      FY2026:
        upper: $25
definitions:
  student:
    needed: courses_needed
    enough: aligned_courses >= courses_needed
    of_2025: courses_needed as of 2024-07-01
  attainment:
    needed_then: courses_needed
    level: requirement >= level_needed
    dollars: bonus
    dollars_at_first: bonus as of 2024-08-01
"""
POLICY = POLICY.replace(
    "        ordered: yes\n", "        ordered: yes\n      grade_band:\n        values: [lower, upper]\n"
)
ROWS = {
    "student": [
        {"student_id": "of-23", "class_of": "2023", "aligned_courses": "0"},
        {"student_id": "of-24", "class_of": "2024", "aligned_courses": "1"},
        {"student_id": "of-25", "class_of": "2025", "aligned_courses": "1"},
        {"student_id": "of-27", "class_of": "2027", "aligned_courses": "3"},
        {"student_id": "of-?", "class_of": "", "aligned_courses": "3"},
        {"student_id": "of-21", "class_of": "2021", "aligned_courses": "3"},
    ],
    "credential": [{"credential_id": "c"}],
    "attainment": [
        {"attainment_id": "1", "student": "of-24", "requirement": "level_2_course", "award_date": "2025-06-30", "grade_band": "upper"},
        {"attainment_id": "2", "student": "of-25", "requirement": "level_2_course", "award_date": "2025-07-01", "grade_band": "upper"},
        {"attainment_id": "3", "student": "of-27", "requirement": "completer", "award_date": "2026-01-01", "grade_band": "lower"},
        {"attainment_id": "4", "student": "of-?", "requirement": "completer", "award_date": "", "grade_band": "upper"},
    ],
}  # fmt: skip
for one in ROWS["attainment"]:
    one["credential"] = "c"


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_the_class_of_the_row_picks_the_value(tmp_path: Path, backend: str) -> None:
    run = ran(POLICY, ROWS, tmp_path, backend)
    # class 2023 is still under the value of class 2022; class 2021 comes before the first
    assert values(run, "student", "needed") == {
        "of-23": 0, "of-24": 1, "of-25": 2, "of-27": 3, "of-?": None, "of-21": None,
    }  # fmt: skip
    assert values(run, "student", "enough") == {
        "of-23": True, "of-24": True, "of-25": False, "of-27": True, "of-?": None, "of-21": None,
    }  # fmt: skip
    assert set(values(run, "student", "of_2025").values()) == {2}


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_a_row_reads_the_class_of_its_one_student(tmp_path: Path, backend: str) -> None:
    run = ran(POLICY, ROWS, tmp_path, backend)
    assert values(run, "attainment", "needed_then") == {"1": 1, "2": 2, "3": 3, "4": None}
    assert values(run, "attainment", "level") == {"1": True, "2": False, "3": True, "4": None}


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_a_date_and_a_member_pick_together(tmp_path: Path, backend: str) -> None:
    run = ran(POLICY, ROWS, tmp_path, backend)
    assert values(run, "attainment", "dollars") == {"1": 20, "2": 25, "3": 10, "4": None}
    assert values(run, "attainment", "dollars_at_first") == {"1": 20, "2": 20, "3": 10, "4": 20}


def test_explain_says_for_which_class_and_what_was_put_off(tmp_path: Path) -> None:
    run = ran(POLICY, ROWS, tmp_path, "reference")
    text = render_explanation(explain(run, "student", ("of-24",), "needed"), 200)
    assert "in force for class 2024, since class 2024; from class 2025: 2" in text
    assert (
        "put off from class 2023 to class 2024 by Commissioner of Education, 2023-01-10: "
        "the first proposal came a class earlier (law 2)" in text
    )
    assert "put off" not in render_explanation(explain(run, "student", ("of-27",), "needed"), 200)


def test_every_value_that_rows_may_read_is_among_the_assumptions(tmp_path: Path) -> None:
    run = ran(POLICY, ROWS, tmp_path, "reference")
    (found,) = assumption_table(run).rows
    assert found[:4] == ("parameters.courses_needed", "1", Date(2023, 7, 1), "recalled")
    assert str(found[5]).startswith("put off from class 2023 to class 2024")
    assert "student.enough" in str(found[6])
    recorded = {
        row["path"]: row for row in parameter_rows(run)
    }  # the run is of 2026: nothing was put off to class 2027
    assert "put_off" not in recorded["parameters.courses_needed"]


@pytest.mark.parametrize(("begins", "day"), [("07-01", Date(2023, 7, 1)), ("01-01", Date(2024, 1, 1))])
def test_a_class_is_the_school_year_that_ends_in_it(begins: str, day: Date, tmp_path: Path) -> None:
    run = ran(f'school_year_begins: "{begins}"\n' + POLICY, ROWS, tmp_path, "reference")
    parameter = next(one for one in run.checked.policy.parameters if one.name == "courses_needed")
    assert [one.starts for one in parameter.values][1] == day
    # whichever day the school year begins on, the first of January of 2024 is of class 2024
    assert values(run, "student", "needed")["of-24"] == Fraction(1)
