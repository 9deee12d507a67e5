"""Caps on a count: of the rows of a kind no more than so many count, on each level afresh."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, schools, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

TEXAS = """\
parameters:
  sunset_share:
    unit: ratio
    cite: law 1
    values:
      2022-08-01: 20%
data:
  student:
    columns:
      annual_graduate: truth
      other_route: truth
      by_sunset: truth
definitions:
  student:
    met_without_sunset: other_route
    met_only_by_sunset: not other_route and by_sunset
student_groups:
  learners:
    when: english_learner
accountability:
  for: [school, district, state]
  student_groups: [learners]
  indicators:
    ccmr:
      cohort: students where annual_graduate
      rate: met_without_sunset or met_only_by_sunset
      capped:
        sunsetting:
          when: met_only_by_sunset
          at_most: max(5, floor(sunset_share * n))
          because: graduates whose only way is a certification that ends
          cite: law 2
"""


def graduates(school: str, *kinds: tuple[int, str, str], learner: str = "no") -> list[dict[str, str]]:
    """So many graduates of each kind: other route, by a sunsetting certification."""
    facts = [
        {"annual_graduate": "yes", "english_learner": learner, "other_route": other, "by_sunset": sunset}
        for number, other, sunset in kinds
        for _ in range(number)
    ]
    return students(school, facts)


@BACKENDS
def test_the_cap_is_applied_on_each_level_afresh(tmp_path: Path, backend: str) -> None:
    """TX-X5: 30 graduates, 12 only by sunset: 6 count. TX-X6: 20 and 7: 5 count. In the district 50, 19 and 10."""
    rows: Rows = {
        **schools("thirty", "twenty", "none"),
        "student": [
            *graduates("thirty", (10, "yes", "no"), (12, "no", "yes"), (8, "no", "no")),
            *graduates("twenty", (4, "yes", "yes"), (7, "no", "yes"), (9, "no", "no")),
        ],
    }
    run = ran(TEXAS, rows, tmp_path, backend)
    assert values(run, "school", "ccmr: sunsetting") == {"thirty": 12, "twenty": 7, "none": 0}
    assert values(run, "school", "ccmr: sunsetting at most") == {"thirty": 6, "twenty": 5, "none": 5}
    assert values(run, "school", "ccmr: sunsetting counted") == {"thirty": 6, "twenty": 5, "none": 0}
    assert values(run, "school", "ccmr: sunsetting reached") == {"thirty": True, "twenty": True, "none": False}
    assert values(run, "school", "ccmr: numerator") == {"thirty": 16, "twenty": 9, "none": 0}
    assert values(run, "school", "ccmr") == {"thirty": Fraction(53333333333, 10**9), "twenty": 45, "none": None}
    for level in ("district", "state"):  # 14 by another way and max(5, 10) of 19: not 16 + 9
        assert only(run, "ccmr: sunsetting", level) == 19
        assert only(run, "ccmr: sunsetting counted", level) == 10
        assert only(run, "ccmr: numerator", level) == 24
        assert only(run, "ccmr", level) == 48


@BACKENDS
def test_a_student_group_has_its_own_cap(tmp_path: Path, backend: str) -> None:
    learners = graduates("s", (2, "yes", "no"), (8, "no", "yes"), learner="yes")
    others = [
        {**one, "student_id": f"other-{at}", "english_learner": "no"}
        for at, one in enumerate(graduates("s", (30, "no", "no")))
    ]
    run = ran(TEXAS, {**schools("s"), "student": [*learners, *others]}, tmp_path, backend)
    assert (only(run, "ccmr: sunsetting at most"), only(run, "ccmr: numerator")) == (8, 10)  # 20% of 40
    assert only(run, "ccmr, learners: sunsetting at most") == 5  # of the 10 learners
    assert only(run, "ccmr, learners: sunsetting counted") == 5
    assert only(run, "ccmr, learners") == 70


@BACKENDS
@pytest.mark.parametrize(
    ("unknown", "numerator", "most"),
    [
        ((1, "no", ""), 16, 16),  # by sunset or not at all; the six places are taken
        ((1, "", "no"), 16, 17),
        ((1, "", ""), 16, 17),
    ],
)
def test_what_is_not_known(
    tmp_path: Path, backend: str, unknown: tuple[int, str, str], numerator: int, most: int
) -> None:
    """30 graduates as in TX-X5, of whom one of those without a way is undetermined."""
    cohort = graduates("s", (10, "yes", "no"), (12, "no", "yes"), (7, "no", "no"), unknown)
    run = ran(TEXAS, {**schools("s"), "student": cohort}, tmp_path, backend)
    assert (only(run, "ccmr: numerator"), only(run, "ccmr: numerator at most")) == (numerator, most)
    assert only(run, "ccmr: status") == ("rated" if numerator == most else "pending")


@BACKENDS
def test_who_counts_by_which_way_is_not_known(tmp_path: Path, backend: str) -> None:
    """Two count for sure, under the cap or not: with one place taken by others of two, the ends are told apart."""
    text = TEXAS.replace("max(5, floor(sunset_share * n))", "3").replace(
        "rate: met_without_sunset or", "rate: counted or"
    )
    text = text.replace("    met_without_sunset: other_route\n", "    counted: by_sunset or other_route\n")
    cohort = graduates("s", (2, "yes", "yes"), (2, "no", "yes"), (2, "", "yes"))
    run = ran(text, {**schools("s"), "student": cohort}, tmp_path, backend)
    # all six count; the two of whom nobody knows are within the cap of 3 beside two others, or are not under it
    assert (only(run, "ccmr: numerator"), only(run, "ccmr: numerator at most")) == (5, 6)
    assert only(run, "ccmr: sunsetting") == (2, 4)


@BACKENDS
def test_not_met_counts_at_the_least(tmp_path: Path, backend: str) -> None:
    text = TEXAS + "      undetermined_students: not_met\n"
    cohort = graduates("s", (1, "yes", "no"), (6, "no", "yes"), (1, "no", ""), (1, "", "yes"))
    run = ran(text, {**schools("s"), "student": cohort}, tmp_path, backend)
    assert (only(run, "ccmr: n"), only(run, "ccmr: numerator"), only(run, "ccmr: sunsetting")) == (9, 6, 6)


@BACKENDS
def test_leave_out(tmp_path: Path, backend: str) -> None:
    text = TEXAS + "      undetermined_students: leave_out\n"
    cohort = graduates("s", (1, "yes", "no"), (6, "no", "yes"), (1, "no", ""), (1, "", "yes"))
    run = ran(text, {**schools("s"), "student": cohort}, tmp_path, backend)
    assert (only(run, "ccmr: n"), only(run, "ccmr: numerator"), only(run, "ccmr: sunsetting")) == (7, 6, 6)


TWO = """\
data:
  student:
    columns:
      way:
        values: [college, old, older, neither]
accountability:
  for: [school]
  indicators:
    ready:
      cohort: students
      rate: way in {college, old, older}
      capped:
        of_old:
          when: way = old
          at_most: 2
        of_both:
          when: way in {old, older}
          at_most: 1
"""


@BACKENDS
def test_a_row_is_under_the_first_cap_that_holds(tmp_path: Path, backend: str) -> None:
    """One by college, 2 of 3 old and 1 of 2 older; one more of whom nobody knows might count or not."""
    ways = ["college", "old", "old", "old", "older", "older", "neither"]
    rows: Rows = {
        **schools("known", "open"),
        "student": [
            *students("known", [{"way": way} for way in ways]), *students("open", [{"way": way} for way in [*ways, ""]]),
        ],
    }  # fmt: skip
    run = ran(TWO, rows, tmp_path, backend)
    assert values(run, "school", "ready: numerator") == {"known": 4, "open": 4}
    assert values(run, "school", "ready: numerator at most") == {"known": 4, "open": 5}
    assert values(run, "school", "ready: of_old counted")["known"] == 2
    assert values(run, "school", "ready: of_both")["known"] == 2


@BACKENDS
def test_in_pooled_years_each_year_has_its_cap(tmp_path: Path, backend: str) -> None:
    """6 graduates of this year, 5 of 6 by sunset; 8 of last year, all by sunset, of whom 5 count."""
    text = TEXAS + (
        "      cohort_year: class_of\n      minimum_n:\n        count: 10\n        then:\n"
        "          - pool_earlier_years:\n              until: 10\n              up_to_years: 2\n"
    )
    this = [{**one, "class_of": "2027"} for one in graduates("s", (1, "yes", "no"), (5, "no", "yes"))]
    last = [
        {**one, "class_of": "2026", "student_id": f"last-{at}"}
        for at, one in enumerate(graduates("s", (8, "no", "yes")))
    ]
    run = ran(text, {**schools("s"), "student": [*this, *last]}, tmp_path, backend)
    assert (only(run, "ccmr: n"), only(run, "ccmr: years"), only(run, "ccmr: numerator")) == (14, 2, 11)
    assert (only(run, "ccmr: sunsetting"), only(run, "ccmr: sunsetting counted")) == (5, 5)  # of the rated year
