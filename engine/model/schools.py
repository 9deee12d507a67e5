"""Districts, schools, teachers, students, and what students earn."""

from __future__ import annotations

from decimal import Decimal

from .columns import calendar_year, count, day, school_year, text, tie, truth, word
from .table import Column, Table

VERIFICATION = ("self_reported", "school_entered", "documented", "audited", "issuer_roster", "issuer_matched")
"""How well an attainment is known, from the least to the most."""


LOCALES = ("city", "suburb", "town", "rural")
"""The four types of the locale classification of NCES, of which each has three sub-types."""


def _fact(name: str, title: str) -> Column:
    return truth(name, title, personal=True)


DISTRICT = Table(
    name="district",
    rows_name="districts",
    title="A school district or another local education agency",
    key=("district_id",),
    columns=(
        text("district_id", "Its code, with its zeros"),
        text("name", "Its name"),
        tie("area", "The place where it lies"),
        count("enrolled", "Students enrolled"),
    ),
    label="name",
    area="area",
)

SCHOOL = Table(
    name="school",
    rows_name="schools",
    title="A school of a district",
    key=("school_id",),
    columns=(
        text("school_id", "Its code, with its zeros"),
        text("name", "Its name"),
        tie("district", "The district that runs it", required=True),
        count("lowest_grade", "The lowest grade that it teaches; 0 is kindergarten", most=Decimal(13)),
        count("highest_grade", "The highest grade that it teaches", most=Decimal(13)),
        truth("charter", "Whether it is a charter school"),
        word("locale", "Where it lies, by the locale types of NCES", *LOCALES),
    ),
    label="name",
)

TEACHER = Table(
    name="teacher",
    rows_name="teachers",
    title="A teacher",
    key=("teacher_id",),
    columns=(
        Column(name="teacher_id", type="text", title="The teacher's code", unit="", personal=True),
        tie("school", "Where the teacher teaches"),
    ),
    personal_key=True,
)

STUDENT = Table(
    name="student",
    rows_name="students",
    title="A student",
    key=("student_id",),
    columns=(
        text("student_id", "The student's code", personal=True),
        tie("accountable_school", "The school that answers for the student", "school", personal=True),
        calendar_year("class_of", "The year in which the student's class graduates", personal=True),
        _fact("in_four_year_cohort", "Whether the student counts in the cohort that began four years before"),
        _fact("graduated", "Whether the student graduated"),
        _fact("on_time_diploma", "Whether the student has a diploma within four years"),
        _fact("associate_degree", "Whether the student earned an associate degree"),
        _fact("exam_pass", "Whether the student passed an examination for college credit"),
        _fact("internship", "Whether the student completed an internship"),
        _fact("cte_concentrator", "Whether the student is a concentrator in career and technical education"),
        _fact("economically_disadvantaged", "Whether the student is economically disadvantaged"),
        _fact("special_education", "Whether the student receives special education"),
        _fact("english_learner", "Whether the student is learning English"),
        text("race_ethnicity", "The student's race and ethnicity, as the state words it", personal=True),
        text("sex", "The student's sex, as the state words it", personal=True),
    ),
    personal_key=True,
)

ENROLLMENT = Table(
    name="enrollment",
    rows_name="enrollments",
    title="A student at a school in a school year",
    key=("student", "school", "school_year"),
    columns=(
        tie("student", "The student", personal=True),
        tie("school", "The school"),
        school_year("school_year", "The school year"),
        count("grade", "The grade; 0 is kindergarten", most=Decimal(13), personal=True),
        day("entered_on", "The first day at the school", personal=True),
        day("left_on", "The last day at the school", personal=True),
        truth("full_year", "Whether the student was there for the whole year", personal=True),
    ),
    personal_key=True,
)

ATTAINMENT = Table(
    name="attainment",
    rows_name="attainments",
    title="A credential that a student earned",
    key=("attainment_id",),
    columns=(
        text("attainment_id", "Its code in this dataset", personal=True),
        tie("student", "The student", required=True, personal=True),
        tie("credential", "The credential", required=True),
        day("award_date", "The day on which it was awarded"),
        word("verification", "How well the award is known", *VERIFICATION, ordered=True),
        count("grade", "The student's grade then", most=Decimal(13), personal=True),
        school_year("school_year", "The school year of the award"),
        tie("school", "The school where it was earned"),
        tie("program", "The program in which it was earned"),
        tie("teacher", "The teacher who prepared the student", personal=True),
        day("received_on", "The day on which the state received the record"),
        day("expires_on", "The day on which it lapses"),
    ),
    personal_key=True,
)
