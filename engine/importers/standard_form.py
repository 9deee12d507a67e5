"""Tables in the standard form of a dataset: headers are the model's names, why a cell is empty stands in `…_why`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from ..model.table import Table
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span

Key: TypeAlias = tuple[str, ...]
Row: TypeAlias = dict[str, str]
"""Cells as text by header; a header that is not there stands for an empty cell."""

NOT_PUBLISHED = "not published"


@dataclass(frozen=True, slots=True)
class StandardTable:
    """Rows by key, in the order of the key columns of `table`; `extra` are the headers that the model has not."""

    table: Table
    rows: dict[Key, Row] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()


def why(column: str) -> str:
    """The header of the reasons of a column."""
    return f"{column}_why"


def read_standard(path: Path, table: Table, diagnostics: Diagnostics) -> StandardTable | None:
    """What an earlier import, or the user, wrote; empty where there is no file, nothing where it is no such (D053)."""
    if not path.exists():
        return StandardTable(table)
    span = Span(Source(str(path), ""), 0, 0)
    cure = "let the import write into a folder of its own"
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        headers = [cell.strip() for cell in next(reader, [])]
        records = [(reader.line_num, record) for record in reader if record]
    except (OSError, UnicodeDecodeError, csv.Error):
        diagnostics.report("D053", span, help=cure, file=str(path), problem="it cannot be read as CSV")
        return None
    problem = ""
    absent = [column for column in table.key if column not in headers]
    ragged = [line for line, record in records if len(record) != len(headers)]
    if absent:
        problem = f"it has no column `{absent[0]}`"
    elif len(set(headers)) < len(headers):
        problem = "a header of it stands twice"
    elif ragged:
        problem = f"line {ragged[0]} has more or fewer cells than its header"
    places = [headers.index(column) for column in table.key] if not problem else []
    rows: dict[Key, Row] = {}
    for line, record in records if not problem else ():
        key = tuple(record[place] for place in places)
        if key in rows:
            problem = f"the key of line {line} stands in it twice"
            break
        rows[key] = dict(zip(headers, record, strict=True))
    if problem:
        diagnostics.report("D053", span, help=cure, file=str(path), problem=problem)
        return None
    known = {name for column in table.columns for name in (column.name, why(column.name))}
    extra = tuple(header for header in headers if header not in known)
    return StandardTable(table, rows, frozenset(headers), extra)


def replace_side(
    old: StandardTable,
    new: Mapping[Key, Row],
    owned: Collection[str],
    others: Collection[str],
    imported: Callable[[Row], bool],
) -> StandardTable:
    """The table with the columns `owned` by a source as `new` says, in every row that an import of it wrote before.

    `imported` tells those rows; values in other rows are the user's and stay, unless `new` has the row. Cells that
    one source does not know, while another does, are empty, `not published`. A row of which nothing is left is
    dropped.
    """
    gone = {name for column in owned for name in (column, why(column))}
    rows: dict[Key, Row] = {}
    for at, row in old.rows.items():
        if at not in new and not imported(row) and any(row.get(column) for column in owned):
            rows[at] = dict(row)
            continue
        kept = {name: cell for name, cell in row.items() if name not in gone}
        if at in new or any(kept[name] for name in kept if name not in old.table.key and not name.endswith("_why")):
            rows[at] = kept
    for at, row in new.items():
        rows[at] = {**rows.get(at, {}), **row}
    headers = frozenset(old.headers - gone).union(*(row.keys() for row in rows.values()))
    both = [column for column in (*owned, *others) if column in headers]
    for row in rows.values():
        for column in both:
            if column not in row:
                row[column], row[why(column)] = "", NOT_PUBLISHED
    return StandardTable(old.table, rows, headers, old.extra)


def fill(old: StandardTable, new: Mapping[Key, Row], *, overwrite: bool = False) -> StandardTable:
    """The table with the rows of `new` added; in rows that it has already only empty cells change."""
    rows = {at: dict(row) for at, row in old.rows.items()}
    for at, row in new.items():
        mine = rows.setdefault(at, {})
        for name, cell in row.items():
            if overwrite or not mine.get(name):
                mine[name] = cell
    headers = old.headers | {name for row in new.values() for name in row}
    return StandardTable(old.table, rows, frozenset(headers), old.extra)


def standard_text(standard: StandardTable, order: Iterable[str]) -> str:
    """The table as CSV: columns in the order of the model, rows by the columns `order`; reasons where there are any."""
    names: list[str] = []
    for column in standard.table.columns:
        if column.name in standard.headers:
            names.append(column.name)
            reason = why(column.name)
            if any(row.get(reason) for row in standard.rows.values()):
                names.append(reason)
    names += standard.extra
    by = tuple(order)
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    rows = sorted(standard.rows.values(), key=lambda row: tuple(row[name] for name in by))
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return stream.getvalue()
