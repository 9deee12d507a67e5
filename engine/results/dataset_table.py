"""A table of a dataset in Arrow, with numbers as decimals, for people who look at it in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model.school_year import school_year_text

if TYPE_CHECKING:
    from ..execution.dataset import Dataset
    from ..execution.frame import ColumnData


def dataset_table(dataset: Dataset, name: str) -> Any:
    """A table of a dataset as an Arrow table: its columns under the model's names, sorted by key.

    Numbers are decimals, ratios as ratios. Of a column in which a value is known by its bounds only, the column itself
    is the low end and `<name>_at_most` the high end, each missing where that side is open.
    """
    import pyarrow as pa

    frame = dataset.tables[name]
    columns: dict[str, Any] = {}
    for column, data in frame.columns.items():
        columns[column] = _values(data, data.values)
        if data.high is not None and not data.high.equals(data.values):
            columns[f"{column}_at_most"] = _values(data, data.high)
    return pa.table(columns)


def _values(data: ColumnData, array: Any) -> Any:
    import pyarrow as pa

    if data.column.type == "school_year":
        return pa.array([None if year is None else school_year_text(year) for year in array.to_pylist()], pa.string())
    if data.column.type != "number":
        return array
    whole = array.cast(pa.decimal128(38, 0))
    scaled = pa.decimal128(38, data.column.scale)  # the same integers, read with the decimals of the column
    return pa.Array.from_buffers(scaled, len(whole), whole.buffers(), offset=whole.offset)
