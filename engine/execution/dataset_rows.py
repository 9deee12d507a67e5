"""The rows of a dataset as the reference interpreter reads them: exact values instead of scaled integers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..text.errors import EngineBug
from .frame import ColumnData, Frame
from .values import BLANK, BOUND, Key, Missing, Reason, Value, bound


class DatasetRows:
    """`inputs.Rows` over the frames of a dataset; a column is read when a cell of it is first asked for."""

    def __init__(self, tables: Mapping[str, Frame]) -> None:
        self._tables = tables
        self._keys: dict[str, dict[Key, int]] = {}
        self._columns: dict[tuple[str, str], list[Value]] = {}

    def keys(self, entity: str) -> Sequence[Key]:
        """The key of every row of a table, in the order of the frame; none for a table that the dataset has not."""
        return tuple(self._places(entity))

    def cell(self, entity: str, key: Key, column: str) -> Value:
        """What stands in a cell; missing has the reason of the data, or `blank`."""
        values = self._columns.get((entity, column))
        if values is None:
            frame = self._tables[entity]
            if column not in frame.columns:
                raise EngineBug(f"the table `{entity}` has been read without its column `{column}`")
            values = read_column(frame.columns[column], entity, column, tuple(self._places(entity)))
            self._columns[(entity, column)] = values
        return values[self._places(entity)[key]]

    def source(self, entity: str, key: Key) -> tuple[str, int] | None:
        """The file that a row was read from and the line on which it stands."""
        place = self._places(entity).get(key)
        if place is None:
            return None
        frame = self._tables[entity]
        return frame.file, frame.lines[place].as_py()

    def _places(self, entity: str) -> dict[Key, int]:
        if entity not in self._keys:
            frame = self._tables.get(entity)
            keys = _frame_keys(frame) if frame is not None else []
            self._keys[entity] = {key: place for place, key in enumerate(keys)}
            if len(self._keys[entity]) != len(keys):
                raise EngineBug(f"the table `{entity}` has a key twice")
        return self._keys[entity]


def _frame_keys(frame: Frame) -> list[Key]:
    parts = [_exact(frame.columns[name], frame.columns[name].values) for name in frame.keys]
    return list(zip(*parts, strict=True))


def read_column(data: ColumnData, entity: str, name: str, keys: Sequence[Key]) -> list[Value]:
    """The values of a column at the rows `keys`, as exact values, bounds, or missing for the reason of the data."""
    lows = _exact(data, data.values)
    highs = lows if data.high is None else _exact(data, data.high)
    words = [None] * len(lows) if data.why is None else data.why.to_pylist()
    values: list[Value] = []
    for low, high, why, key in zip(lows, highs, words, keys, strict=True):
        if low is None and high is None:
            values.append(Missing(frozenset((Reason(why or BLANK, name, entity, key),))))
        elif data.high is None or low == high:
            values.append(low)
        else:
            values.append(bound(low, high, frozenset((Reason(BOUND, name, entity, key),))))
    return values


def _exact(data: ColumnData, array: Any) -> list[Any]:
    """Arrow to Python; numbers become fractions."""
    if data.column.type != "number":
        values: list[Any] = array.to_pylist()
        return values
    unit = 10**data.column.scale
    return [None if number is None else Fraction(int(number), unit) for number in array.to_pylist()]
