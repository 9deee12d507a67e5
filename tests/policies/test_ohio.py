"""Ohio's three screens: at their boundaries, and on Ohio's published wages and projections."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from typing import Any

import pytest

from engine.execution.dataset import Dataset
from engine.execution.values import NOT_APPLICABLE, Missing
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, policy, run
from tests.policies.published import Market, imported, markets

PATH = "policies/oh/in-demand-occupations.yaml"
OHIO = ("US-OH",)
SCREENS = {2017: Date(2017, 9, 1), 2019: Date(2020, 3, 1), 2021: Date(2022, 6, 30)}
"""The year from which a screen is in force → a day on which it is."""


def in_demand(made: Run) -> dict[str, Any]:
    """True, False, None for undetermined, "-" for what is not screened, by occupation."""
    return {
        str(key[0]): "-" if value is NOT_APPLICABLE else None if isinstance(value, Missing) else value
        for key, value in column(made, "labor_market", "in_demand").items()
    }


def ohio(as_of: Date, backend: str, **occupations: tuple[str, str, str]) -> dict[str, Any]:
    """The verdict on made-up occupations, each with hourly pay, jobs added a year, and openings a year."""
    rows = {
        "area": [{"code": "US-OH", "name": "Ohio", "level": "state"}],
        "occupation": [{"code": code, "title": code, "level": "detailed"} for code in occupations],
        "labor_market": [
            {
                "occupation": code,
                "area": "US-OH",
                "hourly_median": pay,
                "base_employment": "10000" if grows else "",
                "projected_employment": str(int(10_000 + 10 * Fraction(grows))) if grows else "",
                "annual_openings": openings,
            }
            for code, (pay, grows, openings) in occupations.items()
        ],
    }
    return in_demand(run(PATH, rows, as_of, backend))


@pytest.mark.parametrize("backend", BACKENDS)
def test_one_occupation_in_two_screens(backend: str) -> None:
    """$14.10, ten jobs more a year, 600 openings: in demand by the screen of 2019, not by that of 2021."""
    occupation = ("14.10", "10", "600")
    assert ohio(SCREENS[2019], backend, one=occupation) == {"one": True}
    assert ohio(SCREENS[2021], backend, one=occupation) == {"one": False}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_floor_is_reached_in_2017_and_passed_since(backend: str) -> None:
    assert ohio(
        SCREENS[2017], backend,
        pay=("13.47", "50", "0"), less=("13.46", "50", "230"), near=("20", "49.9", "229"), openings=("20", "0", "230"),
    ) == {"pay": True, "less": False, "near": False, "openings": True}  # fmt: skip
    assert ohio(
        SCREENS[2019], backend,
        pay=("14.10", "36.1", "0"), less=("14.09", "99", "999"), at=("20", "36", "584"), openings=("20", "0", "585"),
    ) == {"pay": True, "less": False, "at": False, "openings": True}  # fmt: skip
    assert ohio(
        SCREENS[2021], backend,
        pay=("14.90", "20.1", "0"), less=("14.89", "99", "999"), at=("20", "20", "620"), openings=("20", "0", "621"),
    ) == {"pay": True, "less": False, "at": False, "openings": True}  # fmt: skip


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_is_missing_matters_only_where_it_decides(backend: str) -> None:
    assert ohio(
        SCREENS[2021], backend,
        pay_unknown=("missing: published only by the year", "0", "700"),
        pay_cannot_help=("missing: published only by the year", "0", "100"),
        top_coded=("at_least 115.00", "0", "700"),
        growth_cannot_hurt=("20", "", "700"),
        growth_decides=("20", "", "100"),
        too_little_pay=("10", "", ""),
    ) == {
        "pay_unknown": None,
        "pay_cannot_help": False,
        "top_coded": True,
        "growth_cannot_hurt": True,
        "growth_decides": None,
        "too_little_pay": False,
    }  # fmt: skip


def test_the_figures_and_how_they_are_known() -> None:
    figures = {
        one.name: [(value.starts.year, value.standing) for value in one.values]
        for one in policy(PATH).policy.parameters
        if one.name.endswith("_floor")
    }
    known = [(2017, "secondary"), (2019, "enacted"), (2021, "secondary"), (2023, "assumed")]
    assert figures == {"wage_floor": known, "openings_floor": known, "growth_floor": known}


# -- published wages and projections ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return imported(tmp_path_factory.mktemp("ohio"), OHIO, policy(PATH))


def screen(year: int, market: Market) -> Any:
    """The screen of a year, from the numbers as published; the law in other words than the policy's."""
    if market.group:
        return "-"
    pay, openings, growth = {
        2017: (Fraction("13.47"), 230, 50),
        2019: (Fraction("14.10"), 584, 36),
        2021: (Fraction("14.90"), 620, 20),
    }[year]
    paid = None if market.hourly_median is None else market.hourly_median >= pay
    parts: list[bool | None] = [None, None]
    if market.openings is not None:
        parts[0] = market.openings > openings or (year == 2017 and market.openings == openings)
    if market.base is not None and market.projected is not None:
        added = market.projected - market.base
        parts[1] = added > 10 * growth or (year == 2017 and added == 10 * growth)
    wanted = True if True in parts else None if None in parts else False
    if False in (paid, wanted):
        return False
    return None if None in (paid, wanted) else True


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_published_figures_of_ohio(real: Dataset, backend: str) -> None:
    published = markets(OHIO)
    assert len(published) > 800
    found = {year: in_demand(run(PATH, real, day, backend)) for year, day in SCREENS.items()}
    for year, verdicts in found.items():
        assert verdicts == {occupation: screen(year, market) for (_, occupation), market in published.items()}
    listed, unclear = (
        {year: {code for code, verdict in verdicts.items() if verdict is wanted} for year, verdicts in found.items()}
        for wanted in (True, None)
    )
    # the law differs, and so does what it finds in the same figures
    assert {year: len(codes) for year, codes in listed.items()} == {2017: 298, 2019: 186, 2021: 194}
    assert {year: len(codes) for year, codes in unclear.items()} == {2017: 37, 2019: 27, 2021: 30}
    assert listed[2019] < listed[2017]
    assert listed[2021] - listed[2019]
    assert listed[2019] - listed[2021]


@pytest.mark.skipif("duckdb" not in BACKENDS, reason="there is only one backend")
@pytest.mark.parametrize("year", SCREENS)
def test_backends_give_the_same_tables(real: Dataset, year: int) -> None:
    one, two = (run(PATH, real, SCREENS[year], backend).columns for backend in ("reference", "duckdb"))
    assert [name for name in one if not one[name].equals(two[name])] == []
