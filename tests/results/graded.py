"""A policy that rates schools, and six schools: one rated, one rated whatever comes, one too small, one left out, one
overridden, one pending.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from engine.results.outcome import Outcome, outcome
from engine.results.run import Run
from tests.accountable import Rows, ran, students

POLICY = """\
parameters:
  best:
    unit: points
    cite: law 1
    values:
      2020-07-01: 90
data:
  school:
    columns:
      climate:
        unit: points
        scale: 1
student_groups:
  learners:
    when: english_learner
points:
  worth:
    title: Worth of a diploma
    of: student
    lines:
      - 60: on_time_diploma
      - 95: on_time_diploma and exam_pass
      - 0: otherwise
    add:
      - 5: internship
      - 3: associate_degree
    at_most: 100
    cite: law 2
accountability:
  cite: law 3
  for: [school]
  rated_when: highest_grade >= 9
  student_groups: [learners]
  minimum_n:
    count: 3
  indicators:
    graduation:
      title: Diploma in time
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
      weight: 1
      cite: law 4
    strength:
      cohort: students where in_four_year_cohort
      mean: worth
      round: 2
      weight: 1
    climate_index:
      value: climate
      weight: 1
      applies_when: climate is known
  missing_indicator: proportional
  index:
    round: 1
  ratings:
    - A: index >= best
    - C: index >= 60
    - F: otherwise
  overrides:
    few_graduate:
      rating: F
      when: graduation < 50
      because: fewer than half graduate
      cite: law 5
    bad_climate:
      rating: T
      when: climate_index < 20
      because: the climate is bad
"""

NAMES = {"alpha": "12", "bravo": "12", "charlie": "12", "delta": "8", "echo": "12", "foxtrot": "12"}
CLIMATE = {"alpha": "71.5", "bravo": "", "charlie": "71.5", "delta": "90", "echo": "10", "foxtrot": "71.5"}


def student(**facts: str) -> dict[str, str]:
    known = dict.fromkeys(("on_time_diploma", "exam_pass", "internship", "associate_degree"), "no")
    return {"in_four_year_cohort": "yes", "english_learner": "no", **known, **facts}


YES, BOTH = student(on_time_diploma="yes"), student(on_time_diploma="yes", exam_pass="yes", internship="yes")
STUDENTS = {
    "alpha": [BOTH, YES, student()],  # 2 of 3; 100 + 60 + 0
    "bravo": [YES, YES, student(on_time_diploma=""), student(on_time_diploma="yes", exam_pass="")],
    "charlie": [YES, YES],
    "delta": [YES, YES, YES],
    "echo": [YES, student(), student(), student(english_learner="yes")],
    "foxtrot": [YES, student(on_time_diploma="missing: no record"), student(on_time_diploma="")],
}
ROWS: Rows = {
    "district": [{"district_id": "d"}],
    "school": [
        {"school_id": name, "district": "d", "name": name.title(), "highest_grade": grade, "climate": CLIMATE[name]}
        for name, grade in NAMES.items()
    ],
    "student": [row for name, facts in STUDENTS.items() for row in students(name, facts)],
    "prior_rating": [
        {"entity": "school", "subject": "alpha", "school_year": year, "rating": rating, "index": index}
        for year, rating, index in (("2023-24", "A", "91"), ("2025-26", "C", "62.5"), ("2026-27", "F", "1"))
    ],
}


@cache
def graded(backend: str = "reference", text: str = POLICY) -> Run:
    """The policy on the schools."""
    return ran(text, ROWS, Path(mkdtemp()), backend)


@cache
def graded_outcome(backend: str = "reference", text: str = POLICY) -> Outcome:
    """What the run says."""
    return outcome(graded(backend, text))
