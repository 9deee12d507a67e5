"""Which rows belong to a jurisdiction: those of its areas, and what refers to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from .frame import Array
from .raw_table import RawTable
from .row_complaints import Blanks, RowComplaints, shown


def parents_of(areas: RawTable | None) -> dict[str, str]:
    """Area → the larger area that holds it, as the table of areas says."""
    if areas is None:
        return {}
    pairs = zip(areas.tidy("code").to_pylist(), areas.tidy("part_of").to_pylist(), strict=True)
    return {code: parent for code, parent in pairs if parent}


def lies_in(area: str, roots: Collection[str], parents: Mapping[str, str]) -> bool:
    """Whether an area is one of `roots` or inside one: by `part_of`, or by its code (US-OH is inside US)."""
    seen: set[str] = set()
    while area and area not in seen:
        if any(area == root or area.startswith(f"{root}-") for root in roots):
            return True
        seen.add(area)
        area = parents.get(area, "")
    return False


def apply_scope(raws: Mapping[str, RawTable], roots: Collection[str]) -> dict[str, RawTable]:
    """The tables without rows of areas outside `roots`, and without rows that refer to a row left out.

    A row whose area is blank stays.
    """
    parents = parents_of(raws.get("area"))
    kept = dict(raws)
    gone: list[tuple[str, Array]] = []
    for name, raw in raws.items():
        if raw.table.area in raw.cells:
            inside = _inside(raw, roots, parents)
            gone += _cut(kept, name, inside)
    while gone:
        target, keys = gone.pop()
        for name, raw in list(kept.items()):
            for column in raw.table.columns:
                if column.type == target and column.name in raw.cells:
                    refers = pc.is_in(kept[name].tidy(column.name), value_set=keys)
                    gone += _cut(kept, name, pc.invert(refers))
    return kept


def _cut(kept: dict[str, RawTable], name: str, stay: Array) -> list[tuple[str, Array]]:
    """Leave rows out of a table; what comes back names the keys that are gone with them."""
    raw = kept[name]
    if pc.all(stay).as_py() is not False:
        return []
    kept[name] = raw.keep(stay)
    if len(raw.table.key) != 1:
        return []
    key = raw.table.key[0]
    left, stayed = raw.tidy(key).filter(pc.invert(stay)), kept[name].tidy(key)
    keys = left.filter(pc.invert(pc.is_in(left, value_set=stayed)))
    return [(name, keys.filter(pc.not_equal(keys, "")))]


def _inside(raw: RawTable, roots: Collection[str], parents: Mapping[str, str]) -> Array:
    """For each row whether its area is inside; blank counts as inside."""
    areas = raw.tidy(raw.table.area).dictionary_encode()
    verdicts = [not area or lies_in(area, roots, parents) for area in areas.dictionary.to_pylist()]
    return pa.array(verdicts, pa.bool_()).take(areas.indices)


def check_jurisdiction(
    raw: RawTable, jurisdiction: str, whose: str, parents: Mapping[str, str], complaints: RowComplaints
) -> None:
    """Complain of rows that belong to another place (D029); `whose` says where the jurisdiction is written."""
    column = raw.table.column(raw.table.area) if raw.table.area else None
    if column is None or column.name not in raw.cells:
        return
    areas = raw.tidy(column.name)

    def blanks(row: int) -> Blanks:
        return {"value": shown(areas[row].as_py(), column), "wanted": f"`{jurisdiction}`", "table": raw.table.name}

    help = (
        f"to leave other places out, write in dataset.yaml:\nscope:\n  areas: [{jurisdiction}]",
        f"if the row is right, correct `jurisdiction: {jurisdiction}` {whose}",
    )
    outside = pc.invert(_inside(raw, (jurisdiction,), parents))
    complaints.add("D029", column, outside, raw.lines, blanks, help)
