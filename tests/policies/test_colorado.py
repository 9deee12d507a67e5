"""Colorado's published numbers with all of their pupils: who is paid, what each brings, and what is left."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.dataset import Dataset
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, rows_of, run

PATH = "policies/co/career-development-success.yaml"
ENTITIES = {
    "credentials": "attainment",
    "workplace_training_payment": "workplace_training",
    "advanced_course_payment": "advanced_course",
}


def reported(year: str, credentials: int, trainings: int, courses: int) -> Dataset:
    """Reports of so many pupils of each kind, none of them with free lunch. Made up but for the counts."""
    total = credentials + trainings + courses
    pupils = [{"student_id": f"p{number}", "free_or_reduced_lunch": "no"} for number in range(total)]
    claims = [
        {"student": pupil["student_id"], "school": f"school {number % 30}", "school_year": year}
        for number, pupil in enumerate(pupils)
    ]
    later = credentials + trainings
    return rows_of(
        PATH,
        {
            "district": [{"district_id": f"D{number}"} for number in range(30)],
            "school": [{"school_id": f"school {number}", "district": f"D{number}"} for number in range(30)],
            "student": pupils,
            "credential": [{"credential_id": "c"}],
            "credential_listing": [{"credential": "c", "school_year": year}],
            "attainment": [
                {"attainment_id": f"a{number}", "credential": "c", **claim}
                for number, claim in enumerate(claims[:credentials])
            ],
            "workplace_training": [
                {"training_id": f"w{number}", "kind": "internship", **claim}
                for number, claim in enumerate(claims[credentials:later])
            ],
            "advanced_course": [
                {"course_id": f"x{number}", "qualified": "yes", **claim} for number, claim in enumerate(claims[later:])
            ],
        },
    )


def paid(made: Run, line: str) -> list[Fraction]:
    """What each claim of a line is paid."""
    found = column(made, ENTITIES[line], f"{line}: paid").values()
    return [value for value in found if isinstance(value, Fraction)]


@pytest.mark.parametrize(
    ("day", "year", "counts", "pot", "each"),
    [
        pytest.param(Date(2022, 6, 15), "2021-22", (9_130, 3_000, 443), 5_000_000, Fraction("547.64"), id="2021-22"),
        pytest.param(Date(2018, 6, 15), "2017-18", (3_168, 2_599, 0), 2_000_000, Fraction("631.31"), id="2017-18"),
        pytest.param(Date(2017, 6, 15), "2016-17", (1_800, 1_200, 0), 1_000_000, Fraction("555.55"), id="2016-17"),
    ],
)
def test_published_counts(day: Date, year: str, counts: tuple[int, int, int], pot: int, each: Fraction) -> None:
    """Credentials take all of the money: 5,000,000 / 9,130 = 547.645, 2,000,000 / 3,168 = 631.313, 1,000,000 / 1,800 =
    555.556, rounded down; 3,443 (2,599, 1,200) others get nothing, not even the coins.

    How the others divide between training and courses is made up. For 2021-22 less than $500 was published.
    """
    made = run(PATH, reported(year, *counts), day, BACKENDS[-1])
    assert paid(made, "credentials") == [each] * counts[0]
    assert paid(made, "workplace_training_payment") == [Fraction(0)] * counts[1]
    assert paid(made, "advanced_course_payment") == [Fraction(0)] * counts[2]
    left = [one for one in column(made, "state", "success_program: unspent").values() if isinstance(one, Fraction)]
    assert left == [pot - each * counts[0]]


@pytest.mark.parametrize("backend", BACKENDS)
def test_backends_pay_the_same(backend: str) -> None:
    """200 credentials in full, 90 trainings at 10,000.10 / 90 = 111.1122 …, and nothing for 10 courses."""
    overrides = {"parameters.success_program": Fraction("210000.10")}
    made = run(PATH, reported("2017-18", 200, 90, 10), Date(2018, 6, 15), backend, overrides)
    assert set(paid(made, "credentials")) == {Fraction(1_000)}
    assert set(paid(made, "workplace_training_payment")) == {Fraction("111.11")}
    assert set(paid(made, "advanced_course_payment")) == {Fraction(0)}
    assert column(made, "state", "success_program: unspent")[("state",)] == Fraction("0.20")
