"""From the bytes of a JSON file, a list of objects, to columns. No number passes through a binary one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyarrow as pa

from ..text.diagnostic import Diagnostics
from ..text.source import Span
from .file_bytes import FileBytes
from .open_table import OpenTable, TableColumns
from .python_cells import python_cells

BYTE_LIMIT = 512 * 1024**2
"""Bytes of the largest file that is read, unpacked."""

_FORM = 'it is a list of objects, one for each row: `[{"code": "001"}, …]`'


class _Wrong(ValueError):
    """What is wrong with a file, in the words of a message."""


def open_json(file: FileBytes, span: Span, diagnostics: Diagnostics) -> OpenTable | None:
    """The table in a JSON file; complaints stand at `span`. Nothing where it is too large (D011), is no JSON or holds
    something else than a list of objects (D036), or is an empty list (D014).
    """
    if len(file.data) > BYTE_LIMIT:
        limit = f"{BYTE_LIMIT // 1024**2} MiB"
        diagnostics.report("D011", span, help="save it as Parquet or CSV", file=file.name, limit=limit)
        return None
    problem, rows = "", []
    try:
        rows = _rows(json.loads(file.data, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object))
    except json.JSONDecodeError as found:
        problem = f"line {found.lineno:,} is no JSON: {found.msg.lower()}"
    except _Wrong as found:
        problem = str(found)
    except (ValueError, ArithmeticError):
        problem = "a number in it is too long"
    except RecursionError:
        problem = "it is nested too deeply"
    if problem:
        diagnostics.report("D036", span, help=_FORM, file=file.name, problem=problem)
        return None
    if not rows:
        help = "if there are no rows, write `empty: yes` instead of `file`"
        diagnostics.report("D014", span, help=help, file=file.name)
        return None
    return open_rows(rows, file.name, FileBytes(file.name, file.path, b"", "", file.digest))


def open_rows(rows: Sequence[Mapping[str, object]], name: str, file: FileBytes | None = None) -> OpenTable:
    """The table that rows of Python make; what a row does not name has no value in it."""
    stored = {header.strip(): header for header in dict.fromkeys(key for row in rows for key in row)}

    def read(used: Sequence[str]) -> TableColumns:
        cells = {header: python_cells([row.get(stored[header]) for row in rows]) for header in used}
        kinds = {header: found for header, (_, found) in cells.items() if found is not None}
        lines = pa.array(range(1, len(rows) + 1), pa.int64())
        return TableColumns({header: texts for header, (texts, _) in cells.items()}, lines, kinds)

    return OpenTable(name, tuple(stored), read, file)


def _rows(document: object) -> list[dict[str, object]]:
    if not isinstance(document, list):
        raise _Wrong("it holds no list")
    rows: list[dict[str, object]] = []
    for number, row in enumerate(document, 1):
        if not isinstance(row, dict):
            raise _Wrong(f"row {number:,} is no object")
        rows.append(row)
    return rows


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise _Wrong(f"a row has `{repeated}` twice")
    return found


def _constant(name: str) -> object:
    return None if name == "NaN" else name
