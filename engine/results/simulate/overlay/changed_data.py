"""A dataset with what scenarios change of it: rows that go, cells that are set, rows that become more or fewer,
rows that come.

Which rows are meant is said of the data as they are, so that no change hangs on another, nor on the order of files.
What refers to a row that goes, goes with it, and a copy is made with all that refers to its row (`grown_rows.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from hashlib import sha256
from re import escape
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from ....execution.contract import check_references, frame_of
from ....execution.dataset import Dataset
from ....execution.frame import Array, Frame
from ....execution.given_rows import raw_rows
from ....execution.joined_frame import joined, one_array
from ....execution.known_names import check_names, names_of
from ....execution.row_complaints import RowComplaints
from ....execution.scope import check_jurisdiction
from ....text.diagnostic import Diagnostics, Label
from ....types.checked import CheckedPolicy
from ..grown_rows import Growth, TooManyRowsError, grown, without
from .checked_rows import AddedRow, CheckedRows, GrowingRows, SetRow, by_file, in_words_of_scenarios
from .row_keys import BETWEEN, keys_of_frame, rows_with
from .rows_there import check_there, frame_given, key_of_row
from .set_cells import CellsSet, with_set_cells

Found: TypeAlias = Mapping[tuple[str, str], tuple[Array, int]]
"""By table and what a test says: the keys of the rows that it chooses, and of how many it is not known."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of a table: rows added and removed, of how many it is not known whether a test chooses them, how many
    have other cells, and how many have the same though cells are set.
    """

    added: int
    removed: int
    unknown: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class ChangedData:
    """The dataset, and by table what became of it. `stayed` counts copied attainments that are those of the same
    student, since no other of the school and class is without the credential. `unread` are columns of tables in
    which cells are set, and which the run does not read.
    """

    dataset: Dataset
    counts: Mapping[str, RowCounts]
    stayed: int = 0
    unread: tuple[tuple[str, str], ...] = ()


def changed_data(
    rows: CheckedRows,
    checked: CheckedPolicy,
    dataset: Dataset,
    baseline: Dataset,
    as_of: Date,
    diagnostics: Diagnostics,
) -> ChangedData | None:
    """`dataset` as scenarios change it; `baseline` has the same rows, and it is on it that tests choose them.

    Nothing where there is no row of a key that is to go or to have other cells, or to which others are to refer (X069,
    X072), where rows grow twice (X075) or beyond what a table holds (X059), and where what is added or set breaks the
    data contract (D026 for a key that is there, D027 for a reference to none).
    """
    own, last = Diagnostics(), Diagnostics()
    chosen = rows.choices.found(baseline, as_of)
    gone = _removed(rows, dataset, chosen, own)
    growing = _growing(rows, dataset, chosen, gone, own)
    if own.has_errors:
        diagnostics.extend(own.sorted())
        return None
    found = dataset
    for table, keys in gone.items():
        found = without(found, table, rows_with(found.tables[table], keys))
    _check_targets_stay(rows, dataset, found, told := Diagnostics())
    cells = with_set_cells(rows.cells, dataset, found, told)
    if told.has_errors:
        diagnostics.extend(told.sorted())
        return None
    found, stayed = cells.dataset, 0
    for one, keys in growing:
        mark = _mark(one)
        growth = Growth(one.table.name, one.by, mark, seed=one.seed)
        before = found
        try:
            found = grown(found, growth, rows_with(found.tables[one.table.name], keys))
        except TooManyRowsError as error:
            error.report(diagnostics, one.span, "let less grow")
            return None
        stayed += _stayed(before, found, mark) if one.table.name == "attainment" and one.by > 0 else 0
    found = _with_added(rows, checked, found, cells, last)
    diagnostics.extend(last.sorted())
    if last.has_errors:
        return None
    return ChangedData(found, _counts(dataset, found, chosen, cells), stayed, cells.unread)


# -- which rows -----------------------------------------------------------------------------------------------------


def _removed(rows: CheckedRows, dataset: Dataset, chosen: Found, diagnostics: Diagnostics) -> dict[str, Array]:
    """The keys of rows that go, by table (X072)."""
    found: dict[str, list[Array]] = {}
    for table, written in by_file(rows.removed):
        frame = frame_given(dataset, table, written[0].row.span, diagnostics)
        if frame is None:
            continue
        keys = [key_of_row(table, one.row) for one in written]
        found.setdefault(table.name, []).append(pa.array(keys, pa.string()))
        check_there(frame, keys, [one.row for one in written], diagnostics)
    for table, test in rows.chosen:
        found.setdefault(table.name, []).append(chosen[table.name, test.meaning][0])
    return {name: pa.concat_arrays([one_array(part) for part in parts]) for name, parts in found.items()}


def _check_targets_stay(rows: CheckedRows, before: Dataset, left: Dataset, diagnostics: Diagnostics) -> None:
    """No cell that is added or set refers to a row that goes, and is not added again: X069 for one that is removed by
    its key, X072 for one that goes by a test, or with a row to which it refers itself.
    """
    gone = {
        name: {*keys_of_frame(frame).to_pylist()} - {*keys_of_frame(left.tables[name]).to_pylist()}
        for name, frame in before.tables.items()
        if left.tables[name] is not frame
    }
    for one in rows.added:
        gone.get(one.table.name, set()).discard(key_of_row(one.table, one.row))
    removed = {(one.table.name, key_of_row(one.table, one.row)): one for one in rows.removed}
    for one in (*rows.added, *rows.cells) if gone else ():
        for name, value in one.row.cells:
            column = one.table.column(name.text)
            target = "" if column is None or (name.text in one.table.key and isinstance(one, SetRow)) else column.type
            if value.text not in gone.get(target, ()):
                continue
            table, other = before.tables[target].table, removed.get((target, value.text))
            secret = table.personal_key or (column is not None and column.personal)
            if other is not None:
                path = table.rows_name if secret else f"{table.rows_name} {value.text}"
                diagnostics.report(
                    "X069", value.span, others=(Label(other.row.span, "removed here"),), help="leave one of them out",
                    path=path, one="referred to", other="removed", scenario=other.scenario.name.text,
                )  # fmt: skip
            else:
                help = "rows go before others refer to them, and it is among those that go: take it out of one of them"
                key = "with this key" if secret else f"`{value.text}`"
                diagnostics.report("X072", value.span, help=help, key=key, table=target)


def _growing(
    rows: CheckedRows, dataset: Dataset, chosen: Found, gone: Mapping[str, Array], diagnostics: Diagnostics
) -> list[tuple[GrowingRows, Array]]:
    """What grows, with the keys of its rows that stay (X075 for rows that two of them choose)."""
    found: list[tuple[GrowingRows, Array]] = []
    taken: dict[str, list[Array]] = {}
    for one in rows.growing:
        frame = frame_given(dataset, one.table, one.span, diagnostics)
        if frame is None:
            continue
        name = one.table.name
        keys = keys_of_frame(frame) if one.chosen is None else chosen[name, one.chosen.meaning][0]
        if name in gone:
            keys = keys.filter(pc.invert(pc.is_in(keys, value_set=gone[name])))
        for other in taken.get(name, ()):
            twice = pc.sum(pc.is_in(keys, value_set=other)).as_py() or 0
            if twice:
                help = "choose rows so that none is chosen twice, or put what is wanted of them into one part"
                said = "1 row" if twice == 1 else f"{twice:,} rows"
                diagnostics.report("X075", one.span, help=help, rows=said, table=name)
        taken.setdefault(name, []).append(keys)
        found.append((one, keys))
    return found


def _mark(one: GrowingRows) -> str:
    """What stands behind the key of a copy: told from others by what grows."""
    return f"+{sha256(one.meaning.encode()).hexdigest()[:8]}"


def _stayed(before: Dataset, dataset: Dataset, mark: str) -> int:
    """How many copies of attainments are those of the same student."""
    frame = dataset.tables["attainment"]
    if "student" not in frame.columns:
        return 0
    keys, students = keys_of_frame(frame), one_array(frame.columns["student"].values)
    copies = pc.invert(pc.is_in(keys, value_set=keys_of_frame(before.tables["attainment"])))
    codes = pc.replace_substring_regex(keys.filter(copies), rf"{escape(mark)}(x\d+)?'*$", "")
    first = students.take(pc.index_in(codes, value_set=keys))
    return pc.sum(pc.equal(first, students.filter(copies))).as_py() or 0


# -- what is added --------------------------------------------------------------------------------------------------


def _with_added(
    rows: CheckedRows, checked: CheckedPolicy, dataset: Dataset, cells: CellsSet, diagnostics: Diagnostics
) -> Dataset:
    """The dataset with the rows that are added, which are held to the data contract, as are cells that are set (D006,
    D026, D027, D029, D031).
    """
    places = [*(word.text for word in checked.policy.jurisdictions), dataset.jurisdiction]
    places = list(dict.fromkeys(place for place in places if place)) if len(checked.policy.jurisdictions) < 2 else []
    tables, checks = dict(dataset.tables), list(cells.checks)
    for table, written in by_file(rows.added):
        frame = frame_given(dataset, table, written[0].row.span, diagnostics)
        if frame is None:
            continue
        raw = raw_rows(table, list(frame.columns), [one.row for one in written], Diagnostics())
        complaints = RowComplaints(raw)
        more = frame_of(raw, complaints, complete=frame.complete)
        _check_new(frame, more, written, diagnostics)
        tables[table.name] = joined(tables[table.name], more)
        checks.append((raw, more, complaints))
    parents = _parents(tables.get("area"))
    for raw, more, complaints in checks:
        for place in places:
            check_jurisdiction(raw, place, "of the policy", parents, complaints)
        check_references(more, tables, checked.tables, complaints)
        check_names(more, names_of(checked), complaints)
        found = Diagnostics()
        complaints.report(found)
        diagnostics.extend(in_words_of_scenarios(one, raw.table) for one in found.sorted())
    return replace(dataset, tables=tables)


def _check_new(frame: Frame, more: Frame, written: list[AddedRow], diagnostics: Diagnostics) -> None:
    """No row that is added has the key of one that is there (D026)."""
    known = set(keys_of_frame(more).filter(pc.is_in(keys_of_frame(more), value_set=keys_of_frame(frame))).to_pylist())
    for one in written if known else ():
        if key_of_row(one.table, one.row) in known:
            value = "(its key is not shown)" if frame.table.personal_key else f"`{one.key.replace(BETWEEN, ', ')}`"
            help = "leave it out, or remove the other in the data that the scenario is of"
            diagnostics.report("D026", one.row.span, help=help, value=value, table=frame.name, other="the data")


def _parents(areas: Frame | None) -> dict[str, str]:
    if areas is None or "part_of" not in areas.columns:
        return {}
    pairs = (one_array(areas.columns[name].values).to_pylist() for name in ("code", "part_of"))
    return {code: parent for code, parent in zip(*pairs, strict=True) if parent}


# -- what became of it ----------------------------------------------------------------------------------------------


def _counts(before: Dataset, after: Dataset, chosen: Found, cells: CellsSet) -> dict[str, RowCounts]:
    """What became of each table that has other rows or cells, or of whose rows it is not known whether they are
    chosen.
    """
    found: dict[str, RowCounts] = {}
    for name, frame in after.tables.items():
        unknown = sum(count for (table, _), (_, count) in chosen.items() if table == name)
        added = removed = changed = 0
        if frame is not before.tables[name]:
            old, new = keys_of_frame(before.tables[name]), keys_of_frame(frame)
            stay = pc.sum(pc.is_in(new, value_set=old)).as_py() or 0
            added, removed = len(new) - stay, len(old) - stay
            changed = pc.sum(pc.is_in(cells.changed[name], value_set=new)).as_py() or 0 if name in cells.changed else 0
        same = cells.same.get(name, 0)
        if added or removed or unknown or changed or same:
            found[name] = RowCounts(added, removed, unknown, changed, same)
    return found
