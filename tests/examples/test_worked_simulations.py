"""The worked simulations of docs/simulations-worked.md: what the page shows, and the numbers worked out by hand."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

import pytest

from engine import api
from engine.results.simulate.moves import Move
from engine.results.simulate.rows_read import CLAIM, INDEX, PAYMENT, RATING
from engine.results.simulate.simulation import Simulation
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT

PAGE = (ROOT / "docs" / "simulations-worked.md").read_text("utf-8")
SHOWN = re.findall(r"```console\n\$ specie simulate (.*?)\n```\n.*?```text\n(.*?)```", PAGE, re.DOTALL)
OHIO = ("oh/innovative-workforce-incentive", "ohio-incentive")
LOUISIANA = ("la/school-performance", "louisiana-2018")
TEXAS = ("tx/ccmr-outcomes-bonus", "texas-bonus")


@cache
def simulated(policy: str, data: str, *scenarios: str) -> Simulation:
    paths = [ROOT / "examples" / "scenarios" / f"{name}.scenario.yaml" for name in scenarios]
    return api.simulate(ROOT / "policies" / f"{policy}.yaml", ROOT / "examples" / data, paths)


@pytest.mark.parametrize(("words", "text"), SHOWN, ids=[str(number) for number in range(len(SHOWN))])
def test_the_page_shows_what_comes_out(words: str, text: str) -> None:
    policy, *scenarios, _, data = words.replace("\\\n", " ").split()
    names = [path.removeprefix("examples/scenarios/").removesuffix(".scenario.yaml") for path in scenarios]
    policy = policy.removeprefix("policies/").removesuffix(".yaml")
    found = simulated(policy, data.removeprefix("examples/"), *names)
    shown = article_text(simulation_article(found), 80)
    assert shown.endswith(text) and len(text) > 500


def test_the_page_shows_five_simulations() -> None:
    assert len(SHOWN) == 5


def by_name(moves: tuple[Move, ...]) -> dict[str, tuple[object, object]]:
    return {move.name.partition(" ")[0]: (move.before, move.after) for move in moves}


# -- Ohio -----------------------------------------------------------------------------------------------------------

POT, FORMER = Fraction(16_000_000), Fraction(12_500_000)


@pytest.mark.parametrize(("more", "credentials"), [((), 25_000), (("ohio-20000",), 20_000), (("ohio-12800",), 12_800)])
def test_what_ohios_pot_pays(more: tuple[str, ...], credentials: int) -> None:
    """Of each rate and pot: what is owed, the factor, what is paid and left; and to the cent for each credential."""
    found = simulated(*OHIO, "ohio-rates", *more)
    assert [point.values for point in found.points] == [(725, FORMER), (725, POT), (1_250, FORMER), (1_250, POT)]
    for point in found.points:
        rate, pot = (Fraction(value) for value in point.values if isinstance(value, Fraction | int))
        owed = credentials * rate
        assert point.measures["owed"] == owed
        assert point.measures["factor of incentive"] == min(Fraction(1), pot / owed)
        assert point.measures["paid"] == min(owed, pot)
        assert point.measures["unspent of incentive_fund"] == max(Fraction(0), pot - owed)


@pytest.mark.parametrize(
    ("more", "credentials", "at_725", "at_1250", "highest"),
    [((), 25_000, 640, 640, 640), (("ohio-20000",), 20_000, 725, 800, 800),
     (("ohio-12800",), 12_800, 725, 1_250, 1_250)],
)  # fmt: skip
def test_what_a_credential_brings(
    more: tuple[str, ...], credentials: int, at_725: int, at_1250: int, highest: int
) -> None:
    """16,000,000 / 25,000 = 640 and / 20,000 = 800, whatever the rate; 12,800 × 1,250 = 16,000,000."""
    found = simulated(*OHIO, "ohio-rates", *more)
    paid = {point.values: point.measures["paid"] for point in found.points}
    assert paid[725, POT] == credentials * at_725
    assert paid[1_250, POT] == credentials * at_1250
    (search,) = found.found
    assert search.answer.plateaus[0].last == highest


def test_a_district_with_one_credential_is_paid_to_the_cent() -> None:
    """The smallest has one of the 25,000, in welding: $640.00, and nothing when welding is off the list."""
    (by_what_is_changed,) = simulated(*OHIO, "ohio-rates", "ohio-20000").moves
    paid = by_name(by_what_is_changed.of(PAYMENT))
    assert paid["Paw"] == (640, 0)
    assert paid["Buckeye"] == (6_000 * 640, 4_800 * 725)


# -- Louisiana ------------------------------------------------------------------------------------------------------


def test_which_louisiana_scores_move() -> None:
    """Each to one decimal, from 25% ACT and 25% strength of diploma to 20% and 30%; the rate of graduation is an index.

    Church Point: 0.125 × (62.9 + 71.8) + 0.25 × 99.4 = 41.6875; + 0.25 × (62.1 + 93.9) = 80.6875;
                  + 0.2 × 62.1 + 0.3 × 93.9 = 82.2775
    Bayou:        0.125 × 120 + 0.25 × 100 = 40; + 0.25 × (40 + 99) = 74.75; + 8 + 29.7 = 77.7
    Cypress:      0.125 × 160 + 0.25 × 88.9 = 42.225; + 0.25 × (112 + 80) = 90.225; + 22.4 + 24 = 88.625
    Pelican:      0.125 × 60 + 0.25 × 63 = 23.25; + 0.25 × (30 + 70) = 48.25; + 6 + 21 = 50.25
    Heron:        without ACT (15 + 25 + 24.75) / 0.75 = 86.33…; (15 + 25 + 29.7) / 0.8 = 87.125
    """
    (found,) = simulated(*LOUISIANA, "louisiana-weights").moves
    tenths = {
        "Church": (807, 823), "Bayou": (748, 777), "Cypress": (902, 886), "Pelican": (483, 503), "Heron": (863, 871),
    }  # fmt: skip
    assert by_name(found.of(INDEX)) == {
        name: (Fraction(before, 10), Fraction(after, 10)) for name, (before, after) in tenths.items()
    }
    assert by_name(found.of(RATING)) == {"Bayou": ("C", "B"), "Cypress": ("A", "B"), "Pelican": ("F", "D")}
    still = next(rows.still for rows in found.rows if rows.kind == INDEX)
    assert still == ("Collegiate Baton Rouge", "Magnolia High (made up)", "Oak Elementary (made up)")


# -- Texas ----------------------------------------------------------------------------------------------------------

GROUPS = {
    ("T1", "economically_disadvantaged"): (105, 20), ("T2", "economically_disadvantaged"): (100, 40),
    ("T2", "not_economically_disadvantaged"): (50, 20), ("T3", "economically_disadvantaged"): (10, 1),
    ("T3", "not_economically_disadvantaged"): (4, 1), ("T4", "economically_disadvantaged"): (200, 60),
    ("T4", "not_economically_disadvantaged"): (130, 50), ("T5", "economically_disadvantaged"): (25, 10),
    ("T5", "not_economically_disadvantaged"): (25, 5),
}  # fmt: skip
"""Graduates and those with an outcome, by district and group; special education, at 0%, is the same either way."""


def parted(threshold: int) -> dict[str, Fraction]:
    """By how much more the floor pays a group, where the threshold of the disadvantaged is so many percent."""
    found = {}
    for (district, group), (graduates, met) in GROUPS.items():
        poor = group == "economically_disadvantaged"
        needed = graduates * (threshold if poor else 24)
        above = [max(0, met - least) for least in (needed // 100, -(-needed // 100))]
        if above[0] != above[1]:
            found[f"district={district},student_group={group}"] = Fraction(5_000 if poor else 3_000)
    return found


def test_for_whom_the_floor_and_the_ceiling_part() -> None:
    """105 × 11% = 11.55 and 25 × 11% = 2.75 of the disadvantaged, 4 × 24% = 0.96 and 130 × 24% = 31.2 of the others; one
    graduate more above the minimum by the floor.
    """
    (found,) = simulated(*TEXAS, "texas-floor").moves
    claims = {move.key: move.change for move in found.of(CLAIM)}
    assert claims == parted(11) and len(claims) == 4
    longhorn = next(move for move in found.of(CLAIM) if move.key.startswith("district=T1"))
    assert by_name((longhorn,)) == {"Longhorn": (40_000, 45_000)}
    assert {move.key for move in found.of(PAYMENT)} == {"T1", "T3", "T4", "T5"}


def test_at_which_thresholds_they_part() -> None:
    found = simulated(*TEXAS, "texas-thresholds")
    assert [dict(one.values) for one in found.moves] == [
        {"threshold.economically_disadvantaged": f"{percent}%"} for percent in range(8, 15)
    ]
    for percent, one in zip(range(8, 15), found.moves, strict=True):
        assert {move.key: move.change for move in one.of(CLAIM)} == parted(percent)
    with_pecan = [len([key for key in parted(percent) if "T3,student_group=econ" in key]) for percent in range(8, 15)]
    assert with_pecan == [1, 1, 0, 0, 0, 0, 0]
