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

SECTION = """\
Ratings:
  school (6): 3 C, 1 F, 1 pending, 1 not rated (1 by an override)
  pending, F to C: foxtrot Foxtrot
      on_time_diploma (1 of 3 students of graduation has none)
      on_time_diploma (1 of 3 students of graduation has none: no record)
      on_time_diploma (1 of 3 students of strength has none)
      and 1 more"""


def test_ratings_by_level() -> None:
    assert ratings_section(graded_outcome(), 80) == SECTION


def test_the_whole_page_fits_and_says_it_once() -> None:
    page = render_outcome(graded_outcome())
    assert SECTION in page and page.count("on_time_diploma") == 3
    assert all(len(line) <= 80 for line in page.splitlines())
    assert "Nothing is" not in page


def test_indicators_where_nothing_is_rated(tmp_path: Path) -> None:
    rows = {**schools("one", "two"), "student": [*graduates("one", 2027, 9, 12), *graduates("two", 2027, 1, 2)]}
    made = outcome(ran(INDIANA, rows, tmp_path, "reference"))
    assert ratings_section(made, 80) == (
        "Indicators:\n  school, college_and_career: 1 rated, 1 pending\n  state, college_and_career: 1 rated"
    )


def test_nothing_without_accountability() -> None:
    assert ratings_section(outcome_of("definitions:\n  thing:\n    more: a + b\n", [{"a": "1", "b": "2"}]), 80) == ""
