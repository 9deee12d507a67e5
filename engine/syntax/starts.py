"""The days and years that a policy writes: `2026-07-01`, `FY2027`, `2026-27`, `class 2027`, `07-01`.

The forms are checked by the schema; here it is seen whether such a day and year exist. A form that does not fit has
been reported, and nothing comes back for it.
"""

from __future__ import annotations

import re
from datetime import date as Date

from ..text.diagnostic import Diagnostics
from ..text.document import Scalar
from .policy import YearBegin

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_CLASS = re.compile(r"class (\d{4})", re.ASCII)
_FISCAL_YEAR = re.compile(r"FY(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


def read_day(scalar: Scalar, diagnostics: Diagnostics) -> Date | None:
    """The day that a scalar such as `2026-07-01` names; Y050 where the calendar has none."""
    found = _DAY.fullmatch(scalar.text)
    if not found:
        return None
    try:
        return Date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        diagnostics.report("Y050", scalar.span, found=scalar.text, help="dates are year, month, day")
        return None


def is_day(scalar: Scalar) -> bool:
    """Whether a scalar has the form of a day, such as `2026-07-01`."""
    return _DAY.fullmatch(scalar.text) is not None


def read_month_day(scalar: Scalar, named_for_end: bool, diagnostics: Diagnostics) -> YearBegin | None:
    """The beginning of a year such as `07-01`; Y050 where not every year has that day."""
    found = _MONTH_DAY.fullmatch(scalar.text)
    if not found:
        return None
    try:
        day = Date(2001, int(found[1]), int(found[2]))  # no leap year, so that 29 February is refused
    except ValueError:
        diagnostics.report("Y050", scalar.span, found=scalar.text, help="write month, then day, that every year has")
        return None
    return YearBegin(month=day.month, day=day.day, named_for_end=named_for_end)


def is_school_year(scalar: Scalar, diagnostics: Diagnostics) -> bool:
    """Whether a scalar such as `2026-27` names two years that follow each other; Y051 if not."""
    found = _SCHOOL_YEAR.fullmatch(scalar.text)
    if not found:
        return False
    first = int(found[1])
    if first and (first + 1) % 100 == int(found[2]):
        return True
    help = f"write `{first:04}-{(first + 1) % 100:02}`" if first else ()
    diagnostics.report("Y051", scalar.span, found=scalar.text, kind="school", help=help)
    return False


def read_start(scalar: Scalar, school: YearBegin, fiscal: YearBegin, diagnostics: Diagnostics) -> Date | None:
    """The first day of what a scalar names: a day, a school year or a fiscal year; of a graduating class, the first day
    of the school year that ends in its year. Y050, Y051.
    """
    text = scalar.text
    if _SCHOOL_YEAR.fullmatch(text):
        return first_day(int(text[:4]), school) if is_school_year(scalar, diagnostics) else None
    if found := _FISCAL_YEAR.fullmatch(text):
        # a year that begins on 1 January ends in the year that it begins in
        early = fiscal.named_for_end and (fiscal.month, fiscal.day) != (1, 1)
        begun = int(found[1]) - (1 if early else 0)
        if begun < 1:
            diagnostics.report("Y051", scalar.span, found=text, kind="fiscal")
            return None
        return first_day(begun, fiscal)
    if found := _CLASS.fullmatch(text):
        begun = int(found[1]) - (0 if (school.month, school.day) == (1, 1) else 1)
        if begun < 1:
            diagnostics.report("Y051", scalar.span, found=text, kind="class")
            return None
        return first_day(begun, school)
    return read_day(scalar, diagnostics)


def first_day(year: int, begin: YearBegin) -> Date:
    """The day in the calendar year `year` on which a year of that kind begins."""
    return Date(year, begin.month, begin.day)
