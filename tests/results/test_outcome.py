"""All tables of a run: which there are, what stands in each of them, and that every one says what it is."""

from __future__ import annotations

from datetime import date as Date

import pytest

from engine.results.outcome import outcome
from tests.results.made import outcome_of
from tests.results.small import AS_OF, small_run


def test_the_tables_of_a_whole_policy() -> None:
    found = outcome(small_run())
    names = [one.name for one in found.tables]
    assert names == sorted(names) == [
        "assumptions", "decisions", "definitions", "eligibility", "findings", "held", "list_changes", "near_misses", "priority_list",
        "statistics",
    ]  # fmt: skip


def test_what_the_policy_does_not_have_is_left_out() -> None:
    found = outcome_of("definitions:\n  thing:\n    twice: b * 2\n", [{"b": "1"}])
    names = [one.name for one in found.tables]
    assert names == ["assumptions", "decisions", "definitions", "findings", "held", "near_misses", "statistics"]
    assert [row[1:5] for row in found.table("definitions").rows] == [("t1", "", "twice", "2")]
    assert all(one.rows == () for one in found.tables if one.name != "definitions") and not found.failed
    with pytest.raises(StopIteration):
        found.table("priority_list")


@pytest.mark.parametrize("one", outcome(small_run()).tables, ids=lambda one: str(one.name))
def test_a_table_that_is_mailed_alone_says_what_it_is(one: object) -> None:
    table = outcome(small_run()).table(getattr(one, "name", ""))
    assert table.columns[-3:] == (("school_year", "text"), ("as_of", "date"), ("policy", "text"))
    assert all(row[-3:] == ("2026-27", AS_OF, "xx/credentials") for row in table.rows)
    assert all(len(row) == len(table.columns) for row in table.rows)
    kinds = {"text": (str, bool, int), "date": (Date, type(None))}
    for at, (name, kind) in enumerate(table.columns):
        assert all(isinstance(row[at], kinds.get(kind, object)) for row in table.rows), name
