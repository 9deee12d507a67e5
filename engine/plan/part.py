"""The part of a plan that some of its columns need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass, replace

from .plan import Cell, Close, Column, Cross, Entity, Group, InForce, Lookup, Over, Plan, Reference, Scan, Union

Name = tuple[str, str]
"""An entity and the name of a column of it."""


def part_of_plan(plan: Plan, wanted: Callable[[Column], bool]) -> Plan:
    """The plan with only the columns that are wanted and whatever they, and the entities that they need, are made of.

    What is left is as it was, in its order; input cells and columns of the data that nothing reads are left out.
    """
    columns = {(column.id.entity, column.id.name): column for column in plan.columns}
    entities = {entity.name: entity for entity in plan.entities}
    kept: set[Name] = set()
    rows: set[str] = set()
    waiting: list[object] = [column for column in plan.columns if wanted(column)]

    def need_entity(name: str) -> None:
        if name in entities and name not in rows:
            rows.add(name)
            waiting.append(entities[name])

    scans: set[Name] = set()
    cells: set[str] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Column):
            if (one.id.entity, one.id.name) in kept:
                continue
            kept.add((one.id.entity, one.id.name))
            need_entity(one.id.entity)
        elif isinstance(one, Reference):
            place = (one.column.entity, one.column.name)
            waiting.extend([columns[place]] if place in columns else [])
            scans.update([place] if place not in columns else [])
            need_entity(one.column.entity)
        elif isinstance(one, Scan):
            scans.add((one.entity, one.column))
            need_entity(one.entity)
        elif isinstance(one, Cell | InForce):
            cells.add(one.path)
        elif isinstance(one, Close):
            ends = [(one.edges, one.start), (one.edges, one.end)]
            waiting.extend(columns[place] for place in ends if place in columns)
            scans.update(place for place in ends if place not in columns)
        for name in _entities_of(one):
            need_entity(name)
        waiting.extend(_parts(one))
    return replace(
        plan,
        entities=tuple(one for one in plan.entities if one.name in rows),
        columns=tuple(column for place, column in columns.items() if place in kept),
        cells=tuple(one for one in plan.cells if one.path in cells),
        scans=tuple(
            (table, tuple(name for name in names if _is_read(plan, table, name, scans)))
            for table, names in plan.scans
            if table in rows
        ),
    )


def with_results(plan: Plan, results: Collection[Name]) -> Plan:
    """The plan of which these columns alone are results; the others are steps on the way to them."""
    return replace(
        plan,
        columns=tuple(
            one if (one.id.entity, one.id.name) in results else replace(one, id=replace(one.id, role="step"))
            for one in plan.columns
        ),
    )


def _is_read(plan: Plan, table: str, name: str, scans: set[Name]) -> bool:
    return (table, name) in scans or any(name == key for key, _ in plan.entity(table).key)


def _entities_of(one: object) -> Iterator[str]:
    """The entities whose rows a part of a plan looks at."""
    match one:
        case Lookup() | Over():
            yield one.entity
        case Entity(source=Group(of=of)):
            yield of
        case Entity(source=Cross(of=several)) | Entity(source=Union(of=several)):
            yield from several
        case Close(edges=edges, or_itself=itself):
            yield from (edges, itself) if itself else (edges,)
        case Entity(key=key, source=source):
            yield from (type.name for _, type in key if source is not None and type.kind == "row")


def _parts(one: object) -> Iterator[object]:
    """The parts of a record that may be parts of a plan."""
    if isinstance(one, tuple):
        yield from one
    elif is_dataclass(one) and type(one).__module__ == Plan.__module__:
        for field in fields(one):
            value = getattr(one, field.name)
            if isinstance(value, tuple) or is_dataclass(value):
                yield value
