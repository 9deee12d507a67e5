"""What explains an indicator that is capped, scored, held between limits or taken over several years; its tables."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.views.explanation import render_explanation
from tests.accountable import Rows, ran, schools
from tests.results.made import texts
from tests.test_caps import TEXAS
from tests.test_caps import graduates as texans
from tests.test_indicator_score import INDIANA, NAME, TENNESSEE, before, cohort
from tests.test_indicator_score import graduates as hoosiers
from tests.test_indicator_years import AVERAGE, MEAN, year


def told(text: str, rows: Rows, folder: Path, key: str, name: str) -> str:
    found = explain(ran(text, rows, folder, "reference"), "school", (key,), name)
    return " ".join(render_explanation(found, width=10_000).split())


def test_a_cap_says_that_none_is_picked(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("s"),
        "student": texans("s", (10, "yes", "no"), (12, "no", "yes"), (8, "no", "no")),
    }
    page = told(TEXAS, rows, tmp_path, "s", "ccmr")
    assert "16 of 30 students × 100 = 53.333333333" in page
    assert (
        "cap sunsetting: 12 students where met_only_by_sunset, of whom 6 count (max(5, floor(sunset_share * n)) is 6), "
        "as a group: none is picked: graduates whose only way is a certification that ends" in page
    )


def test_the_tables_of_caps(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("s"),
        "student": texans("s", (1, "yes", "no"), (6, "no", "yes"), (1, "no", ""), (2, "no", "no"), learner="yes"),
    }
    found = outcome(ran(TEXAS, rows, tmp_path, "duckdb"))
    numbers = ("entity", "student_group", "cap", "under", "under_at_most", "may_count", "counted", "counted_at_most")
    told = texts(found.table("caps"), *numbers)
    assert ("school", "all_students", "sunsetting", "6", "7", "5", "5", "5") in told
    assert ("state", "learners", "sunsetting", "6", "7", "5", "5", "5") in told
    assert len(told) == 6
    within = texts(found.table("within_caps"), "entity", "key", "indicator", "cap", "stands", "cite")
    group, open_ = "within the cap as a group", "undetermined"
    assert within == [
        *(("student", f"s-{at}", "ccmr", "sunsetting", group, "law 2") for at in range(1, 7)),
        ("student", "s-7", "ccmr", "sunsetting", open_, "law 2"),
    ]


def scored(tmp_path: Path, key: str, name: str = NAME) -> str:
    rows: Rows = {
        **schools("b", "c"),
        "student": [*cohort("b", 30, 100, 96), *cohort("c", 30, 100, 94)],
        "prior_indicator": [before("b", "31", 100), before("c", "31", 100)],
    }
    return told(TENNESSEE, rows, tmp_path, key, name)


def test_a_score_is_told_from_the_rate_on(tmp_path: Path) -> None:
    page = scored(tmp_path, "b")
    assert "prior.rate: 31" in page
    assert "30 of 100 students × 100 = 30 (1 decimal); the score max(absolute_score(rate), target_score) is 3" in page
    assert "target: round(prior.rate + (100 - prior.rate) / 16, 1) is 35.3" in page
    assert "0 when participation < 95" in page


def test_a_gate_is_told(tmp_path: Path) -> None:
    page = scored(tmp_path, "c")
    assert f"{NAME} of" in page and "is 0: 30 of 100 students × 100 = 30 (1 decimal)" in page
    assert "is 3; it is 0, since participation < 95" in page
    assert "it is 0, since participation < 95" in scored(tmp_path, "c", "rating")


def test_what_is_open_is_told(tmp_path: Path) -> None:
    """A year before that is not on record; and a row of which it is not known whether it is under a cap."""
    rows: Rows = {**schools("b"), "student": cohort("b", 20, 100, 96)}
    said = (
        "ready_graduate of school b cannot be told, because prior_indicators has no ready_graduate of it for 2025-26."
    )
    assert said in told(TENNESSEE, rows, tmp_path, "b", NAME)
    text = TEXAS.replace("rate: met_without_sunset or met_only_by_sunset", "rate: other_route or by_sunset")
    rows = {**schools("s"), "student": texans("s", (6, "no", "yes"), (1, "", "yes"), (1, "no", "no"))}
    page = told(text, rows, tmp_path, "s", "ccmr")
    assert "ccmr of school s is from 62.5 to 75, because 1 of 8 students has no other_route." in page


def test_the_columns_of_a_score(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("b"), "student": cohort("b", 30, 100, 96), "prior_indicator": [before("b", "31", 100)],
    }  # fmt: skip
    made = outcome(ran(TENNESSEE, rows, tmp_path, "duckdb")).table("indicators")
    found = texts(made, "indicator", "student_group", "rate", "prior_rate", "score", "unrounded", "value")
    assert (NAME, "all_students", "30", "31", "3", "3", "3") in found
    assert ("participation", "all_students", "", "", "", "96", "96") in found


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("x7", "22 of 25 students × 100 = 88; the score rate * 100 / 80 is 110, no more than 100"),
        ("x8", "11 of 14 students × 100 = 78.571428571; the score rate * 100 / 80 is 98.214285714, rounded to 98.21"),
    ],
)
def test_a_limit_is_told(tmp_path: Path, key: str, said: str) -> None:
    rows: Rows = {
        **schools("x7", "x8"),
        "student": [
            *hoosiers("x7", 2027, 22, 25), *hoosiers("x8", 2027, 4, 6), *hoosiers("x8", 2026, 2, 3),
            *hoosiers("x8", 2025, 5, 5),
        ],
    }  # fmt: skip
    assert said in told(INDIANA, rows, tmp_path, key, "college_and_career")


def test_the_mean_of_years_is_told(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("two", "one"),
        "student": [
            *year("two", 2027, 3, 4), *year("two", 2026, 3, 3), *year("two", 2025, 8, 8), *year("one", 2027, 3, 4),
        ],
    }  # fmt: skip
    page = told(MEAN, rows, tmp_path, "two", "ready")
    assert "ready of school two is 87.5: (75 + 100) / 2 years = 87.5." in page
    assert "the mean of the rates of 3 years, of which 2 have to be calculated; 2 are" in page
    assert "2025-26: 3 of 3 students, not calculated" in page
    assert "at least 4 students are needed in each year" in page
    page = told(MEAN, rows, tmp_path, "one", "ready")
    assert "ready of school one is not rated: 1 of 3 years calculated, and 2 are needed." in page


def test_years_taken_together_are_told(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("few", "too_few"),
        "student": [
            *year("few", 2027, 4, 9), *year("few", 2026, 6, 9), *year("few", 2025, 2, 3), *year("too_few", 2027, 1, 4),
        ],
    }  # fmt: skip
    page = told(AVERAGE, rows, tmp_path, "few", "ready")
    assert "12 of 21 students × 100 = 57.142857143" in page
    assert "3 years taken together, which need 12: this year has 9" in page
    page = told(AVERAGE, rows, tmp_path, "too_few", "ready")
    assert "ready of school too_few is not rated: 4 students over 3 years, and 12 are needed." in page


def test_what_the_table_of_ratings_lacks(tmp_path: Path) -> None:
    text = "{}  ratings:\n    - A: index >= 50\n    - F: otherwise\n"
    rows: Rows = {**schools("s", "t"), "student": year("s", 2027, 1, 4)}
    rows["student"] += [*year("t", 2026, 10, 10), *year("t", 2025, 10, 10)]
    made = outcome(ran(text.format(AVERAGE), rows, tmp_path, "reference")).table("ratings")
    assert ("s", "ready has 4 of at least 12 students over 3 years") in texts(made, "key", "why")
    made = outcome(ran(text.format(MEAN), rows, tmp_path, "reference")).table("ratings")
    assert ("s", "ready has 1 of at least 2 calculated years") in texts(made, "key", "why")


def test_the_numbers_of_a_mean_add_up(tmp_path: Path) -> None:
    """What is told is what is stored: the mean of the rates that are shown."""
    rows: Rows = {**schools("s"), "student": [*year("s", 2027, 1, 6), *year("s", 2026, 1, 6), *year("s", 2025, 2, 4)]}
    page = told(MEAN, rows, tmp_path, "s", "ready")
    assert "(16.666666667 + 16.666666667 + 50) / 3 years = 27.777777778" in page
    assert Fraction(round((Fraction(100, 3) + 50) / 3 * 10**9), 10**9) == Fraction(27777777778, 10**9)
