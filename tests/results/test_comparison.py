"""Two rows side by side: what differs, and the first condition that decides, worked out by hand on the small run."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.results.explain.comparison import Comparison, compare
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Entry, Ledger
from tests.results.graded import graded
from tests.results.small import small_run


def compared(one: str, other: str, name: str | None = None, entity: str = "credential") -> Comparison:
    return compare(*(explain(small_run(), entity, (key,), name) for key in (one, other)))


def test_a_row_beside_itself_differs_in_nothing() -> None:
    found = compared("WELD-1", "WELD-1")
    assert found.same and found.deciding == () and found.differing == 0 and found.conditions > 3
    assert all(pair.one == pair.other for pair in found.pairs)


@pytest.mark.parametrize(
    ("one", "other"), [("WELD-1", "STAY-1"), ("STAY-1", "WELD-1"), ("WELD-1", "HLTH-1"), ("EX-1", "WELD-1")]
)
def test_the_way_down_to_what_decides(one: str, other: str) -> None:
    found = compared(one, other)
    assert found.deciding and [pair.level for pair in found.deciding] == list(range(len(found.deciding)))
    for pair in found.deciding:
        assert pair.is_condition and pair.in_both and pair.differs
    at = found.pairs.index(found.deciding[-1])
    below = []
    for pair in found.pairs[at + 1 :]:
        if pair.level <= found.deciding[-1].level:
            break
        below.append(pair)
    assert not [pair for pair in below if pair.is_condition and pair.in_both and pair.differs], "it is the last one"


def test_what_only_differs_is_not_said_to_decide() -> None:
    """Both qualify, one by two ways: what keeps STAY-1 off is its place, and no condition."""
    assert not compared("WELD-1", "STAY-1").decides and compared("WELD-1", "HLTH-1").decides


def test_the_other_way_round_is_the_same_comparison() -> None:
    one, other = compared("WELD-1", "STAY-1"), compared("STAY-1", "WELD-1")
    assert one.differing == other.differing and one.conditions == other.conditions
    assert [(pair.other, pair.one) for pair in other.deciding] == [(pair.one, pair.other) for pair in one.deciding]


def test_sums_are_compared_line_by_line() -> None:
    """Alpha: 22.222222222 for diplomas; echo has 1 of 4 students with one: 25 × 1/3."""
    one, other = (explain(graded(), "school", (key,), None) for key in ("alpha", "echo"))
    pairs = compare(one, other).pairs
    amounts = {
        pair.told.text.split()[0]: (getattr(pair.one, "amount", None), getattr(pair.other, "amount", None))
        for pair in pairs
        if pair.in_both and isinstance(pair.told, Entry)
    }
    for place, found in enumerate((one, other)):
        ledger = next(item for item in found.items if isinstance(item, Ledger))
        assert amounts["graduation"][place] == next(e.amount for e in ledger.entries if e.text.startswith("graduation"))
    assert amounts["graduation"][0] == Fraction(22222222222, 10**9)
