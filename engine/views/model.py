"""The data model as a page of text: what each table is, and what its columns mean."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from ..model.standard import SECTIONS
from ..model.table import Column, Table

WIDTH = 80


def describe(tables: Mapping[str, Table], section: str | None = None) -> str:
    """The tables of a model, 80 columns wide, ended by a line end.

    `section` is a part of the standard model (`labor`, `credentials`, `schools`, `decisions`) or the name of a
    table; without it all are described. Raises KeyError for anything else.
    """
    if section is None:
        names = list(tables)
    elif section in SECTIONS:
        names = [name for name in SECTIONS[section] if name in tables]
    else:
        names = [tables[section].name]
    return "\n".join(_table(tables[name], tables) for name in names)


def _table(table: Table, tables: Mapping[str, Table]) -> str:
    lines = _wrapped(f"{table.name}: {table.title}", "", "  ")
    facts = f"many: {table.rows_name} · key: {', '.join(table.key)}"
    if table.name == "state":
        facts += " · needs no file"
    if not table.complete:
        facts += " · no row may mean not reported"
    lines += _wrapped(facts, "  ", "  ")
    margin = max(len(column.name) for column in table.columns) + 4
    for column in table.columns:
        kind = kind_of(column, table, tables)
        head = f"  {column.name:<{margin - 2}}"
        lines += _wrapped(f"{column.title} ({kind})", head, " " * margin)
    return "\n".join(lines) + "\n"


def kind_of(column: Column, table: Table, tables: Mapping[str, Table]) -> str:
    """What a cell holds, in a few words."""
    if column.type == "number":
        said = _number(column)
    elif column.type == "enum":
        said = (" < " if column.ordered else ", ").join(column.values)
    elif column.type in tables:
        said = f"a row of {column.type}"
    else:
        said = {"truth": "yes or no", "school_year": "a year such as 2026-27"}.get(column.type, column.type)
    marks = [said]
    if column.name in table.key:
        marks.append("key")
    elif column.required:
        marks.append("required")
    if column.personal:
        marks.append("personal")
    return "; ".join(marks)


def _number(column: Column) -> str:
    unit = {"count": "a count", "number": "a plain number"}.get(column.unit, column.unit)
    if column.stored == "percent":
        unit = "ratio, in percent"
    places = column.scale - 2 if column.stored == "percent" else column.scale
    said = f"{unit}, {places} decimals" if places else unit
    return f"{said}; may be a bound" if column.bounded else said


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
