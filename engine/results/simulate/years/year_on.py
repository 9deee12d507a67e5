"""The data of the next year: students and what they do stand a year later where they stood, and wages may have risen.

The state of a year is that of the year before with its dates a year on: who was in the class of 2026 is in that of
2027, what was earned in May 2026 is earned in May 2027. So each class does what the class before it did. Places,
occupations, credentials and what is said of them stay as they are, and so do records about them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ....execution.dataset import Dataset
from ....execution.frame import ColumnData, Frame
from ....execution.joined_frame import one_array
from ....model.school_year import school_year_text
from ....model.standard import EMPTY_IF_ABSENT
from ....model.table import Column
from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ....text.source import Span
from .moving import moves

_LAST = Date(9999, 1, 1)
"""Days from here on stand for no end, and stay."""

_WAGES = ("USD/hour", "USD/year")


def a_year_on(dataset: Dataset, moving: frozenset[str]) -> Dataset:
    """The dataset with every day and year of the `moving` tables a year later, and of the records about their rows."""
    tables = {}
    for name, frame in dataset.tables.items():
        if name in moving:
            tables[name] = _moved(frame, None)
        elif name in EMPTY_IF_ABSENT and "entity" in frame.columns:
            about = one_array(frame.columns["entity"].values)
            tables[name] = _moved(frame, pc.fill_null(pc.is_in(about, value_set=pa.array(sorted(moving))), False))
        else:
            tables[name] = frame
    return replace(dataset, tables=tables, as_of=None)


def _moved(frame: Frame, rows: Any) -> Frame:
    """The frame a year on, in some rows or in all."""
    columns = {}
    for name, data in frame.columns.items():
        columns[name] = data
        if moves(data.column):
            later = _later(data)
            values = later if rows is None else pc.if_else(rows, later, one_array(data.values))
            columns[name] = replace(data, values=values)
    return replace(frame, columns=columns)


def _later(data: ColumnData) -> Any:
    values = one_array(data.values)
    if data.column.type != "date":
        return pc.add(values, pa.scalar(10**data.column.scale if data.column.type == "number" else 1, values.type))
    days = values.dictionary_encode()  # of many rows there are few different days
    later = [None if day is None else day if day >= _LAST else same_day(day, 1) for day in days.dictionary.to_pylist()]
    return pa.array(later, pa.date32()).take(days.indices)


def same_day(day: Date, years: int) -> Date:
    """The same day so many years later; the 28th for 29 February where that year has none."""
    leap = day.month == 2 and day.day == 29
    return (
        Date(day.year + years, 2, 28) if leap and not _is_leap(day.year + years) else day.replace(year=day.year + years)
    )


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def wages_raised(dataset: Dataset, share: Fraction, begins: int, span: Span) -> Dataset:
    """The dataset with the wages of the labor market higher by a share, to the cent with halves up; of a wage that is
    known by its bounds, both. Raises PolicyError (X089) for a wage that its column cannot hold; `begins` is the year
    of which it is, and `span` where the share is asked for.
    """
    frame = dataset.tables.get("labor_market")
    if frame is None or not share:
        return dataset
    diagnostics = Diagnostics()
    columns = dict(frame.columns)
    for name, data in frame.columns.items():
        if data.column.unit not in _WAGES:
            continue
        values, high = _times(data.values, 1 + share), None if data.high is None else _times(data.high, 1 + share)
        wrong = [one for one in (*values, *(high or ())) if one is not None and not _fits(one, data.column)]
        if wrong:
            help = "it goes beyond what the column may hold; run fewer years, or let wages rise by less"
            dollars, cents = divmod(max(wrong), 10**data.column.scale)
            said = f"a wage of `${dollars:,}.{cents:02d}`"
            year = school_year_text(begins)
            diagnostics.report("X089", span, help=help, what=said, year=year, column=name, table=frame.name)
            raise PolicyError(diagnostics.sorted())
        type = one_array(data.values).type
        columns[name] = replace(
            data, values=pa.array(values, type), high=None if high is None else pa.array(high, type)
        )
    return replace(dataset, tables={**dataset.tables, "labor_market": replace(frame, columns=columns)})


def _times(values: Any, factor: Fraction) -> list[int | None]:
    old = one_array(values).to_pylist()
    return [None if value is None else int(int(value) * factor + Fraction(1, 2)) for value in old]


def _fits(value: int, column: Column) -> bool:
    """Whether a number at the scale of a column is in its range."""
    seen, least, most = Fraction(value, 10**column.scale), column.at_least, column.at_most
    return (least is None or seen >= Fraction(least)) and (most is None or seen <= Fraction(most))
