"""Indicators of several years: averages for few rows, what is enough after pooling, and years that are the rule itself."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, schools, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

READY = """\
accountability:
  for: [school]
  indicators:
    ready:
      cohort: students where graduated
      cohort_year: class_of
      rate: exam_pass
"""


def year(school: str, of: int, met: int, all_: int, unknown: int = 0) -> list[dict[str, str]]:
    """Graduates of a year: so many passed, of so many; of so many of the others that is not known."""
    told = ["yes"] * met + [""] * unknown + ["no"] * (all_ - met - unknown)
    return [
        {
            "student_id": f"{school}-{of}-{at}", "accountable_school": school, "class_of": str(of), "graduated": "yes",
            "exam_pass": one,
        }
        for at, one in enumerate(told)
    ]  # fmt: skip


def recorded(school: str, of: str, met: int, all_: int, group: str = "all_students") -> dict[str, str]:
    return {
        "entity": "school", "subject": school, "indicator": "ready", "student_group": group, "school_year": of,
        "numerator": str(met), "denominator": str(all_),
    }  # fmt: skip


AVERAGE = (
    READY
    + """\
      minimum_n:
        count: 10
        then:
          - average_of_years:
              years: 3
              when_sum_is: 12
          - not_rated
"""
)


@BACKENDS
def test_the_average_of_all_years_where_there_are_few_rows(tmp_path: Path, backend: str) -> None:
    """TX-27, with 12 for 10 so that it differs from the count. All three years are taken, though two would do."""
    rows: Rows = {
        **schools("enough", "few", "exactly", "too_few"),
        "student": [
            *year("enough", 2027, 5, 10), *year("enough", 2026, 9, 9),
            *year("few", 2027, 4, 9), *year("few", 2026, 6, 9), *year("few", 2025, 2, 3),
            *year("exactly", 2027, 1, 4), *year("exactly", 2026, 2, 4), *year("exactly", 2025, 3, 4),
            *year("too_few", 2027, 1, 4), *year("too_few", 2026, 2, 4), *year("too_few", 2025, 3, 3),
        ],
    }  # fmt: skip
    run = ran(AVERAGE, rows, tmp_path, backend)
    assert values(run, "school", "ready: years") == {"enough": 1, "few": 3, "exactly": 3, "too_few": 3}
    assert values(run, "school", "ready: n") == {"enough": 10, "few": 21, "exactly": 12, "too_few": 11}
    assert values(run, "school", "ready") == {
        "enough": 50, "few": Fraction(57142857143, 10**9), "exactly": 50, "too_few": None,  # 12 of 21, and 6 of 12
    }  # fmt: skip
    assert values(run, "school", "ready: status")["too_few"] == "not_rated"


WORKFORCE = (
    READY
    + """\
      minimum_n:
        count: 50
        then:
          - pool_earlier_years:
              until: 50
              up_to_years: 4
              at_least: 30
          - not_rated
"""
)


@BACKENDS
def test_fewer_are_enough_once_all_years_are_added(tmp_path: Path, backend: str) -> None:
    """Back until there are 50; after four years 30 will do (Workforce Pell)."""
    rows: Rows = {
        **schools("fifty", "two", "thirty", "short"),
        "student": [
            *year("fifty", 2027, 25, 50), *year("fifty", 2026, 1, 1),
            *year("two", 2027, 20, 40), *year("two", 2026, 10, 10), *year("two", 2025, 9, 9),
            *(one for back in range(3) for one in year("thirty", 2027 - back, 5, 8)), *year("thirty", 2024, 0, 6),
            *(one for back in range(3) for one in year("short", 2027 - back, 5, 8)), *year("short", 2024, 0, 5),
        ],
    }  # fmt: skip
    run = ran(WORKFORCE, rows, tmp_path, backend)
    assert values(run, "school", "ready: years") == {"fifty": 1, "two": 2, "thirty": 4, "short": 4}
    assert values(run, "school", "ready: n") == {"fifty": 50, "two": 50, "thirty": 30, "short": 29}
    assert values(run, "school", "ready") == {"fifty": 50, "two": 60, "thirty": 50, "short": None}


MEAN = (
    READY
    + """\
      over_years:
        years: 3
        how: mean_of_years
        at_least: 2
      minimum_n:
        count: 4
"""
)


@BACKENDS
def test_the_mean_of_the_rates_of_the_years(tmp_path: Path, backend: str) -> None:
    """Two of three years have to be calculated, which takes 4 rows each; each year counts the same."""
    rows: Rows = {
        **schools("three", "two", "one", "none"),
        "student": [
            *year("three", 2027, 1, 6), *year("three", 2026, 1, 6), *year("three", 2025, 2, 4),
            *year("two", 2027, 3, 4), *year("two", 2026, 3, 3), *year("two", 2025, 8, 8),
            *year("one", 2027, 3, 4), *year("one", 2026, 3, 3),
        ],
    }  # fmt: skip
    run = ran(MEAN, rows, tmp_path, backend)
    assert values(run, "school", "ready: years") == {"three": 3, "two": 2, "one": 1, "none": 0}
    assert values(run, "school", "ready: n") == {"three": 16, "two": 12, "one": 4, "none": 0}
    # (100/6 + 100/6 + 50) / 3, to the last digit; pooled it would be 4 of 16. (75 + 100) / 2; pooled 11 of 12
    assert values(run, "school", "ready") == {
        "three": Fraction(27777777778, 10**9), "two": Fraction(875, 10), "one": None, "none": None,
    }  # fmt: skip
    assert values(run, "school", "ready: status")["one"] == "not_rated"


@BACKENDS
def test_the_rates_of_the_years_are_rounded_where_that_is_written(tmp_path: Path, backend: str) -> None:
    """16.7, 16.7 and 50 make 83.4, a third of which is 27.8; and with one student open, 16.7 or 33.3 of this year."""
    rows: Rows = {
        **schools("known", "open"),
        "student": [
            one
            for school, unknown in (("known", 0), ("open", 1))
            for one in (
                *year(school, 2027, 1, 6, unknown), *year(school, 2026, 1, 6), *year(school, 2025, 2, 4),
            )
        ],
    }  # fmt: skip
    text = MEAN.replace("        at_least: 2\n", "        at_least: 2\n        round: 1\n")
    run = ran(text, rows, tmp_path, backend)
    low, high = Fraction(834, 30), Fraction(1000, 30)
    assert values(run, "school", "ready") == {"known": low, "open": (low, Fraction(round(high * 10**9), 10**9))}


@BACKENDS
def test_a_year_on_record_that_had_no_rows_is_not_calculated(tmp_path: Path, backend: str) -> None:
    """A year that nobody knows leaves the indicator pending; one on record with nothing to divide by does not."""
    rows: Rows = {
        **schools("known", "unknown"),
        "student": [
            one for school in ("known", "unknown") for one in (*year(school, 2027, 2, 4), *year(school, 2026, 3, 4))
        ],
        "prior_indicator": [recorded("known", "2024-25", 0, 0)],
    }
    run = ran(MEAN, rows, tmp_path, backend)
    assert values(run, "school", "ready") == {"known": Fraction(625, 10), "unknown": None}
    assert values(run, "school", "ready: status") == {"known": "rated", "unknown": "pending"}


@BACKENDS
def test_pooled_over_years_always(tmp_path: Path, backend: str) -> None:
    """1 of 6, 1 of 6 and 2 of 4 are 4 of 16, however many rows this year has; and the minimum is one of all together."""
    text = READY + "      over_years:\n        years: 3\n        how: pooled\n        at_least: 1\n"
    text += "      minimum_n:\n        count: 16\n"
    rows: Rows = {
        **schools("three", "one", "few"),
        "student": [
            *year("three", 2027, 1, 6), *year("three", 2026, 1, 6), *year("three", 2025, 2, 4),
            *year("one", 2026, 4, 20), *year("few", 2027, 3, 15),
        ],
    }  # fmt: skip
    run = ran(text, rows, tmp_path, backend)
    assert values(run, "school", "ready") == {"three": 25, "one": 20, "few": None}
    assert values(run, "school", "ready: years") == {"three": 3, "one": 1, "few": 1}
    text = text.replace("at_least: 1", "at_least: 2")
    assert values(ran(text, rows, tmp_path, backend), "school", "ready") == {"three": 25, "one": None, "few": None}


@BACKENDS
def test_the_years_of_a_student_group(tmp_path: Path, backend: str) -> None:
    text = "student_groups:\n  learners:\n    when: english_learner\n" + MEAN
    text = text.replace("  for: [school]\n", "  for: [school]\n  student_groups: [learners]\n")
    cohort = [*year("s", 2027, 1, 8), *year("s", 2026, 4, 8)]
    told = [{**one, "english_learner": "yes" if at % 8 < 4 else "no"} for at, one in enumerate(cohort)]
    record = [recorded("s", "2024-25", 0, 0), recorded("s", "2024-25", 3, 6, "learners")]
    run = ran(text, {**schools("s"), "student": told, "prior_indicator": record}, tmp_path, backend)
    assert only(run, "ready") == Fraction(625, 20)  # (12.5 + 50) / 2
    assert only(run, "ready, learners") == Fraction(58333333333, 10**9)  # (25 + 100 + 50) / 3
