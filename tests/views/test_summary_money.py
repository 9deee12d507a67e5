"""Payments in the terminal: counted and summed, never naming a claim, and 80 columns wide."""

from __future__ import annotations

import pytest

from engine.results.outcome import outcome
from engine.views.summary import render_outcome
from engine.views.summary_money import money_section
from tests.conftest import Golden
from tests.results.funded import LINES, funded


@pytest.mark.parametrize("name", ["prorated", "two lines", "least too much", "least prorated", "first come"])
def test_the_texts(name: str, golden: Golden) -> None:
    golden(f"summary/{name.replace(',', '').replace(' ', '-')}.txt", render_outcome(outcome(funded(name))))


@pytest.mark.parametrize("name", LINES)
def test_no_claim_is_named_and_lines_are_short(name: str) -> None:
    text = render_outcome(outcome(funded(name)))
    assert max(map(len, text.splitlines())) <= 80
    assert not [word for word in text.replace(",", " ").split() if word.startswith("a") and word[1:].isdigit()]


def test_long_lists_of_payees_are_cut_and_counted() -> None:
    lines = money_section(outcome(funded("prorated")), 80, 1).splitlines()
    at = lines.index("    d1         $100.00    $17.65  $53.49")
    assert lines[at + 1 : at + 3] == [
        "    … and 2 more (table `payments`)",
        "        in all $500.00    $23.54 $267.46",
    ]


def test_payees_who_are_persons_are_not_named() -> None:
    text = money_section(outcome(funded("prorated")), 80, hidden=frozenset({"district"}))
    assert "d1" not in text and "credentials: $267.46 to 3 of 3 districts" in text
