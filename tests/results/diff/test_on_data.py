"""What is called equivalent changes no result: every expression of a whole policy is written otherwise at random, and
what comes of the made-up state under the edits that are called equivalent is compared, table by table.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest

from engine.model.standard import STANDARD
from engine.results.diff.apply import apply
from engine.results.diff.edit import EditClass
from engine.results.diff.parts import with_part
from engine.results.diff.place import places
from engine.results.diff.policy_diff import diff_policies
from engine.results.diff.version import Version
from engine.results.outcome import outcome
from engine.results.policy_data import completed, read_data
from engine.results.run import run_policy
from engine.syntax.policy import Policy
from engine.text.diagnostic import Diagnostics
from engine.types.check_policy import check_policy
from tests.house.checkout import ROOT
from tests.property.rewritten import rewritten
from tests.results.diff.pairs import BASE, PAIRS, changed, version

TOLD = {
    "title", "reason", "cite", "margin", "note", "because", "why", "standing", "responsible", "columns", "url",
    "policy_place", "lowest_rating", "highest_rating", "next_rating", "points_to_next",
}  # fmt: skip
"""Columns of result tables that say in words what a rule is, where it stands, or what is read off how it is written: the
ratings around one's own are told only where a line is written as `index >= 75`.
"""


@cache
def made_up() -> Any:
    """The made-up state, with every column that the policy reads under any of the edits."""
    found = Diagnostics()
    dataset = read_data(version(BASE).checked, ROOT / "examples" / "state", found)
    assert dataset is not None and not found.has_errors
    return dataset


def results(one: Version) -> dict[str, list[tuple[Any, ...]]]:
    """Every result table of a policy on the made-up state: no columns that are words, and rows in one order."""
    dataset = made_up()
    day = dataset.as_of
    assert day is not None
    found = {}
    for table in outcome(run_policy(completed(one.checked, dataset), dataset, day, "duckdb")).tables:
        if table.name not in ("assumptions", "findings"):
            names = [name for name in table.names if name not in TOLD]
            found[table.name] = sorted(table.column_cells(*names), key=repr)
    return found


@cache
def before() -> dict[str, list[tuple[Any, ...]]]:
    """The results of the old policy."""
    return results(version(BASE))


def test_pairs_that_are_said_to_have_the_same_results_have_them() -> None:
    """All that can be made in one text are made at once."""
    text, made = BASE, 0
    for pair in PAIRS.values():
        harmless = pair.get("class") in ("equivalent", "cosmetic", "source-only") and "old" not in pair
        if harmless and all(text.count(old) == BASE.count(old) > 0 for old, _ in pair["new"]):
            text, made = changed(text, pair["new"]), made + 1
    assert made >= 8
    assert results(version(text)) == before()


def other_words(chance: Random, old: Version) -> Version:
    """The policy with many of its expressions written otherwise, as far as the checker takes them."""
    made: list[tuple[tuple[str, ...], Any]] = []
    for place in places(old.policy):
        if not isinstance(place.expr, tuple) and chance.randrange(3):
            expr = rewritten(chance, place.expr, own_names=False)
            if expr is not None:
                made.append((place.steps, expr))
    return accepted(old, made)


def accepted(old: Version, made: list[tuple[tuple[str, ...], Any]]) -> Version:
    """With what the checker takes of it: halves are tried where not all can be."""
    policy: Policy = old.policy
    for steps, expr in made:
        policy = with_part(policy, steps, expr)
    diagnostics = Diagnostics()
    checked = check_policy(policy, STANDARD, diagnostics)
    if not diagnostics.has_errors:
        return Version(policy, checked, "other.yaml")
    if len(made) == 1:
        return old
    half = len(made) // 2
    return accepted(accepted(old, made[:half]), made[half:])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 4))])
def test_edits_that_are_called_equivalent_change_no_result(seed: int) -> None:
    old = version(BASE)
    new = other_words(Random(seed), old)
    edits = diff_policies(old, new).edits
    same = [edit for edit in edits if edit.edit_class is EditClass.EQUIVALENT]
    assert len(same) >= 5 and len(same) < len(edits), "the rewriting makes too little"
    policy = apply(old, same)
    between = Version(policy, check_policy(policy, STANDARD, Diagnostics()), "between.yaml")
    assert results(between) == before()
