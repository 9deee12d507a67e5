"""Runs with other values of parameters give what a run of its own gives, and a plan of totals holds what it needs."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from engine import api
from engine.execution.dataset import Dataset
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import bind
from engine.results.policy_data import completed, read_data
from engine.results.reruns import Reruns, Variant, totals_plan
from engine.results.run import run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.house.checkout import ROOT

EXAMPLE = ROOT / "policies" / "example" / "credentials-of-value.yaml"


@cache
def example() -> tuple[CheckedPolicy, Dataset]:
    found = Diagnostics()
    checked = api.load(EXAMPLE, found)
    assert checked is not None
    dataset = read_data(checked, ROOT / "examples" / "state", found)
    assert dataset is not None and not found.has_errors
    return completed(checked, dataset), dataset


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("parameters.premier_amount", [1400]),
        ("parameters.incentive_fund", [10000]),
        ("parameters.wage_floor", [52000]),
        ("parameters.list_limit", [40, 5]),
    ],
)
def test_each_equals_a_run_of_its_own(path: str, values: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.results.reruns.FEW", 0)
    checked, dataset = example()
    assert dataset.as_of is not None
    with Reruns(checked, dataset, dataset.as_of, {path}) as reruns:
        assert 0 < reruns.share[0] < reruns.share[1]
        for value in values:
            again = reruns.run({path: Fraction(value)})
            alone = run_policy(checked, dataset, dataset.as_of, "duckdb", {path: Fraction(value)})
            assert again.binding == alone.binding
            for entity, table in again.columns.items():
                assert table.equals(alone.columns[entity].select(table.column_names)), (entity, value)


def test_no_run_at_first_and_one_after() -> None:
    """As where all runs that are asked for first were finished before."""
    checked, dataset = example()
    assert dataset.as_of is not None
    path = "parameters.list_limit"
    variants = [Variant(bind(checked, dataset.as_of, {path: Fraction(limit)})) for limit in (5, 40)]
    with Reruns(checked, dataset, dataset.as_of, {path}) as reruns:
        assert list(reruns.many([])) == []
        assert [one.binding for one in reruns.many(variants)] == [one.binding for one in variants]


def test_the_plan_of_totals_leaves_persons_out() -> None:
    """No column of students or what they earned is among its results, and what payments are made of is there."""
    checked, dataset = example()
    assert dataset.as_of is not None
    whole, part = plan_policy(checked, checked.epoch(dataset.as_of)), totals_plan(checked, dataset.as_of)
    names = {(one.id.entity, one.id.name) for one in part.columns}
    assert names < {(one.id.entity, one.id.name) for one in whole.columns}
    assert ("district", "credentials") in names
    shown = [one for one in whole.columns if one.id.entity == "district" and one.id.role == "payment"]
    assert shown and all((one.id.entity, one.id.name) in names for one in shown)
    assert [one for one in part.columns if one.id.entity == "attainment" and one.id.name == "credentials: paid"] == []


def test_what_is_read_of_the_part_is_planned_in_it() -> None:
    """Every column and input cell that a column of the part names is in the part."""
    checked, dataset = example()
    assert dataset.as_of is not None
    part = totals_plan(checked, dataset.as_of)
    bound = bind(checked, dataset.as_of)
    assert {one.path for one in part.cells} <= bound.cells.keys()
    with Reruns(checked, dataset, dataset.as_of, set()) as reruns:
        assert reruns.share[0] == 0
        assert reruns.run().columns.keys() == reruns.run().columns.keys()
