"""What a person should look at before money is paid."""

from __future__ import annotations

import pytest

from engine.results.outcome import outcome
from tests.results.funded import funded

BLOCKED = "nobody is paid on `credentials` until its 2 pending claims are decided"
ALL = "$120.00 is wanted on `credentials` and there is $119.00: nobody is paid, since all or nobody is"
LEFT = "the limits of `credentials` come after the appropriation, and $300.00 that they cut is left unspent"
PENDING = "2 claims on `credentials` are pending, and $23.54 is kept back for them"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("block", "unpaid", BLOCKED), ("nobody", "unpaid", ALL), ("share, then cap", "unspent", LEFT),
        ("prorated", "pending", PENDING), ("in full", "pending", "1 claim on `credentials` is pending"),
    ],
)  # fmt: skip
def test_what_is_worth_a_look(name: str, kind: str, said: str) -> None:
    assert (kind, said) in [(one.kind, one.message) for one in outcome(funded(name)).findings]


@pytest.mark.parametrize("name", ["two lines", "all", "cap, then share"])
def test_nothing_is_said_where_there_is_nothing(name: str) -> None:
    assert outcome(funded(name)).findings == ()
