"""Accountability from rows to ratings. Published numbers are those of the states; the rest is worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, schools, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

RATE_INDEX = """\
bands:
  rate_index:
    of: points
    gives: points
    rows: |
      | up to 75          | x * 0.9            |
      | over 75, up to 90 | x * 1.111112       |
      | over 90           | 100 + 5 * (x - 90) |
"""
LOUISIANA = (
    """\
data:
  school:
    columns:
      configuration:
        values: [K-6, 9-12]
      assessment_index:
        unit: points
        scale: 1
      progress_index:
        unit: points
        scale: 1
      act_index:
        unit: points
        scale: 1
      strength_of_diploma:
        unit: points
        scale: 1
"""
    + RATE_INDEX
    + """\
accountability:
  for: [school]
  minimum_n:
    count: 10
  indicators:
    assessment:
      value: assessment_index
    progress:
      value: progress_index
    act:
      value: act_index
      applies_when: act_index is known
    diploma:
      value: strength_of_diploma
      applies_when: strength_of_diploma is known
    graduation:
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
      rate_round: 1
      scale: rate_index
      round: 1
  weights:
    inputs:
      configuration: configuration
    rows: |
      | configuration | assessment | progress | act | diploma | graduation |
      | K-6           | 75%        | 25%      | -   | -       | -          |
      | 9-12          | 12.5%      | 12.5%    | 25% | 25%     | 25%        |
  missing_indicator: proportional
  index:
    round: 1
  ratings:
    - A: index >= 90
    - B: index >= 75
    - C: index >= 60
    - F: otherwise
  overrides:
    few_graduate:
      rating: F
      when: graduation < 50
      because: fewer than half graduate
      cite: law 2
"""
)


def cohort(school: str, yes: int, no: int, unknown: int = 0) -> list[dict[str, str]]:
    answers = ["yes"] * yes + ["no"] * no + [""] * unknown
    return students(school, [{"in_four_year_cohort": "yes", "on_time_diploma": one} for one in answers])


@BACKENDS
def test_louisiana(tmp_path: Path, backend: str) -> None:
    """LA-X1 to LA-X3 and LA-X9, and one student of whom nothing is known."""
    keys = ("school_id", "configuration", "assessment_index", "progress_index", "act_index", "strength_of_diploma")
    lines = (
        ("church", "9-12", "62.9", "71.8", "62.1", "93.9"),
        ("collegiate", "9-12", "45.9", "82.9", "", ""),
        ("orleans", "9-12", "45.9", "82.9", "", ""),
        ("open", "9-12", "62.9", "71.8", "62.1", "93.9"),
        ("primary", "K-6", "62.9", "71.8", "62.1", ""),
    )
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"district": "d", **dict(zip(keys, line, strict=True))} for line in lines],
        "student": cohort("church", 179, 21) + cohort("orleans", 389, 111) + cohort("open", 178, 21, 1),
    }
    run = ran(LOUISIANA, rows, tmp_path, backend)
    tenths = {name: Fraction(number, 10) for name, number in {"church": 994, "orleans": 864}.items()}
    graduation = values(run, "school", "graduation")
    assert {name: graduation[name] for name in tenths} == tenths
    assert graduation["open"] == (Fraction(989, 10), Fraction(994, 10))  # 89.0 and 89.5, each times 1.111112
    assert values(run, "school", "graduation: status") == {
        "church": "rated", "collegiate": "not_rated", "orleans": "rated", "open": "pending", "primary": "not_applicable",
    }  # fmt: skip
    assert values(run, "school", "index: unrounded")["church"] == Fraction(806875, 10000)
    assert values(run, "school", "index") == {
        "church": Fraction(807, 10),
        "collegiate": Fraction(644, 10),
        "orleans": Fraction(754, 10),  # (45.9 + 82.9) / 8 + 86.4 / 4, over one half
        "open": (Fraction(806, 10), Fraction(807, 10)),
        "primary": Fraction(651, 10),  # 62.9 * 0.75 + 71.8 * 0.25 = 65.125
    }
    assert values(run, "school", "rating") == {
        "church": "B", "collegiate": "C", "orleans": "B", "open": "B", "primary": "C",
    }  # fmt: skip
    assert set(values(run, "school", "rating: status").values()) == {"rated"}


STRENGTH = """\
data:
  student:
    columns:
      advanced: truth
      basic: truth
      course: truth
      ged: truth
points:
  strength:
    of: student
    lines:
      - 160: on_time_diploma and (associate_degree or exam_pass and advanced)
      - 150: on_time_diploma and (exam_pass or advanced)
      - 115: on_time_diploma and course and basic
      - 110: on_time_diploma and (course or basic)
      - 100: on_time_diploma
      - 25: ged
      - 0: otherwise
    add:
      - 5: internship
    at_most: 160
accountability:
  for: [school, district, state]
  indicators:
    strength_of_diploma:
      cohort: students where in_four_year_cohort
      mean: strength
      round: 1
"""
FACTS = ("on_time_diploma", "associate_degree", "exam_pass", "advanced", "basic", "course", "ged", "internship")


def member(*true: str, unknown: str = "") -> dict[str, str]:
    told = {fact: "yes" if fact in true else "" if fact == unknown else "no" for fact in FACTS}
    return {"in_four_year_cohort": "yes", **told}


TEN = (
    *[member("on_time_diploma", "associate_degree")] * 2,
    *[member("on_time_diploma", "exam_pass")] * 3,
    member("on_time_diploma", "course", "basic"),
    *[member("on_time_diploma", "course")] * 2,
    member("on_time_diploma"),
    member(),
)


@BACKENDS
def test_strength_of_diploma(tmp_path: Path, backend: str) -> None:
    """LA-X10 (120.5) and LA-X11 (the cap), and what an unknown fact leaves possible."""
    unsure = [*TEN[:9], member("on_time_diploma", unknown="exam_pass")]
    rows: Rows = {
        **schools("all", "unsure", "cap"),
        "student": students("all", TEN)
        + students("unsure", unsure)
        + students("cap", [member("on_time_diploma", "exam_pass", "advanced", "internship")]),
    }
    run = ran(STRENGTH, rows, tmp_path, backend)
    found = values(run, "school", "strength_of_diploma")
    assert found == {
        "all": Fraction(1205, 10),
        "unsure": (Fraction(1305, 10), Fraction(1355, 10)),  # the last has 100 or 150
        "cap": 160,
    }
    # 1205 + 1305 or 1355 + 160, of 21 students, at the district and in the state alike: never a mean of means
    ends = tuple(Fraction(round(Fraction(total, 21) * 10), 10) for total in (2670, 2720))
    assert only(run, "strength_of_diploma", "district") == only(run, "strength_of_diploma", "state") == ends
    assert values(run, "student", "strength")["unsure-9"] == (100, 150)
    assert values(run, "student", "strength")["cap-0"] == 160


INDIANA = """\
accountability:
  for: [school, state]
  minimum_n:
    count: 10
    then:
      - pool_earlier_years:
          until: 10
          up_to_years: 3
      - not_rated
  indicators:
    college_and_career:
      cohort: students where graduated
      cohort_year: class_of
      rate: exam_pass
"""


def graduates(school: str, year: int, met: int, all_: int) -> list[dict[str, str]]:
    return [
        {
            "student_id": f"{school}-{year}-{number}", "accountable_school": school, "class_of": str(year),
            "graduated": "yes", "exam_pass": "yes" if number < met else "no",
        }
        for number in range(all_)
    ]  # fmt: skip


def recorded(school: str, year: str, met: int, all_: int) -> dict[str, str]:
    return {
        "entity": "school", "subject": school, "indicator": "college_and_career", "student_group": "all_students",
        "school_year": year, "numerator": str(met), "denominator": str(all_),
    }  # fmt: skip


@BACKENDS
def test_pooling(tmp_path: Path, backend: str) -> None:
    """IN-X8: 6 graduates, 3 last year, 5 the year before: 11 of 14. Enough rows are not pooled, too few are not rated."""
    rows: Rows = {
        **schools("small", "enough", "two", "tiny"),
        "student": [
            *graduates("small", 2027, 4, 6), *graduates("small", 2026, 2, 3), *graduates("small", 2025, 5, 5),
            *graduates("enough", 2027, 7, 10), *graduates("enough", 2026, 9, 9),
            *graduates("two", 2027, 4, 6), *graduates("two", 2026, 3, 4), *graduates("two", 2025, 9, 9),
            *graduates("tiny", 2027, 4, 6), *graduates("tiny", 2024, 9, 9),
        ],
    }  # fmt: skip
    run = ran(INDIANA, rows, tmp_path, backend)
    name = "college_and_career"
    assert values(run, "school", f"{name}: years") == {"small": 3, "enough": 1, "two": 2, "tiny": 3}
    assert values(run, "school", f"{name}: n") == {"small": 14, "enough": 10, "two": 10, "tiny": 6}
    assert values(run, "school", f"{name}: numerator")["small"] == 11
    assert values(run, "school", name) == {"small": Fraction(78571428571, 10**9), "enough": 70, "two": 70, "tiny": None}
    assert values(run, "school", f"{name}: status")["tiny"] == "not_rated"
    assert only(run, f"{name}: n", "state") == 28  # of this year: 6 + 10 + 6 + 6


@BACKENDS
def test_pooling_from_the_record(tmp_path: Path, backend: str) -> None:
    """Where the rows of a year are not in the dataset at all, its numbers are those on record; without a record, nobody
    knows whether there are enough.
    """
    rows: Rows = {
        **schools("small", "unknown"),
        "student": [
            *graduates("small", 2027, 4, 6), *graduates("small", 2026, 2, 3),
            *graduates("unknown", 2027, 4, 6), *graduates("unknown", 2026, 2, 3),
        ],
        "prior_indicator": [
            recorded("small", "2025-26", 50, 50),  # the rows of that year are here: they count, not this
            recorded("small", "2024-25", 5, 5),
        ],
    }  # fmt: skip
    run = ran(INDIANA, rows, tmp_path, backend)
    name = "college_and_career"
    assert values(run, "school", f"{name}: n") == {"small": 14, "unknown": None}
    assert values(run, "school", name) == {"small": Fraction(78571428571, 10**9), "unknown": None}
    assert values(run, "school", f"{name}: status") == {"small": "rated", "unknown": "pending"}


SHARES = """\
student_groups:
  learners:
    when: english_learner
accountability:
  for: [school]
  student_groups: [learners]
  indicators:
    passed:
      cohort: students
      rate: exam_pass
      undetermined_students: {how}
    pair:
      cohort: students where graduated
      numerator: exam_pass or associate_degree
      denominator: on_time_diploma
      undetermined_students: {how}
"""
FOUR = (
    {"exam_pass": "yes", "english_learner": "yes"},
    {"exam_pass": "yes", "english_learner": "no"},
    {"exam_pass": "no", "english_learner": "yes"},
    {"exam_pass": "", "english_learner": "yes"},
)


@BACKENDS
@pytest.mark.parametrize(
    ("how", "everyone", "learners"),
    [
        ("pending", (50, 75), (Fraction(33333333333, 10**9), Fraction(66666666667, 10**9))),
        ("not_met", 50, Fraction(33333333333, 10**9)),
        ("leave_out", Fraction(66666666667, 10**9), 50),
    ],
)
def test_undetermined_students(tmp_path: Path, backend: str, how: str, everyone: object, learners: object) -> None:
    more = {"graduated": "yes", "associate_degree": "no", "on_time_diploma": "yes"}
    rows: Rows = {**schools("s"), "student": students("s", [{**fact, **more} for fact in FOUR])}
    run = ran(SHARES.replace("{how}", how), rows, tmp_path, backend)
    assert only(run, "passed") == only(run, "pair") == everyone
    assert only(run, "passed, learners") == only(run, "pair, learners") == learners
    assert only(run, "passed, learners: n") == (2 if how == "leave_out" else 3)
    assert only(run, "passed: status") == ("pending" if how == "pending" else "rated")
