"""Reconciliation: every total is the total before it with the changes between them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.results.outcome import outcome
from tests.results.funded import LINES, funded
from tests.results.made import texts


@pytest.mark.parametrize("name", LINES)
def test_the_waterfall_adds_up(name: str) -> None:
    result = outcome(funded(name))
    rows = texts(result.table("reconciliation"), "line", "step", "kind", "claims", "amount")
    for line in dict.fromkeys(row[0] for row in rows):
        claims = amount = Fraction(0)
        last = ""
        for _, step, kind, count, dollars in (row for row in rows if row[0] == line):
            last = step if kind == "total" else last
            if step == "in the data":
                claims, amount = Fraction(count), Fraction(dollars)
            elif kind == "change":
                claims, amount = claims + Fraction(count), amount + Fraction(dollars)
            elif kind == "total" and count:
                assert (Fraction(count), Fraction(dollars)) == (claims, amount), step
        assert last == "paid"
        counted = [row for row in texts(result.table("claims"), "line", "status") if row[0] == line]
        assert rows[0][3] == str(len(counted))


def test_the_steps_of_a_line() -> None:
    found = outcome(funded("prorated")).table("reconciliation")
    assert texts(found, "step", "kind", "claims", "students", "amount") == [
        ("in the data", "total", "9", "8", "777.5"),
        ("denied", "change", "-1", "", "-33"),
        ("pending", "change", "-1", "", "-33"),
        ("pending", "change", "-1", "", "-11"),
        ("counting", "total", "6", "5", "700.5"),
        ("limit one", "change", "-1", "", "-90"),
        ("limit cap", "change", "-1", "", "-110.5"),
        ("claimed", "total", "4", "4", "500"),
        ("not paid for want of money", "change", "0", "", "-232.54"),
        ("paid", "total", "4", "4", "267.46"),
    ]
    assert texts(found, "note")[2:4] == [("not known: whether it counts",), ("not known: its place under cap",)]
