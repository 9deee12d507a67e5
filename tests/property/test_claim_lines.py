"""Random claims from the policy to the payments, against an oracle in fractions: checks of records, years, lines that
exclude each other, stages with what is owed back, limits with `where` and `none`, settling up; on two backends.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from fractions import Fraction as F
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.execution.values import Missing
from engine.results.decode import keys_of, values_of
from engine.results.policy_data import completed
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.property.claim_lines import DISTRICTS, YEAR, Claim, Found, Terms, claims, decimal, grant, staged

POLICY = """\
policy: xx/claims
title: Claims
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
      student:
        type: student
      term: text
      proper: truth
      counts: truth
      digital: truth
      small: truth
      wanted: truth
      started: truth
      finished: truth
      on_time: truth
      earned_on: date
      started_on: date
      due_on: date
      fte:
        unit: FTE
        scale: 3
        at_least: 0
        at_most: 1
      price:
        unit: USD/FTE
        scale: 2
        at_least: $0/FTE
        at_most: $9,999/FTE
      asked:
        unit: USD
        scale: 2
        at_least: $0
        at_most: $9,999
parameters:
  tools:
    unit: FTE
    cite: code 1
    values:
      FY2027: {tools}
  kept:
    unit: count
    cite: code 1
    values:
      FY2027: {kept}
  most:
    unit: USD
    cite: code 1
    values:
      FY2027: $9,999.00
record_checks:
  request:
    in_order:
      test: proper
      because: it is in order
      cite: code 1
{fund}
funding:
  grant:
    claim: request
    paid_in: fiscal_year of earned_on
    when: counts
    quantity: fte
    amount: price
    limits:
      tools_limit:
        within: [student, term]
        of: quantity
        where: digital
        at_most: tools
        by: earned_on
      few:
        within: [student]
        where: small
        keep: kept
        by: amount desc
    pay: district
    settle_up: yes
    round:
      what: claim
  steps:
    claim: request
    when: wanted
    not_with:
      lines: [grant]
      within: [student, term]
    amount: asked
    stages:
      begun:
        when: started
        pays: 50%
        paid_in: fiscal_year of started_on
      done:
        when: finished
        pays: if on_time then 50% else 40%
        paid_in: fiscal_year of due_on
        if_missed: owes back begun
    limits:
      cap:
        within: [student]
        at_most: most
        by: earned_on
    pay: district
    owed: {owed}
{draws}"""
FUND = """\
appropriations:
  fund:
    cite: code 1
    amounts:
      FY2027: $1
    pending_claims: {pending}
"""
PENDING = ("", "reserve", "leave_out")
BACKENDS = ("reference", "duckdb")


@cache
def checked(tools: bool, kept: bool, pending: str, complete: bool, subtract: bool) -> CheckedPolicy:
    """The policy with or without a limit of the quantity and of the number, with or without a fund, over a record of
    earlier payments that is complete or not, and with what is owed listed or taken off.
    """
    text = POLICY.format(
        tools="0.100" if tools else "none", kept="2" if kept else "none", owed="subtract" if subtract else "list",
        fund=FUND.format(pending=pending) if pending else "", draws="    draws_on: fund\n" if pending else "",
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        file = Path(folder) / "claims.yaml"
        file.write_text(text, "utf-8")
        diagnostics = Diagnostics()
        found = api.load(file, diagnostics)
    assert [f"{one.code} {one.message} {one.help}" for one in diagnostics.sorted()] == []
    assert found is not None
    return completed(found, dataset_from_rows(found.tables, {}, complete={"prior_payment": complete}))


def run_of(rows: list[Claim], terms: Terms, prior: dict[str, F], complete: bool, backend: str) -> Run:
    """A run over claims, and over what districts were paid on the first line in the same year already."""
    pending = "" if terms.fund is None else "reserve" if terms.reserve else "leave_out"
    policy = checked(terms.tools is not None, terms.kept is not None, pending, complete, terms.subtract)
    overrides = {"parameters.most": terms.most}
    overrides |= {} if terms.tools is None else {"parameters.tools": terms.tools}
    overrides |= {} if terms.kept is None else {"parameters.kept": F(terms.kept)}
    overrides |= {} if terms.fund is None else {"parameters.fund": terms.fund}
    recorded = [
        {"line": "grant", "entity": "district", "subject": one, "fiscal_year": str(YEAR), "payment": decimal(amount)}
        for one, amount in prior.items()
    ]  # fmt: skip
    tables = {
        "district": [{"district_id": one} for one in DISTRICTS],
        "student": [{"student_id": one} for one in ("x", "y", "z")],
        "request": [row.row for row in rows],
        "prior_payment": recorded,
    }
    data = dataset_from_rows(policy.tables, tables, complete={"prior_payment": complete})
    return run_policy(policy, data, Date(2026, 10, 1), backend, overrides)


def column(run: Run, entity: str, name: str) -> dict[str, object]:
    """Row → value; None where it is missing."""
    found = values_of(run, run.plan.column(entity, name))
    keys = [str(key[0]) for key in keys_of(run, entity)]
    return {key: None if isinstance(value, Missing) else value for key, value in zip(keys, found, strict=True)}


def made(seed: int) -> tuple[list[Claim], Terms, dict[str, F], bool]:
    """A random set of claims, what the policy says, and what is on record of earlier payments; whether all of it is."""
    chance = Random(seed)
    rows = claims(chance)
    terms = Terms(
        tools=chance.choice([None, F(100, 1000), F(chance.randrange(0, 300), 1000)]),
        kept=chance.choice([None, 0, 1, 2]),
        most=F(chance.choice([0, 15_000, chance.randrange(0, 99_999), 999_900]), 100),
        subtract=chance.random() < 0.5,
    )
    pending = chance.choice(PENDING)
    if pending:
        whole = sum((row.number("asked") or F(0) for row in rows), F(0))
        fund = F(int(whole * chance.randrange(0, 130)), 100)
        terms = replace(terms, reserve=pending == "reserve", fund=fund)
    prior = {one: F(chance.randrange(0, 500_000), 100) for one in DISTRICTS if chance.random() < 0.6}
    return rows, terms, prior, chance.random() < 0.5


def check(seed: int) -> None:
    """One random set of claims: statuses, claims, payments, what is kept back, owed and settled are the oracle's."""
    rows, terms, prior, complete = made(seed)
    wanted = {"grant": grant(rows, terms), "steps": staged(rows, terms)}
    for backend in BACKENDS:
        run = run_of(rows, terms, prior, complete, backend)
        for line, found in wanted.items():
            _compare(run, line, found, f"seed {seed} on {backend}: {line}")
        paid = wanted["grant"].paid
        settled = {
            one: paid[one] - prior.get(one, F(0)) if complete or one in prior else None for one in DISTRICTS
        }  # fmt: skip
        assert column(run, "district", "grant: settlement") == settled, f"seed {seed} on {backend}"


def _compare(run: Run, line: str, found: Found, where: str) -> None:
    assert column(run, "request", f"{line}: status") == found.status, where
    assert column(run, "request", f"{line}: claim amount") == found.claim, where
    assert column(run, "district", line) == found.paid, where
    assert column(run, "district", f"{line}: reserved") == found.reserved, where
    if found.owed:
        assert column(run, "district", f"{line}: owed") == found.owed, where
    brought = column(run, "request", f"{line}: paid")
    claims = column(run, "district", f"{line}: claim")
    for one, paid in found.paid.items():
        own = [brought[key] for key, payee in column(run, "request", f"{line}: payee").items() if payee == one]
        if claims[one]:
            assert sum((part for part in own if isinstance(part, F)), F(0)) == paid, where


def test_claims() -> None:
    for seed in range(15):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("fifty", range(20))
def test_a_thousand_sets_of_claims(fifty: int) -> None:
    for seed in range(fifty * 50, (fifty + 1) * 50):
        check(seed)


def test_the_sets_have_everything_in_them() -> None:
    """What is tried includes every status, on both lines, money kept back, money that is short, and money owed."""
    statuses, kept, owed = set(), 0, 0
    for seed in range(30):
        rows, terms, _, _ = made(seed)
        for line, found in (("grant", grant(rows, terms)), ("steps", staged(rows, terms))):
            statuses |= {(line, status) for status in found.status.values()}
            kept += sum(1 for amount in found.reserved.values() if amount)
            owed += sum(1 for amount in found.owed.values() if amount)
    both = ("paid", "limited", "pending", "denied", "rejected")
    assert statuses == {(line, status) for line in ("grant", "steps") for status in both} | {("grant", "other_year")}
    assert kept > 3
    assert owed > 3
