"""Cost against reach: of the runs of a sweep, those that no other one beats."""

from __future__ import annotations

from fractions import Fraction

from engine.results.simulate.checked_sensitivity import CheckedFrontier
from engine.results.simulate.measure import Measures
from engine.results.simulate.sensitivity.frontier import weighed
from engine.views.simulation_frontier import _more


def test_the_frontier_by_hand() -> None:
    """1 for $10, 3 for $20 (two more for $10), 3 for $25 and 2 for $20 are beaten, 4 for $40 (one more for $20)."""
    runs = [(10, 1), (20, 3), (25, 3), (20, 2), (40, 4), (None, 9), (20, 3)]
    made = [{"cost": None if one is None else Fraction(one), "reach": Fraction(two)} for one, two in runs]
    found = weighed(CheckedFrontier("cost", "reach"), made[0], made[1:])
    assert found.unknown == 1
    assert [(run.place, run.is_best, run.each) for run in found.runs] == [
        (None, True, None),
        (0, True, 5),
        (5, True, 5),
        (2, False, None),
        (1, False, None),
        (3, True, 20),
    ]
    assert found.runs[3].beaten_by is found.runs[1]


def test_money_for_one_more_has_cents_only() -> None:
    """4 more for $2,482.99 are $620.7475 each, 2 more for $0.05 are $0.025 each; 2 more for $3 are just $1.50."""
    for cost, reach, said in (("2482.99", 4, "about $620.75"), ("0.05", 2, "about $0.03"), ("3", 2, "$1.50")):
        nothing: Measures = {"cost": Fraction(0), "reach": Fraction(0)}
        found = weighed(CheckedFrontier("cost", "reach"), nothing, [{"cost": Fraction(cost), "reach": Fraction(reach)}])
        assert _more(found.runs[-1], found, {"cost": "money", "reach": "count"}) == said
