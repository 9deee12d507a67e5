"""Payments in the terminal: counted and summed, never naming a claim, and 80 columns wide."""

from __future__ import annotations

import pytest

from engine.results.outcome import outcome
from engine.views.summary import render_outcome
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
