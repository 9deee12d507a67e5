"""From values of Python (of a workbook, of JSON, of rows in memory) to cells: each keeps its exact value as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime as DateTime
from datetime import time as Time
from decimal import Decimal

import pyarrow as pa

from .frame import Array
from .raw_cells import DATE, ERROR, FLOAT, NUMBER, OTHER, PERCENT, TEXT, TRUTH, plain


class SpreadsheetError(str):
    """The text of an error in a cell, such as #N/A."""

    __slots__ = ()


class Percent(str):
    """The digits of a number that a cell shows as percent: 0.052 for 5.2%."""

    __slots__ = ()


def python_cells(values: Iterable[object]) -> tuple[Array, Array | None]:
    """The texts of values, blank where there is none, and what they are (nothing where all are texts)."""
    pairs = [_cell(value) for value in values]
    texts = pa.array([text for text, _ in pairs], pa.string())
    kinds = [kind for _, kind in pairs]
    return texts, pa.array(kinds, pa.int8()) if any(kinds) else None


def cell_text(value: object) -> str:
    """The text of one value."""
    return _cell(value)[0]


def _cell(value: object) -> tuple[str, int]:
    match value:
        case None:
            return "", TEXT
        case SpreadsheetError():
            return str(value), ERROR
        case Percent():
            return plain(Decimal(str(value))), PERCENT
        case str():
            return value, TEXT
        case bool():
            return ("yes" if value else "no"), TRUTH
        case int():
            return str(Decimal(value)), NUMBER
        case float() | Decimal():
            return _number(value if isinstance(value, Decimal) else Decimal(float.__repr__(value)))
        case DateTime():
            if type(value).__name__ == "NaTType":
                return "", TEXT
            midnight = value.time() == Time() and value.tzinfo is None
            return (value.date().isoformat(), DATE) if midnight else (value.isoformat(sep=" "), OTHER)
        case Date():
            return value.isoformat(), DATE
    name = type(value).__name__
    if name == "NAType":
        return "", TEXT
    if name == "float32":  # its own shortest decimal is 0.1, that of the wider number 0.10000000149011612
        return _number(Decimal(str(value)))
    item = getattr(value, "item", None)  # a number of numpy, as pandas keeps them
    inner = item() if callable(item) else value
    return _cell(inner) if type(inner) is not type(value) else (str(value), OTHER)


def _number(number: Decimal) -> tuple[str, int]:
    if number.is_nan():
        return "", TEXT
    return plain(number) if number.is_finite() else str(number), FLOAT
