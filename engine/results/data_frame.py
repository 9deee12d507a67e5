"""A result table as a pandas data frame that keeps every digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .table import ResultTable
from .table_file import arrow_table

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 18
"""Digits of a decimal column where they are enough: pandas then has room to multiply it by whole numbers."""


def data_frame(one: ResultTable) -> pd.DataFrame:
    """A result table as a data frame.

    Numbers and money are exact decimals (`decimal128` of Arrow, which pandas adds, compares and groups without
    rounding; `.astype("float64")` where statistics or a plot want binary fractions), dates are `datetime64[s]`,
    truth is `boolean`, text is `str`. A blank is missing in all of them.
    """
    return frame_of(arrow_table(one))


def frame_of(table: Any) -> pd.DataFrame:
    """An Arrow table of text, decimals, dates and truths as a data frame of the same kinds."""
    import pandas as pd

    return pd.DataFrame({name: _series(table.column(name)) for name in table.column_names})


def _series(column: Any) -> pd.Series[Any]:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_decimal(column.type):
        narrow = pa.decimal128(DIGITS, min(column.type.scale, DIGITS))
        most = pc.max(pc.abs(column)).as_py()
        if column.type.scale <= DIGITS and (most is None or most < 10 ** (DIGITS - column.type.scale)):
            column = column.cast(narrow)
        return pd.Series(pd.arrays.ArrowExtensionArray(column))
    if pa.types.is_date(column.type):
        return column.cast(pa.timestamp("s")).to_pandas()  # type: ignore[no-any-return]
    if pa.types.is_boolean(column.type):
        return pd.Series(column.to_pylist(), dtype="boolean")
    return pd.Series(column.to_pylist(), dtype="str")
