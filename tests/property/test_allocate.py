"""What must hold of every allocation, on random lines of funding, beside an oracle in fractions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction as F
from math import floor
from random import Random

import pytest

from engine.execution.allocate import Allocation, Shortfall
from tests.property.shares import Case, Expected, allocated, case, entitled, expected, paid, ties


def check(seed: int) -> str:
    """Everything that must hold of one line; which kind of line it was."""
    one = case(seed)
    wanted, found = expected(one), allocated(one)
    if wanted is None:
        assert isinstance(found, Shortfall), seed
        assert found.by == (sum(one.lows) - max(one.pot, F(0))) * 10_000, seed
        return "refused"
    assert isinstance(found, Allocation), seed
    payments = paid(found)
    assert payments == list(wanted.payments), (seed, one)
    _check_sum(one, wanted, payments)
    _check_factor(one, wanted, found)
    _check_ends(one, wanted, payments)
    _check_claims(one, payments, seed)
    _check_order(one, wanted, payments, seed)
    _check_pending(one, payments)
    if sum(one.lows) > max(one.pot, F(0)):
        return "lows prorated"
    return "enough" if sum(payments) == wanted.entitled else f"prorated, {one.remainder}"


def _check_sum(one: Case, wanted: Expected, payments: list[F]) -> None:
    """Paid and unspent are the pot in whole coins, or all that anybody may have, to the coin."""
    pot = floor(max(one.pot, F(0)) / one.coin) * one.coin
    total = sum(payments, F(0))
    if one.remainder == "largest_remainder":
        assert total == min(pot, wanted.entitled)
    else:
        residue = sum((share % one.coin for share in wanted.shares), F(0))
        assert min(max(one.pot, F(0)), wanted.entitled) - total == residue + _not_shared(one, wanted)
        assert 0 <= min(pot, wanted.entitled) - total <= len(payments) * one.coin


def _not_shared(one: Case, wanted: Expected) -> F:
    """What even L = 1 leaves where a high lies above a claim that has parts of a coin."""
    return min(max(one.pot, F(0)), wanted.entitled) - sum(wanted.shares, F(0))


def _check_factor(one: Case, wanted: Expected, found: Allocation) -> None:
    factor = F(found.numerator, found.denominator)
    assert (found.numerator, found.denominator) == (factor.numerator, factor.denominator)  # in lowest terms
    assert 0 <= factor <= 1
    covered = sum(one.lows) <= max(one.pot, F(0)) < wanted.entitled
    if covered and sum(wanted.shares, F(0)) == one.pot:  # the least that spends the pot: nothing less does
        tops = entitled(one)
        less = factor * F(999_999, 1_000_000)
        shares = (min(top, max(low, less * c)) for c, low, top in zip(one.claims, one.lows, tops, strict=True))
        assert factor == 0 or sum(shares) < one.pot
    if factor != 1 or not covered:
        assert factor == wanted.factor


def _check_ends(one: Case, wanted: Expected, payments: list[F]) -> None:
    prorated_lows = sum(one.lows) > max(one.pot, F(0))
    for payment, low, high in zip(payments, one.lows, one.highs, strict=True):
        assert payment % one.coin == 0
        assert (0 if prorated_lows else low) <= payment <= (low if prorated_lows else high)


def _check_claims(one: Case, payments: list[F], seed: int) -> None:
    """Of two payees with the same ends the larger claim gets no less; who claims more gets no less than before."""
    rows = list(zip(one.lows, one.highs, one.claims, payments, strict=True))
    for low, high, claim, payment in rows:
        for other_low, other_high, other_claim, other in rows:
            if (low, high) == (other_low, other_high) and claim > other_claim:
                assert payment >= other
    if rows:
        row = Random(seed).randrange(len(rows))
        more = [claim + F(1234, 100) * (place == row) for place, claim in enumerate(one.claims)]
        again = allocated(replace(one, claims=tuple(more)))
        assert isinstance(again, Allocation)
        assert paid(again)[row] >= payments[row]


def _check_order(one: Case, wanted: Expected, payments: list[F], seed: int) -> None:
    """Where rows stand decides nothing but which of two equal rights comes first."""
    order = list(range(len(payments)))
    Random(seed + 1).shuffle(order)
    columns = ([column[row] for row in order] for column in (one.claims, one.lows, one.highs, one.pending))
    claims, lows, highs, pending = (tuple(column) for column in columns)
    found = allocated(replace(one, claims=claims, lows=lows, highs=highs, pending=pending))
    assert isinstance(found, Allocation)
    again = paid(found)
    assert sum(again, F(0)) == sum(payments, F(0))
    for place, row in enumerate(order):
        assert abs(again[place] - payments[row]) <= (one.coin if ties(one, wanted.shares) else 0)


def _check_pending(one: Case, payments: list[F]) -> None:
    """Of what a payee is allocated the part of its pending claims is reserved; nothing is lost between the two."""
    reserved = paid_now = F(0)
    for payment, claim, open_part in zip(payments, one.claims, one.pending, strict=True):
        now = floor(payment * (claim - open_part) / claim / one.coin) * one.coin if claim else payment
        paid_now, reserved = paid_now + now, reserved + payment - now
        assert 0 <= now <= payment
    pot = floor(max(one.pot, F(0)) / one.coin) * one.coin
    unspent = min(pot, sum(entitled(one), F(0))) - paid_now - reserved
    assert unspent == 0 if one.remainder == "largest_remainder" else unspent >= 0


def test_hundreds_of_lines() -> None:
    kinds = Counter(check(seed) for seed in range(600))
    assert set(kinds) == {
        "refused", "lows prorated", "enough", "prorated, largest_remainder", "prorated, unspent",
    }  # fmt: skip
    assert min(kinds.values()) > 30, kinds


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(10))
def test_ten_thousand_lines(thousand: int) -> None:
    for seed in range(1000 * (thousand + 1), 1000 * (thousand + 2)):
        check(seed)
