"""Verdicts, sides, margins, near misses and words of eligibility, against what can be worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.results.outcome import outcome
from tests.results.made import outcome_of, texts
from tests.results.small import small_run

COLUMNS = (
    "entity", "key", "name", "kind", "rule", "verdict", "measured", "required", "margin", "reason", "cite",
    "in_force_since", "school_year", "as_of", "policy",
)  # fmt: skip


def rule(test: str) -> str:
    """A policy of one criterion."""
    return f"""
    criteria:
      thing:
        enough:
          test: {test}
          because: "it has {{a}}, {{b}} is asked"
          cite: law 1
    """


@pytest.mark.parametrize(
    ("test", "a", "b", "verdict", "margin"),
    [
        ("a >= b", "12", "10", "met", "2"),
        ("a >= b", "10", "10", "met", "0"),
        ("a > b", "10", "10", "not_met", "0"),
        ("a >= b", "7.5", "10", "not_met", "-2.5"),
        ("a <= b", "7.5", "10", "met", "2.5"),
        ("a < b", "10", "10", "not_met", "0"),
        ("a <= b", "12", "10", "not_met", "-2"),
        ("a = b", "10", "10", "met", "0"),
        ("a = b", "9", "10", "not_met", "-1"),
        ("a = b", "11", "10", "not_met", "-1"),
        ("a != b", "11", "10", "met", ""),
        ("a >= b", "", "10", "undetermined", ""),
        ("a >= b", ">=12", "10", "met", "2"),  # at least 2 to spare
        ("a >= b", "<=7", "10", "not_met", "-3"),  # at least 3 short
        ("a <= b", ">=12", "10", "not_met", "-2"),
        ("a <= b", "<=7", "10", "met", "3"),
        ("a >= b", ">=7", "10", "undetermined", ""),
        ("b >= a", ">=12", "10", "not_met", "-2"),  # the bound on the other side
        ("b <= a", ">=12", "10", "met", "2"),
        ("a in {1, 2}", "2", "10", "met", ""),
    ],
)  # fmt: skip
def test_verdict_and_margin(test: str, a: str, b: str, verdict: str, margin: str) -> None:
    found = outcome_of(rule(test), [{"a": a, "b": b}]).table("decisions")
    assert texts(found, "verdict", "margin") == [(verdict, margin)]


def test_sides_are_what_the_rule_compares() -> None:
    found = outcome_of(rule("a >= b"), [{"a": ">=7", "b": "10.50"}, {"a": "", "b": "3"}]).table("decisions")
    assert texts(found, "measured", "required") == [(">=7", "10.5"), ("", "3")]


def test_a_reason_says_why_the_verdict_is_what_it_is() -> None:
    rows = [{"a": "12", "b": "10"}, {"a": "7", "b": "10"}, {"a": ">=7", "b": "10"}, {"b": "3"}]
    assert texts(outcome_of(rule("a >= b"), rows).table("decisions"), "verdict", "reason") == [
        ("met", "it has 12, 10 is asked"),
        ("not_met", "not so: it has 7, 10 is asked"),
        ("undetermined", "not known: a of t3 (bound)"),
        ("undetermined", "not known: a of t4 (blank)"),
    ]


def test_an_excused_row_has_no_margin() -> None:
    text = rule("a >= b").replace("          because", "          not_applicable_when: b < 5\n          because")
    found = outcome_of(text, [{"a": "1", "b": "4"}, {"a": "1", "b": "5"}]).table("decisions")
    assert texts(found, "verdict", "margin") == [("not_applicable", ""), ("not_met", "-4")]


@pytest.mark.parametrize(
    ("a", "gap"),
    [("90", "10"), ("89.99", ""), ("99.99", "0.01"), ("100", ""), ("<=95", "5"), ("<=80", ""), (">=80", "")],
)
def test_a_miss_is_near_up_to_exactly_a_tenth(a: str, gap: str) -> None:
    found = outcome_of(rule("a >= b"), [{"a": a, "b": "100"}]).table("near_misses")
    assert texts(found, "gap") == ([(gap,)] if gap else [])


def test_near_misses_of_negative_requirements_and_downwards() -> None:
    rows = [{"a": "-11", "b": "-10"}, {"a": "-11.01", "b": "-10"}, {"a": "-12", "b": "-10"}]
    assert texts(outcome_of(rule("a >= b"), rows).table("near_misses"), "key", "gap") == [("t1", "1")]
    rows = [{"a": "11", "b": "10"}, {"a": "10.5", "b": "10"}, {"a": "12", "b": "10"}]
    found = texts(outcome_of(rule("a <= b"), rows).table("near_misses"), "key", "measured", "required", "gap")
    assert found == [("t2", "10.5", "10", "0.5"), ("t1", "11", "10", "1")], "the nearest first"


def test_what_is_required_may_be_nothing() -> None:
    rows = [{"a": "0", "b": "0"}, {"a": "1", "b": "0"}]
    assert texts(outcome_of(rule("a < b"), rows).table("near_misses"), "key", "gap") == [("t1", "0")]


def test_the_decisions_of_the_small_state() -> None:
    found = outcome(small_run()).table("decisions")
    assert found.names == COLUMNS
    assert dict(found.columns)["margin"] == "number" and dict(found.columns)["as_of"] == "date"
    rules = list(dict.fromkeys(texts(found, "entity", "kind", "rule")))
    assert rules == [
        ("credential", "criterion", "good_job"),
        ("credential", "criterion", "college_credit"),
        ("credential", "criterion", "employer_validated"),
        ("program", "criterion", "hours"),
        ("program", "criterion", "tuition"),
        ("program", "determination", "governor_approval"),
        ("program", "eligibility", "workforce_program"),
    ], "in the order of the policy"
    verdicts = {row[:2]: row[2] for row in texts(found, "key", "rule", "verdict")}
    assert {key: verdicts[key, "good_job"] for key in ("CODE-1", "WELD-1", "FOOD-1", "HLTH-1", "HVAC-1", "OLD-1")} == {
        "CODE-1": "met",  # at least $239,200
        "WELD-1": "met",  # $47,000 of $43,900
        "FOOD-1": "not_met",  # $28,000, and not high-skill
        "HLTH-1": "undetermined",  # not released
        "HVAC-1": "undetermined",  # no row, and rows are not complete
        "OLD-1": "not_met",  # no linked occupation
    }
    hours = {
        row[0]: row[1:] for row in texts(found, "key", "rule", "measured", "required", "margin") if row[1] == "hours"
    }
    assert hours == {
        "P-1": ("hours", "200", "150", "50"), "P-2": ("hours", "100", "150", "-50"),
        "P-3": ("hours", "150", "150", "0"), "P-4": ("hours", "300", "150", "150"),
    }  # fmt: skip
    assert [key for key, *_ in texts(found, "key")][:8] == sorted(key for key, *_ in texts(found, "key")[:8])
    assert Counter(row[0] for row in texts(found, "name") if not row[0]) == {}, "every row has a name"
    assert set(texts(found, "school_year", "as_of", "policy")) == {("2026-27", "2026-07-01", "xx/credentials")}


def test_the_eligibility_of_the_small_state() -> None:
    found = outcome(small_run()).table("eligibility")
    assert found.names[:6] == ("entity", "key", "name", "rule", "verdict", "says")
    assert texts(found, "key", "verdict", "says") == [
        ("P-1", "met", "eligible"),
        ("P-2", "not_met", "not eligible"),  # 100 hours of 150
        ("P-3", "not_met", "not eligible"),  # $9,000 of $8,000
        ("P-4", "undetermined", "cannot tell"),  # nobody has decided
    ]
