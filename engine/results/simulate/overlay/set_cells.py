"""Cells of rows that stay which a scenario sets otherwise: held to the data model, then put into a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from ....execution.contract import frame_of
from ....execution.dataset import Dataset
from ....execution.frame import Array, Frame
from ....execution.given_rows import raw_rows
from ....execution.joined_frame import with_cells
from ....execution.raw_table import RawTable
from ....execution.row_complaints import RowComplaints
from ....model.table import Table
from ....syntax.scenario import Scenario
from ....text.diagnostic import Diagnostics, Label
from ....text.source import Span
from ....types.checked import CheckedPolicy
from .checked_rows import CheckedRows, SetRow, in_words_of_scenarios, table_of, tables_of
from .row_keys import BETWEEN, keys_of_frame
from .rows_there import check_there, frame_given, key_of_row


def check_cells(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], rows: CheckedRows | None, diagnostics: Diagnostics
) -> CheckedRows | None:
    """The changes of data with the cells that scenarios set; nothing where these are at fault: a table or a column that
    there is not (D004, D005), a column of the key that is not written (D025), a row of which no cell is set (X073),
    cells that break the data contract (D018 to D028), a cell that is set twice otherwise, or of a row that is added or
    removed by its key (X069).
    """
    own = Diagnostics()
    changing = sorted((one for one in scenarios if one.rows is not None), key=lambda one: repr((one.name, one.rows)))
    found = list(_set_rows(changing, tables_of(checked), own))
    for table, several in _alike(found):
        told = Diagnostics()
        raw = raw_rows(table, (), [one.row for one in several], told)
        complaints = RowComplaints(raw)
        frame_of(raw, complaints, complete=True)
        complaints.report(told)
        own.extend(in_words_of_scenarios(one, table) for one in told.sorted())
    _check_cells_once(found, own)
    if rows is not None:
        _check_rows_stay(found, rows, own)
    diagnostics.extend(own.sorted())
    return None if rows is None or own.has_errors else replace(rows, cells=tuple(found))


def _set_rows(scenarios: Iterable[Scenario], tables: Mapping[str, Table], diagnostics: Diagnostics) -> Iterator[SetRow]:
    for scenario in scenarios:
        for one in scenario.rows.cells if scenario.rows else ():
            table = table_of(one.name, tables, diagnostics)
            for row in one.rows if table is not None else ():
                assert table is not None
                written = {name.text for name, value in row.cells if value.text}
                if written and written <= set(table.key):
                    help = "write beside its key the columns that are to have another value"
                    diagnostics.report("X073", row.span, help=help, table=table.name)
                    continue
                lacking = next((key for key in table.key if key not in written), None)
                if lacking is None:
                    yield SetRow(scenario, table, row)
                    continue
                help = f"write each column of the key: {', '.join(f'`{key}: …`' for key in table.key)}"
                diagnostics.report("D025", row.span, help=help, column=lacking, table=table.name)


def _alike(rows: Iterable[SetRow]) -> list[tuple[Table, list[SetRow]]]:
    """Rows by the scenario that writes them, their table and the columns that are written, so that none is blank."""
    found: dict[tuple[object, ...], list[SetRow]] = {}
    for one in rows:
        columns = tuple(sorted(name.text for name, _ in one.row.cells))
        place = (one.table.name, one.scenario.source.name, one.scenario.name.text, columns)
        found.setdefault(place, []).append(one)
    return [(several[0].table, several) for several in found.values()]


# -- what cannot both be --------------------------------------------------------------------------------------------


def _check_cells_once(rows: Iterable[SetRow], diagnostics: Diagnostics) -> None:
    """No cell is set twice in other words (X069); where one file writes a row twice, the contract has said so."""
    found: dict[tuple[str, str, str], tuple[SetRow, str, Span]] = {}
    for one in rows:
        columns = [name.text for name, _ in one.row.cells]
        for name, value in one.row.cells:
            if name.text in one.table.key:
                continue
            place = (one.table.name, one.key, name.text)
            other, text, span = found.setdefault(place, (one, value.text, value.span))
            told = other.scenario is one.scenario and columns == [each.text for each, _ in other.row.cells]
            if text != value.text and not told:
                label = Label(span, "set otherwise here")
                _conflict(one, value.span, f" {name.text}", "set otherwise", label, other.scenario, diagnostics)


def _check_rows_stay(rows: Iterable[SetRow], changes: CheckedRows, diagnostics: Diagnostics) -> None:
    """No cell is set of a row that is added, or removed by its key (X069)."""
    others = [("added", one) for one in changes.added] + [("removed", one) for one in changes.removed]
    places = {(one.table.name, one.key): (done, one) for done, one in others}
    for one in rows:
        if (one.table.name, one.key) in places:
            done, other = places[one.table.name, one.key]
            label = Label(other.row.span, f"{done} here")
            _conflict(one, one.row.span, "", done, label, other.scenario, diagnostics)


def _conflict(
    one: SetRow, span: Span, column: str, done: str, label: Label, scenario: Scenario, diagnostics: Diagnostics
) -> None:
    key = "" if one.table.personal_key else f" {one.key.replace(BETWEEN, ', ')}"
    diagnostics.report(
        "X069", span, others=(label,), help="leave one of them out", path=f"{one.table.rows_name}{key}{column}",
        one="set", other=done, scenario=scenario.name.text,
    )  # fmt: skip


# -- in a dataset ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellsSet:
    """A dataset with the cells that are set. By table `changed` has the keys of rows that are others now, and `same`
    counts those that are not; `unread` are columns of tables that the run does not read. `checks` are the rows that are
    to be held to what refers to what, with their complaints.
    """

    dataset: Dataset
    changed: Mapping[str, Array]
    same: Mapping[str, int]
    unread: tuple[tuple[str, str], ...]
    checks: tuple[tuple[RawTable, Frame, RowComplaints], ...]


def with_set_cells(rows: Sequence[SetRow], dataset: Dataset, left: Dataset, diagnostics: Diagnostics) -> CellsSet:
    """`left`, which has the rows of `dataset` that are not removed, with the cells that are set (D006, X072)."""
    tables, unread, checks = dict(left.tables), set(), []
    named: dict[str, list[str]] = {}
    for table, several in _alike(rows):
        frame = frame_given(dataset, table, several[0].row.span, diagnostics)
        if frame is None:
            continue
        keys = [key_of_row(table, one.row) for one in several]
        check_there(frame, keys, [one.row for one in several], diagnostics)
        _check_stays(frame, tables[table.name], keys, several, diagnostics)
        raw = raw_rows(table, (), [one.row for one in several], Diagnostics())
        complaints = RowComplaints(raw)
        more = frame_of(raw, complaints, complete=frame.complete)
        checks.append((raw, more, complaints))
        named.setdefault(table.name, []).extend(keys)
        at = pc.index_in(keys_of_frame(tables[table.name]), value_set=keys_of_frame(more))
        for name, data in more.columns.items():
            if name not in frame.columns:
                unread.add((table.name, name))
            elif name not in frame.keys:
                tables[table.name] = with_cells(tables[table.name], name, data, at)
    changed, same = {}, {}
    for name, written in named.items():
        others = _others(left.tables[name], tables[name], written)
        changed[name], same[name] = pa.array(others, pa.string()), len(set(written)) - len(others)
    return CellsSet(replace(left, tables=tables), changed, same, tuple(sorted(unread)), tuple(checks))


def _check_stays(
    before: Frame, left: Frame, keys: Sequence[str], rows: Sequence[SetRow], diagnostics: Diagnostics
) -> None:
    """No row whose cells are set goes by a test, or with a row to which it refers (X072)."""
    written = pa.array(keys, pa.string())
    was, stays = (pc.is_in(written, value_set=keys_of_frame(frame)).to_pylist() for frame in (before, left))
    for one in (one for one, there, left_in in zip(rows, was, stays, strict=True) if there and not left_in):
        key = "with this key" if one.table.personal_key else f"`{one.key.replace(BETWEEN, ', ')}`"
        help = "rows go before cells are set, and it is among those that go: take it out of one of them"
        diagnostics.report("X072", one.row.span, help=help, key=key, table=one.table.name)


def _others(before: Frame, after: Frame, keys: Sequence[str]) -> list[str]:
    """Of rows with these keys those in which a cell is another."""
    found = keys_of_frame(after)
    at = pc.indices_nonzero(pc.is_in(found, value_set=pa.array(keys, pa.string())))
    old, new = before.take(at), after.take(at)
    pairs = zip(_cells(old), _cells(new), found.take(at).to_pylist(), strict=True)
    return [key for one, other, key in pairs if one != other]


def _cells(frame: Frame) -> list[tuple[object, ...]]:
    parts = [
        part.to_pylist() if part is not None else [None] * frame.row_count
        for data in frame.columns.values()
        for part in (data.values, data.high, data.why)
    ]
    return list(zip(*parts, strict=True))
