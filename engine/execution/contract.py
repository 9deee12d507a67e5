"""The data contract: what must hold of a table's rows before anything is evaluated on them."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from ..model.table import Column, Table
from ..text.diagnostic import Diagnostics
from ..text.suggest import nearest
from .cells import Wrong, read_cells
from .cures import GAPS, cure
from .frame import Array, ColumnData, Frame
from .raw_table import RawTable
from .row_complaints import HIDDEN, Blanks, Help, RowComplaints, shown

_COMPARED = 2_000
"""Among more keys than this no near one is looked for."""


def frame_of(raw: RawTable, complaints: RowComplaints, *, complete: bool) -> Frame:
    """The table with typed columns, sorted by key; what is wrong in single cells and in keys is complained of.

    Codes: D018, D020 to D023 and D028 (see `read_cells`), a required value or a part of the key missing (D024,
    D025), two rows with one key (D026).
    """
    columns: dict[str, ColumnData] = {}
    for column in raw.table.columns:
        if column.name not in raw.cells:
            continue
        source = raw.sources[column.name]
        footnotes, reasons = raw.footnotes.get(column.name), raw.reasons.get(column.name)
        columns[column.name], wrong = read_cells(column, raw.cells[column.name], source, footnotes, reasons)
        for one in wrong:
            _complain(one, raw, complaints)
        _check_given(column, columns[column.name], wrong, raw, complaints)
    file = raw.file.name if raw.file else ""
    frame = Frame(raw.table, columns, raw.row_count, raw.lines, file, complete, raw.left_out)
    frame = frame.take(_key_order(frame))
    _check_duplicates(frame, complaints)
    return frame


def _complain(wrong: Wrong, raw: RawTable, complaints: RowComplaints) -> None:
    column = wrong.column

    def blanks(row: int) -> Blanks:
        value = shown(wrong.texts[row].as_py(), column)
        if wrong.code == "D018":
            return {"value": value.strip("`") or "", "table": raw.table.name}
        wanted = wrong.wanted if wrong.read_as is None else shown(wrong.read_as[row].as_py(), column)
        return {"value": value, "wanted": wanted, "table": raw.table.name}

    def help(row: int) -> Help:
        text = wrong.texts[row].as_py()
        if wrong.code == "D018":
            return "add the code under `masks` of the column"
        if wrong.code == "D028":
            return "blanks around a text and its Unicode form do not count"
        return cure(wrong.code, text, column, raw.table.name, raw.file.name if raw.file else "")

    complaints.add(wrong.code, column, wrong.rows, raw.lines, blanks, help)


def _check_given(
    column: Column, data: ColumnData, wrong: list[Wrong], raw: RawTable, complaints: RowComplaints
) -> None:
    """A key or a required value that is missing, unless what stands there has been complained of already."""
    key = column.name in raw.table.key
    if not key and not column.required:
        return
    missing = data.values.is_null()
    for one in wrong:
        missing = pc.and_(missing, pc.invert(pc.fill_null(one.rows, False)))
    code = "D025" if key else "D024"
    complaints.add(code, column, missing, raw.lines, lambda _: {"table": raw.table.name})


def _key_order(frame: Frame) -> Array:
    """The rows in the order of their key (text by code points), rows with one key in the order of the file."""
    arrays = {str(n): frame.columns[key].values for n, key in enumerate(frame.keys) if key in frame.columns}
    arrays["line"] = frame.lines
    return pc.sort_indices(pa.table(arrays), sort_keys=[(name, "ascending") for name in arrays])


def _check_duplicates(frame: Frame, complaints: RowComplaints) -> None:
    keys = [frame.columns[key] for key in frame.keys if key in frame.columns]
    if frame.row_count < 2 or not keys:
        return
    same = pa.array([True] * (frame.row_count - 1))
    for data in keys:
        alike = pc.equal(data.values.slice(1), data.values.slice(0, frame.row_count - 1))
        same = pc.and_(same, pc.fill_null(alike, False))
    repeated = pa.concat_arrays([pa.array([False]), same.combine_chunks() if hasattr(same, "chunks") else same])
    secret = frame.table.personal_key or any(data.column.personal for data in keys)

    def first_of(row: int) -> int:
        while row and repeated[row].as_py():
            row -= 1
        return row

    def blanks(row: int) -> Blanks:
        value = ", ".join(f"{data.column.name}={data.values[row].as_py()}" for data in keys)
        return {
            "value": "(its key is not shown)" if secret else f"`{value}`",
            "other": f"{frame.lines[first_of(row)].as_py():,}",
            "table": frame.name,
        }

    def help(row: int) -> str:
        first = first_of(row)
        line = f"line {frame.lines[first].as_py():,}"
        differ = [f"`{name}`" for name, data in frame.columns.items() if _cell(data, row) != _cell(data, first)]
        if not differ:
            return f"{line} says the same: delete one of the two"
        return f"{line} differs in {', '.join(differ)}: keep the row that is right and delete the other"

    complaints.add("D026", keys[0].column, repeated, frame.lines, blanks, help)


def _cell(data: ColumnData, row: int) -> tuple[object, object]:
    """Both ends of a value; no array equals itself where a value is missing, so they are compared in Python."""
    return data.values[row].as_py(), None if data.high is None else data.high[row].as_py()


def check_references(
    frame: Frame, targets: Mapping[str, Frame], tables: Mapping[str, Table], complaints: RowComplaints
) -> None:
    """Every reference of a table leads to a row (D027), where the table that it leads to is among `targets`.

    What is wrong with a table as a whole is told once, so a table that is at fault belongs to no targets.
    """
    for data in frame.columns.values():
        column, target = data.column, targets.get(data.column.type)
        if column.type not in tables or target is None:
            continue
        keys = target.columns[target.keys[0]].values
        dangling = pc.and_(pc.is_valid(data.values), pc.invert(pc.is_in(data.values, value_set=keys)))
        secret = column.personal or target.table.personal_key

        def blanks(row: int, data: ColumnData = data, secret: bool = secret) -> Blanks:
            value = HIDDEN if secret else shown(data.values[row].as_py(), data.column)
            return {"value": value, "wanted": data.column.type, "table": frame.name}

        def help(row: int, data: ColumnData = data, keys: Array = keys, secret: bool = secret) -> Help:
            text = data.values[row].as_py()
            if not secret and text.lower() in GAPS:
                return cure("D027", text, data.column, frame.name, frame.file)
            near = None if secret or len(keys) > _COMPARED else nearest(text, keys.drop_null().to_pylist())
            return f"did you mean `{near}`?" if near else ""

        complaints.add("D027", column, dangling, frame.lines, blanks, help)


def report_all(complaints: Mapping[str, RowComplaints], diagnostics: Diagnostics) -> None:
    """Hand over the complaints of all tables, in their order."""
    for one in complaints.values():
        one.report(diagnostics)
