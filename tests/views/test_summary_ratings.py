"""Ratings in the terminal: counted by level, pending ones with what is missing, in 80 columns."""

from __future__ import annotations

from pathlib import Path

from engine.results.outcome import outcome
from engine.views.summary import render_outcome
from engine.views.summary_ratings import ratings_section
from tests.accountable import ran, schools
from tests.results.graded import graded_outcome
from tests.results.made import outcome_of
from tests.test_accountability import INDIANA, graduates

COUNTED = "  school (6): 3 C, 1 F, 1 pending, 1 not rated (1 by an override)"

CAUSES = """\
  ratings pending for want of on_time_diploma of student: 1
  ratings pending for want of on_time_diploma of student (no record): 1"""

SECTION = f"""\
Ratings:
{COUNTED}
  key     name    rating         index
  alpha   Alpha   C               63.8 26.2 below A
  bravo   Bravo   C           60..84.4
  charlie Charlie C               71.5 18.5 below A
  delta   Delta   not rated
  echo    Echo    F               16.7 few_graduate
  foxtrot Foxtrot pending   41.6..77.2 F to C
{CAUSES}"""


def test_ratings_by_level() -> None:
    assert ratings_section(graded_outcome(), 80) == SECTION


def test_a_level_of_more_rows_than_are_shown_is_counted() -> None:
    assert ratings_section(graded_outcome(), 80, 5) == f"Ratings:\n{COUNTED}\n  each school: table `ratings`\n{CAUSES}"


def test_levels_about_persons_are_counted() -> None:
    assert ratings_section(graded_outcome(), 80, hidden=frozenset({"school"})) == f"Ratings:\n{COUNTED}\n{CAUSES}"


def test_the_whole_page_fits_and_says_it_once() -> None:
    page = render_outcome(graded_outcome())
    assert SECTION in page and page.count("on_time_diploma") == 2
    assert all(len(line) <= 80 for line in page.splitlines())
    assert "Nothing is" not in page


def test_nothing_is_called_certain_beside_a_rating_that_is_pending(tmp_path: Path) -> None:
    rows = {**schools("one", "two"), "student": [*graduates("one", 2027, 9, 12), *graduates("two", 2027, 1, 2)]}
    named = "\ncriteria:\n  school:\n    named:\n      test: school_id is known\n      because: it has a code\n      cite: law 1\n"
    page = render_outcome(outcome(ran(INDIANA + named, rows, tmp_path, "reference")))
    assert "school, college_and_career: 1 rated, 1 pending" in page
    assert "Nothing else is pending: what is stands with the ratings and payments." in page
    assert "every decision is certain" not in page


def test_indicators_where_nothing_is_rated(tmp_path: Path) -> None:
    rows = {**schools("one", "two"), "student": [*graduates("one", 2027, 9, 12), *graduates("two", 2027, 1, 2)]}
    made = outcome(ran(INDIANA, rows, tmp_path, "reference"))
    assert ratings_section(made, 80) == (
        "Indicators:\n  school, college_and_career: 1 rated, 1 pending\n  state, college_and_career: 1 rated"
    )


def test_nothing_without_accountability() -> None:
    assert ratings_section(outcome_of("definitions:\n  thing:\n    more: a + b\n", [{"a": "1", "b": "2"}]), 80) == ""
