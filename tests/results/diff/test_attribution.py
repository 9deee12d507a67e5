"""Parts of a change, held to games that are solved on paper and to the definition by all orders."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.results.diff.attribution import attribute, smallest_groups, to_the_cent

ONE, TWO, THREE = (frozenset({place}) for place in range(3))


def test_gloves() -> None:
    """One left glove and two right ones (Shapley's standard case): 2/3 to the left, 1/6 to each right one."""

    def pairs(chosen: frozenset[int]) -> dict[str, Fraction]:
        return {"pairs": Fraction(int(0 in chosen and bool(chosen & {1, 2})))}

    found = attribute([ONE, TWO, THREE], pairs)
    assert [one.part for one in found.of("pairs")] == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]
    assert [one.alone for one in found.of("pairs")] == [0, 0, 0]
    assert (found.exact, found.orders, found.runs) == (True, 6, 8)


def test_rate_and_count() -> None:
    """A rate from $10 to $12 and a count from 5 to 8: 2 × 5 = $10 alone and 3 × 10 = $30 alone, $6 together, halved."""

    def paid(chosen: frozenset[int]) -> dict[str, Fraction]:
        return {"paid": Fraction((12 if 0 in chosen else 10) * (8 if 1 in chosen else 5))}

    found = attribute([ONE, TWO], paid)
    assert [(one.alone, one.part) for one in found.of("paid")] == [
        (Fraction(10), Fraction(13)),
        (Fraction(30), Fraction(33)),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(-99, 99), min_size=2**n, max_size=2**n))
    )
)
def test_parts_are_the_mean_over_all_orders(game: tuple[int, list[int]]) -> None:
    count, values = game

    def worth(chosen: frozenset[int]) -> dict[str, Fraction]:
        return {"it": Fraction(values[sum(1 << edit for edit in chosen)])}

    found = attribute([frozenset({edit}) for edit in range(count)], worth)
    orders = list(permutations(range(count)))
    for one in found.of("it"):
        rises = []
        for order in orders:
            before = frozenset(order[: order.index(one.group)])
            rises.append(worth(before | {one.group})["it"] - worth(before)["it"])
        assert one.part == sum(rises) / Fraction(len(orders))
    assert sum(one.part for one in found.of("it")) == values[-1] - values[0]


def test_many_edits_are_sampled_and_still_sum() -> None:
    """Nine edits that each add their number, and one more dollar where the first two meet: the parts of seven are exact."""

    def worth(chosen: frozenset[int]) -> dict[str, Fraction]:
        return {"paid": Fraction(sum(chosen) + ({0, 1} <= chosen))}

    found = attribute([frozenset({edit}) for edit in range(9)], worth, seed=7)
    parts = found.of("paid")
    assert not found.exact
    assert sum(one.part for one in parts) == 37
    assert [one.part for one in parts[2:]] == list(range(2, 9))
    assert [one.error for one in parts[2:]] == [0] * 7
    assert [one.part for one in parts[:2]] == [Fraction(1, 2), Fraction(3, 2)]  # an order and its reverse: half each
    assert found == attribute([frozenset({edit}) for edit in range(9)], worth, seed=7)


def test_edits_that_need_each_other_are_one_player() -> None:
    """A rule (1) that reads a new parameter (0): the rule cannot be made without it, the parameter can alone."""
    found = smallest_groups(3, lambda edits: 1 not in edits or 0 in edits)
    assert found == (frozenset({0, 1}), frozenset({2}))


def test_edits_that_never_check_but_together() -> None:
    assert smallest_groups(4, lambda edits: len(edits) in (0, 4)) == (frozenset(range(4)),)


def test_edits_that_stand_alone() -> None:
    assert smallest_groups(2, lambda edits: True) == (ONE, TWO)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([Fraction(1, 3)] * 3, ["0.34", "0.33", "0.33"]),
        ([Fraction(-1, 3), Fraction(1, 3)], ["-0.33", "0.33"]),
        ([Fraction(10), Fraction(-5)], ["10.00", "-5.00"]),
        ([], []),
    ],
)
def test_what_is_shown_sums(parts: list[Fraction], shown: list[str]) -> None:
    found = to_the_cent(parts)
    assert [f"{float(one):.2f}" for one in found] == shown
    assert sum(found) == sum(parts)
