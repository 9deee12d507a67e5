"""Ohio's screen extended to two states, each with 80% of its own median wage in the place of Ohio's figure."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from typing import Any

import pytest

from engine.execution.dataset import Dataset
from engine.execution.values import NOT_APPLICABLE, Missing
from tests.policies.bundled import BACKENDS, column, policy, run
from tests.policies.published import Market, imported, markets

PATH = "examples/screens-elsewhere.yaml"
STATES = ("US-KY", "US-IN")
DAY = Date(2022, 6, 30)


def verdicts(dataset: Any, backend: str) -> dict[tuple[str, str], Any]:
    """(area, occupation) → true, false, None for undetermined, "-" for what is not screened."""
    found = column(run(PATH, dataset, DAY, backend), "labor_market", "in_demand")
    return {
        (str(key[1]), str(key[0])): "-" if value is NOT_APPLICABLE else None if isinstance(value, Missing) else value
        for key, value in found.items()
    }


def test_it_extends_the_bundled_policy() -> None:
    merged = policy(PATH).policy
    assert [word.text for word in merged.jurisdictions] == ["US-KY", "US-IN"]
    writers = {one.name: one.policy for one in (*merged.definitions, *merged.criteria, *merged.eligibility)}
    ours, ohio = "examples/screens-elsewhere", "oh/in-demand-occupations"
    assert writers == {
        "screened": ohio,
        "growth_per_year": ohio,
        "pay_needed": ours,
        "median_pay": ours,
        "pays_enough": ohio,
        "wanted": ohio,
        "in_demand": ohio,
    }


def test_ohios_wage_is_read_no_more() -> None:
    made = run(PATH, {}, DAY)
    cells = {cell.path for cell in made.plan.cells}
    assert "parameters.part_of_median" in cells
    assert "parameters.wage_floor" not in cells
    assert "jurisdiction.area" not in cells


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_state_has_its_own_median(backend: str) -> None:
    """$20.00 and $30.00 in the middle: $16.00 and $24.00 are needed; without a median it stays open."""
    places = {"US-KY": "20.00", "US-IN": "30.00", "US-TN": ""}
    pay = {"at": "16.00", "below": "15.99", "high": "24.00", "almost": "23.99", "unknown": ""}
    fixed = {"base_employment": "1000", "projected_employment": "1000", "annual_openings": "621"}
    rows = {
        "area": [{"code": place, "level": "state"} for place in places],
        "occupation": [
            {"code": "00-0000", "level": "total"},
            *({"code": code, "level": "detailed"} for code in pay),
        ],
        "labor_market": [
            {**fixed, "occupation": code, "area": place, "hourly_median": cell}
            for place, median in places.items()
            for code, cell in {**pay, "00-0000": median}.items()
        ],
    }
    found = verdicts(rows, backend)
    assert {code: found["US-KY", code] for code in pay} == {
        "at": True, "below": False, "high": True, "almost": True, "unknown": None,
    }  # fmt: skip
    assert {code: found["US-IN", code] for code in pay} == {
        "at": False, "below": False, "high": True, "almost": False, "unknown": None,
    }  # fmt: skip
    assert {found["US-TN", code] for code in pay} == {None}
    assert {found[place, "00-0000"] for place in places} == {"-"}


# -- published wages and projections ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return imported(tmp_path_factory.mktemp("elsewhere"), STATES, policy(PATH))


def screen(market: Market, median: Fraction) -> Any:
    """The screen of 2021 with 80% of a median, from the numbers as published."""
    if market.group:
        return "-"
    paid = None if market.hourly_median is None else 5 * market.hourly_median >= 4 * median
    if market.openings is None or market.base is None or market.projected is None:
        return False if paid is False else None
    wanted = market.openings > 620 or market.projected - market.base > 200
    return False if paid is False or not wanted else paid


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_published_figures_of_two_states(real: Dataset, backend: str) -> None:
    published = markets(STATES)
    medians = {state: published[state, "00-0000"].hourly_median for state in STATES}
    assert medians == {"US-KY": Fraction("22.56"), "US-IN": Fraction("23.01")}
    found = verdicts(real, backend)
    wanted = {}
    for (state, occupation), market in published.items():
        median = medians[state]
        assert median is not None
        wanted[state, occupation] = screen(market, median)
    assert found == wanted
    listed = {state: sum(found[at, code] is True for at, code in found if at == state) for state in STATES}
    assert listed == {"US-KY": 98, "US-IN": 136}
