"""What planning shares: the checked epoch, the columns made so far, and the way to hoist a node into one of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ..syntax.expr import Expr
from ..syntax.policy import Policy
from ..text.source import NOWHERE, Span
from ..types.arithmetic import snapped
from ..types.checked import CheckedEpoch
from ..types.datatypes import Type
from .plan import Close, Column, ColumnId, Compute, Entity, Node, Outer, Reference, Scan

Scope: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Planner:
    """The state of planning one epoch. `make` turns an expression in a scope into a node."""

    policy: Policy
    epoch: CheckedEpoch
    make: Callable[[Planner, Expr, Scope], Node]
    columns: list[Column] = field(default_factory=list)
    made: dict[tuple[str, str], Reference] = field(default_factory=dict)
    hoisted: dict[tuple[str, Node], Reference] = field(default_factory=dict)
    closures: dict[str, Entity] = field(default_factory=dict)
    path: str = ""
    span: Span = NOWHERE

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        stands = self.epoch.stands_for.get(expr.id)
        return self.node(stands, scope) if stands is not None else self.make(self, expr, scope)

    def type(self, expr: Expr) -> Type:
        """The type that checking found for an expression."""
        return self.epoch.types[expr.id]

    def stored(self, entity: str, name: str) -> Reference:
        """A computed column of an entity, made before what reads it."""
        return self.made[entity, name]

    def add(self, column: Column) -> None:
        """Put a column behind those that there are; the first of a name is the one that is meant by it."""
        self.columns.append(column)
        self.made.setdefault((column.id.entity, column.id.name), Reference(column.id, column.type))

    def hoist(self, entity: str, node: Node, span: Span) -> Reference:
        """Give a node a stored column of its own on `entity` (an equal one is used again)."""
        known = self.hoisted.get((entity, node))
        if known is None:
            number = 1 + sum(1 for key in self.hoisted if key[0] == entity)
            column = ColumnId(entity, f"~{number}", "internal", self.path)
            self.add(Column(column, node, node.type, span))
            known = self.hoisted[entity, node] = Reference(column, node.type)
        return known

    def key(self, entity: str) -> Scan:
        """The one key column of an entity, as a node on it."""
        info = self.epoch.world.entities[entity]
        return Scan(entity, info.key[0], info.columns[info.key[0]].certain())

    def keys(self, entity: str) -> tuple[Scan, ...]:
        """All key columns of an entity, as nodes on it."""
        info = self.epoch.world.entities[entity]
        return tuple(Scan(entity, name, info.columns[name].certain()) for name in info.key)

    def closure(self, edges: str, start: str, end: str, entity: str, or_itself: bool) -> str:
        """The entity of pairs (start, reached) that an edge table makes."""
        name = f"reachable {edges}" + (" or itself" if or_itself else "")
        if name not in self.closures:
            ends = Type("row", name=entity)
            close = Close(edges, start, end, entity if or_itself else "")
            self.closures[name] = Entity(name, (("start", ends), ("reached", ends)), close)
        return name


def seen(node: Node) -> Node:
    """A number as whatever observes it sees it: a quotient snapped to 9 decimals; anything else itself."""
    if node.type.kind != "number" or not node.type.quotient:
        return node
    return Compute("snap", (node,), snapped(node.type))


def settled(node: Node) -> Node:
    """A test as anything but logic sees it: missing where it is not applicable."""
    if not node.type.excusable:
        return node
    return Compute("settled", (node,), node.type.certain().maybe())


def outward(node: Node, levels: int) -> Node:
    """A node of the row so many steps out."""
    for _ in range(levels):
        node = Outer(node, node.type)
    return node
