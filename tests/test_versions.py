"""Tables, points and bands that differ by year and by class, and tables that give words; worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.assumptions import assumption_table
from engine.results.run import Run, run_policy
from engine.results.student_points import student_points_table
from engine.text.diagnostic import Diagnostics
from tests.accountable import HEAD, values

BACKENDS = ["reference", "duckdb"]
GRANT = """\
data:
  course:
    key: [course_id]
    rows_name: courses
    columns:
      course_id: text
      worth:
        values: [high, moderate, other]
      level:
        unit: count
      earned_on: date
tables:
  amount:
    cite: law 8
    inputs:
      worth: worth
      level: level
    gives: USD/credit_hour
    versions:
      FY2019:
        inputs:
          worth: worth
        rows: |
          | worth    | amount |
          | high     | $680   |
          | moderate | $400   |
          | other    | $200   |
        standing: secondary
        cite: law 12
        note: read in a report
      FY2024: |
        | worth    | level | amount    |
        | high     | 1     | $714      |
        | high     | 2     | $1,071    |
        | high     | -     | not known |
        | moderate | -     | not known |
        | other    | -     | not known |
definitions:
  course:
    rate: amount
    rate_then: amount as of earned_on
    dear: rate >= $700/credit_hour
"""
GRANT = GRANT.replace(
    "        | high     | -     | not known |\n", "        | high     | > 2   | not known |\n"
).replace("      level:\n        unit: count\n", "      level:\n        unit: count\n        at_least: 1\n")
COURSES = {
    "course": [
        {"course_id": "h1", "worth": "high", "level": "1", "earned_on": "2019-01-01"},
        {"course_id": "h2", "worth": "high", "level": "2", "earned_on": "2023-07-01"},
        {"course_id": "o1", "worth": "other", "level": "1", "earned_on": "2023-06-30"},
        {"course_id": "m?", "worth": "moderate", "level": "", "earned_on": "2018-06-30"},
        {"course_id": "h?", "worth": "high", "level": "2", "earned_on": ""},
    ]
}


def ran(text: str, rows: Mapping[str, Sequence[Mapping[str, str]]], folder: Path, backend: str, day: Date) -> Run:
    file = folder / "versions.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    assert checked is not None
    return run_policy(checked, dataset_from_rows(checked.tables, rows), day, backend)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Date(2018, 6, 30), {"h1": None, "h2": None, "o1": None, "m?": None, "h?": None}),  # before the first
        (Date(2018, 7, 1), {"h1": 680, "h2": 680, "o1": 200, "m?": 400, "h?": 680}),  # without levels
        (Date(2023, 6, 30), {"h1": 680, "h2": 680, "o1": 200, "m?": 400, "h?": 680}),
        (Date(2023, 7, 1), {"h1": 714, "h2": 1071, "o1": None, "m?": None, "h?": 1071}),
    ],
)
def test_a_table_is_that_of_the_day_of_the_run(
    day: Date, expected: dict[str, int | None], tmp_path: Path, backend: str
) -> None:
    run = ran(GRANT, COURSES, tmp_path, backend, day)
    assert values(run, "course", "rate") == expected


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_table_as_of_a_date_of_the_row(tmp_path: Path, backend: str) -> None:
    run = ran(GRANT, COURSES, tmp_path, backend, Date(2026, 1, 1))
    # h2 on the first day of FY2024, o1 on the day before; m? a day before the first; h? on no known day
    assert values(run, "course", "rate_then") == {"h1": 680, "h2": 1071, "o1": 200, "m?": None, "h?": None}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_version_asks_only_for_what_it_looks_at(tmp_path: Path, backend: str) -> None:
    policy = GRANT.replace("    rate_then: amount as of earned_on\n", "")
    run = ran(policy, COURSES, tmp_path, backend, Date(2019, 1, 1))
    assert ("course", "level") not in run.plan.column("course", "rate").reads
    run = ran(policy, COURSES, tmp_path, backend, Date(2024, 1, 1))
    assert ("course", "level") in run.plan.column("course", "rate").reads


def test_versions_below_enacted_are_assumptions_of_the_runs_that_use_them(tmp_path: Path) -> None:
    policy = GRANT.replace("    rate_then: amount as of earned_on\n", "")
    (found,) = assumption_table(ran(policy, COURSES, tmp_path, "reference", Date(2019, 1, 1))).rows
    assert found[:6] == ("tables.amount", "3 rows", Date(2018, 7, 1), "secondary", "law 12", "read in a report")
    assert found[6] == "course.rate; course.dear"
    assert assumption_table(ran(policy, COURSES, tmp_path, "reference", Date(2018, 1, 1))).rows == ()
    assert assumption_table(ran(policy, COURSES, tmp_path, "reference", Date(2024, 1, 1))).rows == ()
    # where rows read it as of dates of their own, any version may be in use
    (found,) = assumption_table(ran(GRANT, COURSES, tmp_path, "reference", Date(2024, 1, 1))).rows
    assert found[0] == "tables.amount" and found[6] == "course.rate; course.rate_then; course.dear"


# -- by class -----------------------------------------------------------------------------------------------------

CLASSES = """\
data:
  student:
    columns:
      industry_exam:
        type: truth
tables:
  worth:
    inputs:
      exam: industry_exam
    gives: text
    in_force_by: class_of
    versions:
      class 2018: |
        | exam  | worth  |
        | true  | "much" |
        | false | "some" |
      class 2020: |
        | exam | worth |
        | -    | "all" |
points:
  diploma:
    of: student
    in_force_by: class_of
    versions:
      class 2018:
        lines:
          - 110: on_time_diploma and industry_exam
          - 100: on_time_diploma
          - 0: otherwise
      class 2020:
        standing: recalled
        cite: law 5
        lines:
          - 150: on_time_diploma and industry_exam
          - 20: otherwise
        add:
          - 5: internship
        at_most: 152
bands:
  index:
    of: points
    gives: points
    in_force_by: class_of
    versions:
      class 2018: |
        | up to 105 | x      |
        | over 105  | x - 10 |
      class 2020: |
        | - | x / 2 |
definitions:
  student:
    word: worth
    of_2020: worth as of 2019-07-01
    part: index(diploma)
    part_then: index(diploma) as of 2018-01-01
"""
STUDENTS = {
    "student": [
        {"student_id": "17", "class_of": "2017", "on_time_diploma": "true", "industry_exam": "true"},
        {"student_id": "18", "class_of": "2018", "on_time_diploma": "true", "industry_exam": "true"},
        {"student_id": "19", "class_of": "2019", "on_time_diploma": "false", "industry_exam": "false"},
        {"student_id": "20", "class_of": "2020", "on_time_diploma": "true", "industry_exam": "true"},
        {"student_id": "21", "class_of": "2021", "on_time_diploma": "true", "industry_exam": "false"},
        {"student_id": "??", "class_of": "", "on_time_diploma": "true", "industry_exam": "true"},
    ]
}
for one in STUDENTS["student"]:
    one["internship"] = "true"


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_class_has_its_own_table_points_and_bands(tmp_path: Path, backend: str) -> None:
    run = ran(CLASSES, STUDENTS, tmp_path, backend, Date(2026, 1, 1))
    assert values(run, "student", "word") == {
        "17": None, "18": "much", "19": "some", "20": "all", "21": "all", "??": None,
    }  # fmt: skip
    assert set(values(run, "student", "of_2020").values()) == {"all"}
    # the class of 2020 gets 150 and 5 for the internship, but 152 at most
    assert values(run, "student", "diploma") == {"17": None, "18": 110, "19": 0, "20": 152, "21": 25, "??": None}
    halves = {"17": None, "18": 100, "19": 0, "20": 76, "21": Fraction(25, 2), "??": None}
    assert values(run, "student", "part") == halves
    first = {"17": None, "18": 100, "19": 0, "20": 142, "21": 25, "??": None}
    assert values(run, "student", "part_then") == first


def test_the_line_that_gave_points_is_named_in_the_version_of_the_class(tmp_path: Path) -> None:
    run = ran(CLASSES, STUDENTS, tmp_path, "reference", Date(2026, 1, 1))
    found = {str(row[1]): row[8:11] for row in student_points_table(run, run.checked.policy.points).rows}
    assert found["18"] == ("110: on_time_diploma and industry_exam", "", False)
    assert found["19"] == ("0: otherwise", "", False)
    assert found["20"] == ("150: on_time_diploma and industry_exam", "5: internship", True)
    assert found["21"] == ("20: otherwise", "5: internship", False)
    paths = [row[:4] for row in assumption_table(run).rows]
    assert paths == [("points.diploma", "3 lines", Date(2019, 7, 1), "recalled")]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("day", "points", "part"),
    [
        (Date(2017, 6, 30), None, None),
        (Date(2017, 7, 1), 110, 100),
        (Date(2019, 6, 30), 110, 100),
        (Date(2019, 7, 1), 152, 76),
    ],
)
def test_points_and_bands_of_the_day_of_the_run(
    day: Date, points: int | None, part: int | None, tmp_path: Path, backend: str
) -> None:
    policy = CLASSES.replace("    in_force_by: class_of\n", "")
    run = ran(policy, STUDENTS, tmp_path, backend, day)
    assert values(run, "student", "diploma")["18"] == points
    assert values(run, "student", "part")["18"] == part


# -- words, across ------------------------------------------------------------------------------------------------

# Kentucky gives a color for status and change, five by five.
COLORS = """\
data:
  school:
    columns:
      status:
        unit: points
        scale: 1
      change:
        scale: 1
tables:
  status_level:
    inputs:
      status: status
    gives:
      ordered: yes
      values:
        - very low
        - low
        - medium
        - high
        - very high
    rows: |
      | status              | level     |
      | under 20            | very low  |
      | from 20 to under 40 | low       |
      | from 40 to under 60 | medium    |
      | from 60 up to 80    | high      |
      | over 80             | very high |
  color:
    inputs:
      status: status_level
      change: change
    across: change
    gives:
      ordered: yes
      values: [red, orange, yellow, green, blue]
    rows: |
      | status    | up to -5 | over -5, under 0 | 0      | over 0 under 5 | from 5 |
      | very high | green    | green            | blue   | blue           | blue   |
      | high      | yellow   | green            | green  | green          | blue   |
      | medium    | orange   | yellow           | yellow | green          | green  |
      | low       | red      | orange           | orange | yellow         | green  |
      | very low  | red      | red              | red    | orange         | yellow |
definitions:
  school:
    level: status_level
    rating: color
    well: color >= green
    not_low: status_level > low
"""


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("status", "change", "level", "color", "well", "not_low"),
    [
        ("80", "5", "high", "blue", True, True),
        ("80.1", "-5", "very high", "green", True, True),
        ("60", "-5.1", "high", "yellow", False, True),
        ("59.9", "-0.1", "medium", "yellow", False, True),
        ("20", "0", "low", "orange", False, False),
        ("19.9", "4.9", "very low", "orange", False, False),
        ("", "5", None, None, None, None),
        ("10", "", "very low", None, None, False),
    ],
)
def test_status_and_change_five_by_five(
    status: str, change: str, level: str, color: str, well: bool, not_low: bool, tmp_path: Path, backend: str
) -> None:
    rows: dict[str, Any] = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": "s", "district": "d", "status": status, "change": change}],
    }
    run = ran(COLORS, rows, tmp_path, backend, Date(2026, 1, 1))
    found = [values(run, "school", name)["s"] for name in ("level", "rating", "well", "not_low")]
    assert found == [level, color, well, not_low]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_table_of_which_nobody_knows_anything(tmp_path: Path, backend: str) -> None:
    policy = """\
data:
  student:
    columns:
      industry_exam:
        type: truth
tables:
  dollars:
    inputs:
      exam: on_time_diploma
    gives: USD
    rows: |
      | exam  | dollars   |
      | true  | not known |
      | false | not known |
  level:
    inputs:
      exam: on_time_diploma
    gives: kind
    rows: |
      | exam | level     |
      | -    | not known |
definitions:
  student:
    it: dollars
    double: 2 * dollars
    licensed: level = license
"""
    run = ran(policy, STUDENTS, tmp_path, backend, Date(2026, 1, 1))
    for name in ("it", "double", "licensed"):
        assert set(values(run, "student", name).values()) == {None}
