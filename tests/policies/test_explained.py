"""In every case of the bundled policies, what is paid and how schools are rated can be asked for, and adds up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.results.cases.cases import runs_of
from engine.results.decode import keys_of
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Given, Ledger
from engine.results.line import lines_of_run
from engine.results.outcome import outcome
from engine.results.replay import replay_of
from engine.results.run import Run
from tests.house.checkout import ROOT
from tests.results.explain.test_payment import adds_up

FILES = sorted((ROOT / "policies").rglob("*.cases.yaml"))
MOST = 4
"""Rows of a kind that are asked for in one case."""


def rows(run: Run, entity: str) -> list[tuple[str, ...]]:
    """The keys of the first rows of an entity, as people write them."""
    return [tuple(str(part) for part in key) for key in keys_of(run, entity)[:MOST]]


def everything(item: Any) -> Iterator[Any]:
    """An item of an explanation and all that stands in it."""
    yield item
    for name in getattr(item, "__slots__", ()):
        inside = getattr(item, name)
        for one in inside if isinstance(inside, tuple) else (inside,):
            if hasattr(one, "__slots__") and type(one).__module__.startswith("engine.results"):
                yield from everything(one)


def values_are_traced(found: Explanation) -> None:
    """Every parameter says since when it holds and where it stands, or how it is known."""
    for item in everything(found):
        if isinstance(item, Given) and item.standing and not item.replaced:
            assert item.starts is not None or "is before the first" in item.why, item
            assert item.cite or item.standing != "enacted", item


def payments_add_up(run: Run) -> int:
    """Ask for every payment of a run, and for claims of each line. Returns how many were asked for."""
    asked, tables = 0, {table.name: table for table in outcome(run).tables}
    for line in lines_of_run(run):
        name, payments = line.item.name, tables["payments"]
        at, key_at, paid_at = (payments.names.index(one) for one in ("line", "key", "amount"))
        stored = {str(row[key_at]): row[paid_at] for row in payments.rows if row[at] == name}
        for key in rows(run, line.payee):
            found = explain(run, line.payee, key, name)
            asked += 1
            for ledger in (item for item in found.items if isinstance(item, Ledger)):
                adds_up(ledger)
            values_are_traced(found)
            if found.place.key in stored and stored[found.place.key] not in (None, ""):
                assert found.value == Fraction(str(stored[found.place.key])), (name, key)
        for key in rows(run, line.item.claim.text):
            found = explain(run, line.item.claim.text, key, name)
            asked += 1
            for ledger in (item for item in found.items if isinstance(item, Ledger)):
                adds_up(ledger)
            values_are_traced(found)
    return asked


def ratings_add_up(run: Run) -> int:
    """Ask for every rating of a run. Returns how many were asked for."""
    section, asked = run.checked.policy.accountability, 0
    for level in section.levels if section is not None and section.ratings else ():
        for key in rows(run, level.text):
            found = explain(run, level.text, key, "rating")
            asked += 1
            for ledger in (item for item in found.items if isinstance(item, Ledger)):
                adds_up(ledger)
            values_are_traced(found)
    return asked


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_what_is_paid_and_rated_is_explained(path: Path) -> None:
    asked = cases = 0
    policy = None
    for _, run in runs_of(path):
        replay_of(run)
        cases += 1
        policy = run.checked.policy
        asked += payments_add_up(run) + ratings_add_up(run)
    assert policy is not None and cases
    rates = policy.accountability is not None and bool(policy.accountability.ratings)
    assert bool(asked) == (bool(policy.funding) or rates)
