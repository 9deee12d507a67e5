"""The cells of a dataset that are drawn, and the dataset of each draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pyarrow as pa

from ....execution.dataset import Dataset
from ....execution.dataset_error import declared_errors
from ....execution.frame import ColumnData, Frame, arrow_type
from ....model.digits import digits, scaled_range
from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ....types.checked import CheckedPolicy
from ...columns_read import columns_read
from ..setting import Setting
from .drawn import CheckedUncertainty, DrawnColumn, DrawnParameter
from .lot import TOGETHER, Lot
from .spread import Even, Normal, Spread

MOST_CELLS = 50_000_000
"""Cells times draws that a simulation may take; each takes about a millionth of a second."""

VALUE, BOUND, MISSING = "value", "bound", "missing"
"""What is published of a cell that is drawn."""

NO_ERROR, NO_END, NOT_GIVEN = "values of which no error is known", "bounds", "cells without a value"
"""Why other cells stay as they are."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its row, its key as texts, what is published of it, and how it spreads."""

    place: int
    key: tuple[str, ...]
    published: str
    spread: Spread


class DrawnCells:
    """The cells of a column of a dataset that are drawn, in the order of the keys. `stay` counts the others by why."""

    def __init__(self, column: DrawnColumn, frame: Frame, seed: int) -> None:
        self.column, self._data = column, frame.columns[column.column.name]
        self.stay: Counter[str] = Counter()
        self.cells = tuple(_cells(column, frame, self.stay))
        lots = [Lot(seed, ("column", column.table, column.column.name), one.key) for one in self.cells]

        @lru_cache(maxsize=4)
        def words(block: int) -> list[tuple[int, ...]]:
            return [lot.words(block) for lot in lots]

        self._words = words

    def values(self, draw: int) -> list[int]:
        """What is drawn of each cell, at the scale of the column."""
        block, place = divmod(draw, TOGETHER)
        return [one.spread.at(words[place]) for one, words in zip(self.cells, self._words(block), strict=True)]

    def data(self, draw: int) -> ColumnData:
        """The column as a draw has it: what is drawn is known exactly."""
        column, data = self.column.column, self._data
        drawn: list[Any] = self.values(draw)
        if digits(column) > 18:
            drawn = [Decimal(one) for one in drawn]
        places = [one.place for one in self.cells]
        ends = [
            None if end is None else _put(end, places, drawn, arrow_type(column)) for end in (data.values, data.high)
        ]
        why = None if data.why is None else _put(data.why, places, [None] * len(places), pa.string())
        return replace(data, values=ends[0], high=ends[1], why=why)


def _put(array: Any, places: Sequence[int], values: Sequence[Any], type: Any) -> Any:
    found = array.to_pylist()
    for place, value in zip(places, values, strict=True):
        found[place] = value
    return pa.array(found, type)


def _cells(column: DrawnColumn, frame: Frame, stay: Counter[str]) -> Iterator[DrawnCell]:
    data = frame.columns[column.column.name]
    keys = zip(*(frame.columns[name].values.to_pylist() for name in frame.keys), strict=True)
    lows = data.values.to_pylist()
    highs = lows if data.high is None else data.high.to_pylist()
    reasons = [None] * len(lows) if data.why is None else data.why.to_pylist()
    for place, (key, low, high, why, error) in enumerate(
        zip(keys, lows, highs, reasons, _errors(column, frame), strict=True)
    ):
        ends = [None if end is None else int(end) for end in (low, high)]
        published, spread = _spread(column, ends, why, error)
        if spread is None:
            stay[published] += 1
        else:
            yield DrawnCell(place, tuple(map(str, key)), published, spread)


def _errors(column: DrawnColumn, frame: Frame) -> list[Fraction | None]:
    """The relative standard error of each cell; nothing where none is known."""
    if not isinstance(column.error, str):
        return [column.error] * frame.row_count
    held = frame.columns.get(column.error)
    if held is None:
        return [None] * frame.row_count
    scale = 10**held.column.scale
    return [None if one is None else Fraction(int(one), scale) for one in held.values.to_pylist()]


def _spread(
    column: DrawnColumn, ends: Sequence[int | None], why: str | None, error: Fraction | None
) -> tuple[str, Spread | None]:
    """What is published and how it spreads; or why it stays, and nothing."""
    least, most = scaled_range(column.column)
    low, high = ends
    if low is not None and low == high:
        if not error:
            return NO_ERROR, None
        return VALUE, Normal(Fraction(low), abs(low) * error, least, most)
    if low is None and high is None:
        wanted = not column.reason or column.reason == why
        return (NOT_GIVEN, None) if column.missing is None or not wanted else (MISSING, Even(*column.missing))
    low, high = (
        end if end is not None else given for end, given in zip(ends, column.bounded or (None, None), strict=True)
    )
    if column.bounded is None or low is None or high is None:
        return NO_END, None
    if low > high:
        _out_of_reach(column, low if ends[0] is not None else high)
    return BOUND, Even(low, high)


def _out_of_reach(column: DrawnColumn, published: int) -> None:
    """Raise a PolicyError for an end that a published bound is beyond (X082)."""
    found = Diagnostics()
    help = "choose an end that no published bound passes"
    problem = f"a bound of {column.number(published)} is published"
    found.report("X082", column.span, help=help, name=column.name, problem=problem)
    raise PolicyError(found.sorted())


@dataclass(frozen=True, slots=True)
class Deck:
    """All that is drawn of a dataset and a policy."""

    dataset: Dataset
    seed: int
    columns: tuple[DrawnCells, ...]
    parameters: tuple[DrawnParameter, ...]

    @property
    def tables(self) -> frozenset[str]:
        """The tables that have other rows in each draw."""
        return frozenset(one.column.table for one in self.columns if one.cells)

    @property
    def cells(self) -> int:
        """How many cells and parameters are drawn each time."""
        return sum(len(one.cells) for one in self.columns) + len(self.parameters)

    def settings(self, draw: int) -> tuple[Setting, ...]:
        """The values of the parameters of a draw."""
        return tuple(one.at(self.seed, draw) for one in self.parameters)

    def dataset_of(self, draw: int) -> Dataset:
        """The data of a draw."""
        tables = dict(self.dataset.tables)
        for one in self.columns:
            if one.cells:
                frame = tables[one.column.table]
                columns = {**frame.columns, one.column.column.name: one.data(draw)}
                tables[one.column.table] = replace(frame, columns=columns)
        return replace(self.dataset, tables=tables)


def deck_of(checked: CheckedPolicy, dataset: Dataset, asked: CheckedUncertainty) -> Deck:
    """What is drawn: what scenarios say of columns and parameters that there are, and errors that the data declare of
    columns that the policy reads. Raises PolicyError where that is too much (X084), or an end does not fit what is
    published (X082).
    """
    columns = [
        DrawnCells(one, dataset.tables[one.table], asked.seed)
        for one in (*asked.columns, *_declared(checked, dataset, asked.columns))
        if not one.exact and one.table in dataset.tables and one.column.name in dataset.tables[one.table].columns
    ]
    parameters = tuple(one for one in asked.parameters if one.name.partition(".")[0] in checked.parameters)
    found = Deck(dataset, asked.seed, tuple(sorted(columns, key=lambda one: one.column.name)), parameters)
    if found.cells * asked.draws > MOST_CELLS:
        told = Diagnostics()
        count = f"{found.cells * asked.draws:,}"
        told.report("X084", asked.span, help="draw less often, or fewer cells", count=count, most=f"{MOST_CELLS:,}")
        raise PolicyError(told.sorted())
    return found


def _declared(checked: CheckedPolicy, dataset: Dataset, said: Sequence[DrawnColumn]) -> Iterator[DrawnColumn]:
    names = {one.name for one in said}
    for table, columns in sorted(columns_read(checked).items()):
        model = checked.tables.get(table)
        if model is None or table not in dataset.tables:
            continue
        for name, error in sorted(declared_errors(model, dataset.sources.get(table), columns).items()):
            column = model.column(name)
            held = not isinstance(error, str) or error in dataset.tables[table].columns
            if column is not None and held and f"{table}.{name}" not in names:
                ratio = error if isinstance(error, str) else Fraction(error)
                yield DrawnColumn(table, column, error=ratio, declared=True)
