"""Each point of a sweep is a run of its own: of every bundled policy that has numbers as parameters, on its first case."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.plan.overrides import check_overrides
from engine.results import reruns
from engine.results.cases.cases import runs_of
from engine.results.run import Run, run_policy
from engine.results.simulate.axis import Axis
from engine.results.simulate.checked_scenario import CheckedScenario, CheckedSweep
from engine.results.simulate.measure import measured
from engine.results.simulate.monotone import direction
from engine.results.simulate.search import HALVING
from engine.results.simulate.simulation import simulate
from engine.text.errors import PolicyError
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.policies.bundled import policy

CASES = sorted(path for path in (ROOT / "policies").rglob("*.cases.yaml") if ".generated." not in path.name)
QUICK = (
    "career-development-success",
    "cte-grant",
    "ccmr-outcomes-bonus",
    "workforce-pell",
    "teacher-bonus",
    "cape-funding",
)
"""Policies that each test run tries: list, limits, tables, groups; `make test-long` tries all."""


def numbers(made: Run) -> list[tuple[str, tuple[Fraction, ...]]]:
    """The parameters with a number in force that the run reads, each with two other values that fit."""
    found = []
    for cell in made.plan.cells:
        parameter = made.checked.parameters.get(cell.path.split(".")[1] if "." in cell.path else "")
        now = made.binding.cells.get(cell.path)
        if parameter is None or parameter.type.kind != "number" or not isinstance(now, Fraction):
            continue
        fitting = []
        for value in (now / 2, now + 1, now - 1, now * 2):
            try:
                check_overrides(made.checked, {cell.path: value})
            except PolicyError:
                continue
            fitting.append(value)
        if len(fitting) >= 2:
            found.append((cell.path, tuple(fitting[:2])))
    return found


@pytest.mark.parametrize("few", [reruns.FEW, 0], ids=["few rows", "many rows"])
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name, marks=() if name in QUICK else pytest.mark.long)
        for path in CASES
        for name in [path.name.removesuffix(".cases.yaml")]
    ],
)
def test_each_point_equals_an_evaluation(path: Path, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reruns, "FEW", few)
    _, made = next(iter(runs_of(path)))
    found = numbers(made)
    if not found:
        pytest.skip("it has no parameter that is a number")
    where, values = found[len(found) // 2]
    type = made.checked.parameters[where.split(".")[1]].type
    axis = Axis(where, where.removeprefix("parameters."), type, values)
    asked = CheckedScenario((), (), (CheckedSweep(axis, None),), ())
    simulated = simulate(made.checked, made.dataset, made.as_of, asked)
    assert [point.values for point in simulated.points] == [(value,) for value in values]
    for point in simulated.points:
        (value,) = point.values
        alone = run_policy(made.checked, made.dataset, made.as_of, "reference", {where: value})
        assert point.measures == measured(alone)


def test_the_appropriation_that_would_have_been_enough_for_colorado() -> None:
    """9,130 × $1,000 = $9,130,000 for every credential, 12,573 × $1,000 = $12,573,000 for all that was reported; with a
    thousand dollars less somebody is cut. docs/simulate.md shows just this.
    """
    found = api.simulate(
        ROOT / "policies" / "co" / "career-development-success.yaml",
        ROOT / "examples" / "colorado-2021-22",
        [ROOT / "examples" / "scenarios" / "colorado-2021-22.scenario.yaml"],
    )
    assert [one.answer.method for one in found.found] == [HALVING, HALVING]
    firsts = [one.answer.plateaus[0].first for one in found.found]
    assert firsts == [Fraction(9_130_000), Fraction(12_573_000)]
    for one, first in zip(found.found, firsts, strict=True):
        gaps = dict(one.answer.gaps)
        assert gaps[first] == 0 and len(gaps) < 20
        short = gaps[first - 1_000]
        assert short is not None and short < 0
    assert found.baseline["factor of credentials"] == Fraction(5_000_000, 9_130_000)
    assert found.baseline["paid"] == Fraction("547.64") * 9_130
    shown = article_text(simulation_article(found), 80)
    assert shown in (ROOT / "docs" / "simulate.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("measure", "way"),
    [("factor of credentials", 1), ("least factor", 1), ("paid", 1), ("owed", 0), ("undetermined", 0)],
)
def test_what_is_proved_of_colorados_money(measure: str, way: int) -> None:
    checked = policy("policies/co/career-development-success.yaml")
    assert direction(checked, "parameters.success_program", measure) == way
    assert direction(checked, "parameters.low_income_multiple", measure) == 0


def test_with_money_set_aside_nothing_is_proved() -> None:
    checked = policy("policies/example/credentials-of-value.yaml")
    assert direction(checked, "parameters.incentive_fund", "factor of credentials") == 0
