"""What a person should look at: ties, rows that could take a place, exceptions about nothing, made-up data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.execution.dataset_file import TableSource
from engine.results.finding import findings
from engine.results.outcome import outcome
from engine.text.source import NOWHERE
from tests.results.made import outcome_of, run_of, texts
from tests.results.small import small_run
from tests.results.test_priority_list import LIST, THINGS


def test_nothing_to_look_at() -> None:
    assert outcome(small_run()).findings == ()
    assert outcome(small_run()).table("findings").names[:5] == ("kind", "entity", "key", "name", "message")


def test_a_tie_names_its_rows() -> None:
    found = [one for one in outcome_of(LIST.format(limit="1"), THINGS).findings if one.kind == "tie"]
    assert [(one.entity, one.key, one.message) for one in found] == [
        ("thing", "t1", "2 rows share place 1, the limit is 1, and all of them are on the list: t1, t5")
    ]


def test_a_tie_that_decides_nothing_is_none() -> None:
    assert [one for one in outcome_of(LIST.format(limit="2"), THINGS).findings if one.kind == "tie"] == []


def test_a_long_tie_is_cut() -> None:
    found = outcome_of(LIST.format(limit="1"), [{"a": "20", "b": "1"}] * 8).findings
    assert found[0].message.endswith("t1, t2, t3, t4, t5, t6 and 2 more")


@pytest.mark.parametrize(
    ("limit", "score", "takes"),
    [
        ("2", "5.01", True),  # t1 and t5 hold places 1 and 2 with 5
        ("2", "5", True),  # a tie with place 1
        ("2", "4.99", False),  # place 3
        ("3", "4.99", True),  # there is room for a third, however low
        ("3", "-100", True),
        ("1", "", True),  # nobody knows
    ],
)
def test_a_pending_row_that_could_take_a_place(limit: str, score: str, takes: bool) -> None:
    things = [{"a": "20", "b": "5"}, {"a": "20", "b": "5"}, {"a": ">=5", "b": score}]
    found = [one for one in outcome_of(LIST.format(limit=limit), things).findings if one.kind == "pending"]
    assert [one.key for one in found] == (["t3"] if takes else [])
    assert {one.message for one in found} <= {"is pending review and would stand within the limit if it qualified"}


@pytest.mark.parametrize(("score", "takes"), [("<=4", False), ("<=5", True), (">=1", True), (">=6", True)])
def test_a_bound_could_take_a_place_at_its_best(score: str, takes: bool) -> None:
    text = LIST.format(limit="1").replace("a >= 10", "b >= 10").replace("b desc", "a desc")
    found = outcome_of(text, [{"a": "5", "b": "20"}, {"a": score, "b": ""}]).findings
    assert [one.key for one in found if one.kind == "pending"] == (["t2"] if takes else [])


def test_the_first_may_be_the_lowest() -> None:
    text = LIST.format(limit="1").replace("b desc", "b")
    found = outcome_of(text, [{"a": "20", "b": "5"}, {"a": ">=5", "b": "4"}, {"a": ">=5", "b": "6"}]).findings
    assert [one.key for one in found if one.kind == "pending"] == ["t2"]


def test_a_later_key_of_the_order_counts() -> None:
    text = LIST.format(limit="1").replace("b desc", "b desc then thing_id")
    things = [{"thing_id": key, "a": a, "b": "5"} for key, a in {"m": "20", "a": ">=5", "z": ">=5"}.items()]
    found = outcome_of(text, things).findings
    assert [one.key for one in found if one.kind == "pending"] == ["a"]


def test_without_a_limit_there_is_no_place_to_take() -> None:
    text = LIST.format(limit="1").replace("  limit: 1\n", "")
    assert [one for one in outcome_of(text, THINGS).findings if one.kind == "pending"] == []


def test_an_exception_about_a_row_that_is_not_there() -> None:
    text = LIST.format(limit="1") + (
        "  exceptions:\n    ghost:\n      key: t9\n      verdict: listed\n      decided_by: Board\n"
        "      because: it was promised\n      cite: law 9\n"
    )
    found = [one for one in outcome_of(text, THINGS).findings if one.kind == "exception"]
    assert [(one.key, one.message) for one in found] == [
        ("t9", "the exception `ghost` is about a row that is not in the data")
    ]


def test_made_up_data_says_so() -> None:
    run = run_of(LIST.format(limit="1"), THINGS[:1])
    source = TableSource("thing", NOWHERE, made_up="all of it")
    run = replace(run, dataset=replace(run.dataset, made_up=True, note="a test", sources={"thing": source}))
    found = findings(run, ())
    assert [(one.kind, one.entity, one.message) for one in found] == [
        ("made_up", "", "a test"),
        ("made_up", "thing", "made up in the table thing: all of it"),
    ]
    assert texts(outcome(run).table("findings"), "kind") == [("made_up",), ("made_up",)]
