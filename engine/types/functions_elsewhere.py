"""Functions that people know from spreadsheets, and how the same is said here."""

from __future__ import annotations

ELSEWHERE = {
    "today": "the day of the run is `as_of`",
    "now": "the day of the run is `as_of`",
    "year": "a year is that of something: `fiscal_year of d`, `school_year of d`",
    "date": "a day is written `2026-07-01`",
    "datedif": "add a length of time to a day, and compare: `award_date + 2 years >= as_of`",
    "edate": "add a length of time to a day: `d + 3 months`",
    "countif": "write `count(ROWS where TEST)`",
    "countifs": "write `count(ROWS where TEST and TEST)`",
    "counta": "write `count(ROWS where x is known)`",
    "sumif": "write `sum(VALUE over ROWS where TEST)`",
    "sumifs": "write `sum(VALUE over ROWS where TEST and TEST)`",
    "averageif": "write `mean(VALUE over ROWS where TEST)`",
    "sumproduct": "write `sum(a * b over ROWS)`",
    "iferror": "for a missing value write `x or_else y`",
    "ifna": "for a missing value write `x or_else y`",
    "coalesce": "for a missing value write `x or_else y`",
    "isblank": "write `x is missing`",
    "isnull": "write `x is missing`",
    "vlookup": "walk to the row with a dot, `credential.exam_fee`, or put the values into `tables:`",
    "xlookup": "walk to the row with a dot, `credential.exam_fee`, or put the values into `tables:`",
    "lookup": "walk to the row with a dot, `credential.exam_fee`, or put the values into `tables:`",
    "roundup": "write `ceiling(x)`, or `round(x, 2, up)`",
    "rounddown": "write `floor(x)`, or `round(x, 2, down)`",
    "int": "write `floor(x)`",
    "trunc": "write `truncate(x)`",
    "ceil": "write `ceiling(x)`",
    "switch": "write a table under `tables:`, or `if … then … else …`",
    "iff": "write `if … then … else …`",
    "iif": "write `if … then … else …`",
}
"""A function elsewhere, in small letters → the cure."""
