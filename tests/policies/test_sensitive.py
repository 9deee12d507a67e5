"""Each move of a tornado is a run of its own, and numbers that it does not move are the same: of every bundled policy, on
its first case.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.cases.cases import runs_of
from engine.results.run import run_policy
from engine.results.simulate.checked_sensitivity import CheckedSensitivity, usual
from engine.results.simulate.ground import Ground
from engine.results.simulate.journal import Journal
from engine.results.simulate.measure import measured
from engine.results.simulate.sensitivity.tornado import NUMBERS, ROWS, tornado
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.policies.test_simulated import CASES

QUICK = ("career-development-success", "teacher-bonus", "in-demand-occupations", "workforce-pell")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name, marks=() if name in QUICK else pytest.mark.long)
        for path in CASES
        for name in [path.name.removesuffix(".cases.yaml")]
    ],
)
def test_each_move_equals_an_evaluation(path: Path) -> None:
    _, made = next(iter(runs_of(path)))
    asked = CheckedSensitivity(usual(made.checked), Fraction(1, 10), Fraction(1, 20), 30, None, None)
    found = tornado(Ground(made.checked, made.dataset, made.as_of), asked, Journal())
    assert found.ground == measured(run_policy(made.checked, made.dataset, made.as_of, "reference"))
    told = {one.name for one in found.levers} | {name for name, *_ in found.still} | {*found.unread}
    assert told == {one.path.removeprefix("parameters.") for one in made.binding.resolved}
    for lever in found.levers:
        alike = True
        for one in lever.tried:
            if one.measures is None:
                assert one.refused
                continue
            cell = {f"parameters.{lever.name}": one.move.value}
            alone = measured(run_policy(made.checked, made.dataset, made.as_of, "reference", cell))
            assert one.measures == alone
            alike = alike and alone == found.ground
        assert (lever.moves == NUMBERS) is not alike or lever.moves == "not known"
        assert lever.moves != ROWS or alike


@pytest.mark.long
def test_the_page_of_what_moves_it_is_in_the_docs() -> None:
    """docs/simulate.md shows just this of the example that we ship."""
    found = api.simulate(
        ROOT / "policies" / "example" / "credentials-of-value.yaml",
        ROOT / "examples" / "state",
        [ROOT / "examples" / "scenarios" / "what-moves-it.scenario.yaml"],
    )
    shown = article_text(simulation_article(found), 80)
    begin, end = shown.index("Owed against listed"), shown.index("\nexample/credentials-of-value\nran on")
    assert shown[begin:end] in (ROOT / "docs" / "simulate.md").read_text("utf-8")
