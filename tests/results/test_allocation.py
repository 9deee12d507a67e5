"""The table of the appropriations: paid, kept back and left come to what there was, to the cent."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from engine.results.outcome import outcome
from tests.results.funded import KNOWN, LINES, funded
from tests.results.made import texts


@pytest.mark.parametrize("name", [one for one in KNOWN if LINES[one][2]])
def test_what_there_is_is_paid_kept_back_or_left(name: str) -> None:
    found = outcome(funded(name)).table("allocation")
    rows = [
        [Fraction(one or 0) for one in row] for row in texts(found, "available", "paid", "reserved", "stays", "left")
    ]
    for available, paid, reserved, stays, left in rows:
        assert paid + reserved + stays + left == available
        assert min(stays, left) >= 0
    for before, after in pairwise(rows):
        assert after[0] == before[4], "the next line finds what this one left"
    ((amount, aside, first),) = texts(found, "amount", "set_aside", "available")[:1]
    assert Fraction(amount) - Fraction(aside) == Fraction(first)
    unspent = [one for (one,) in texts(found, "unspent")]
    assert unspent[:-1] == [""] * (len(unspent) - 1)
    assert Fraction(unspent[-1]) == rows[-1][4] + sum(row[3] for row in rows)


def test_the_factor_and_the_coins_handed_out() -> None:
    """The floors of 133, 79.5 and 331.5 times 291/544 are 71.14, 42.52 and 177.32, which is 290.98 of 291."""
    found = outcome(funded("prorated")).table("allocation")
    assert texts(found, "factor_numerator", "factor_denominator", "factor") == [("291", "544", "0.534926470588")]
    assert texts(found, "remainder", "remainder_coins", "payees", "pending_claims") == [("0.02", "2", "3", "2")]
    assert texts(found, "how", "claims", "entitlements") == [("prorate", "500", "544")]
    assert texts(found, "paid", "reserved", "unspent", "unspent_is") == [("267.46", "23.54", "0", "lapses")]


def test_coins_that_are_not_handed_out_stay() -> None:
    found = outcome(funded("coins stay")).table("allocation")
    assert texts(found, "remainder", "stays", "left", "unspent") == [("0", "0.01", "0", "0.01")]


def test_a_line_without_an_appropriation_stands_alone() -> None:
    found = outcome(funded("in full")).table("allocation")
    assert texts(found, "appropriation", "how", "available", "paid", "unspent") == [("", "in full", "", "711.5", "")]
