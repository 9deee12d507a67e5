"""Days, months and years. A result outside the calendar (years 1 to 9999) is nothing."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, timedelta
from datetime import date as Date


def day_within(year: int, month: int, day: int) -> Date | None:
    """The day of a month, or the month's last where it has no such day."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return Date(year, month, min(day, monthrange(year, month)[1]))


def add_days(date: Date, days: int) -> Date | None:
    """So many days later (earlier where negative)."""
    try:
        return date + timedelta(days=days)
    except OverflowError:
        return None


def add_months(date: Date, months: int) -> Date | None:
    """So many months later in one step; the day is kept, or the month's last where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return day_within(year, month + 1, date.day)


def year_of(date: Date, month: int, day: int, named_for_end: int) -> int:
    """The year that holds a date, where years begin on `month` and `day`; `named_for_end` 1 adds one to its name."""
    begun = (date.month, date.day) >= (month, day)
    return date.year - (0 if begun else 1) + named_for_end


def day_of_year(year: int, month: int, day: int, begin_month: int, begin_day: int, named_for_end: int) -> Date | None:
    """The date with that month and day inside a year that begins on `begin_month` and `begin_day`.

    Month 0 with day 1 is the year's first day, with day 31 its last.
    """
    begins = year - named_for_end
    if month == 0 and day == 1:
        return day_within(begins, begin_month, begin_day)
    if month == 0:
        following = day_within(begins + 1, begin_month, begin_day)
        return add_days(following, -1) if following else None
    later = (month, day) < (begin_month, begin_day)
    return day_within(begins + 1 if later else begins, month, day)
