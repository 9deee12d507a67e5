"""Florida's money for certifications at the size of the worked examples FL-X3 and FL-X4: hundreds of certifications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.values import Value
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, Rows, column, run

PATH = "policies/fl/cape-funding.yaml"
OCTOBER = Date(2024, 10, 1)
CREDITS = {"0.1": "0", "0.2": "1", "0.5": "15", "1": "30"}
"""What a statewide agreement has to grant for a certification of each weight."""


def earned(numbers: Mapping[str, int]) -> Rows:
    """So many certifications of each weight, each earned by another student of one teacher. Made up."""
    weights = [weight for weight, number in numbers.items() for _ in range(number)]
    return {
        "area": [{"code": "US-FL"}],
        "district": [{"district_id": "D", "area": "US-FL", "cost_factor": "1"}],
        "school": [{"school_id": "S", "district": "D"}],
        "teacher": [{"teacher_id": "T", "school": "S", "employed_by": "D"}],
        "credential": [
            {"credential_id": weight, "funding_class": "digital_tool" if weight == "0.025" else "certification"}
            for weight in numbers
        ],
        "articulation": [
            {"credential": weight, "institution": "all", "credits": CREDITS[weight], "statewide": "yes"}
            for weight in numbers
            if weight in CREDITS
        ],
        "funding_listing": [
            {"credential": weight, "school_year": "2023-24", "statewide": "yes"} for weight in numbers
        ],
        "demand_area": [],
        "student": [{"student_id": f"s{number}"} for number in range(len(weights))],
        "attainment": [
            {
                "attainment_id": f"a{number:03}", "student": f"s{number}", "credential": weight, "school": "S",
                "school_year": "2023-24", "award_date": "2024-03-01", "grade": "10", "course_number": "1",
                "career_course_completed": "yes", "teacher": "T",
            }
            for number, weight in enumerate(weights)
        ],
    }  # fmt: skip


def value(made: Run, entity: str, name: str) -> Value:
    """The value of the only row of an entity."""
    (found,) = column(made, entity, name).values()
    return found


@pytest.mark.parametrize("backend", BACKENDS)
def test_25_fte_of_a_district(backend: str) -> None:
    """FL-X3: 10 + 10 + 2 + 2 + 1 = 25 FTE; × $5,330.98 = $133,274.50, of which the program gets $106,619.60."""
    made = run(PATH, earned({"0.1": 100, "0.2": 50, "0.5": 4, "1": 2, "0.025": 40}), OCTOBER, backend)
    weights = column(made, "attainment", "added_fte").values()
    assert sum(weight for weight in weights if isinstance(weight, Fraction)) == 25
    assert value(made, "district", "added_membership") == Fraction("133274.50")
    assert value(made, "district", "added_membership: passed on to program") == Fraction("106619.60")


@pytest.mark.parametrize(("at_half", "paid"), [(10, 3000), (11, 3000)])
def test_a_teacher_at_the_cap(at_half: int, paid: int) -> None:
    """FL-X4: 30 × $50 + 20 × $25 + 10 × $100 = $3,000, the old cap; with one more at 0.5 it cuts $3,100 to $3,000."""
    rows = earned({"0.2": 30, "0.1": 20, "0.5": at_half})
    made = run(PATH, rows, OCTOBER, overrides={"parameters.teacher_maximum": Fraction(3000)})
    claimed = sum(
        one for one in column(made, "attainment", "teacher_bonus: amount").values() if isinstance(one, Fraction)
    )
    assert claimed == 3000 + 100 * (at_half - 10)
    assert value(made, "teacher", "teacher_bonus") == paid


def test_without_the_cap_a_teacher_receives_all() -> None:
    made = run(PATH, earned({"0.2": 30, "0.1": 20, "0.5": 11}), OCTOBER)
    assert value(made, "teacher", "teacher_bonus") == 3100
