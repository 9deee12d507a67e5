"""The example of years ahead in docs/simulate.md."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine import api
from engine.results.simulate.measure import measured
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT


@pytest.mark.long
def test_the_years_that_the_docs_show() -> None:
    """10% of 16 attainments are 1.6, so two more respond to $600 in the place of $500: 0.5 times a fifth."""
    policy, data = ROOT / "policies" / "example" / "credentials-of-value.yaml", ROOT / "examples" / "state"
    found = api.simulate(policy, data, [ROOT / "examples" / "scenarios" / "years-ahead.scenario.yaml"])
    assert found.years is not None
    first, _, last = found.years.years
    alone = measured(api.evaluate(policy, data))
    assert first.baseline.measures == first.scenario.measures == alone
    (responding,) = [one for one in last.scenario.grown if "responding" in one.what]
    assert (responding.rows, responding.share, responding.change) == (16, Fraction(1, 10), 2)
    assert found.years.bound == ()
    assert article_text(simulation_article(found), 80) in (ROOT / "docs" / "simulate.md").read_text("utf-8")
