"""Three schools with sixty students each, and a policy that pays for what they earn; worked by hand in the tests.

A is in a city, in the region R1: a01 to a42 earn, documented; a01 to a30 are economically disadvantaged.
B is rural, in R2: b11 to b45 earn, documented, b46 to b50 by their own word; b01 to b30 are disadvantaged.
C is rural, in R2: nobody earns; c01 to c40 are disadvantaged.
English learners are a01 to a05; in special education are a01 to a05 and c01 to c20; of race X are a01 to a05, of Y a06
to a20, of Z all others. All are of one sex.
"""

from __future__ import annotations

from datetime import date as Date

from engine import api
from engine.execution.memory_tables import MemoryTables

POLICY = """\
policy: xx/per-credential
title: So much for each credential
jurisdiction: US-XX
school_year: 2026-27

parameters:
  amount_each:
    standing: assumed
    values:
      2026-07-01: $100

appropriations:
  pot:
    standing: assumed
    amounts:
      FY2027: $10,000

funding:
  credentials:
    claim: attainment
    when: verification >= documented
    amount: amount_each
    pay: school.district
    draws_on: pot
"""


def _codes(letter: str, first: int, last: int) -> list[str]:
    return [f"{letter}{number:02}" for number in range(first, last + 1)]


def three_schools(students: list[str] | None = None) -> MemoryTables:
    """The data; `students` are their codes in the order in which the rows are given."""
    poor = {*_codes("a", 1, 30), *_codes("b", 1, 30), *_codes("c", 1, 40)}
    special = {*_codes("a", 1, 5), *_codes("c", 1, 20)}
    race = {**dict.fromkeys(_codes("a", 1, 5), "X"), **dict.fromkeys(_codes("a", 6, 20), "Y")}
    everybody = students or [*_codes("a", 1, 60), *_codes("b", 1, 60), *_codes("c", 1, 60)]
    earned = [*_codes("a", 1, 42), *_codes("b", 11, 50)]
    own_word = set(_codes("b", 46, 50))
    return api.dataset(
        {
            "area": [
                {"code": "US-XX", "name": "Example", "level": "state"},
                {"code": "R1", "name": "North", "level": "region", "part_of": "US-XX"},
                {"code": "R2", "name": "South", "level": "region", "part_of": "US-XX"},
            ],
            "district": [
                {"district_id": "D1", "name": "One", "area": "R1"},
                {"district_id": "D2", "name": "Two", "area": "R2"},
            ],
            "school": [
                {"school_id": "A", "name": "A", "district": "D1", "locale": "city"},
                {"school_id": "B", "name": "B", "district": "D2", "locale": "rural"},
                {"school_id": "C", "name": "C", "district": "D2", "locale": "rural"},
            ],
            "student": [
                {
                    "student_id": code,
                    "accountable_school": code[0].upper(),
                    "economically_disadvantaged": code in poor,
                    "english_learner": code in {*_codes("a", 1, 5)},
                    "special_education": code in special,
                    "race_ethnicity": race.get(code, "Z"),
                    "sex": "F",
                }
                for code in everybody
            ],
            "credential": [{"credential_id": "W", "name": "Welding"}],
            "attainment": [
                {
                    "attainment_id": f"T{code}",
                    "student": code,
                    "credential": "W",
                    "school": code[0].upper(),
                    "verification": "self_reported" if code in own_word else "documented",
                }
                for code in earned
            ],
        },
        as_of=Date(2026, 11, 1),
        jurisdiction="US-XX",
        name="three schools",
        made_up=True,
    )
