"""Statewide numbers with the rows that they rest on, and the values that nobody enacted."""

from __future__ import annotations

import pytest

from engine.results.outcome import outcome
from engine.results.statistics import parameter_rows
from tests.results.made import outcome_of, run_of, texts
from tests.results.small import small_run

NUMBERS = """
definitions:
  state:
    middle: median(b over things where a >= 10)
    whole: sum(b over things) + 1
    half: mean(b over things where b is known)
    many: count(things where a >= 10)
"""
THINGS = [{"a": "20", "b": "1"}, {"a": "30", "b": "4"}, {"a": "1", "b": "7"}]


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_each_number_with_its_rows(backend: str) -> None:
    found = outcome(run_of(NUMBERS, THINGS, backend)).table("statistics")
    assert found.names[:8] == ("name", "rule", "value", "unit", "function", "rows_of", "n", "left_out")
    assert [row[:8] for row in texts(found)] == [
        ("middle", "definitions.state.middle", "2.5", "a plain number", "median", "thing", "2", "1"),
        ("whole", "definitions.state.whole", "13", "a plain number", "", "", "", ""),
        ("half", "definitions.state.half", "4", "a plain number", "mean", "thing", "3", "0"),
        ("many", "definitions.state.many", "2", "a count", "count", "thing", "2", "1"),
    ]


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_rows_that_may_be_in_are_a_bound(backend: str) -> None:
    things = [*THINGS, {"a": "", "b": "5"}]
    found = texts(outcome(run_of(NUMBERS, things, backend)).table("statistics"), "name", "value", "n", "left_out")
    assert found[0] == ("middle", "", "2..3", "")
    assert found[3] == ("many", "2..3", "2..3", "")


def test_the_numbers_of_the_small_state() -> None:
    found = texts(outcome(small_run()).table("statistics"), "name", "value", "n", "left_out")
    assert found == [
        ("median_openings", "210", "4", "0"),  # between 120 and 300
        ("list_in_force", "2026-07-01", "", ""),
        ("ranked_rows", "3", "3", "5"),
        ("cut_score", "23", "2", "6"),
    ]


def test_what_hangs_on_an_assumption() -> None:
    (found,) = texts(outcome(small_run()).table("assumptions"))
    assert found[:6] == ("parameters.credits_wanted", "3", "2024-07-01", "assumed", "", "the statute does not say")
    results = found[6].split("; ")
    assert "credential.college_credit" in results and "credential.list_status" in results
    assert "credential.good_job" not in results and "program.hours" not in results


def test_only_what_is_in_use_and_not_enacted_is_an_assumption() -> None:
    parameter = "  {}:\n    cite: law 2\n    values:\n      2020-07-01: {{value: 1, standing: {}, note: n}}\n"
    standings = {"asked": "proposed", "sure": "enacted", "idle": "assumed"}
    text = "parameters:\n" + "".join(parameter.format(*one) for one in standings.items())
    text += "definitions:\n  thing:\n    more: a + asked + sure\n"
    found = outcome_of(text, THINGS).table("assumptions")
    assert texts(found, "parameter", "standing", "results") == [("parameters.asked", "proposed", "thing.more")]


def test_parameters_as_resolved() -> None:
    found = {row["path"]: row for row in parameter_rows(small_run())}
    assert found["parameters.wage_floor"] == {
        "path": "parameters.wage_floor", "value": "$43,900", "in_force_since": "2026-07-01", "until": "2028-07-01",
        "standing": "enacted", "cite": "code-12-3 (a)", "policy": "xx/credentials",
    }  # fmt: skip
