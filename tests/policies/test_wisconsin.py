"""Wisconsin's grants for the class of 2014, with as many claims as there were."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from functools import cache

import pytest

from engine.execution.dataset import Dataset
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, rows_of, run

PATH = "policies/wi/technical-incentive-grant.yaml"
DISTRICTS = 228
DAY = Date(2015, 6, 15)


@cache
def claims(total: int, set_aside: int) -> Dataset:
    """So many claims of the class of 2014, each for another pupil, over the districts in turn. Made up but for the counts."""
    return rows_of(
        PATH,
        {
            "program": [{"program_id": "welding"}],
            "program_approval": [{"program": "welding", "school_year": "2013-14"}],
            "district": [{"district_id": f"D{number}"} for number in range(DISTRICTS)],
            "student": [{"student_id": f"p{number}"} for number in range(total)],
            "program_completion": [
                {
                    "completion_id": f"c{number}", "student": f"p{number}", "program": "welding",
                    "completed_in": "2013-14", "diploma_from": f"D{number % DISTRICTS}", "diploma_in": "2013-14",
                    "set_aside": "yes" if number < set_aside else "no",
                }
                for number in range(total)
            ],
        },
    )  # fmt: skip


def dollars(made: Run, entity: str, name: str) -> list[Fraction]:
    """The numbers of a column."""
    found = list(column(made, entity, name).values())
    assert all(isinstance(value, Fraction) for value in found)
    return [value for value in found if isinstance(value, Fraction)]


def test_the_class_of_2014() -> None:
    """3,413 claims of 228 districts less 461 are 2,952 at $1,000, and $48,000 of $3,000,000 is left."""
    made = run(PATH, claims(3_413, 461), DAY, BACKENDS[-1])
    paid = dollars(made, "district", "grant")
    assert (len(paid), sum(paid)) == (228, 2_952_000)
    assert dollars(made, "state", "incentive_grants: unspent") == [48_000]
    assert set(dollars(made, "program_completion", "grant: paid")) == {0, 1_000}


@pytest.mark.parametrize(
    ("eligible", "each", "left"),
    [
        pytest.param(3_000, Fraction(1_000), Fraction(0), id="3000_are_paid_in_full"),
        pytest.param(3_001, Fraction("999.66"), Fraction("20.34"), id="3001_are_prorated"),
        pytest.param(3_413, Fraction("878.99"), Fraction("7.13"), id="all_of_them"),
    ],
)
def test_proration(eligible: int, each: Fraction, left: Fraction) -> None:
    """Above 3,000 claims the amount is 3,000,000 over their number, rounded down to the cent: 999.6667, 878.9921."""
    made = run(PATH, claims(eligible, 0), DAY, BACKENDS[-1])
    assert set(dollars(made, "program_completion", "grant: paid")) == {each}
    assert dollars(made, "state", "incentive_grants: unspent") == [left]
    assert each * eligible + left == 3_000_000


@pytest.mark.parametrize("backend", BACKENDS)
def test_backends_pay_the_same(backend: str) -> None:
    """700 claims and $500,000.07: 714.2858 each, rounded down; 500,000.07 − 700 × 714.28 = 4.07 stays."""
    made = run(PATH, claims(700, 0), DAY, backend, {"parameters.incentive_grants": Fraction("500000.07")})
    assert set(dollars(made, "program_completion", "grant: paid")) == {Fraction("714.28")}
    assert dollars(made, "state", "incentive_grants: unspent") == [Fraction("4.07")]
