"""Texas' bonus for outcomes at the size of the worked examples TX-X1 to TX-X3: hundreds of graduates."""

from __future__ import annotations

from datetime import date as Date

import pytest

from engine.results.run import Run
from tests.policies.bundled import BACKENDS, Rows, column, run

PATH = "policies/tx/ccmr-outcomes-bonus.yaml"
FY2025, FY2026 = Date(2024, 10, 1), Date(2025, 10, 1)


def district(
    disadvantaged: tuple[int, int], others: tuple[int, int] = (0, 0), special: int = 0, year: int = 2023
) -> Rows:
    """One district: graduates and those with an outcome, disadvantaged and not; so many of the first of those who have
    one are in special education. Made up.
    """
    students = [
        {
            "student_id": f"{kind} {number}", "accountable_school": "S", "class_of": str(year), "graduated": "yes",
            "economically_disadvantaged": "yes" if kind == "ed" else "no",
            "special_education": "yes" if kind == "ed" and number < special else "no",
            "tsi_met_by_exam": "yes" if number < met else "no", "enrolled_by_tenth_day": "yes",
            "associate_degree": "no", "enlisted": "no",
        }
        for kind, (graduates, met) in (("ed", disadvantaged), ("other", others))
        for number in range(graduates)
    ]  # fmt: skip
    return {
        "district": [{"district_id": "D"}],
        "school": [{"school_id": "S", "district": "D"}],
        "credential": [],
        "student": students,
        "attainment": [],
    }


def bonus(made: Run) -> object:
    """The payment of the only district."""
    (paid,) = column(made, "district", "outcomes_bonus").values()
    return paid


@pytest.mark.parametrize("backend", BACKENDS)
def test_three_groups_of_a_district(backend: str) -> None:
    """TX-X1: (40 - 11) × $5,000 + (20 - 12) × $3,000 + 10 × $2,000 = $189,000."""
    assert bonus(run(PATH, district((100, 40), (50, 20), 10), FY2025, backend)) == 145_000 + 24_000 + 20_000


def test_special_education_since_2025() -> None:
    """TX-X2: the same with $4,000 for each in special education: $209,000."""
    assert bonus(run(PATH, district((100, 40), (50, 20), 10, 2024), FY2026)) == 209_000


@pytest.mark.parametrize(("rounding", "paid"), [("ceiling", 40_000), ("floor", 45_000)])
def test_both_ways_to_round_the_minimum(rounding: str, paid: int) -> None:
    """TX-X3: 11% of 105 is 11.55: 12 by the ceiling and (20 - 12) × $5,000; 11 by the floor and (20 - 11) × $5,000."""
    made = run(PATH, district((105, 20)), FY2025, overrides={"parameters.minimum_rounding": rounding})
    assert bonus(made) == paid
