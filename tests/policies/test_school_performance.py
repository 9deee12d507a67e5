"""Louisiana's school performance score: published figures, and made-up schools worked out a second way."""

from __future__ import annotations

import random
from datetime import date as Date
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from engine.execution.values import Missing
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, policy, run

PATH = "policies/la/school-performance.yaml"
JUNE_2018, JUNE_2024 = Date(2018, 6, 30), Date(2024, 6, 30)

Facts: TypeAlias = dict[str, Any]
SAID = (
    "on_time_diploma", "associate_degree", "exam_pass", "course_pass", "equivalency", "jump_start_credential",
    "graduated", "internship",
)  # fmt: skip


def tenths(value: Fraction) -> Fraction:
    """Rounded to one decimal, halves up; nothing here is negative."""
    return Fraction((value * 10 + Fraction(1, 2)) // 1, 10)


def points(facts: Facts) -> int:
    """The points of a cohort member: the best of what is true of it. Facts LA-20 to LA-30."""
    found = [0]
    college = facts["exam_pass"], facts["credential"] == "advanced"
    school = facts["course_pass"], facts["credential"] == "basic"
    if facts["on_time_diploma"]:
        found += [100, *[110] * any(school), *[115] * all(school), *[150] * any(college), *[160] * all(college)]
        found += [160] * facts["associate_degree"]
    elif facts["graduated"]:
        found.append({5: 140 if facts["exam_pass"] else 75, 6: 50}.get(facts["years"], 0))
    if facts["equivalency"]:
        found.append(40 if facts["jump_start_credential"] else 25)
    return max(found)


def rate_index(rate: Fraction) -> Fraction:
    """The graduation-rate index of a rate in percent. Fact LA-35."""
    if rate <= 75:
        return rate * Fraction("0.9")
    return rate * Fraction("1.111112") if rate <= 90 else 100 + 5 * (rate - 90)


def members(school: str, cohort: list[Facts], year: int) -> dict[str, list[dict[str, str]]]:
    """Rows of students with these facts, and of what they earned."""
    students, earned = [], []
    for number, facts in enumerate(cohort):
        name = f"{school}{number:03}"
        students.append(
            {"student_id": name, "accountable_school": school, "class_of": str(year), "in_four_year_cohort": "yes"}
            | {fact: "yes" if facts[fact] else "no" for fact in SAID}
            | {"years_to_diploma": str(facts["years"]) if facts["years"] else ""}
        )
        if facts["credential"]:
            earned.append({"attainment_id": name, "student": name, "credential": facts["credential"]})
    return {"student": students, "attainment": earned}


def school(name: str, **facts: str) -> dict[str, str]:
    """A high school with enough units."""
    return {
        "school_id": name, "district": "d", "configuration": "9-12", "alternative": "no", "in_transition": "no",
        "assessment_units": "400", "act_takers": "0",
    } | facts  # fmt: skip


def ran(backend: str, as_of: Date, schools: list[dict[str, str]], *cohorts: dict[str, list[dict[str, str]]]) -> Run:
    classes = ("advanced", "basic", "regional")
    rows: dict[str, list[dict[str, str]]] = {
        "district": [{"district_id": "d"}],
        "school": schools,
        "credential": [{"credential_id": name, "credential_class": name} for name in classes],
        "student": [row for cohort in cohorts for row in cohort["student"]],
        "attainment": [row for cohort in cohorts for row in cohort["attainment"]],
    }
    return run(PATH, rows, as_of, backend)


def of_school(made: Run, name: str) -> dict[str, Any]:
    return {
        str(key[0]): None if isinstance(value, Missing) else value
        for key, value in column(made, "school", name).items()
    }


def facts_of(**true: Any) -> Facts:
    """A student of whom only this is true."""
    told: Facts = dict.fromkeys(SAID, False) | {"years": 0, "credential": "", **true}
    if told["on_time_diploma"]:
        told["graduated"], told["years"] = True, 4
    return told


@pytest.mark.parametrize("backend", BACKENDS)
def test_published_scores_of_2018(backend: str) -> None:
    """Church Point High 80.7 and B, from a rate of 89.5 with an index of 99.4; Collegiate Baton Rouge 64.4 and C.

    The cohort is made up to have the published rate and strength, 89.5 and 93.9, on 1,000 students.
    """
    cohort = [facts_of(on_time_diploma=True)] * 895 + [facts_of(equivalency=True)] * 105
    cohort[:36] = [facts_of(on_time_diploma=True, course_pass=True)] * 36  # 89,500 + 2,625 + 360
    cohort[36:64] = [facts_of(on_time_diploma=True, exam_pass=True)] * 28  # + 1,400: 93,885 over 1,000
    assert tenths(Fraction(sum(map(points, cohort)), 1000)) == Fraction("93.9")
    made = ran(
        backend, JUNE_2018,
        [
            school("church", assessment_index="62.9", progress_index="71.8", act_index="62.1", act_takers="200"),
            school("collegiate", assessment_index="45.9", progress_index="82.9"),
        ],
        members("church", cohort, 2017),
    )  # fmt: skip
    assert of_school(made, "graduation_rate") == {"church": Fraction("99.4"), "collegiate": None}
    assert of_school(made, "strength_of_diploma") == {"church": Fraction("93.9"), "collegiate": None}
    assert of_school(made, "index: unrounded")["church"] == Fraction("80.6875")
    assert of_school(made, "index") == {"church": Fraction("80.7"), "collegiate": Fraction("64.4")}
    assert of_school(made, "rating") == {"church": "B", "collegiate": "C"}


def test_the_published_index_of_a_district() -> None:
    assert tenths(rate_index(Fraction("77.8"))) == Fraction("86.4")
    cohort = [facts_of(on_time_diploma=number < 389) for number in range(500)]
    halves = members("east", cohort[::2], 2017), members("west", cohort[1::2], 2017)
    made = ran(BACKENDS[-1], JUNE_2018, [school("east"), school("west")], *halves)
    assert set(column(made, "district", "graduation_rate_index").values()) == {Fraction("86.4")}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("seed", range(3))
def test_schools_worked_out_a_second_way(backend: str, seed: int) -> None:
    dice = random.Random(seed)

    def anybody() -> Facts:
        years = dice.choice([0, 4, 4, 4, 5, 6, 7])
        facts = {fact: dice.random() < 0.4 for fact in SAID}
        credential = dice.choice(["", "", "regional", "basic", "advanced"])
        return facts | {
            "graduated": years > 0, "on_time_diploma": years == 4, "years": years, "credential": credential,
        }  # fmt: skip

    cohorts = {f"s{number}": [anybody() for _ in range(dice.choice([9, 10, 24, 61]))] for number in range(6)}
    parts = {
        name: {
            part: Fraction(dice.randrange(0, 1500), 10) for part in ("assessment_index", "progress_index", "act_index")
        }
        for name in cohorts
    }
    schools = [
        school(name, act_takers="12", **{part: str(float(value)) for part, value in given.items()})
        for name, given in parts.items()
    ]
    made = ran(backend, JUNE_2024, schools, *(members(name, cohort, 2023) for name, cohort in cohorts.items()))
    found = of_school(made, "index"), of_school(made, "rating")
    for name, cohort in cohorts.items():
        given, size = parts[name], len(cohort)
        weighed = [
            (Fraction("0.125"), given["assessment_index"]),
            (Fraction("0.125"), given["progress_index"]),
            (Fraction("0.25"), given["act_index"]),
        ]
        if size >= 10:
            rate = tenths(Fraction(100 * sum(one["on_time_diploma"] for one in cohort), size))
            weighed.append((Fraction("0.25"), tenths(rate_index(rate))))
            weighed.append((Fraction("0.25"), tenths(Fraction(sum(map(points, cohort)), size))))
        whole = sum((weight for weight, _ in weighed), Fraction(0))
        score = tenths(sum((weight * value for weight, value in weighed), Fraction(0)) / whole)
        letter = "A" if score >= 90 else "B" if score >= 75 else "C" if score >= 60 else "D" if score >= 50 else "F"
        assert (found[0][name], found[1][name]) == (score, letter)


def test_what_was_not_read_says_so() -> None:
    known: dict[str, set[str]] = {}
    for one in policy(PATH).policy.parameters:
        for value in one.values:
            known.setdefault(value.standing, set()).add(one.name)
    assert known["not_found"] == {"cut_a", "cut_b", "cut_c", "cut_d"}
    assert known["recalled"] == {
        "degree_points", "one_points", "fifth_year_exam_points", "fifth_year_points", "sixth_year_points",
        "equivalency_and_credential_points", "equivalency_points",
    }  # fmt: skip
