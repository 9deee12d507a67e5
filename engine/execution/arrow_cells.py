"""From the columns of Arrow (of a Parquet file, of a data frame) to cells: each keeps its exact value as text."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from .frame import Array
from .python_cells import python_cells
from .raw_cells import DATE, FLOAT, NUMBER, TEXT, TRUTH, as_texts, plain


def arrow_cells(column: Array) -> tuple[Array, Array | None]:
    """A column's cells as texts, blank where it has no value, and what they are (nothing where all are texts).

    Numbers with few different values come as a dictionary of texts. Binary numbers are the shortest decimals that
    are read back as the same number; timestamps at midnight are days.
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        column = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if pa.types.is_dictionary(kind):
        texts, kinds = arrow_cells(column.dictionary)
        return _spread(texts, column.indices), None if kinds is None else pc.fill_null(kinds.take(column.indices), TEXT)
    if pa.types.is_null(kind):
        return pa.array([""] * len(column), pa.string()), None
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _filled(column.cast(pa.string())), None
    if pa.types.is_timestamp(kind):
        days = column.cast(pa.date32(), safe=False)
        if kind.tz or pc.any(pc.not_equal(days.cast(kind), column)).as_py():
            return python_cells(column.to_pylist())
        column = days
    if pa.types.is_date(column.type):
        return _by_value(column.cast(pa.date32()), DATE)
    if pa.types.is_boolean(kind):
        return _by_value(column, TRUTH)
    if pa.types.is_integer(kind):
        return _by_value(column, NUMBER)
    if pa.types.is_floating(kind):
        column = column.cast(pa.float32()) if pa.types.is_float16(kind) else column
        return _by_value(pc.if_else(pc.is_nan(column), None, column), FLOAT)
    if pa.types.is_decimal(kind):
        return _by_value(column, NUMBER)
    return python_cells(column.to_pylist())


def _by_value(column: Array, kind: int) -> tuple[Array, Array]:
    """Cells of one kind: each different value is written once."""
    coded = column.dictionary_encode()
    values = coded.dictionary
    if pa.types.is_decimal(values.type):
        texts = pa.array([plain(value) for value in values.to_pylist()], pa.string())
    else:
        texts = values.cast(pa.string())
    if kind == FLOAT:  # 1e+20 and 1.5e-7 in digits
        short = pc.match_substring(texts, "e")
        if pc.any(short).as_py():
            said = [plain(Decimal(text)) for text in texts.filter(short).to_pylist()]
            texts = pc.replace_with_mask(texts, short, pa.array(said, pa.string()))
    return _spread(texts, coded.indices), pa.repeat(pa.scalar(kind, pa.int8()), len(column))


def _spread(texts: Array, indices: Array) -> Array:
    """A dictionary of texts in which no value is missing: those that were are blank."""
    texts, indices = as_texts(texts), indices.cast(pa.int32())
    if texts.null_count:
        texts = _filled(texts)
    if indices.null_count:
        indices = pc.fill_null(indices, len(texts))
        texts = pa.concat_arrays([texts, pa.array([""], pa.string())])
    return pa.DictionaryArray.from_arrays(indices, texts)


def _filled(texts: Array) -> Array:
    return pc.fill_null(texts, "") if texts.null_count else texts
