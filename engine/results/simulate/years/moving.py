"""Which tables move a year on from one year to the next."""

from __future__ import annotations

from collections.abc import Mapping

from ....model.standard import EMPTY_IF_ABSENT, STANDARD
from ....model.table import Column, Table


def is_year(column: Column) -> bool:
    """Whether a column holds calendar years such as 2026, and no lengths of time."""
    return column.type == "number" and column.unit == "year" and (column.at_least or 0) >= 1000


def moves(column: Column) -> bool:
    """Whether a column holds days or years."""
    return column.type in ("date", "school_year") or is_year(column)


def moving_tables(tables: Mapping[str, Table], named: frozenset[str] = frozenset()) -> frozenset[str]:
    """The tables that move a year on: those about persons that have days or years, those of a policy that have school
    years, what refers to one of them, and those that are `named`.
    """
    able = {name: table for name, table in tables.items() if name not in EMPTY_IF_ABSENT}
    found = {
        name
        for name, table in able.items()
        if name in named
        or (table.personal_key and any(map(moves, table.columns)))
        or (name not in STANDARD and any(column.type == "school_year" for column in table.columns))
    }
    while True:
        more = {
            name
            for name, table in able.items()
            if name not in found and any(column.type in found for column in table.columns)
        }
        if not more:
            return frozenset(found)
        found |= more
