"""The rows of students and of their enrollments."""

from __future__ import annotations

import numpy as np

from .arrays import Array, day, days, only_where, school_years, truths, whole, width, words_of
from .arrays import codes as coded
from .codes import school_codes
from .draws import Ints, Truths, below, chance, pick
from .layout import Layout
from .people import FIRST_YEAR, RATED, THIS_YEAR, class_of, moves, positions, school_at, years_enrolled

RACES = (
    "American Indian or Alaska Native", "Asian", "Black or African American", "Hispanic or Latino",
    "Native Hawaiian or Other Pacific Islander", "Two or more races", "White",
)  # fmt: skip
_OF_RACE = ((12, 55, 150, 280, 4, 49, 450), (60, 20, 60, 160, 3, 47, 650), (8, 90, 330, 330, 5, 57, 180))
"""Of 1,000 students, by three kinds of district."""

SEXES = ("F", "M", "X")
_OF_SEX = (487, 510, 3)

TRANSFER_UNCONFIRMED = "transfer not confirmed"
DIPLOMA_NOT_RECEIVED = "diploma record not received"


def student_codes(layout: Layout, students: Ints, missing: Truths | None = None) -> Array:
    """The codes of students by row number."""
    return coded("S", students + 1, width(layout.students, 7), missing)


def student_rows(layout: Layout, rows: Ints) -> dict[str, Array]:
    """The rows of the table `student` with these numbers, in their order."""
    seed = layout.seed
    classes = class_of(layout, rows)
    schools = school_at(layout, positions(layout, rows))
    districts = layout.district_of[schools]
    poor = chance(seed, "student.poor", rows, 180 + below(seed, "district.poor", districts, 600))
    finished = classes <= RATED
    in_cohort = finished & chance(seed, "student.in_cohort", rows, 955)
    on_time = finished & chance(seed, "student.on_time", rows, np.where(poor, 820, 915))
    graduated = on_time | (finished & chance(seed, "student.late", rows, 250))
    cohort_unknown = finished & chance(seed, "student.cohort_unknown", rows, 18)
    diploma_unknown = finished & chance(seed, "student.diploma_unknown", rows, 22)
    return {
        "student_id": student_codes(layout, rows),
        "class_of": whole(classes),
        "in_four_year_cohort": truths(in_cohort, cohort_unknown),
        "in_four_year_cohort_why": only_where(TRANSFER_UNCONFIRMED, cohort_unknown),
        "graduated": truths(graduated, diploma_unknown),
        "graduated_why": only_where(DIPLOMA_NOT_RECEIVED, diploma_unknown),
        "on_time_diploma": truths(on_time, diploma_unknown),
        "on_time_diploma_why": only_where(DIPLOMA_NOT_RECEIVED, diploma_unknown),
        "associate_degree": truths(graduated & chance(seed, "student.associate_degree", rows, 35)),
        "exam_pass": truths(chance(seed, "student.exam_pass", rows, np.where(poor, 110, 270))),
        "internship": truths(finished & chance(seed, "student.internship", rows, 90)),
        "cte_concentrator": truths(
            chance(seed, "student.cte_concentrator", rows, 360), chance(seed, "student.cte_unknown", rows, 15)
        ),
        "economically_disadvantaged": truths(poor, chance(seed, "student.poor_unknown", rows, 8)),
        "special_education": truths(chance(seed, "student.special_education", rows, 145)),
        "english_learner": truths(
            chance(seed, "student.english_learner", rows, 20 + below(seed, "district.english_learner", districts, 180))
        ),
        "race_ethnicity": words_of(RACES, _race(layout, rows, districts), chance(seed, "student.race_gone", rows, 9)),
        "sex": words_of(SEXES, pick(seed, "student.sex", rows, _OF_SEX)),
        "accountable_school": school_codes(layout, schools, chance(seed, "student.nowhere", rows, 12)),
    }


def _race(layout: Layout, rows: Ints, districts: Ints) -> Ints:
    kinds = pick(layout.seed, "district.kind", districts, (5, 4, 1))
    drawn = [pick(layout.seed, "student.race_ethnicity", rows, weights) for weights in _OF_RACE]
    return np.choose(kinds, drawn)


def enrollment_rows(layout: Layout, students: Ints) -> dict[str, Array]:
    """The rows of the table `enrollment` of these students, by student, school and year.

    One for each school year from the first to the last in the dataset, and two in the year of a change of school.
    """
    classes = class_of(layout, students)
    schools = school_at(layout, positions(layout, students))
    moved, moved_year, left_school = moves(layout, students, schools, classes)
    first, last = years_enrolled(classes)
    whose, where, when, left, entered = [], [], [], [], []
    for year in range(FIRST_YEAR, THIS_YEAR + 1):
        there = (first <= year) & (year <= last)
        old = there & moved & (year <= moved_year)
        new = there & ~(moved & (year < moved_year))
        changes = moved & (year == moved_year)
        for rows, at, leaves, enters in ((old, left_school, changes, False), (new, schools, False, changes)):
            whose.append(students[rows])
            where.append(at[rows])
            when.append(np.full(int(rows.sum()), year, dtype=np.int64))
            left.append(np.broadcast_to(leaves, rows.shape)[rows])
            entered.append(np.broadcast_to(enters, rows.shape)[rows])
    student, school, began = (np.concatenate(parts) for parts in (whose, where, when))
    order = np.lexsort((began, school, student))
    student, school, began = student[order], school[order], began[order]
    return _enrolled(layout, student, school, began, np.concatenate(left)[order], np.concatenate(entered)[order])


def _enrolled(
    layout: Layout, student: Ints, school: Ints, began: Ints, left: Truths, entered: Truths
) -> dict[str, Array]:
    """The columns of enrollments; the last day and whether it was a whole year are open in the year that has begun."""
    seed, each = layout.seed, student * 16 + (began - FIRST_YEAR) * 2 + left
    autumn = np.array([day(year, 8, 17) for year in range(FIRST_YEAR, THIS_YEAR + 1)], dtype=np.int64)
    spring = np.array([day(year + 1, 5, 29) for year in range(FIRST_YEAR, THIS_YEAR + 1)], dtype=np.int64)
    at = began - FIRST_YEAR
    running = began == THIS_YEAR
    # whoever changes the school does so on one day, in the first weeks of the year that has begun or at any time
    # of another
    change = autumn[at] + 10 + below(seed, "enrollment.change", student, np.where(running, 50, 230))
    late = chance(seed, "enrollment.late", each, 18) & ~entered & ~left & ~running
    came = np.where(entered, change, autumn[at] + np.where(late, 30, 0))
    went = np.where(left, change - 1, spring[at])
    grade = 12 - (class_of(layout, student) - 1 - began)
    return {
        "student": student_codes(layout, student),
        "school": school_codes(layout, school),
        "school_year": school_years(began),
        "grade": whole(grade, chance(seed, "enrollment.grade_unknown", each, 9)),
        "entered_on": days(came),
        "left_on": days(went, running & ~left),
        "full_year": truths(~(left | entered | late), running & ~left & ~entered),
    }
