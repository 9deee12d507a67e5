"""The columns of a run as values: from the integers, bounds and verdict flags of the backends to what they mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..execution.values import NOT_APPLICABLE, Bound, Key, Missing, Value
from ..plan.plan import Column, Union
from ..types.arithmetic import snapped
from ..types.datatypes import SNAP_SCALE, Type
from .quantity import shown

if TYPE_CHECKING:
    from .run import Run

MISSING = Missing()


def keys_of(run: Run, entity: str) -> list[Key]:
    """The keys of an entity's rows, in order."""
    table = run.columns[entity]
    names = [name for name, _ in run.plan.entity(entity).key]
    return list(zip(*(table.column(name).to_pylist() for name in names), strict=True))


def values_of(run: Run, column: Column) -> list[Value]:
    """The values of a stored column, in the order of the keys; quotients as they are seen, with 9 decimals."""
    return decoded(run.columns[column.id.entity], column.id.name, column.type)


def decoded(table: Any, name: str, type: Type) -> list[Value]:
    """The values of a physical column of an Arrow table."""
    if type.kind == "number" and type.bounded:
        lows = table.column(f"{name}__low").to_pylist()
        highs = table.column(f"{name}__high").to_pylist()
        return [_bounded(low, high, type) for low, high in zip(lows, highs, strict=True)]
    cells = table.column(name).to_pylist()
    if type.kind == "number":
        return [MISSING if cell is None else _number(cell, type) for cell in cells]
    if type.excusable:
        excused = table.column(f"{name}__na").to_pylist()
        return [
            NOT_APPLICABLE if out else MISSING if cell is None else cell
            for cell, out in zip(cells, excused, strict=True)
        ]
    return [MISSING if cell is None else cell for cell in cells]


def as_seen(value: Value, type: Type) -> Value:
    """A value of the reference interpreter as it is read from a column: a quotient with 9 decimals."""
    if isinstance(value, Bound):
        ends = [end if end is None else _seen(end, type) for end in (value.low, value.high)]
        return ends[0] if ends[0] is not None and ends[0] == ends[1] else Bound(ends[0], ends[1])
    return _seen(value, type) if isinstance(value, Fraction) else value


def _number(cell: Any, type: Type) -> Fraction:
    return _seen(Fraction(int(cell), 10**type.scale), type)


def _seen(exact: Fraction, type: Type) -> Fraction:
    if not type.quotient:
        return exact
    shift = 10 ** snapped(type).scale if type.scale < SNAP_SCALE else 10**SNAP_SCALE
    scaled = abs(exact) * shift
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if exact >= 0 else -whole, shift)


def _bounded(low: Any, high: Any, type: Type) -> Value:
    if low is None and high is None:
        return MISSING
    ends = [None if end is None else _number(end, type) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]  # type: ignore[return-value]
    return Bound(ends[0], ends[1])


def labels_of(run: Run, entity: str) -> dict[Key, str]:
    """What people call each row of an entity: its label column, or the label of the one thing its key refers to."""
    plan_entity = run.plan.entity(entity)
    frame = run.dataset.tables.get(entity)
    if frame is not None and plan_entity.label and plan_entity.label in frame.columns:
        names = frame.columns[plan_entity.label].values.to_pylist()
        keys = zip(*(frame.columns[name].values.to_pylist() for name in frame.keys), strict=True)
        return {tuple(key): name or "" for key, name in zip(keys, names, strict=True)}
    if isinstance(plan_entity.source, Union):  # a row of a union is called what it is called in its own table
        return {(of, *key): label for of in plan_entity.source.of for key, label in labels_of(run, of).items()}
    found: dict[Key, list[str]] = {key: [] for key in keys_of(run, entity)}
    for place, (_, type) in enumerate(plan_entity.key):
        if type.kind == "row" and type.name != entity and run.plan_has(type.name):
            inner = labels_of(run, type.name)
        elif (type.kind, type.name) == ("enum", "student_group"):
            inner = group_titles(run)
        else:
            continue
        for key, parts in found.items():
            if label := inner.get((key[place],)):
                parts.append(label)
    return {key: ", ".join(parts) for key, parts in found.items()}


def group_titles(run: Run) -> dict[Key, str]:
    """What people call each student group that has a title."""
    return {(group.name,): group.title for group in run.checked.policy.student_groups if group.title}


def key_text(run: Run, entity: str, key: Key) -> str:
    """A key as people write it: the code itself, or `occupation=15-1252,area=39` for a composite one."""
    types = run.plan.entity(entity).key
    parts = [
        shown(part, type) if type.kind == "year" else str(part) for part, (_, type) in zip(key, types, strict=True)
    ]
    if len(parts) == 1:
        return parts[0]
    return ",".join(f"{name}={part}" for part, (name, _) in zip(parts, types, strict=True))
