"""Ranks by a value that may be a bound: one more than the rows that stand before, counted pair by pair.

A bound matters only where it leaves open whether a row stands before another, which a count shows: it is then a bound
itself, and the rank missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..plan.plan import (
    Aggregate,
    Column,
    ColumnId,
    Compute,
    Const,
    Entity,
    Node,
    OrderBy,
    Outer,
    Over,
    Plan,
    Reference,
    Scan,
    Window,
)
from ..types.datatypes import TRUTH, counting

_COUNT = replace(counting(), nullable=True)


def with_counted_ranks(plan: Plan) -> Plan:
    """The plan with each rank whose order may be a bound made of a count, kept in an internal column."""
    columns: list[Column] = []
    for column in plan.columns:
        node = column.node
        if isinstance(node, Window) and node.function == "rank" and any(by.value.type.bounded for by in node.order):
            columns += _counted(column, node, plan.entity(column.id.entity))
        else:
            columns.append(column)
    return plan if len(columns) == len(plan.columns) else replace(plan, columns=tuple(columns))


def _counted(column: Column, node: Window, entity: Entity) -> tuple[Column, Column]:
    name = ColumnId(entity.name, f"{column.id.name} (rows before)", "internal", column.id.origin)
    inside = _all(
        [*([node.where] if node.where else []), *(Compute("is_known", (by.value,), TRUTH) for by in node.order)]
    )
    other = _any([_unequal(Scan(entity.name, key, type)) for key, type in entity.key])
    where = _all([inside, other, _is_before(node.order)])
    over = Over(entity.name, tuple((part, part) for part in node.within), _false_where_outside(inside, where))
    before = replace(column, id=name, node=Aggregate("count", over, None, _COUNT, order=()), type=_COUNT)
    one = Const(Fraction(1), counting(1))
    rank = Compute("add", (Reference(name, _COUNT), one), replace(node.type, nullable=True))
    takes_part = _all([inside, *(_is_exact(part) for part in node.within)])
    made = Compute("if", (_sure(takes_part), rank, Const(None, node.type.maybe())), node.type.maybe())
    return before, replace(column, node=made)


def _truth(op: str, *args: Node) -> Node:
    return Compute(op, args, TRUTH.maybe())


def _all(tests: Sequence[Node]) -> Node:
    return _truth("and", *tests)


def _any(tests: Sequence[Node]) -> Node:
    return _truth("or", *tests)


def _sure(test: Node) -> Node:
    return Compute("or_else", (test, Const(False, TRUTH)), TRUTH)


def _false_where_outside(inside: Node, test: Node) -> Node:
    """A row that is not surely inside is out, not possible."""
    return Compute("and", (_sure(inside), test), TRUTH.maybe())


def _is_exact(part: Node) -> Node:
    return _sure(_truth("eq", part, part)) if part.type.bounded else Compute("is_known", (part,), TRUTH)


def _unequal(key: Scan) -> Node:
    return _truth("ne", key, Outer(key, key.type))


def _is_before(order: Sequence[OrderBy]) -> Node:
    """Less by the first key, or not more by it and before by the rest."""
    first, *rest = order
    mine, other = first.value, Outer(first.value, first.value.type)
    less, more = _truth("lt", mine, other), _truth("gt", mine, other)
    if first.descending:
        less, more = more, less
    if not rest:
        return less
    return _any([less, _all([_truth("not", more), _is_before(rest)])])
