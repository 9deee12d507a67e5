"""How limits of the quantity, limits on some claims and limits that were taken off are told, by hand."""

from __future__ import annotations

from pathlib import Path

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.views.explanation import render_explanation
from tests.fundable import run_line
from tests.results.made import texts
from tests.test_funding_limits import CAPPED, HOURS, MIXED, NONE, SOME, TEN


def test_what_a_limit_of_the_quantity_left(tmp_path: Path) -> None:
    run = run_line(TEN, HOURS, tmp_path, "reference")
    said = "ten: at most 10 of the quantity for one student and school year, by award_date"
    assert texts(
        outcome(run).table("claims"), "key", "quantity", "quantity after ten", "after ten", "claim", "why"
    ) == [
        ("a1", "6", "4", "160", "160", said),
        ("a2", "6", "6", "240", "240", ""),
        ("a3", "6", "0", "0", "0", said),
        ("a4", "3", "3", "120", "120", ""),
    ]
    told = render_explanation(explain(run, "attainment", ("a1",), "credentials"), 200, False)
    assert "with those before it, it comes to 12 credit hours of 10 credit hours" in told
    assert "of its quantity 4 credit hours is left" in told


def test_a_claim_of_which_nobody_knows_whether_the_limit_looks_at_it(tmp_path: Path) -> None:
    run = run_line(SOME, MIXED, tmp_path, "reference")
    found = texts(outcome(run).table("claims"), "key", "status", "why")
    assert found[0][2] == "small: only the first 1 for one student, where grade = 8, by amount desc"
    assert found[3] == ("a4", "pending", "not known: whether small looks at it (grade of a4 (blank))")
    told = render_explanation(explain(run, "attainment", ("a3",), "credentials"), 200, False)
    assert "it does not look at this claim" in told
    waits = explain(run, "attainment", ("a4",), "credentials").sentence
    assert "whether small looks at it is not known, because grade of" in waits


def test_a_limit_that_was_taken_off_says_so(tmp_path: Path) -> None:
    run = run_line(CAPPED, MIXED, tmp_path, "reference", head=NONE)
    told = render_explanation(explain(run, "attainment", ("a1",), "credentials"), 200, False)
    assert "there is no limit now" in told
