"""Points made from a rate: Tennessee's scores, limits of an indicator, and results over 100 where they are allowed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, schools, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

TENNESSEE = """\
student_groups:
  learners:
    when: english_learner
data:
  student:
    columns:
      took_act: truth
bands:
  absolute_score:
    of: points
    gives: points
    rows: |
      | under 16           | 0 |
      | from 16 to under 25 | 1 |
      | from 25 to under 30 | 2 |
      | from 30 to under 40 | 3 |
      | from 40            | 4 |
accountability:
  for: [school]
  student_groups: [learners]
  minimum_n:
    count: 30
  indicators:
    ready_graduate:
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
      rate_round: 1
      steps:
        target: round(prior.rate + (100 - prior.rate) / 16, 1)
        double_target: round(prior.rate + (100 - prior.rate) / 8, 1)
        target_score: >-
          if prior.n < 30 then missing else if rate >= double_target then 4 else if rate >= target then 3
          else if rate > prior.rate then 2 else if rate = prior.rate then 1 else 0
      score: max(absolute_score(rate), target_score)
      zero_when: participation < 95
    participation:
      cohort: students where in_four_year_cohort
      rate: took_act
      weight: none
  ratings:
    - A: index > 3
    - B: index > 2
    - C: index > 1
    - F: otherwise
"""
NAME = "ready_graduate"


def cohort(school: str, ready: int, all_: int, took: int, unknown: int = 0, **more: str) -> list[dict[str, str]]:
    told = ["yes"] * ready + [""] * unknown + ["no"] * (all_ - ready - unknown)
    return students(
        school,
        [
            {"in_four_year_cohort": "yes", "on_time_diploma": one, "took_act": "yes" if at < took else "no", **more}
            for at, one in enumerate(told)
        ],
    )


def before(school: str, numerator: str, denominator: int, group: str = "all_students") -> dict[str, str]:
    return {
        "entity": "school", "subject": school, "indicator": NAME, "student_group": group, "school_year": "2025-26",
        "numerator": numerator, "denominator": str(denominator),
    }  # fmt: skip


@BACKENDS
def test_the_larger_of_two_scores(tmp_path: Path, backend: str) -> None:
    """The scenarios (a) to (d): 29 students; 30.0 after 31.0, with 96 and 94 of 100 tested; 24.9 after 18.0."""
    rows: Rows = {
        **schools("a", "b", "c", "d", "least", "new"),
        "student": [
            *cohort("a", 20, 29, 29), *cohort("b", 30, 100, 96), *cohort("c", 30, 100, 94),
            *cohort("d", 249, 1000, 960), *cohort("least", 9, 30, 29), *cohort("new", 9, 30, 29),
        ],
        "prior_indicator": [
            before("a", "20", 40), before("b", "31", 100), before("c", "31", 100), before("d", "18", 100),
            before("least", "31", 100),
        ],
    }  # fmt: skip
    run = ran(TENNESSEE, rows, tmp_path, backend)
    tenths = {name: Fraction(value, 10) for name, value in {"b": 300, "c": 300, "d": 249, "least": 300}.items()}
    assert {**values(run, "school", f"{NAME}: rate"), **tenths} == values(run, "school", f"{NAME}: rate")
    target = values(run, "school", f"{NAME}: target")
    assert (target["b"], target["d"]) == (Fraction(353, 10), Fraction(231, 10))  # 31 + 69/16, 18 + 82/16
    assert values(run, "school", f"{NAME}: double_target")["d"] == Fraction(283, 10)  # 18 + 82/8 = 28.25
    scores = values(run, "school", f"{NAME}: target_score")
    assert (scores["b"], scores["c"], scores["d"], scores["least"]) == (0, 0, 3, 0)
    assert values(run, "school", NAME) == {"a": None, "b": 3, "c": 0, "d": 3, "least": 3, "new": None}
    assert values(run, "school", f"{NAME}: status") == {
        "a": "not_rated", "b": "rated", "c": "rated", "d": "rated", "least": "rated", "new": "pending",
    }  # fmt: skip
    assert values(run, "school", "rating") == {
        "a": "not_rated", "b": "B", "c": "F", "d": "B", "least": "B", "new": None,
    }  # fmt: skip


@BACKENDS
@pytest.mark.parametrize(
    ("ready", "score"),
    # prior 20.0: target 25.0, double target 30.0; absolute scores 1, 1, 1, 2, 3
    [(190, 1), (200, 1), (201, 2), (249, 2), (250, 3), (299, 3), (300, 4), (160, 1), (159, 0), (400, 4)],
)
def test_every_step_of_the_targets(tmp_path: Path, backend: str, ready: int, score: int) -> None:
    rows: Rows = {
        **schools("s"),
        "student": cohort("s", ready, 1000, 1000),
        "prior_indicator": [before("s", "200", 1000)],
    }
    assert only(ran(TENNESSEE, rows, tmp_path, backend), NAME) == score


@BACKENDS
def test_it_does_not_apply_without_enough_rows_the_year_before(tmp_path: Path, backend: str) -> None:
    """29 the year before are too few, 30 are enough; where nobody knows, it is pending. A group has its own year before."""
    text = TENNESSEE.replace("    ready_graduate:\n", "    ready_graduate:\n      applies_when: prior.n >= 30\n")
    rows: Rows = {
        **schools("few", "enough", "unknown"),
        "student": [
            one
            for name in ("few", "enough", "unknown")
            for one in cohort(name, 9, 30, 30, english_learner="yes" if name == "few" else "no")
        ],
        "prior_indicator": [
            before("few", "9", 29), before("enough", "9", 30), before("few", "9", 30, "learners"),
        ],
    }  # fmt: skip
    run = ran(text, rows, tmp_path, backend)
    assert values(run, "school", f"{NAME}: status") == {
        "few": "not_applicable", "enough": "rated", "unknown": "pending",
    }  # fmt: skip
    assert values(run, "school", f"{NAME}, learners: status")["few"] == "rated"
    # with too few rows of its own it need not wait for what nobody knows of the year before
    run = ran(text.replace("prior.n >= 30", "n >= 31 and prior.n >= 30"), rows, tmp_path, backend)
    assert set(values(run, "school", f"{NAME}: status").values()) == {"not_applicable"}


@BACKENDS
def test_a_student_group_is_scored_by_its_own_numbers(tmp_path: Path, backend: str) -> None:
    """95 of 100 take the test; of the 40 learners 36 do, which is 90%, so that their score is 0."""
    learners = cohort("s", 20, 40, 36, english_learner="yes")
    others = [{**one, "student_id": f"o{at}"} for at, one in enumerate(cohort("s", 10, 60, 59, english_learner="no"))]
    rows: Rows = {
        **schools("s"),
        "student": [*learners, *others],
        "prior_indicator": [before("s", "31", 100), before("s", "4", 40, "learners")],
    }
    run = ran(TENNESSEE, rows, tmp_path, backend)
    assert (only(run, "participation"), only(run, "participation, learners")) == (95, 90)
    assert (only(run, NAME), only(run, f"{NAME}, learners")) == (3, 0)
    assert only(run, f"{NAME}, learners: target") == Fraction(156, 10)  # 10 + 90/16 = 15.625
    assert only(run, f"{NAME}, learners: score") == 4


@BACKENDS
def test_a_gate_without_a_number_is_none(tmp_path: Path, backend: str) -> None:
    """Participation that is not rated sets nothing to 0; where it may be 92.5 or 97.5 nobody knows what it does."""
    text = TENNESSEE.replace("rate: took_act", "rate: took_act\n      minimum_n:\n        count: 40")
    rows: Rows = {
        **schools("few", "open"),
        "student": [*cohort("few", 12, 30, 0), *cohort("open", 16, 40, 37)],
        "prior_indicator": [before("few", "31", 100), before("open", "31", 100)],
    }
    for one in rows["student"][-2:]:
        one["took_act"] = ""
    run = ran(text, rows, tmp_path, backend)
    assert values(run, "school", "participation: status") == {"few": "not_rated", "open": "pending"}
    assert values(run, "school", NAME) == {"few": 4, "open": None}
    assert values(run, "school", f"{NAME}: status") == {"few": "rated", "open": "pending"}


@BACKENDS
def test_a_score_is_given_where_all_rates_between_the_ends_agree(tmp_path: Path, backend: str) -> None:
    """31 or 32 of 100 make 3 by any reading; 39 or 40 make 3 or 4, which is not known."""
    rows: Rows = {
        **schools("same", "other"),
        "student": [*cohort("same", 31, 100, 100, 1), *cohort("other", 39, 100, 100, 1)],
        "prior_indicator": [before("same", "40", 100), before("other", "70", 100)],
    }
    run = ran(TENNESSEE, rows, tmp_path, backend)
    assert values(run, "school", f"{NAME}: rate") == {"same": (31, 32), "other": (39, 40)}
    assert values(run, "school", NAME) == {"same": 3, "other": None}
    assert values(run, "school", f"{NAME}: status") == {"same": "rated", "other": "pending"}


@BACKENDS
def test_the_year_before_from_the_rows_of_this_dataset(tmp_path: Path, backend: str) -> None:
    text = TENNESSEE.replace("    ready_graduate:\n", "    ready_graduate:\n      cohort_year: class_of\n")
    last = [{**one, "student_id": f"l{at}", "class_of": "2026"} for at, one in enumerate(cohort("s", 10, 40, 40))]
    this = [{**one, "class_of": "2027"} for one in cohort("s", 10, 40, 40)]
    rows: Rows = {
        **schools("s"), "student": [*last, *this], "prior_indicator": [before("s", "40", 40)],  # not both
    }  # fmt: skip
    run = ran(text, rows, tmp_path, backend)
    assert (only(run, f"{NAME}: rate"), only(run, f"{NAME}: prior rate")) == (25, 25)
    assert (only(run, f"{NAME}: target_score"), only(run, NAME)) == (1, 2)


INDIANA = """\
accountability:
  for: [school]
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
      score: rate * 100 / 80
      at_most: 100
      round: 2
"""


def graduates(school: str, year: int, met: int, all_: int, unknown: int = 0) -> list[dict[str, str]]:
    told = ["yes"] * met + [""] * unknown + ["no"] * (all_ - met - unknown)
    return [
        {
            "student_id": f"{school}-{year}-{at}", "accountable_school": school, "class_of": str(year),
            "graduated": "yes", "exam_pass": one,
        }
        for at, one in enumerate(told)
    ]  # fmt: skip


@BACKENDS
def test_a_rate_over_its_target(tmp_path: Path, backend: str) -> None:
    """IN-X6 (87.5), IN-X7 (110, held at 100), IN-X8 (pooled, 98.21); and one student of whom nothing is known."""
    rows: Rows = {
        **schools("x6", "x7", "x8", "open", "over"),
        "student": [
            *graduates("x6", 2027, 21, 30), *graduates("x7", 2027, 22, 25), *graduates("x8", 2027, 4, 6),
            *graduates("x8", 2026, 2, 3), *graduates("x8", 2025, 5, 5), *graduates("open", 2027, 7, 10, 1),
            *graduates("over", 2027, 8, 10, 1),
        ],
    }  # fmt: skip
    run = ran(INDIANA, rows, tmp_path, backend)
    assert values(run, "school", "college_and_career: score")["x7"] == 110
    assert values(run, "school", "college_and_career") == {
        "x6": Fraction(875, 10), "x7": 100, "x8": Fraction(9821, 100), "open": (Fraction(875, 10), 100), "over": 100,
    }  # fmt: skip
    assert values(run, "school", "college_and_career: status") == {
        "x6": "rated", "x7": "rated", "x8": "rated", "open": "pending", "over": "rated",
    }  # fmt: skip


BONUS = """\
data:
  student:
    columns:
      primary: truth
      extra: truth
definitions:
  student:
    prepared:
      value: if primary then (if extra then 1.3 else 1) else 0
accountability:
  for: [school]
  indicators:
    prepared_for_success:
      cohort: students
      numerator: prepared
      denominator: "true"
      round: 1
"""


def prepared(school: str, *kinds: tuple[int, str, str]) -> list[dict[str, str]]:
    return students(school, [{"primary": one, "extra": two} for number, one, two in kinds for _ in range(number)])


@BACKENDS
def test_a_bonus_may_lead_beyond_100(tmp_path: Path, backend: str) -> None:
    """OH-X5: (150 + 80 × 1.3) / 400 = 63.5. Nothing is held at 100 by itself; `at_most` holds it, before rounding."""
    rows: Rows = {
        **schools("ohio", "over"),
        "student": [
            *prepared("ohio", (150, "yes", "no"), (80, "yes", "yes"), (60, "no", "yes"), (110, "no", "no")),
            *prepared("over", (7, "yes", "no"), (3, "yes", "yes")),
        ],
    }
    name = "prepared_for_success"
    assert values(ran(BONUS, rows, tmp_path, backend), "school", name) == {"ohio": Fraction(635, 10), "over": 109}
    text = BONUS + "      at_most: 99.96\n      at_least: 70\n"
    run = ran(text, rows, tmp_path, backend)
    assert values(run, "school", name) == {"ohio": 70, "over": 100}  # 99.96, rounded to one decimal
    assert values(run, "school", f"{name}: before limits") == {"ohio": Fraction(635, 10), "over": 109}
