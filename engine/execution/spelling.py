"""What a dialect of SQL has to say: one line of SQL for each thing that the two engines spell differently.

A line is SQL of that dialect with the operands as bare names (`n`, `d`, `x`, `y`, `m`); the emitter puts the operands
in their place. Nothing is ever translated from one dialect to the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """The spellings of a dialect.

    dialect        its name for the quoting of names and texts
    narrow, wide   the type of a whole number of up to 18 digits, and of a wider one
    text, truth, date, year  the types of what is no number
    quotient_narrow, quotient_wide  n // d of whole numbers of either width: exact, n and d not negative, missing for d
                   missing, never asked for d = 0
    remainder      n % d, likewise
    day_number     days from 1970-01-01 to the date x, a narrow number
    from_day_number  the date n days after 1970-01-01, inside the calendar
    year, month, day  the parts of the date x, narrow numbers
    date_of_parts  the date of year y, month m, day d, which exist
    temporary      how a table that lasts as long as the session is made: `{name}` and `{query}`
    drop           how it is dropped: `{name}`
    """

    dialect: str
    narrow: str
    wide: str
    text: str
    truth: str
    date: str
    quotient_narrow: str
    quotient_wide: str
    remainder: str
    day_number: str
    from_day_number: str
    year: str
    month: str
    day: str
    date_of_parts: str
    temporary: str
    drop: str
