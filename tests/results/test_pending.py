"""Pending claims and payments that cannot be told: held with their cells, and counted beyond what is replayed."""

from __future__ import annotations

import pytest

from engine.results import pending
from engine.results.outcome import outcome
from tests.results.funded import funded
from tests.results.made import texts

HELD = ("entity", "key", "rule", "state", "responsible_table", "responsible_row", "responsible_column", "reason")


def test_a_pending_claim_is_held_with_its_cells() -> None:
    assert texts(outcome(funded("prorated")).table("held"), *HELD) == [
        ("attainment", "a6", "funding.credentials.limits.cap", "undetermined", "attainment", "a6", "teacher", "blank"),
        ("attainment", "a8", "funding.credentials.when", "undetermined", "attainment", "a8", "grade", "blank"),
    ]
    assert texts(outcome(funded("first come, waiting")).table("held"), *HELD) == [
        ("attainment", "a2", "funding.credentials.when", "undetermined", "attainment", "a2", "grade", "blank"),
        ("attainment", "a4", "funding.credentials.amount", "undetermined", "attainment", "a4", "worth", "blank"),
    ]


def test_a_place_among_many_claims_is_told_from_the_claims_own_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = outcome(funded("prorated")).table("held")
    monkeypatch.setattr(pending, "RANKED", 0)
    assert outcome(funded("prorated")).table("held") == whole


def test_no_more_than_so_many_are_replayed_and_the_rest_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "REPLAYED", 1)
    monkeypatch.setattr("engine.results.finding_funding.REPLAYED", 1)
    found = outcome(funded("prorated"))
    assert texts(found.table("held"), "key") == [("a6",)]
    whys = {key: why for key, why in texts(found.table("claims"), "key", "why")}  # noqa: C416
    assert whys["a8"] == "not known: whether it counts", "what is not known is said of every claim"
    said = "2 claims on `credentials` are pending, and $23.54 is kept back for them; the table held has the first 1"
    assert said in [one.message for one in found.findings]


def test_least_amounts_beyond_the_money_fail_every_payment() -> None:
    found = outcome(funded("least too much"))
    assert found.failed
    assert texts(found.table("held"), "entity", "key", "rule", "state", "reason") == [
        ("district", f"d{number}", "funding.credentials", "failed", "F001") for number in (1, 2, 3)
    ]
    said = "the least amounts on `credentials` come to $450.00, $50.00 more than the $400.00 that there is"
    assert [one.message for one in found.findings if one.kind == "failed"] == [f"{said}: nobody is paid (F001)"]


def test_a_payment_that_waits_for_a_payees_own_cells() -> None:
    found = outcome(funded("not known"))
    assert not found.failed
    assert texts(found.table("held"), "key", "rule", "state", "responsible_row", "responsible_column") == [
        (f"d{number}", "funding.credentials.maximum", "undetermined", f"d{number}", "enrolled") for number in (1, 2, 3)
    ]
    assert [one.message for one in found.findings] == ["3 payments on `credentials` cannot be told: see the table held"]
