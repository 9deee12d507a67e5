"""The data a year on: which tables move, and how days and years do."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.model.standard import STANDARD
from engine.results.simulate.years.moving import moving_tables
from engine.results.simulate.years.year_on import a_year_on, same_day, wages_raised
from engine.text.errors import PolicyError
from engine.text.source import Source, Span

SPAN = Span(Source("years.scenario.yaml", "years"), 0, 5)

ROWS = {
    "area": [{"code": "US-XX"}],
    "occupation": [{"code": "15-1252"}],
    "labor_market": [
        {"occupation": "15-1252", "area": "US-XX", "annual_median": ">=239200", "hourly_median": "33.33", "base_year": "2024"}
    ],
    "credential": [{"credential_id": "c1", "valid_for": "2"}],
    "student": [{"student_id": "p1", "class_of": "2026"}],
    "attainment": [
        {
            "attainment_id": "a1", "student": "p1", "credential": "c1", "award_date": "2024-02-29",
            "school_year": "2023-24", "expires_on": "9999-12-31",
        },
        {"attainment_id": "a2", "student": "p1", "credential": "c1"},
    ],
    "determination": [
        {"name": "n", "entity": "attainment", "subject": "a1", "decided_on": "2026-01-01"},
        {"name": "n", "entity": "credential", "subject": "c1", "decided_on": "2026-01-01"},
    ],
}  # fmt: skip


def test_students_and_what_they_do_move_and_what_is_said_of_things_stays() -> None:
    tables = {name: STANDARD[name] for name in ROWS}
    moving = moving_tables(tables)
    assert moving == {"student", "attainment"}
    assert moving_tables(STANDARD) == {"student", "enrollment", "attainment"}
    assert "endorsement" in moving_tables(STANDARD, frozenset({"endorsement"}))
    found = a_year_on(dataset_from_rows(tables, ROWS), moving).tables

    def cells(table: str, name: str) -> list[object]:
        values: list[object] = found[table].columns[name].values.to_pylist()
        return values

    assert cells("student", "class_of") == [2027]
    assert cells("attainment", "award_date") == [Date(2025, 2, 28), None]
    assert cells("attainment", "school_year") == [2024, None]
    assert cells("attainment", "expires_on") == [Date(9999, 12, 31), None]
    assert cells("determination", "decided_on") == [Date(2027, 1, 1), Date(2026, 1, 1)]
    assert (cells("credential", "valid_for"), cells("labor_market", "base_year")) == ([2], [2024])


def test_wages_rise_to_the_cent_and_bounds_with_them() -> None:
    """3% more than $33.33 are $34.3299, so $34.33; what is at least $239,200 is at least $246,376."""
    tables = {name: STANDARD[name] for name in ROWS}
    columns = wages_raised(dataset_from_rows(tables, ROWS), Fraction(3, 100), 2026, SPAN).tables["labor_market"].columns
    assert columns["hourly_median"].values.to_pylist() == [3433]
    wage = columns["annual_median"]
    assert wage.high is not None
    assert (wage.values.to_pylist(), wage.high.to_pylist()) == ([24637600], [None])


def test_a_wage_beyond_its_column_is_said() -> None:
    """300 times $33.33 more are $10,032.33 an hour, and the column ends at $9,999."""
    tables = {name: STANDARD[name] for name in ROWS}
    with pytest.raises(PolicyError) as raised:
        wages_raised(dataset_from_rows(tables, ROWS), Fraction(300), 2026, SPAN)
    (one,) = raised.value.diagnostics
    assert one.code == "X089" and "`$10,032.33` of 2026-27" in one.message and "`hourly_median`" in one.message


def test_the_same_day() -> None:
    assert same_day(Date(2024, 2, 29), 1) == Date(2025, 2, 28)
    assert same_day(Date(2024, 2, 29), 4) == Date(2028, 2, 29)
    assert same_day(Date(2026, 11, 1), -1) == Date(2025, 11, 1)
