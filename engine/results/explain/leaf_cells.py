"""What a condition rests on: the cells of the data and the parameters that are read for one row of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from ...execution.reference import Row
from ...execution.values import Key, is_known, settled
from ...plan.plan import Aggregate, Allocate, Cell, Compute, InForce, Lookup, Node, Outer, Reference, Scan, Window
from ...types.datatypes import Type
from ..replay import Replay
from .formula import ROWS
from .what_if import WhatIf


@dataclass(frozen=True, slots=True)
class LeafCell:
    """A cell of the data."""

    entity: str
    key: Key
    column: str
    type: Type


@dataclass(frozen=True, slots=True)
class LeafParameter:
    """A parameter, in force on `day` where a date of the row picks its value, else on the as-of date."""

    path: str
    type: Type
    day: Date | None = None


Leaf = LeafCell | LeafParameter


@dataclass(slots=True)
class Leaves:
    """The leaves that were found, each once, in the order of reading; `whole` where nothing was left out."""

    found: dict[Leaf, None]
    whole: bool = True


def leaves_of(replay: Replay, known: WhatIf, node: Node, row: Row) -> Leaves:
    """Everything that a node reads in a row, through the columns that it names."""
    leaves = Leaves({})
    _read(replay, known, node, row, leaves, set())
    return leaves


def _read(replay: Replay, known: WhatIf, node: Node, row: Row, leaves: Leaves, seen: set[tuple[str, str, Key]]) -> None:
    match node:
        case Scan(entity=entity, column=column):
            keys = {name for name, _ in replay.run.plan.entity(entity).key}
            if column not in keys and entity in replay.run.dataset.tables:
                info = replay.run.epoch.world.entities[entity]
                leaves.found.setdefault(LeafCell(entity, row.key, column, info.columns.get(column, node.type)))
        case Cell(path=path):
            if path.startswith("parameters."):
                leaves.found.setdefault(LeafParameter(path, node.type))
        case InForce(path=path):
            day = settled(known.evaluate(node.date, row))
            if isinstance(day, Date):
                leaves.found.setdefault(LeafParameter(path, node.type, day))
            _read(replay, known, node.date, row, leaves, seen)
        case Reference(column=column):
            place = row.entity, column.name, row.key
            if place not in seen:
                seen.add(place)
                inner = replay.columns[row.entity, column.name].node
                _read(replay, known, inner, Row(row.entity, row.key), leaves, seen)
        case Lookup(entity=entity, on=on):
            for _, part in on:
                _read(replay, known, part, row, leaves, seen)
            key = tuple(settled(known.evaluate(part, row)) for _, part in on)
            if all(is_known(part) for part in key) and key in known.keys(entity):
                _read(replay, known, node.value, Row(entity, key, row.outer), leaves, seen)  # type: ignore[arg-type]
        case Outer(value=value) if row.outer is not None:
            _read(replay, known, value, row.outer, leaves, seen)
        case Aggregate():
            _read_rows(replay, known, node, row, leaves, seen)
        case Compute(args=args):
            for part in args:
                _read(replay, known, part, row, leaves, seen)
        case Window() | Allocate():
            leaves.whole = False


def _read_rows(
    replay: Replay, known: WhatIf, node: Aggregate, row: Row, leaves: Leaves, seen: set[tuple[str, str, Key]]
) -> None:
    keys = known.matching(node.over, row)
    if len(keys) > ROWS:
        leaves.whole = False
    for key in keys[:ROWS]:
        child = Row(node.over.entity, key, row)
        for part in _parts(node):
            _read(replay, known, part, child, leaves, seen)


def _parts(node: Aggregate) -> Iterator[Node]:
    """What is read of each row: the filter, the value and the weight."""
    for part in (node.over.where, node.value, node.weight):
        if part is not None:
            yield part
