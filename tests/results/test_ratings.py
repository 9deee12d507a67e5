"""The table of ratings: by which line or override, what else may be, how far the next is, what it was before."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.results.rated import levels_of
from engine.results.rating_lines import Cut, Lines, lines_of_level
from tests.results.graded import POLICY, graded, graded_outcome
from tests.results.made import texts

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])


def of(*columns: str, backend: str = "reference", text: str = POLICY) -> dict[str, tuple[str, ...]]:
    return {key: cells for key, *cells in texts(graded_outcome(backend, text).table("ratings"), "key", *columns)}  # type: ignore[misc]


@BACKENDS
def test_ratings(backend: str) -> None:
    found = of("status", "rating", "index", "index_lowest", "index_highest", "rating_line", backend=backend)
    assert {key: tuple(cells) for key, cells in found.items()} == {
        "alpha": ("rated", "C", "63.8", "63.8", "63.8", "C"),
        "bravo": ("rated", "C", "", "60", "84.4", "C"),
        "charlie": ("rated", "C", "71.5", "71.5", "71.5", "C"),
        "delta": ("not_rated", "not_rated", "", "", "", ""),
        "echo": ("rated", "F", "16.7", "16.7", "16.7", "F"),
        "foxtrot": ("pending", "", "", "41.6", "77.2", ""),  # (100/3 + 20 + 71.5) / 3, (100 + 60 + 71.5) / 3
    }


def test_what_a_pending_rating_may_be() -> None:
    found = of("lowest_rating", "highest_rating", "next_rating", "points_to_next")
    assert {key: tuple(cells) for key, cells in found.items()} == {
        "alpha": ("C", "C", "A", "26.2"),
        "bravo": ("C", "C", "", ""),
        "charlie": ("C", "C", "A", "18.5"),
        "delta": ("", "", "", ""),
        "echo": ("F", "F", "", ""),  # by an override, whatever its index
        "foxtrot": ("F", "C", "", ""),
    }


def test_why() -> None:
    found = of("override", "other_overrides", "why")
    assert tuple(found["alpha"]) == ("", "", "")
    assert tuple(found["delta"]) == ("", "", "not so: highest_grade >= 9")
    assert tuple(found["echo"]) == ("few_graduate", "bad_climate", "override few_graduate: fewer than half graduate")
    assert found["foxtrot"][2] == (
        "not known: on_time_diploma (1 of 3 students of graduation has none); on_time_diploma (1 of 3 students of "
        "graduation has none: no record); on_time_diploma (1 of 3 students of strength has none) and 1 more"
    )


def test_too_few_students_are_the_reason() -> None:
    text = POLICY.replace("proportional", "not_rated")
    found = of("rating", "why", text=text)
    assert tuple(found["charlie"]) == (
        "not_rated",
        "graduation has 2 of at least 3 students; strength has 2 of at least 3 students",
    )


@BACKENDS
def test_the_year_before(backend: str) -> None:
    columns = ("prior_school_year", "prior_rating", "prior_index", "index_change")
    found = of(*columns, backend=backend)
    assert tuple(found["alpha"]) == ("2025-26", "C", "62.5", "1.3")  # not 2026-27, the year of the run
    assert tuple(found["bravo"]) == ("", "", "", "")


# -- lines ----------------------------------------------------------------------------------------------------------


def test_lines_with_a_parameter() -> None:
    of_level = lines_of_level(levels_of(graded())[0])
    lines = of_level.of(0) if of_level is not None else None
    assert lines is not None
    assert lines.cuts == (Cut("A", "ge", Fraction(90)), Cut("C", "ge", Fraction(60)), Cut("F"))


def test_lines_that_look_at_more_are_not_cuts() -> None:
    text = POLICY.replace("- C: index >= 60", "- C: index >= 60 and graduation > 50")
    assert lines_of_level(levels_of(graded("reference", text))[0]) is None
    assert tuple(of("lowest_rating", "highest_rating", text=text)["foxtrot"]) == ("", "")


CUTS = Lines((Cut("A", "ge", Fraction(90)), Cut("B", "gt", Fraction(75)), Cut("C", "ge", Fraction(60)), Cut("F")))


@pytest.mark.parametrize(
    ("low", "high", "possible"),
    [(60, 60, "C"), (59, 60, "CF"), (75, 75, "C"), (75, 76, "BC"), (50, 95, "ABCF"), (91, 99, "A"), (76, 90, "AB")],
)
def test_ratings_between_two_ends(low: int, high: int, possible: str) -> None:
    assert CUTS.possible(Fraction(low), Fraction(high)) == set(possible)


@pytest.mark.parametrize(
    ("index", "rating", "begins"),
    [("0", "C", 60), ("59.9", "C", 60), ("60", "B", 75), ("75", "B", 75), ("75.1", "A", 90), ("90", "", 0)],
)
def test_the_next_better_rating(index: str, rating: str, begins: int) -> None:
    assert CUTS.next_above(Fraction(index)) == ((rating, Fraction(begins)) if rating else None)
