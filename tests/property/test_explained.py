"""The leaves of an explanation, put into the rule as written, give the stored result: for policies made at random and
for every case of the bundled ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.execution.reference_run import run_reference
from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Value
from engine.results.cases.cases import runs_of
from engine.results.decision import RULES
from engine.results.decode import keys_of
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Item, Rows, Rule, Step
from engine.results.line import lines_of_run
from engine.results.run import Run
from tests.house.checkout import ROOT
from tests.property.policies import generated
from tests.results.reevaluated import CannotRead, agrees, reevaluated

FILES = sorted((ROOT / "policies").rglob("*.cases.yaml"))
HARD = ("academic-performance-grant.cases.yaml", "report-card.cases.yaml", "measurable-objectives.cases.yaml")
"""Policies whose rules are made of functions, bands and tables that the second reader does not know."""

MOST = 3
"""Rows of an entity that are asked for."""


def rules_in(items: tuple[Item, ...]) -> Iterator[Rule]:
    """Every rule that an explanation tells in full."""
    for item in items:
        if isinstance(item, Rule) and not item.again:
            yield item
        if isinstance(item, Rule | Step):
            yield from rules_in(item.items)
        elif isinstance(item, Rows):
            for row in item.rows:
                yield from rules_in(row.items)


def check(run: Run, found: Explanation, counted: Counter[str]) -> None:
    """Work out every rule of an explanation from its leaves alone."""
    rules = {(rule.entity, rule.name): rule for rule in run.epoch.definitions}
    for item in rules_in(found.items):
        rule = rules.get((item.place.entity, item.name))
        if rule is None or rule.expr is None or rule.role not in (*RULES, "definition") or not item.written:
            continue
        if isinstance(item.value, Bound) or item.value is NOT_APPLICABLE or rule.role == "determination":
            continue
        if isinstance(item.value, Missing) and _excuse(item) is not False:
            counted["open excuses"] += 1
            continue  # whether the rule concerns the row is open, whatever its test says
        try:
            read: Any = reevaluated(rule.expr, item.items)
        except CannotRead:
            counted["not read"] += 1
            continue
        assert agrees(read, item.value), (item.name, item.place.key, item.written, read, item.value, item.items)
        counted["truths" if item.type.kind == "truth" else "values"] += 1


def _excuse(item: Rule) -> Value:
    """The answer of what excuses a row from a rule; no where nothing does."""
    excuses = [one.value for one in item.items if isinstance(one, Step) and one.text.startswith("not applicable when")]
    return excuses[0] if excuses else False


def asked(run: Run, counted: Counter[str]) -> None:
    """Explain each rule and definition of a run for some rows."""
    for rule in run.epoch.definitions:
        if rule.role in (*RULES, "definition") and run.plan_has(rule.entity):
            for key in keys_of(run, rule.entity)[:MOST]:
                check(run, explain(run, rule.entity, tuple(map(str, key)), rule.name), counted)


def test_of_policies_made_at_random() -> None:
    counted: Counter[str] = Counter()
    for seed in range(6):
        prepared, _ = generated(Random(seed), 40)
        inputs = (prepared.plan, prepared.dataset, prepared.bound.cells, prepared.bound.schedules)
        epoch = prepared.checked.epoch(prepared.bound.as_of)
        columns = run_reference(*inputs)
        run = Run(prepared.checked, epoch, prepared.plan, prepared.bound, prepared.dataset, columns, "reference")
        asked(run, counted)
    assert counted["truths"] > 60 and counted["values"] > 60, counted


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_of_the_bundled_policies(path: Path) -> None:
    counted: Counter[str] = Counter()
    for _, run in list(runs_of(path))[:6]:
        asked(run, counted)
    if path.name not in HARD:
        assert counted["truths"] + counted["values"] >= counted["not read"] / 2, counted


def beyond(run: Run, entity: str, name: str | None, key: tuple[str, ...]) -> None:
    """Ask for what turns a verdict and what it would be otherwise."""
    plain, found = (explain(run, entity, key, name, otherwise=asked) for asked in (False, True))
    assert (found.value, found.sentence, found.failing) == (plain.value, plain.sentence, plain.failing)
    for one in found.failing.conditions if found.failing is not None else ():
        assert one.sentence and one.value is not one.wanted
    changes = found.nearest.changes if found.nearest is not None else ()
    for change in changes:
        assert change.new != change.value
        assert change.result != found.value or found.nearest is None or found.nearest.sentence
    assert not (found.either and changes), "an open verdict has sides, a known one has changes"
    assert all(step.change and step.amount - step.change == found.value for step in found.without)


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_what_is_said_beyond_the_verdict_is_of_a_piece_with_it(path: Path) -> None:
    _, run = next(iter(runs_of(path)))
    asks: list[tuple[str, str | None]] = [
        (rule.entity, rule.name) for rule in run.epoch.definitions if rule.role in RULES
    ]
    policy = run.checked.policy
    asks += [(policy.priority_list.entity.text, None)] if policy.priority_list is not None else []
    for line in lines_of_run(run):
        asks += [(line.payee, line.item.name), (line.item.claim.text, line.item.name)]
    rated = policy.accountability
    asks += [(level.text, "rating") for level in rated.levels] if rated is not None and rated.ratings else []
    for entity, name in asks:
        for key in keys_of(run, entity)[:2] if run.plan_has(entity) else []:
            beyond(run, entity, name, tuple(map(str, key)))
