"""The table of payments: payee by payee, with what each step made of the claim."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.results.outcome import outcome
from engine.results.payments import holding
from engine.results.record import totals
from tests.results.funded import KNOWN, funded
from tests.results.made import texts


def test_what_a_payee_is_paid_and_how_it_came_about() -> None:
    """d2 and d3 lie outside 150 to 200, the money covers all."""
    found = outcome(funded("guards")).table("payments")
    columns = ("key", "fiscal_year", "claim", "minimum", "maximum", "entitlement", "held_by", "factor", "amount")
    assert texts(found, *columns) == [
        ("d1", "FY2027", "100", "150", "200", "150", "minimum", "1", "150"),
        ("d2", "FY2027", "79.5", "150", "200", "150", "minimum", "1", "150"),
        ("d3", "FY2027", "320.5", "150", "200", "200", "maximum", "1", "200"),
    ]


def test_the_year_before_and_the_change() -> None:
    found = outcome(funded("harmless")).table("payments")
    assert texts(found, "key", "hold_harmless", "held_by", "prior_payment", "amount", "change") == [
        ("d1", "200", "hold harmless", "1000", "200", "-800"),
        ("d2", "2", "", "10", "93.21", "83.21"),
        ("d3", "0", "", "0", "206.79", "206.79"),
    ]


def test_a_minimum_that_ends_at_the_claim_holds_nothing_up_beyond_it() -> None:
    """Nothing is claimed, the minimum and what a payee is held harmless at are 2,000 alike."""
    claim, both = Fraction(0), Fraction(2000)
    assert holding(claim, both, both, both, None, both, both, beyond_claim=False) == "hold harmless"
    assert holding(claim, both, both, both, None, both, both, beyond_claim=True) == "minimum"


def test_the_parts_of_a_split_sum_to_the_payment() -> None:
    found = outcome(funded("split")).table("payments")
    for amount, *parts in texts(found, "amount", "split program", "split teacher", "split district"):
        assert sum(map(Fraction, parts)) == Fraction(amount)
    assert texts(found, "passed on to program") == [("31.27",), ("59.41",), ("131.8",)]


@pytest.mark.parametrize("name", KNOWN)
def test_payments_sum_to_what_the_line_pays(name: str) -> None:
    result = outcome(funded(name))
    paid = sum((Fraction(one) for (one,) in texts(result.table("allocation"), "paid")), Fraction(0))
    assert Fraction(totals(result.table("payments"))["amount"]) == paid


def test_a_payment_that_is_not_known_is_blank() -> None:
    found = outcome(funded("least too much")).table("payments")
    assert texts(found, "key", "minimum", "amount") == [("d1", "150", ""), ("d2", "150", ""), ("d3", "150", "")]
