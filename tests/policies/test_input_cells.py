"""On which input cells the verdicts of the bundled policies depend, and that other values need no other plan."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.plan.from_checked import plan_policy
from tests.policies.bundled import column, policy, run

SCREEN = {"growth_floor", "openings_floor", "projection_years"}
PELL = {
    "apprenticeship_ceiling", "contract_ceiling", "hours_ceiling", "hours_floor", "quarter_ceiling", "quarter_floor",
    "rate_floor", "semester_ceiling", "semester_floor", "weeks_ceiling", "weeks_floor", "years_floor",
}  # fmt: skip
TUITION = {
    "earners_floor", "earnings_span", "full_cohort", "no_value_no_cap", "poverty_line", "poverty_multiple", "small_cohort",
}  # fmt: skip

VERDICTS = {
    ("policies/oh/in-demand-occupations.yaml", "in_demand", Date(2022, 6, 30)): SCREEN | {"wage_floor"},
    ("examples/screens-elsewhere.yaml", "in_demand", Date(2022, 6, 30)): SCREEN | {"part_of_median"},
    ("policies/federal/workforce-pell.yaml", "workforce_program", Date(2026, 11, 21)): PELL,
    ("policies/federal/workforce-pell.yaml", "workforce_program", Date(2030, 7, 1)): PELL | TUITION,
}
"""Policy, verdict and day → the parameters on which the verdict depends."""


@pytest.mark.parametrize(("path", "verdict", "day"), VERDICTS)
def test_the_cells_of_a_verdict(path: str, verdict: str, day: Date) -> None:
    checked = policy(path)
    plan = plan_policy(checked, checked.epoch(day))
    found = {one.id.name: one for one in plan.columns}
    decided = {"as_of"} if path.endswith("workforce-pell.yaml") else set()
    if day.year == 2030:
        decided |= {"school_year"}  # of which the third before is looked at
    names = {f"parameters.{name}" for name in VERDICTS[path, verdict, day]}
    assert found[verdict].cells == names | decided


@pytest.mark.parametrize("floor", [Fraction("14.90"), Fraction("14.91"), Fraction(1000)])
def test_another_value_needs_no_other_plan(floor: Fraction) -> None:
    path, day = "policies/oh/in-demand-occupations.yaml", Date(2022, 6, 30)
    rows = {
        "area": [{"code": "US-OH", "level": "state"}],
        "occupation": [{"code": "1", "level": "detailed"}],
        "labor_market": [{"occupation": "1", "area": "US-OH", "hourly_median": "14.90", "annual_openings": "700"}],
    }
    as_written = run(path, rows, day)
    other = run(path, rows, day, overrides={"parameters.wage_floor": floor})
    assert other.plan == as_written.plan
    key = ("1", "US-OH")
    assert column(other, "labor_market", "in_demand")[key] is (floor <= Fraction("14.90"))
