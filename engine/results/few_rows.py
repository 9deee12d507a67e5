"""The rows of a dataset for a replay that reads few of their cells: a column is read whole only when many are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..execution.dataset_rows import DatasetRows, read_column
from ..execution.frame import Frame
from ..execution.values import Key, Value

FEW = 10_000
"""Cells of a column that are read one by one."""


class FewRows(DatasetRows):
    """`DatasetRows` that reads a column of a large table cell by cell at first."""

    def __init__(self, tables: Mapping[str, Frame]) -> None:
        super().__init__(tables)
        self._frames = tables
        self._rows_of: dict[str, dict[Key, int]] = {}
        self._read: Counter[tuple[str, str]] = Counter()

    def cell(self, entity: str, key: Key, column: str) -> Value:
        """What stands in a cell; missing has the reason of the data, or `blank`."""
        self._read[entity, column] += 1
        frame = self._frames.get(entity)
        if frame is None or frame.row_count <= FEW or self._read[entity, column] > FEW or column not in frame.columns:
            return super().cell(entity, key, column)
        one = frame.columns[column].take([self._row(entity, key)])
        return read_column(one, entity, column, (key,))[0]

    def _row(self, entity: str, key: Key) -> int:
        if entity not in self._rows_of:
            self._rows_of[entity] = {one: place for place, one in enumerate(self.keys(entity))}
        return self._rows_of[entity][key]
