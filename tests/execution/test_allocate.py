"""Shares of a pot, worked by hand: amounts are in cents unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction as F

import pytest

from engine.execution.allocate import Allocation, Shortfall, allocate
from engine.execution.reference import Interpreter
from engine.execution.values import Bound, Missing, Reason, Value, missing
from engine.plan.plan import Allocate, ColumnId, Entity, Node, Reference, Scan
from engine.plan.print_node import print_node
from engine.text.codes import CODES
from engine.text.errors import EngineBug
from engine.types.datatypes import TEXT
from tests.execution.hand_plan import NUMBER, codes, interpreter, part

STATE = Entity("state", (("state", TEXT),))


def shares(
    claims: Sequence[int],
    pot: int,
    lows: Sequence[int] | None = None,
    highs: Sequence[int] | None = None,
    **how: object,
) -> tuple[list[int], F | int]:
    """The payments and L; the lows are 0 and the highs the claims where they are not given."""
    lows = lows or [0] * len(claims)
    made = allocate(claims, lows, highs or [max(ends) for ends in zip(claims, lows, strict=True)], pot, **how)  # type: ignore[arg-type]
    assert isinstance(made, Allocation)
    return list(made.payments), F(made.numerator, made.denominator)


# -- one factor for all -------------------------------------------------------------------------------------------


def test_equal_claims_on_too_little() -> None:
    """Ohio: 25,000 credentials at $725 on $16,000,000 are $640.00 each."""
    payments, factor = shares([725_00] * 25_000, 16_000_000_00)
    assert set(payments) == {640_00}
    assert factor == F(128, 145)


def test_enough_for_all() -> None:
    assert shares([725_00, 310_00], 2_000_00) == ([725_00, 310_00], 1)
    assert shares([725_00, 310_00], 1_035_00) == ([725_00, 310_00], 1)


def test_cap_then_prorate_and_prorate_then_cap() -> None:
    """120 at $25 with a cap of $2,000: half of the cap is $1,000, and half of $3,000 is under the cap."""
    assert shares([2_000_00, 2_000_00], 2_000_00) == ([1_000_00, 1_000_00], F(1, 2))
    assert shares([3_000_00, 3_000_00], 3_000_00, highs=[2_000_00, 2_000_00]) == ([1_500_00, 1_500_00], F(1, 2))


def test_the_sum_is_right_to_the_cent_where_single_roundings_are_not() -> None:
    """168 districts share $5,000,000 by their graduates, as in Kentucky."""
    graduates = [(place * 37) % 113 + 3 for place in range(168)]
    payments, factor = shares([count * 1_000_00 for count in graduates], 5_000_000_00)
    exact = [F(5_000_000_00 * count, sum(graduates)) for count in graduates]
    assert sum(payments) == 5_000_000_00
    assert sum(int(amount + F(1, 2)) for amount in exact) != 5_000_000_00
    assert all(abs(payment - amount) < 1 for payment, amount in zip(payments, exact, strict=True))
    assert factor == F(5_000, sum(graduates))


def test_minimum() -> None:
    """The small one keeps its $25,000; $100,000 are left for claims of $200,000."""
    payments, factor = shares([100_000_00, 100_000_00, 1_000_00], 125_000_00, lows=[25_000_00] * 3)
    assert payments == [50_000_00, 50_000_00, 25_000_00]
    assert factor == F(1, 2)


def test_maximum() -> None:
    """The first stands at its $100; 300 L over the other two is $140: L = 7/15, $93.33⅓ and $46.66⅔."""
    payments, factor = shares([300_00, 200_00, 100_00], 240_00, highs=[100_00] * 3)
    assert payments == [100_00, 93_33, 46_67]
    assert factor == F(7, 15)


def test_hold_harmless() -> None:
    """It had $500 and is held harmless; $700 of $1,000 are left for the other."""
    assert shares([100_00, 1_000_00], 1_200_00, lows=[500_00, 0]) == ([500_00, 700_00], F(7, 10))


def test_minimum_maximum_and_a_claim_of_nothing() -> None:
    """$50 for no claim at all; the second is at its top of $60 from L = 3/5 on; 100 L = $190 − $50 − $60 = $80."""
    payments, factor = shares([0, 100_00, 100_00], 190_00, lows=[50_00, 0, 0], highs=[50_00, 60_00, 100_00])
    assert payments == [50_00, 60_00, 80_00]
    assert factor == F(4, 5)


def test_the_least_factor_that_spends_the_pot() -> None:
    """The lows alone are the pot; and from L = 1/2 to 9/10 both shares stand still."""
    assert shares([100_00, 100_00], 60_00, lows=[30_00, 30_00]) == ([30_00, 30_00], 0)
    payments, factor = shares([100_00, 10_00], 59_00, lows=[0, 9_00], highs=[50_00, 10_00])
    assert (payments, factor) == ([50_00, 9_00], F(1, 2))


# -- too little and nothing ---------------------------------------------------------------------------------------


def test_lows_above_the_pot() -> None:
    lows = [300_00, 200_00, 100_00]
    assert allocate([900_00, 1_00, 0], lows, [900_00, 200_00, 100_00], 100_00) == Shortfall(500_00)
    payments, factor = shares([900_00, 1_00, 0], 100_00, lows=lows, short="prorate")
    assert (payments, factor) == ([50_00, 33_33, 16_67], 0)
    payments, _ = shares([900_00, 1_00, 0], 100_00, lows=lows, short="prorate", remainder="unspent")
    assert payments == [50_00, 33_33, 16_66]


def test_no_money() -> None:
    assert shares([100_00, 50_00], 0) == ([0, 0], 0)
    assert shares([100_00, 50_00], -7) == ([0, 0], 0)
    assert shares([100_00, 50_00], 0, lows=[10_00, 5_00], short="prorate") == ([0, 0], 0)
    assert allocate([1_00], [1], [1_00], -7) == Shortfall(1)


def test_no_claims() -> None:
    assert shares([0, 0], 100_00) == ([0, 0], 1)
    assert shares([0, 0], 100_00, lows=[25_00, 0]) == ([25_00, 0], 1)
    assert shares([-5_00, 10_00], 4_00, highs=[0, 10_00]) == ([0, 4_00], F(2, 5))
    assert shares([], 100_00) == ([], 1)


# -- coins --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "pot", "payments"),
    [
        ([100_00, 100_00, 100_00], 100_00, [33_34, 33_33, 33_33]),  # equal in everything: the first key
        ([2, 1], 2, [1, 1]),  # 1⅓ and ⅔: the larger fraction
        ([3, 1], 2, [2, 0]),  # 1½ and ½: the larger claim
        ([1, 3], 2, [0, 2]),
        ([1, 1, 1, 1], 2, [1, 1, 0, 0]),
    ],
)
def test_who_gets_the_coins_that_are_left(claims: Sequence[int], pot: int, payments: Sequence[int]) -> None:
    assert shares(claims, pot)[0] == payments


def test_what_is_left_may_stay() -> None:
    payments, factor = shares([100_00] * 3, 100_00, remainder="unspent")
    assert (payments, factor) == ([33_33] * 3, F(1, 3))


def test_whole_dollars() -> None:
    """$100.50 of which $100 can be paid; a claim of $40.60 that is known to be worth $41."""
    assert shares([100_00, 200_00], 100_50, coin=100)[0] == [33_00, 67_00]  # of 33.50 and 67.00
    assert shares([40_60], 500_00, highs=[41_00], coin=100) == ([41_00], 1)
    assert shares([40_60], 40_80, highs=[41_00], coin=100) == ([40_00], 1)
    assert shares([40_60], 500_00, highs=[90_00], coin=100) == ([41_00], 1)  # never more than the claim in begun coins


def test_a_low_that_cannot_be_paid_in_coins_is_a_bug() -> None:
    for low, high in ((50, 1_00), (1_00, 1_50), (2_00, 1_00), (-1_00, 1_00)):
        with pytest.raises(EngineBug, match="whole coins"):
            allocate([1_00], [low], [high], 5_00, coin=100)


# -- in a plan ----------------------------------------------------------------------------------------------------


def column(entity: str, name: str) -> Reference:
    return Reference(ColumnId(entity, name), NUMBER)


def payment(short: str) -> Allocate:
    """The payment of a part out of the pot of the state."""
    claim, least, most = (column("part", name) for name in ("claim", "least", "most"))
    pot = column("state", "pot")
    return Allocate("payment", "part", claim, least, most, pot, 2, "largest_remainder", short, NUMBER)


def line(pot: Value, parts: Sequence[dict[str, Value]], short: str = "refuse") -> Interpreter:
    """A line that pays parts for `n`, at least `low`, out of a pot of the state."""
    node = payment(short)
    nodes: dict[tuple[str, str], Node] = {
        ("state", "pot"): Scan("state", "money", NUMBER),
        ("part", "claim"): part("n"),
        ("part", "least"): part("low"),
        ("part", "most"): part("high"),
        ("part", "paid"): node,
        ("state", "over"): replace(node, part="numerator"),
        ("state", "under"): replace(node, part="denominator"),
    }
    return interpreter(nodes, parts=parts, entities=(STATE,), tables={"state": {("state",): {"money": pot}}})


def payee(claim: Value, low: Value = F(0)) -> dict[str, Value]:
    return {"n": claim, "low": low, "high": max(claim, low) if isinstance(claim, F) and isinstance(low, F) else F(99)}


def test_parts_of_one_allocation() -> None:
    made = line(F("10.01"), [payee(F(10)), payee(F(20)), payee(F(5), F(2))])
    assert [made.value("part", "paid", (f"p{at}",)) for at in (1, 2, 3)] == [F("2.67"), F("5.34"), F(2)]
    assert made.value("state", "over", ("state",)) == 267  # 8.01 of 30
    assert made.value("state", "under", ("state",)) == 1000


def test_one_missing_operand_leaves_nothing_to_pay() -> None:
    made = line(F(10), [payee(F(10)), payee(missing("pending"), missing("blank")), payee(F(5))])
    for entity, name, key in (("part", "paid", "p1"), ("state", "over", "state")):
        found = made.value(entity, name, (key,))
        assert isinstance(found, Missing) and not found.failed
        assert codes(found) == {"pending", "blank"}
    assert codes(line(missing("not known"), [payee(F(1))]).value("part", "paid", ("p1",))) == {"not known"}
    assert codes(line(Bound(F(1), None), [payee(F(1))]).value("part", "paid", ("p1",))) == {"bound"}


def test_lows_above_the_pot_fail_at_the_pot() -> None:
    made = line(F(10), [payee(F(10), F(6)), payee(F(1), F(5))])
    for entity, name, key in (("part", "paid", "p2"), ("state", "under", "state")):
        found = made.value(entity, name, (key,))
        assert found == Missing(frozenset((Reason("F001", "pot", "state", ("state",)),)))
        assert isinstance(found, Missing) and found.failed
    assert "least amounts" in CODES["F001"].message
    prorated = line(F(10), [payee(F(10), F(6)), payee(F(1), F(5))], short="prorate")
    assert [prorated.value("part", "paid", (key,)) for key in ("p1", "p2")] == [F("5.45"), F("4.55")]


def test_a_trace_shows_what_the_row_itself_brought_and_the_pot() -> None:
    made = line(F(9), [payee(F(10)), payee(F(20))])
    found = made.trace("part", "paid", ("p1",))
    assert found.value == 3
    seen = [(child.entity, print_node(child.node), child.value) for child in found.children]
    assert seen == [("part", "claim", 10), ("part", "least", 0), ("part", "most", 10), ("state", "pot", 9)]
    (pot,) = made.trace("state", "over", ("state",)).children
    assert pot.value == 9


def test_as_text() -> None:
    node = payment("refuse")
    said = "the share of pot by claim, from least to most, over part, in cents, largest_remainder, short: refuse"
    assert print_node(node) == said
    assert print_node(replace(node, part="numerator", places=0)).startswith(
        "the numerator of the share of claim that pot"
    )
