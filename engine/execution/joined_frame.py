"""Frames made of others: rows added, rows taken out, other values in a column; the order of the key is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .frame import Array, ColumnData, Frame, arrow_type
from .key_order import key_order


def one_array(values: Any) -> Array:
    """An array in one piece."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def with_values(frame: Frame, name: str, values: Array) -> Frame:
    """The frame with other values in a column, where it is no key and knows why it has none."""
    data = frame.columns[name]
    return replace(frame, columns={**frame.columns, name: replace(data, values=values)})


def with_cells(frame: Frame, name: str, more: ColumnData, rows: Array) -> Frame:
    """The frame with other cells in a column, which is no key: `rows` has, for each of its rows, the row of `more`
    whose cell takes the place of its own, or nothing where that stays.
    """
    own = pa.array(range(frame.row_count), pa.int64())
    at = pc.coalesce(pc.add(rows.cast(pa.int64()), frame.row_count), own)
    data = _end_to_end(frame.columns[name], more).take(at)
    if data.why is not None and data.why.null_count == len(data.why):
        data = replace(data, why=None)
    return replace(frame, columns={**frame.columns, name: data})


def in_key_order(frame: Frame) -> Frame:
    """The frame with its rows in the order of the key, numbered anew."""
    order = key_order([one_array(frame.columns[key].values) for key in frame.keys], frame.row_count)
    numbered = replace(frame, lines=pa.array(range(1, frame.row_count + 1), pa.int64()), file="")
    return numbered if order is None else replace(numbered.take(order), lines=numbered.lines)


def joined(frame: Frame, more: Frame) -> Frame:
    """The rows of two frames of a table in the order of the key; both have the same columns."""
    columns = {name: _end_to_end(data, more.columns[name]) for name, data in frame.columns.items()}
    count = frame.row_count + more.row_count
    return in_key_order(replace(frame, columns=columns, row_count=count))


def without_rows(frame: Frame, rows: Sequence[int]) -> Frame:
    """The frame without some of its rows."""
    out = set(rows)
    kept = [row for row in range(frame.row_count) if row not in out]
    return in_key_order(frame.take(pa.array(kept, pa.int64()))) if out else frame


def frame_of_rows(frame: Frame, rows: Sequence[dict[str, Any]]) -> Frame:
    """Rows as a frame with the columns of another: a value in its physical form, or nothing, for each column. Of a
    value that is nothing `why` says the reason.
    """
    columns = {}
    for name, data in frame.columns.items():
        values = [row.get(name) for row in rows]
        array = pa.array(values, arrow_type(data.column))
        gaps = [None if value is not None else str(row.get(f"{name}_why") or "blank")
                for row, value in zip(rows, values, strict=True)]  # fmt: skip
        why = pa.array(gaps, pa.string()) if any(gaps) else None
        columns[name] = ColumnData(data.column, array, array if data.column.bounded else None, why)
    lines = pa.array(range(1, len(rows) + 1), pa.int64())
    return in_key_order(replace(frame, columns=columns, row_count=len(rows), lines=lines, left_out=0))


def _end_to_end(one: ColumnData, two: ColumnData) -> ColumnData:
    def both(first: Array | None, second: Array | None, type: Any) -> Array | None:
        if first is None and second is None:
            return None
        parts = [
            one_array(values) if values is not None else pa.nulls(len(data.values), type)
            for values, data in ((first, one), (second, two))
        ]
        return pa.concat_arrays([part.cast(type) for part in parts])

    kind = arrow_type(one.column)
    high = None
    if one.high is not None or two.high is not None:
        high = both(one.values if one.high is None else one.high, two.values if two.high is None else two.high, kind)
    values = both(one.values, two.values, kind)
    assert values is not None
    return ColumnData(one.column, values, high, both(one.why, two.why, pa.string()))
