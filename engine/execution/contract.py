"""The data contract: what must hold of a table's rows before anything is evaluated on them."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from ..model.table import Column, Table
from ..text.diagnostic import Diagnostics
from ..text.suggest import nearest
from .cells import Wrong, read_cells
from .cures import GAPS, cell_cure, cure
from .frame import Array, ColumnData, Frame
from .key_order import key_order
from .raw_cells import KIND_WORDS, UNCOMPUTED
from .raw_table import RawTable
from .row_complaints import HIDDEN, Blanks, Help, RowComplaints, shown

_COMPARED = 2_000
"""Among more keys than this no near one is looked for."""


def frame_of(raw: RawTable, complaints: RowComplaints, *, complete: bool) -> Frame:
    """The table with typed columns, sorted by key; what is wrong in single cells and in keys is complained of.

    Codes: D018, D020 to D023 and D028 (see `read_cells`), a required value or a part of the key missing (D024,
    D025), two rows with one key (D026).
    """
    keys = {key: _read(raw, key, complaints) for key in raw.table.key if key in raw.cells}
    order = key_order([data.values for data in keys.values()], raw.row_count)
    if order is not None:
        raw = raw.take(order, without=keys)
        keys = {key: data.take(order) for key, data in keys.items()}
    columns = {
        column.name: keys[column.name] if column.name in keys else _read(raw, column.name, complaints)
        for column in raw.table.columns
        if column.name in keys or column.name in raw.cells
    }
    file = raw.file.name if raw.file else ""
    frame = Frame(raw.table, columns, raw.row_count, raw.lines, file, complete, raw.left_out)
    _check_duplicates(frame, complaints)
    return frame


def _read(raw: RawTable, name: str, complaints: RowComplaints) -> ColumnData:
    """A column of a raw table; what is wrong with its cells is complained of."""
    column = next(column for column in raw.table.columns if column.name == name)
    footnotes, reasons, kinds = (of.get(name) for of in (raw.footnotes, raw.reasons, raw.kinds))
    data, wrong = read_cells(column, raw.cells[name], raw.sources[name], footnotes, reasons, kinds)
    for one in wrong:
        _complain(one, raw, complaints)
    _check_given(column, data, wrong, raw, complaints)
    return data


def _complain(wrong: Wrong, raw: RawTable, complaints: RowComplaints) -> None:
    column = wrong.column

    def blanks(row: int) -> Blanks:
        value = shown(wrong.texts[row].as_py(), column)
        if wrong.code == "D018":
            return {"value": value.strip("`") or "", "table": raw.table.name}
        if wrong.code == "D034":
            uncomputed = wrong.texts[row].as_py() == UNCOMPUTED
            said = "a formula without its value" if uncomputed else f"the error `{wrong.texts[row].as_py()}`"
            return {"value": said, "cell": raw.address(raw.lines[row].as_py(), column.name)}
        if wrong.code == "D033" and wrong.kinds is not None:
            found = KIND_WORDS.get(wrong.kinds[row].as_py(), "something else:")
            hidden = f"{found.replace('the ', 'a ').rstrip(':')} that is not shown"
            return {"value": hidden if column.personal else f"{found} {value}"}
        wanted = wrong.wanted if wrong.read_as is None else shown(wrong.read_as[row].as_py(), column)
        return {"value": value, "wanted": wanted, "table": raw.table.name}

    def help(row: int) -> Help:
        text = wrong.texts[row].as_py()
        if wrong.code == "D018":
            return "add the code under `masks` of the column"
        if wrong.code == "D028":
            return "blanks around a text and its Unicode form do not count"
        if wrong.code in ("D033", "D034"):
            return cell_cure(wrong.code, text, column, raw)
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
            "other": f"{complaints.raw.place_word} {frame.lines[first_of(row)].as_py():,}",
            "table": frame.name,
        }

    def help(row: int) -> str:
        first = first_of(row)
        line = f"{complaints.raw.place_word} {frame.lines[first].as_py():,}"
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
            found = (f"did you mean `{near}`?",) if near else ()
            return (*found, *_scope(data.column.type)) if frame.file else found

        complaints.add("D027", column, dangling, frame.lines, blanks, help)


def _scope(target: str) -> tuple[str, ...]:
    return (
        f"to leave out rows that refer to no row of `{target}`, write in dataset.yaml:\nscope:\n  known: [{target}]",
    )


def report_all(complaints: Mapping[str, RowComplaints], diagnostics: Diagnostics) -> None:
    """Hand over the complaints of all tables, in their order."""
    for one in complaints.values():
        one.report(diagnostics)
