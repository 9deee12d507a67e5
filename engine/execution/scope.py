"""Which rows belong: those of the areas of a jurisdiction, and those that refer to rows that there are."""

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
    _cut_what_refers(kept, gone)
    return kept


def keep_known(raws: Mapping[str, RawTable], targets: Collection[str]) -> dict[str, RawTable]:
    """The tables without rows that refer to a row that is not in one of the tables `targets`, and without what refers
    to these in turn.

    A row whose reference is blank, or says that there is no value, stays. Into a table that has no rows nothing is
    looked for.
    """
    kept = dict(raws)
    gone: list[tuple[str, Array]] = []
    for target in targets:
        if target not in raws or not raws[target].row_count:
            continue
        keys = _normal(raws[target].tidy(raws[target].table.key[0]))
        for name, column in _references(kept, target):
            refers = _normal(kept[name].tidy(column))
            source = kept[name].sources[column]
            blank = pa.array(["", *source.missing, *(() if source.footnote else source.masks)], pa.string())
            gone += _cut(kept, name, pc.or_(pc.is_in(refers, value_set=keys), pc.is_in(refers, value_set=blank)))
    _cut_what_refers(kept, gone)
    return kept


def _normal(texts: Array) -> Array:
    """Texts in the form in which they are compared."""
    return pc.utf8_normalize(texts, form="NFC")


def _references(raws: Mapping[str, RawTable], target: str) -> list[tuple[str, str]]:
    """The columns, each with its table, that refer to a table."""
    return [
        (name, column.name)
        for name, raw in raws.items()
        for column in raw.table.columns
        if column.type == target and column.name in raw.cells
    ]


def _cut_what_refers(kept: dict[str, RawTable], gone: list[tuple[str, Array]]) -> None:
    """Leave out what refers to rows that are gone, again and again."""
    while gone:
        target, keys = gone.pop()
        for name, column in _references(kept, target):
            refers = pc.is_in(kept[name].tidy(column), value_set=keys)
            gone += _cut(kept, name, pc.invert(refers))


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
