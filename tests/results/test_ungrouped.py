"""Rows that form no group are a finding, with what they lack."""

from __future__ import annotations

from tests.results.made import outcome_of

POLICY = """\
entities:
  kind_group:
    group: thing
    by:
      size: a
definitions:
  kind_group:
    how_many: count(things)
"""


def test_rows_that_form_no_group() -> None:
    found = outcome_of(POLICY, [{"a": "1", "b": "1"}, {"b": "2"}, {"a": "1"}, {"a": ">=7"}])
    assert [one.message for one in found.findings if one.kind == "ungrouped"] == [
        "2 of thing are in no row of kind_group, for want of `size`: t2, t4"
    ]


def test_nothing_is_said_where_all_are_in_a_group() -> None:
    found = outcome_of(POLICY, [{"a": "1"}, {"a": "2"}])
    assert [one for one in found.findings if one.kind == "ungrouped"] == []
