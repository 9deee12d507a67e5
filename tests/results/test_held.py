"""What is held and why: the responsible cells with their reasons, failures among them."""

from __future__ import annotations

from engine.results.outcome import outcome
from tests.results.made import outcome_of, texts
from tests.results.small import small_run

RATIO = """
definitions:
  thing:
    ratio: a / b
    twice: ratio * 2
    either: a / b or_else 1
"""


def test_the_held_rows_of_the_small_state() -> None:
    found = outcome(small_run()).table("held")
    assert found.names[:10] == (
        "entity", "key", "name", "rule", "state", "responsible_table", "responsible_row", "responsible_column", "reason",
        "policy_place",
    )  # fmt: skip
    wage = ("undetermined", "labor_market", "occupation=29-2099,area=US-XX", "annual_median", "not released")
    gone = ("undetermined", "labor_market", "occupation=49-9021,area=US-XX", "", "no row")
    open_ = ("undetermined", "program", "P-4", "determinations", "no rows reported")
    assert [row[1:9] for row in texts(found)] == [
        ("HLTH-1", "Health Aide", "criteria.credential.good_job", *wage),
        ("HVAC-1", "Heating Technician", "criteria.credential.good_job", *gone),
        ("P-4", "Roofing", "determinations.governor_approval", *open_),
        ("P-4", "Roofing", "eligibility.workforce_program", *open_),
        ("HLTH-1", "Health Aide", "priority_list.when", *wage),
        ("HVAC-1", "Heating Technician", "priority_list.when", *gone),
    ]
    assert all(place.startswith("line ") for (place,) in texts(found, "policy_place"))
    assert not outcome(small_run()).failed


def test_a_failed_cell_is_held_wherever_it_stands() -> None:
    found = outcome_of(RATIO, [{"a": "1", "b": "0"}, {"a": "1", "b": "2"}, {"a": "", "b": "2"}])
    held = texts(found.table("held"), "key", "rule", "state", "responsible_row", "responsible_column", "reason")
    assert held == [
        ("t1", "definitions.thing.ratio", "failed", "t1", "ratio", "X001"),
        ("t1", "definitions.thing.twice", "failed", "t1", "ratio", "X001"),
    ], "what `or_else` catches, and what is merely missing, is not held"
    assert found.failed
    said = {(one.kind, one.key, one.message) for one in found.findings}
    assert ("failed", "t1", "`definitions.thing.ratio` failed: division by zero (X001)") in said


def test_a_failed_decision_says_so() -> None:
    found = outcome_of(
        """
        criteria:
          thing:
            half:
              test: a / b >= 0.5
              because: half
              cite: law 1
        """,
        [{"a": "1", "b": "0"}, {"a": "1", "b": ""}],
    )
    held = texts(found.table("held"), "key", "state", "responsible_column", "reason")
    assert held == [("t1", "failed", "half", "X001"), ("t2", "undetermined", "b", "blank")]
    assert texts(found.table("decisions"), "key", "verdict") == [("t1", "undetermined"), ("t2", "undetermined")]


def test_a_bound_that_leaves_a_decision_open_is_named() -> None:
    text = """
    criteria:
      thing:
        enough:
          test: a >= 10
          because: enough
          cite: law 1
    """
    found = outcome_of(text, [{"a": ">=5"}, {"a": ">=10"}, {"a": "missing: refused"}])
    assert texts(found.table("held"), "key", "responsible_column", "reason") == [
        ("t1", "a", "bound"), ("t3", "a", "refused"),
    ]  # fmt: skip


def test_every_responsible_cell_has_a_line() -> None:
    text = """
    criteria:
      thing:
        both:
          test: a >= 1 and b >= 1
          because: both
          cite: law 1
    """
    found = outcome_of(text, [{"a": "", "b": ""}, {"a": "", "b": "0"}, {"a": "", "b": "1"}])
    assert texts(found.table("held"), "key", "responsible_column") == [("t1", "a"), ("t1", "b"), ("t3", "a")]
