from __future__ import annotations

from datetime import date as Date

import pytest

from engine.execution.dates import add_days, add_months, day_of_year, year_of


def test_days() -> None:
    assert add_days(Date(2026, 7, 1), 90) == Date(2026, 9, 29)
    assert add_days(Date(2028, 2, 28), 1) == Date(2028, 2, 29)
    assert add_days(Date(9999, 12, 31), 1) is None


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2026, 1, 31), 2, (2026, 3, 31)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 2, 29), 48, (2028, 2, 29)),
    ],
)
def test_months(start: tuple[int, int, int], months: int, expected: tuple[int, int, int]) -> None:
    assert add_months(Date(*start), months) == Date(*expected)


def test_months_beyond_the_calendar() -> None:
    assert add_months(Date(9999, 12, 1), 1) is None
    assert add_months(Date(1, 1, 1), -1) is None


def test_the_year_that_holds_a_date() -> None:
    assert year_of(Date(2026, 6, 30), 7, 1, 0) == 2025
    assert year_of(Date(2026, 7, 1), 7, 1, 0) == 2026
    assert year_of(Date(2026, 7, 1), 7, 1, 1) == 2027  # named for the year in which it ends
    assert year_of(Date(2026, 1, 1), 1, 1, 0) == 2026


def test_a_day_inside_a_year() -> None:
    assert day_of_year(2026, 8, 31, 7, 1, 0) == Date(2026, 8, 31)
    assert day_of_year(2026, 6, 30, 7, 1, 0) == Date(2027, 6, 30)
    assert day_of_year(2027, 6, 30, 7, 1, 1) == Date(2027, 6, 30)
    assert day_of_year(2027, 2, 29, 7, 1, 0) == Date(2028, 2, 29)
    assert day_of_year(2026, 2, 29, 1, 1, 0) == Date(2026, 2, 28)
    assert day_of_year(2026, 0, 1, 7, 1, 0) == Date(2026, 7, 1)
    assert day_of_year(2026, 0, 31, 7, 1, 0) == Date(2027, 6, 30)
    assert day_of_year(10000, 1, 1, 1, 1, 0) is None


@pytest.mark.parametrize("date", [Date(2026, 6, 30), Date(2026, 7, 1), Date(2028, 2, 29), Date(2026, 12, 31)])
@pytest.mark.parametrize("named_for_end", [0, 1])
def test_a_date_lies_between_the_ends_of_its_year(date: Date, named_for_end: int) -> None:
    year = year_of(date, 7, 1, named_for_end)
    first = day_of_year(year, 0, 1, 7, 1, named_for_end)
    last = day_of_year(year, 0, 31, 7, 1, named_for_end)
    assert first is not None and last is not None
    assert first <= date <= last
