"""Random lines of funding from the policy to the payments, against the oracle in fractions: what the lowering makes of
claims, pending ones among them, minimums, maximums, hold harmless, set-asides and pots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction as F
from functools import cache
from math import ceil, floor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.decode import values_of
from engine.results.run import run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.property.shares import Case, expected

CENT = F(1, 100)
POLICY = """\
policy: xx/lines
title: Lines
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
data:
  request:
    key: [request_id]
    columns:
      request_id: text
      district:
        type: district
        required: yes
      counts: truth
      asked:
        unit: USD
        scale: 2
        at_least: $0
        at_most: $9,999,999
parameters:
  least:
    unit: USD
    cite: code 1
    values:
      FY2027: $1
  most:
    unit: USD
    cite: code 1
    values:
      FY2027: $9,999,999
  kept:
    unit: ratio
    cite: code 1
    values:
      FY2027: 95.00%
  aside:
    unit: ratio
    cite: code 1
    values:
      FY2027: 3.00%
appropriations:
  fund:
    cite: code 1
    amounts:
      FY2027: $1
    set_aside:
      administration: aside
    pending_claims: {pending}
funding:
  line:
    claim: request
    when: counts
    amount: asked
    pay: district
    draws_on: fund
    minimum:
      each: district
      amount: least
      beyond_claim: {beyond}
      short: prorate
    maximum: most
    hold_harmless: kept * prior.payment
    round:
      what: payment
      to: cent
      how: down
      remainder: {remainder}
"""


@dataclass(frozen=True)
class Kind:
    """The words of a policy that differ."""

    pending: str
    beyond: str
    remainder: str


KINDS = [
    Kind(pending, beyond, remainder)
    for pending in ("reserve", "leave_out")
    for beyond in ("yes", "no")
    for remainder in ("largest_remainder", "unspent")
]


@cache
def checked(kind: Kind) -> CheckedPolicy:
    """The policy of a kind."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "lines.yaml"
        file.write_text(_policy(kind), "utf-8")
        diagnostics = Diagnostics()
        found = api.load(file, diagnostics)
    assert found is not None
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    return found


def _policy(kind: Kind) -> str:
    return POLICY.format(pending=kind.pending, beyond=kind.beyond, remainder=kind.remainder)


def _text(amount: F) -> str:
    return f"{int(amount * 100) // 100}.{int(amount * 100) % 100:02}"


@dataclass(frozen=True)
class Payee:
    """What a district asks for: for certain and, with what is not decided, at most; what it got the year before."""

    sure: F
    most: F
    prior: F


def cents(amount: F, up: bool = False) -> F:
    """An amount rounded to cents, down or up."""
    return F(ceil(amount * 100) if up else floor(amount * 100), 100)


def ends(kind: Kind, claim: F, prior: F, least: F, most: F, kept: F) -> tuple[F, F]:
    """The least and the most that a payee may get, in the order that docs/language.md says."""
    held = min(claim, most)
    low = F(0)
    if claim > 0:
        low = least if kind.beyond == "yes" else min(least, cents(held))
    low = max(low, cents(kept * prior, up=True))
    return low, max(cents(held), low)


def payments(seed: int, kind: Kind, shuffled: bool = False) -> tuple[list[F], list[F], F, list[F], list[F], F]:
    """Paid, reserved and unspent by the engine, and by the oracle."""
    chance = Random(seed)
    count = chance.choice([1, 2, 3, 5, 8])
    rows, payees = [], []
    for place in range(count):
        sure = possible = F(0)
        for number in range(chance.choice([0, 1, 2, 3])):
            asked = F(chance.choice([100, 2_500, 12_345, chance.randrange(0, 2_000_000)]), 100)
            counts = chance.choice(["yes", "yes", "yes", "no", ""])
            rows.append(
                {"request_id": f"r{place}.{number}", "district": f"d{place}", "counts": counts, "asked": _text(asked)}
            )
            sure += asked if counts == "yes" else 0
            possible += asked if counts != "no" else 0
        payees.append(Payee(sure, possible, F(chance.choice([0, 0, 5_000, chance.randrange(0, 900_000)]), 100)))
    least = F(chance.choice([0, 0, 25_00, 400_00]), 100)
    most = F(chance.choice([9_999_999, 9_999_999, 1_500]))
    kept, aside = F(chance.choice([0, 50, 95]), 100), F(chance.choice([0, 3, 12]), 100)
    waits = kind.pending == "reserve"
    claims = [one.most if waits else one.sure for one in payees]
    limits = [ends(kind, claim, one.prior, least, most, kept) for claim, one in zip(claims, payees, strict=True)]
    total = sum((high for _, high in limits), F(0))
    money = cents(total * F(chance.randrange(0, 140), 100)) + chance.choice([F(0), F(0), CENT, F(1_000)])
    pot = money - F(floor(money * aside * 100 + F(1, 2)), 100)
    case = Case(
        tuple(claims), tuple(low for low, _ in limits), tuple(high for _, high in limits), (F(0),) * count, pot, 2,
        kind.remainder, "prorate",
    )  # fmt: skip
    wanted = expected(case)
    assert wanted is not None
    paid = []
    for one, whole in zip(payees, wanted.payments, strict=True):
        low, high = ends(kind, one.sure, one.prior, least, most, kept)
        own = min(whole, max(low, min(high, cents(wanted.factor * one.sure))))
        paid.append(own if waits and one.most != one.sure else whole)
    reserved = [whole - own for whole, own in zip(wanted.payments, paid, strict=True)]
    overrides = {
        "parameters.least": least, "parameters.most": most, "parameters.kept": kept, "parameters.aside": aside,
        "parameters.fund": money,
    }  # fmt: skip
    if shuffled:
        chance.shuffle(rows)
    policy = checked(kind)
    tables = {
        "district": [{"district_id": f"d{place}"} for place in range(count)],
        "request": rows,
        "prior_payment": [
            {
                "line": "line",
                "entity": "district",
                "subject": f"d{place}",
                "fiscal_year": "2026",
                "payment": _text(one.prior),
            }
            for place, one in enumerate(payees)
        ],
    }
    run = run_policy(policy, dataset_from_rows(policy.tables, tables), Date(2026, 10, 1), "reference", overrides)
    found = [_numbers(values_of(run, run.plan.column("district", name))) for name in ("line", "line: reserved")]
    (unspent,) = _numbers(values_of(run, run.plan.column("state", "fund: unspent")))
    left = pot - sum(paid) - sum(reserved)
    return found[0], found[1], unspent, paid, reserved, left


def _numbers(values: Sequence[object]) -> list[F]:
    found = []
    for value in values:
        assert isinstance(value, F), value
        found.append(value)
    return found


def check(seed: int) -> None:
    """One random line: the engine's payments are the oracle's, to the cent, and the money adds up."""
    kind = KINDS[seed % len(KINDS)]
    paid, reserved, unspent, own_paid, own_reserved, left = payments(seed, kind)
    assert (paid, reserved, unspent) == (own_paid, own_reserved, left), f"seed {seed} of {kind}"
    if kind.remainder == "largest_remainder":
        assert unspent >= 0
    if seed % 7 == 0:
        assert payments(seed, kind, shuffled=True)[:3] == (paid, reserved, unspent), f"seed {seed} shuffled"


def test_lines() -> None:
    for seed in range(64):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_two_thousand_lines(hundred: int) -> None:
    for seed in range(hundred * 100, (hundred + 1) * 100):
        check(seed)
