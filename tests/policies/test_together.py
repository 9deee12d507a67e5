"""Runs that are made together are what each would be alone: of every bundled policy, on its first case."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.plan.in_force import CellValue, bind
from engine.results import reruns
from engine.results.cases.cases import runs_of
from engine.results.reruns import Reruns, Variant
from engine.results.run import run_policy
from tests.policies.test_simulated import CASES, QUICK, numbers


@pytest.mark.parametrize("few", [reruns.FEW, 0], ids=["few rows", "many rows"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name, marks=() if name in QUICK else pytest.mark.long)
        for path in CASES
        for name in [path.name.removesuffix(".cases.yaml")]
    ],
)
def test_runs_together_equal_runs_alone(path: Path, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reruns, "FEW", few)
    _, made = next(iter(runs_of(path)))
    found = numbers(made)
    if not found:
        pytest.skip("it has no parameter that is a number")
    varied = [found[place] for place in sorted({0, len(found) // 2, len(found) - 1})]
    tried: list[dict[str, CellValue]] = [{}]
    tried += [{where: value} for where, values in varied for value in values]
    variants = [Variant(bind(made.checked, made.as_of, one)) for one in tried]
    with Reruns(made.checked, made.dataset, made.as_of, {where for where, _ in varied}) as together:
        runs = list(together.many(variants))
        assert together.at_once > 1
    for one, run in zip(tried, runs, strict=True):
        alone = run_policy(made.checked, made.dataset, made.as_of, "reference", one)
        assert run.binding == alone.binding
        for entity, table in run.columns.items():
            assert table.equals(alone.columns[entity].select(table.column_names)), (entity, one)
