"""Scenarios that are alike share what is done for them, and only those."""

from __future__ import annotations

import pyarrow as pa

from engine.execution.batch_alike import alike, merged, split, stacked


def test_groups_come_in_the_order_of_their_firsts() -> None:
    found = alike("abacb")
    assert (found.of, found.firsts, found.count) == ((0, 1, 0, 2, 1), (0, 1, 3), 3)
    assert alike(["a", "b", "a", "a", "b"]).seen_by(found) == [0, 1, 0]


def test_groups_with_the_same_rows_are_one() -> None:
    """The second of four groups has the rows of the first, the third others, the fourth none."""
    one, other = pa.table({"x": ["a", None], "t": [True, False]}), pa.table({"x": ["a", "b"], "t": [True, False]})
    rows = stacked([one, one, other, one.slice(0, 0)])
    found = alike(merged(alike([5, 6, 7, 8, 6]), rows))
    assert found.of == (0, 0, 1, 2, 0)
    assert [part.num_rows for part in split(rows, 4)] == [2, 2, 2, 0]
