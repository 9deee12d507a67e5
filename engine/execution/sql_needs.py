"""What must be in the working tables before a column can be made, and when it can be made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..plan.plan import (
    Aggregate,
    Allocate,
    Close,
    Column,
    Compute,
    Cross,
    Entity,
    Group,
    InForce,
    Lookup,
    Node,
    OrderBy,
    Outer,
    Over,
    Reference,
    Scan,
    Union,
    Window,
)
from .sql_members import looks_back

Stored = tuple[str, str]
"""An entity and one of its columns."""

HOST = ("ln", "sqrt", "stdev_sample", "stdev_population")
"""What the host computes, at the top of a column."""


@dataclass(slots=True)
class Needs:
    """`beside`: columns of the same row, which may be made in the same batch; `before`: columns that must be stored."""

    beside: set[Stored] = field(default_factory=set)
    before: set[Stored] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


def needs(column: Column) -> Needs:
    """What a column needs."""
    found = Needs()
    found.entities.add(column.id.entity)
    _walk(column.node, found, found.beside, found.beside, set())
    return found


def entity_needs(entity: Entity) -> Needs:
    """What the rows of a derived entity need."""
    found, source = Needs(), entity.source
    if isinstance(source, Group):
        found.entities.add(source.of)
        for _, node in source.by:
            _walk(node, found, found.before, found.before, set())
    elif isinstance(source, Cross | Union):
        found.entities.update(source.of)
    elif isinstance(source, Close):
        found.entities.update(name for name in (source.edges, source.or_itself) if name)
        found.before.update(((source.edges, source.start), (source.edges, source.end)))
    return found


def host_function(node: Node) -> str:
    """The function of a node that only the host computes, else nothing."""
    if isinstance(node, Compute) and node.op in HOST:
        return node.op
    return node.function if isinstance(node, Aggregate) and node.function in HOST else ""


def _walk(part: object, found: Needs, own: set[Stored], outer: set[Stored], seen: set[tuple[int, int]]) -> None:
    """Note what a node reads: of its own row in `own`, of the row that asks in `outer`."""
    if part is None or (id(part), id(own)) in seen:
        return
    seen.add((id(part), id(own)))
    match part:
        case Scan():
            found.entities.add(part.entity)
        case Reference():
            own.add((part.column.entity, part.column.name))
        case Compute():
            _walk_all(part.args, found, own, outer, seen)
        case InForce():
            _walk(part.date, found, own, outer, seen)
        case OrderBy():
            _walk(part.value, found, own, outer, seen)
        case Lookup():
            found.entities.add(part.entity)
            _walk_all((node for _, node in part.on), found, own, outer, seen)
            _walk(part.value, found, found.before, outer, seen)
        case Outer():
            _walk(part.value, found, outer, outer, seen)
        case Window():
            _walk_all((part.value, part.where, *part.within, *part.order), found, own, outer, seen)
        case Allocate():
            found.entities.update((part.entity, part.pot.column.entity))
            stored = (part.claim, part.low, part.high, part.pot)
            found.before.update((one.column.entity, one.column.name) for one in stored)
        case Aggregate():
            asking = found.before if looks_back(part) else own
            _walk_over(part.over, found, asking, seen)
            _walk(part.level, found, asking, asking, seen)
            _walk_all((part.value, part.weight, *part.order), found, found.before, asking, seen)


def _walk_over(over: Over, found: Needs, asking: set[Stored], seen: set[tuple[int, int]]) -> None:
    found.entities.add(over.entity)
    for child, own in over.match:
        _walk(child, found, found.before, asking, seen)
        _walk(own, found, asking, asking, seen)
    _walk_all((over.where, *over.top_by), found, found.before, asking, seen)


def _walk_all(
    nodes: Iterable[object], found: Needs, own: set[Stored], outer: set[Stored], seen: set[tuple[int, int]]
) -> None:
    for node in nodes:
        _walk(node, found, own, outer, seen)
