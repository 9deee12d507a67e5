"""Indiana's grant: the grid, the value amounts and sums over many courses, each worked out a second way."""

from __future__ import annotations

import random
from datetime import date as Date
from fractions import Fraction
from itertools import product

import pytest

from engine.execution.values import Missing
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, run

PATH = "policies/in/cte-grant.yaml"
DEMANDS = ("less than moderate", "moderate", "more than moderate")
WAGES = ("low", "moderate", "high")
CELLS = tuple(product(range(3), range(3)))
"""How high demand and wage are, from 0."""

FY2018, FY2019, FY2024, FY2026 = Date(2018, 1, 15), Date(2019, 1, 15), Date(2024, 1, 15), Date(2026, 1, 15)


def rate(as_of: Date, demand: int, wage: int, level: int) -> int | None:
    """Dollars per credit hour. Facts IN-2, IN-3 and IN-20 to IN-23: the grid goes by diagonals, and so does the value."""
    height = demand + wage
    if as_of == FY2018:
        return (150, 225, 300, 450, 500)[height]
    value = 0 if height >= 3 else 1 if height == 2 else 2
    if as_of == FY2019:
        return (680, 400, 200)[value]
    if as_of == FY2024:
        return {(0, 1): 714, (0, 2): 1071, (1, 1): 400}.get((value, level))
    return ((710, 1065), (398, 597), (199, 298))[value][level - 1]


def ran(as_of: Date, backend: str, courses: list[tuple[str, int, int, int, int, int, int]]) -> Run:
    """Courses: school, demand, wage, level, credit hours, pupils, pupils with an account."""
    schools = sorted({course[0] for course in courses})
    rows: dict[str, list[dict[str, str]]] = {
        "area": [{"code": "US-IN", "name": "Indiana", "level": "state"}],
        "district": [{"district_id": f"district of {name}"} for name in sorted({name[0] for name in schools})],
        "school": [{"school_id": name, "district": f"district of {name[0]}"} for name in schools],
        "program": [
            {"program_id": f"{d}{w}", "demand_level": DEMANDS[d], "wage_level": WAGES[w]} for d, w in CELLS
        ],
        "determination": [
            {
                "name": "board_approval", "entity": "program", "subject": f"{d}{w}",
                "decided_on": "2015-12-02", "decision": "yes",
            }
            for d, w in CELLS
        ],
        "course_enrollment": [
            {
                "record": f"r{number:04}", "school": name, "program": f"{demand}{wage}", "level": str(level),
                "credit_hours": str(hours), "pupils": str(pupils), "pupils_with_account": str(accounts),
            }
            for number, (name, demand, wage, level, hours, pupils, accounts) in enumerate(courses)
        ],
        "pupil_count": [],
    }  # fmt: skip
    return run(PATH, rows, as_of, backend)


@pytest.mark.parametrize("as_of", [FY2018, FY2019, FY2024, FY2026], ids=lambda day: f"FY{day.year}")
def test_every_cell(as_of: Date) -> None:
    cells = [(demand, wage, level) for demand, wage in CELLS for level in (1, 2)]
    made = ran(as_of, "reference", [("s", *cell, 1, 1, 0) for cell in cells])
    found = [None if isinstance(one, Missing) else one for one in column(made, "course_enrollment", "rate").values()]
    assert found == [rate(as_of, *cell) for cell in cells]


def test_the_second_level_is_half_as_much_again_but_once() -> None:
    assert [Fraction(3, 2) * one for one in (714, 710, 398, 199)] == [1071, 1065, 597, Fraction("298.5")]
    assert rate(FY2026, 0, 0, 2) == 298


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("as_of", [FY2018, FY2019, FY2024, FY2026], ids=lambda day: f"FY{day.year}")
def test_sums_over_many_courses(as_of: Date, backend: str) -> None:
    """What waits for an amount that was not found is paid nothing. An account costs a pupil since FY2024."""
    dice = random.Random(as_of.year)
    courses = [
        (
            dice.choice(["a1", "a2", "b1", "c1"]), *dice.choice(CELLS), dice.choice([1, 2]), dice.choice([1, 2, 3]),
            dice.randrange(10, 40), dice.randrange(0, 4),
        )
        for _ in range(120)
    ]  # fmt: skip
    owed = dict.fromkeys(("district of a", "district of b", "district of c"), 0)
    for school, demand, wage, level, hours, pupils, accounts in courses:
        counted = pupils - (accounts if as_of >= FY2024 else 0)
        owed[f"district of {school[0]}"] += hours * counted * (rate(as_of, demand, wage, level) or 0)
    found = column(ran(as_of, backend, courses), "district", "enrollment_grant")
    assert {str(key[0]): value for key, value in found.items()} == owed
