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
from ....model.standard import EMPTY_IF_ABSENT
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


def wages_raised(dataset: Dataset, share: Fraction) -> Dataset:
    """The dataset with the wages of the labor market higher by a share, to the cent with halves up; of a wage that is
    known by its bounds, both.
    """
    frame = dataset.tables.get("labor_market")
    if frame is None or not share:
        return dataset
    columns = {
        name: _raised(data, 1 + share) if data.column.unit in _WAGES else data for name, data in frame.columns.items()
    }
    return replace(dataset, tables={**dataset.tables, "labor_market": replace(frame, columns=columns)})


def _raised(data: ColumnData, factor: Fraction) -> ColumnData:
    def times(values: Any) -> Any:
        old = one_array(values).to_pylist()
        new = [None if value is None else int(int(value) * factor + Fraction(1, 2)) for value in old]
        return pa.array(new, one_array(values).type)

    return replace(data, values=times(data.values), high=None if data.high is None else times(data.high))
