"""The tables of a run: what working tables and their columns are called, and which columns of the data are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import count

from ..plan.plan import Cell, Close, Column, InForce, Node, Path, Plan, Reference, Scan
from ..text.errors import EngineBug
from ..types.datatypes import Type
from . import sql_tree as sql
from .physical import physical_names
from .sql_tree import Tree
from .sql_value import Value


@dataclass(slots=True)
class Layout:
    """The names of tables and columns; engines know names by their letters whatever the case, policies do not.

    stored     (entity, column of the plan or the data) → its type and the name of its column in the working table
    cells      path → the type and the column of an input cell
    schedules  path → the type and the table of a parameter with values by date
    tables     entity → the working table that holds it now
    kept       entity → the names of that table's columns
    numbers    entity → the column of that table with the place of each row in the order of the key; of data only
    """

    plan: Plan
    keys: dict[str, tuple[tuple[str, Type], ...]] = field(default_factory=dict)
    scans: dict[str, dict[str, Type]] = field(default_factory=dict)
    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    cells: dict[Path, tuple[str, Type]] = field(default_factory=dict)
    schedules: dict[Path, tuple[str, Type]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    _taken: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def next_table(self, word: str) -> str:
        """A name for a table, made of plain letters, that was not given before."""
        return f"t{next(self._numbers)}_" + re.sub(r"[^a-z0-9]+", "_", word.lower())

    def place(self, entity: str, space: str, word: str) -> str:
        """The name of a column of an entity's working table; names that differ in case alone are made to differ more.

        space: `key`, `data`, `host`, or empty for columns of the plan, which keep their names where they can.
        """
        taken = self._taken.setdefault(entity, {})
        if (space, word) not in taken:
            used = {name.lower() for name in taken.values()}
            wanted = f"{space}.{word}" if space else word
            taken[(space, word)] = next(name for name in _variants(wanted) if name.lower() not in used)
        return taken[(space, word)]

    def places(self, entity: str, space: str, name: str, type: Type) -> tuple[str, ...]:
        """The names of all columns that hold a value of a type."""
        return tuple(self.place(entity, space, part) for part in physical_names(name, type))

    def stored(self, entity: str, name: str, scan: bool = False) -> Value:
        """A key, a column of the plan or one of the data as it stands in the working table.

        Raises EngineBug where there is none.
        """
        column = None if scan else self.columns.get((entity, name))
        if column is not None:
            return self._value(entity, "", name, column.type)
        for key, type in self.keys[entity]:
            if key == name:
                return self._value(entity, "key", name, type.certain())
        if name in self.scans.get(entity, {}):
            return self._value(entity, "data", name, self.scans[entity][name])
        raise EngineBug(f"`{entity}` has no column `{name}`")

    def key_columns(self, entity: str) -> list[Value]:
        """The key columns of an entity."""
        return [self.stored(entity, name, scan=True) for name, _ in self.keys[entity]]

    def in_order(self, entity: str) -> list[Tree]:
        """What sorts the rows of an entity by key: their numbers where they have them, less to sort than texts."""
        number = self.numbers.get(entity)
        return [value.main for value in self.key_columns(entity)] if number is None else [sql.column(number)]

    def _value(self, entity: str, space: str, name: str, type: Type) -> Value:
        first, *rest = (sql.column(place) for place in self.places(entity, space, name, type))
        if type.bounded:
            return Value(type, first, high=rest[0])
        return Value(type, first, na=rest[0] if type.excusable else None)


def _variants(word: str) -> Iterator[str]:
    yield word
    for number in count(2):
        yield f"{word}~{number}"


def layout(plan: Plan) -> Layout:
    """The layout of a plan, before anything is made."""
    found = Layout(plan)
    found.keys = {entity.name: entity.key for entity in plan.entities}
    found.columns = {(column.id.entity, column.id.name): column for column in plan.columns}
    for node in nodes(plan):
        if isinstance(node, Scan):
            _scanned(found, node.entity, node.column, node.type)
        elif isinstance(node, Reference) and (node.column.entity, node.column.name) not in found.columns:
            _scanned(found, node.column.entity, node.column.name, node.type)
        elif isinstance(node, Cell):
            found.cells.setdefault(node.path, (f"c{len(found.cells) + 1}", node.type))
        elif isinstance(node, InForce):
            found.schedules.setdefault(node.path, (found.next_table("schedule"), node.type))
    for entity in plan.entities:
        if isinstance(entity.source, Close):
            edges = entity.source
            for name, (_, type) in zip((edges.start, edges.end), entity.key, strict=True):
                if (edges.edges, name) not in found.columns:
                    _scanned(found, edges.edges, name, type.maybe())
    return found


def _scanned(found: Layout, entity: str, column: str, type: Type) -> None:
    if column not in dict(found.keys[entity]):
        found.scans.setdefault(entity, {}).setdefault(column, type)


def nodes(plan: Plan) -> Iterator[Node]:
    """Every node of a plan, each once."""
    seen: set[int] = set()
    ahead: list[object] = [column.node for column in plan.columns]
    ahead += [node for entity in plan.entities for _, node in getattr(entity.source, "by", ())]
    while ahead:
        node = ahead.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Node):
            yield node
        ahead += parts(node)


_CONTENTS: dict[type, tuple[str, ...]] = {}


def parts(node: object) -> list[object]:
    """The nodes directly below a node, an order, or a tuple of them."""
    if isinstance(node, tuple):
        return [part for part in node if isinstance(part, tuple) or _contents(part)]
    found = (getattr(node, name) for name in _contents(node))
    return [part for part in found if isinstance(part, tuple) or _contents(part)]


def _contents(part: object) -> tuple[str, ...]:
    """The fields of a record of the plan, in which nodes may stand; none of anything else."""
    kind = type(part)
    if kind not in _CONTENTS:
        holds = is_dataclass(kind) and kind.__module__ == Scan.__module__
        _CONTENTS[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) and holds else ()
    return _CONTENTS[kind]
