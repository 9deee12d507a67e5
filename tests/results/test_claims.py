"""The table of claims: what became of each and why, worked out by hand, and sums that are those of the payments."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.results.outcome import outcome
from engine.results.table_file import arrow_table
from tests.results.funded import KNOWN, funded
from tests.results.made import outcome_of, texts


def test_every_claim_says_what_became_of_it_and_why() -> None:
    """Of x the better of two claims is kept; t's reach $250 with a3 (70.50), a1 (100) and 79.50 of a2."""
    found = outcome(funded("prorated")).table("claims")
    cap = "cap: at most $250 for one teacher and school year, by award_date"
    one = "one: only the first 1 for one student and school year, by amount desc then award_date"
    assert texts(found, "key", "payee", "status", "limited_by", "why") == [
        ("a1", "d1", "paid", "", ""),
        ("a2", "d2", "limited", "cap", cap),
        ("a3", "d3", "paid", "", ""),
        ("a4", "d3", "limited", "cap", cap),
        ("a5", "d3", "limited", "cap", cap),
        ("a6", "d3", "pending", "", "not known: its place under cap (teacher of a6 (blank))"),
        ("a7", "d1", "denied", "", "not so: grade >= 9"),
        ("a8", "d1", "pending", "", "not known: whether it counts (grade of a8 (blank))"),
        ("a9", "d2", "limited", "one", one),
    ]
    steps = texts(found, "amount", "after one", "after cap", "after_limits", "claim", "paid", "pending_amount", "cite")
    assert steps == [
        ("100", "100", "100", "100", "100", "53.49", "", "code 2"),
        ("100", "100", "79.5", "79.5", "79.5", "42.53", "", "code 3"),
        ("70.5", "70.5", "70.5", "70.5", "70.5", "37.71", "", "code 2"),
        ("40", "40", "0", "0", "0", "0", "", "code 3"),
        ("300", "300", "250", "250", "250", "133.73", "", "code 3"),
        ("11", "11", "", "", "0", "0", "11", "code 2"),
        ("33", "0", "0", "0", "0", "0", "", "code 2"),
        ("33", "0", "0", "0", "0", "0", "33", "code 2"),
        ("90", "0", "0", "0", "0", "0", "", "code 2"),
    ]


def test_lines_with_other_limits_stand_in_one_table() -> None:
    found = outcome(funded("two lines")).table("claims")
    assert [row[0] for row in found.rows] == ["credentials"] * 3 + ["training"] * 3
    assert not [name for name in found.names if name.startswith("after ")]


@pytest.mark.parametrize("name", [one for one in KNOWN if one != "block"])
def test_what_is_paid_for_claims_sums_to_what_is_paid(name: str) -> None:
    result = outcome(funded(name))
    claims, payments = result.table("claims"), result.table("payments")
    paid: dict[tuple[str, str], Fraction] = {}
    for line, payee, amount in texts(claims, "line", "payee", "paid"):
        paid[line, payee] = paid.get((line, payee), Fraction(0)) + Fraction(amount or 0)
    for line, payee, claim, amount in texts(payments, "line", "key", "claim", "amount"):
        if Fraction(claim):
            assert paid[line, payee] == Fraction(amount), (line, payee)


def test_an_amount_that_is_known_only_within_bounds_is_blank_in_every_kind_of_file() -> None:
    """A claim of at least $5 counts, since a bound is known; what it comes to is not, and no cell holds two ends."""
    line = """
    funding:
      bonus:
        cite: law 1
        claim: thing
        amount: a * $1
    """
    for given, amount in (("7", "7"), (">=5", "")):
        found = outcome_of(line, [{"a": given}], as_of="2026-07-01").table("claims")
        assert texts(found, "key", "status", "amount", "paid") == [("t1", "paid", amount, amount)]
        assert arrow_table(found).column("amount").null_count == (not amount)
