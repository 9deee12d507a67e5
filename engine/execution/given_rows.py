"""Rows written in a file of cases as a dataset in memory, held to the same data contract as any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from decimal import Decimal

import pyarrow as pa

from ..model.table import Column, Table
from ..syntax.cases import GivenRow, GivenTable
from ..text.diagnostic import Diagnostic, Diagnostics
from ..text.source import NOWHERE, Span
from ..text.suggest import nearest
from .dataset import Dataset, build_frames, state_frame
from .dataset_file import ColumnSource, DatasetFile
from .known_names import KnownNames
from .raw_table import RawTable

_GAP = "missing"
_BOUNDS = {
    "at least": ">=",
    "at most": "<=",
    "at_least": ">=",
    "at_most": "<=",
    ">=": ">=",
    "<=": "<=",
    "≥": ">=",
    "≤": "<=",
}
_BOUND = re.compile(rf"({'|'.join(_BOUNDS)})\s*(.+)")
_NUMBER = re.compile(r"(-?)(\$?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?(%|/[a-z_]+)?", re.ASCII)


@dataclass(slots=True)
class _Row:
    """A row under way: the text and the place of each cell; the file's place of the row itself."""

    cells: dict[str, tuple[str, Span]]
    span: Span


@dataclass(frozen=True, slots=True)
class _RawGiven(RawTable):
    """Cells that a file of cases gives; their places are those in that file."""

    spans: Mapping[tuple[int, str], Span] = field(default_factory=dict)

    def places(self, cells: Collection[tuple[int, str]]) -> dict[tuple[int, str], Span]:
        """The place of each cell (line, column); that of its row where the cell is not written."""
        return {cell: self.spans.get(cell) or self.spans[cell[0], ""] for cell in cells}


def given_dataset(
    tables: Mapping[str, Table],
    needed: Mapping[str, Collection[str]],
    shared: Sequence[GivenTable],
    own: Sequence[GivenTable],
    diagnostics: Diagnostics,
    *,
    as_of: Date,
    jurisdiction: str = "",
    known: KnownNames | None = None,
) -> Dataset | None:
    """The dataset of a case, or nothing where its rows break the data contract (D004, D005, D018 to D029, D031).

    `tables` is the data model, `needed` the columns that the policy reads, by table. A row of `own` with the key of a
    `shared` one changes that row in the columns that it writes. A row that is only referred to, and the area of the
    `jurisdiction`, is made with its key alone, unless the policy reads a column of it that may not be missing.
    """
    found = Diagnostics()
    rows = _rows(tables, shared, found)
    for name, more in _rows(tables, own, found).items():
        rows[name] = _merged(tables[name], rows.get(name, []), more)
    if found.has_errors:
        diagnostics.extend(found.sorted())
        return None
    source = next((row.span.source for several in rows.values() for row in several), NOWHERE.source)
    if jurisdiction and "area" in tables:
        _make(tables, needed, rows, "area", jurisdiction, Span(source, 0, 0))
    _make_referred(tables, needed, rows)
    raws = {
        name: _raw(tables[name], needed.get(name, ()), rows.get(name, ()))
        for name in tables
        if name in {*needed, *rows}
    }
    places = (jurisdiction,) if jurisdiction else ()
    broken = Diagnostics()
    frames = build_frames(raws, DatasetFile(NOWHERE, {}), tables, places, broken, known=known)
    diagnostics.extend(_in_words_of_cases(one, tables, needed) for one in broken.sorted())
    if broken.has_errors:
        return None
    frames = {name: replace(frame, file=source.name) for name, frame in frames.items()}
    if "state" in tables and ("state" not in frames or not frames["state"].row_count):
        frames["state"] = state_frame(tables["state"], jurisdiction)
    return Dataset(frames, as_of=as_of, jurisdiction=jurisdiction)


# -- what is written ------------------------------------------------------------------------------------------------


def _rows(tables: Mapping[str, Table], given: Iterable[GivenTable], diagnostics: Diagnostics) -> dict[str, list[_Row]]:
    """Rows by table; names that the model has not are reported (D004, D005)."""
    found: dict[str, list[_Row]] = {}
    for one in given:
        table = tables.get(one.name.text)
        if table is None:
            _unknown_table(tables, one, diagnostics)
            continue
        found.setdefault(table.name, []).extend(_row(table, row, diagnostics) for row in one.rows)
    return found


def _unknown_table(tables: Mapping[str, Table], one: GivenTable, diagnostics: Diagnostics) -> None:
    plural = next((table.name for table in tables.values() if table.rows_name == one.name.text), None)
    near = plural or nearest(one.name.text, tables)
    help = (
        f"did you mean `{near}`?"
        if near
        else "`specie data describe` shows the tables; a policy may add more under `data`"
    )
    diagnostics.report("D004", one.name.span, help=help, table=one.name.text)


def _row(table: Table, row: GivenRow, diagnostics: Diagnostics) -> _Row:
    cells: dict[str, tuple[str, Span]] = {}
    for name, value in row.cells:
        column = table.column(name.text)
        if column is None:
            near = nearest(name.text, [column.name for column in table.columns])
            help = f"did you mean `{near}`?" if near else f"`specie data describe {table.name}` shows its columns"
            diagnostics.report("D005", name.span, help=help, table=table.name, column=name.text)
            continue
        cells[name.text] = (_as_in_files(value.text, column), value.span)
    return _Row(cells, row.span)


def _as_in_files(text: str, column: Column) -> str:
    """A number of a case as a file of a dataset holds it: `$43,900/year` as 43900, `60%` as 60 or 0.60 by the column.

    What does not fit the column stays as it is, for the contract to complain of.
    """
    if column.type != "number":
        return text
    bound = _BOUND.fullmatch(text)
    if bound is not None:
        return f"{_BOUNDS[bound[1]]}{_as_in_files(bound[2], column)}"
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    sign, dollar, whole, part, behind = number.groups(default="")
    money = column.unit == "USD" or column.unit.startswith("USD/")
    plain = sign + whole.replace(",", "") + part
    if behind == "%":
        if dollar or column.unit != "ratio":
            return text
        return plain if column.stored == "percent" else f"{Decimal(plain).scaleb(-2):f}"
    if (dollar or behind) and not (money and dollar and behind in ("", column.unit.removeprefix("USD"))):
        return text
    return plain


def _key(table: Table, row: _Row) -> tuple[str, ...]:
    return tuple(row.cells.get(name, ("", row.span))[0] for name in table.key)


def _merged(table: Table, shared: Sequence[_Row], own: Sequence[_Row]) -> list[_Row]:
    """The shared rows, each changed by the row of the case that has its key, and the other rows of the case."""
    changes = {_key(table, row): row for row in reversed(own)}
    used: set[int] = set()
    found = []
    for row in shared:
        change = changes.get(_key(table, row))
        if change is None:
            found.append(row)
        else:
            used.add(id(change))
            found.append(_Row({**row.cells, **change.cells}, change.span))
    return [*found, *(row for row in own if id(row) not in used)]


# -- what is only referred to ---------------------------------------------------------------------------------------


def _make_referred(
    tables: Mapping[str, Table], needed: Mapping[str, Collection[str]], rows: dict[str, list[_Row]]
) -> None:
    """Add the rows that others refer to and that nobody gives, by their key alone."""
    todo = [(name, row) for name, several in rows.items() for row in several]
    while todo:
        name, row = todo.pop()
        for column in tables[name].columns:
            text, span = row.cells.get(column.name, ("", NOWHERE))
            if text and text.partition(":")[0] != _GAP and column.type in tables:
                made = _make(tables, needed, rows, column.type, text, span)
                if made is not None:
                    todo.append((column.type, made))


def _make(
    tables: Mapping[str, Table],
    needed: Mapping[str, Collection[str]],
    rows: dict[str, list[_Row]],
    name: str,
    key: str,
    span: Span,
) -> _Row | None:
    """The row of a table made with its key alone; nothing where it is there, or may not be made so."""
    table = tables[name]
    if len(table.key) != 1 or _may_not_be_missing(table, needed):
        return None
    if any(row.cells.get(table.key[0], ("", NOWHERE))[0] == key for row in rows.get(name, ())):
        return None
    made = _Row({table.key[0]: (key, span)}, span)
    rows.setdefault(name, []).append(made)
    return made


def _may_not_be_missing(table: Table, needed: Mapping[str, Collection[str]]) -> list[str]:
    """Columns beside the key that the policy reads and every row must have."""
    read = needed.get(table.name, ())
    return [
        column.name
        for column in table.columns
        if column.required and column.name in read and column.name not in table.key
    ]


# -- as a table -----------------------------------------------------------------------------------------------------


def raw_rows(table: Table, columns: Collection[str], rows: Iterable[GivenRow], diagnostics: Diagnostics) -> RawTable:
    """Rows of one file as a table with its key, these columns and those that are written; one that the table has not is
    reported (D005).
    """
    return _raw(table, columns, [_row(table, row, diagnostics) for row in rows])


def _raw(table: Table, needed: Collection[str], rows: Sequence[_Row]) -> RawTable:
    written = {name for row in rows for name in row.cells}
    names = [c.name for c in table.columns if c.name in written or c.name in needed or c.name in table.key]
    lines = [row.span.source.position(row.span.start)[0] for row in rows]
    cells, reasons = {}, {}
    for name in names:
        texts = [row.cells.get(name, ("", NOWHERE))[0] for row in rows]
        gaps = [text.partition(":") for text in texts]
        values = ["" if gap[0] == _GAP else text for gap, text in zip(gaps, texts, strict=True)]
        cells[name] = pa.array(values, pa.string())
        reasons[name] = pa.array([gap[2].strip() if gap[0] == _GAP else "" for gap in gaps], pa.string())
    spans = {(line, name): span for line, row in zip(lines, rows, strict=True) for name, (_, span) in row.cells.items()}
    spans |= {(line, ""): row.span for line, row in zip(lines, rows, strict=True)}
    sources = {name: ColumnSource(name, NOWHERE) for name in names}
    return _RawGiven(table, cells, pa.array(lines, pa.int64()), sources, reasons=reasons, spans=spans)


def _in_words_of_cases(
    found: Diagnostic, tables: Mapping[str, Table], needed: Mapping[str, Collection[str]]
) -> Diagnostic:
    """A complaint of the contract with the cure that fits a file of cases, where the usual one is about
    dataset.yaml.
    """
    if found.code == "D029":
        return replace(found, help=("a case has rows of the policy’s own jurisdiction only",))
    if any("dataset.yaml" in help for help in found.help):
        return replace(found, help=("write a number, or leave the column out where there is no value",))
    if found.code == "D027" and not found.help:
        for table in tables.values():
            if found.message.endswith(f"no row of `{table.name}`") and (lacks := _may_not_be_missing(table, needed)):
                listed = ", ".join(f"`{name}`" for name in lacks)
                return replace(found, help=(f"give the row of `{table.name}` with its {listed}",))
    return found
