"""The tables of a recorded run, read back from its files as they were written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date as Date
from typing import Any

from .recorded import Recorded
from .table import Cell, ResultTable, is_number
from .written_number import written_decimal

FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a text begins that was made inert for spreadsheets."""


def recorded_tables(run: Recorded) -> dict[str, ResultTable] | None:
    """The tables by name; nothing where the run stands in a workbook, or its record does not say what columns hold.
    Raises ValueError where they hold what no run has written.
    """
    columns = run.record.get("columns")
    if not isinstance(columns, dict):
        return None
    found = {}
    for name, kinds in columns.items():
        rows = _rows(run, name)
        if rows is None:
            return None
        cells = tuple(tuple(_cell(row.get(head), kind) for head, kind in kinds.items()) for row in rows)
        found[name] = ResultTable(name, tuple(kinds.items()), cells)
    return found


def _rows(run: Recorded, name: str) -> Iterable[Mapping[str, Any]] | None:
    """The rows of a table with their cells by column, out of whichever file it has."""
    if (data := run.file(f"{name}.csv")) is not None:
        csv.field_size_limit(len(data) + 1)
        text = io.StringIO(data.decode(), newline="")
        return [{head: _text(cell) for head, cell in row.items()} for row in csv.DictReader(text, strict=True)]
    if (data := run.file(f"{name}.json")) is not None:
        found: list[Mapping[str, Any]] = json.loads(data)
        return found
    if (data := run.file(f"{name}.parquet")) is not None:
        import pyarrow.parquet as pq

        rows: list[Mapping[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
        return rows
    return None


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith(FORMULA) else cell


def _cell(said: Any, kind: str) -> Cell:
    """A cell of a kind; blanks are nothing."""
    if said is None or said == "":
        return None
    if is_number(kind):
        return written_decimal(said)
    if kind == "truth":
        return said is True or said == "true"
    if kind == "date":
        return said if isinstance(said, Date) else Date.fromisoformat(said)
    return str(said)
