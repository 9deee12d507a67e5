"""A result table as the bytes of a file: CSV, JSON or Parquet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any

from .table import Cell, ResultTable, cell_text, is_number


def table_files(tables: Iterable[ResultTable], format: str) -> dict[str, bytes]:
    """One file for each table, `priority_list.csv` and so on: file name → bytes. `format` is one of WRITERS."""
    return {f"{one.name}.{format}": WRITERS[format](one) for one in tables}


def csv_bytes(one: ResultTable) -> bytes:
    """A table as CSV: UTF-8, LF, blanks for nothing; a text that a spreadsheet would run as a formula is made inert."""
    rows = [[_inert(cell) if isinstance(cell, str) else cell_text(cell) for cell in row] for row in one.rows]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [one.names, *rows]).encode()


def _quoted(text: str) -> str:
    """A cell in quotation marks where it needs them; the standard writer forgets a lone carriage return."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


_SPECIAL = re.compile(r'[,"\r\n]')
_NUMERIC = re.compile(r"-?\d+(\.\d+)?(\.\.-?\d+(\.\d+)?)?", re.ASCII)


def _inert(text: str) -> str:
    """A text that no spreadsheet runs: one that begins with a formula's sign and is no number gets an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMERIC.fullmatch(text) else text


def json_bytes(one: ResultTable) -> bytes:
    """A table as a list of objects; exact numbers stand as text, so that no reader makes binary fractions of them."""
    rows = [{name: _json_cell(cell) for name, cell in zip(one.names, row, strict=True)} for row in one.rows]
    return json_text(rows).encode()


def _json_cell(cell: Cell) -> Any:
    return cell if isinstance(cell, bool) or cell is None else cell_text(cell)


def json_text(value: Any) -> str:
    """A value as JSON in the one layout that runs are written in."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def parquet_bytes(one: ResultTable) -> bytes:
    """A table as Parquet with fixed metadata; numbers are decimals of 38 digits with the decimals that occur."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(arrow_table(one), sink, store_schema=False)
    return bytes(sink.getvalue())


def arrow_table(one: ResultTable) -> Any:
    """A table in Arrow: columns of text, decimal128(38, the decimals that occur), bool and date32; null for a blank."""
    import pyarrow as pa

    arrays = []
    for place, (_, kind) in enumerate(one.columns):
        cells = [row[place] for row in one.rows]
        if is_number(kind):
            values = [None if cell is None else Decimal(cell_text(cell)) for cell in cells]
            places = max((-int(value.as_tuple().exponent) for value in values if value is not None), default=0)
            arrays.append(pa.array(values, pa.decimal128(38, places)))
        else:
            type = {"date": pa.date32(), "truth": pa.bool_()}.get(kind, pa.string())
            arrays.append(pa.array([_arrow_cell(cell) for cell in cells], type))
    return pa.table(arrays, names=list(one.names))


def _arrow_cell(cell: Cell) -> Any:
    return cell if isinstance(cell, (bool, Date)) or cell is None else cell_text(cell)


WRITERS: dict[str, Callable[[ResultTable], bytes]] = {"csv": csv_bytes, "json": json_bytes, "parquet": parquet_bytes}
