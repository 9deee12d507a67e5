"""Shares of a pot in a program: the host gets keys, claims, lows, highs and the pot, and its results are joined."""

from __future__ import annotations

from dataclasses import replace

from ..plan.plan import Allocate, Reference
from ..types.datatypes import MAX_DIGITS
from .physical import digits_of
from .reference_allocate import shared
from .sql_entities import STATE, Building
from .sql_program import ShareOut
from .sql_rows import Rows
from .sql_scope import Scope
from .sql_tree import Tree
from .sql_value import Value, each, exact, given


def share(building: Building, rows: Rows, node: Allocate) -> Value:
    """A part of an allocation for the rows of its column; the host computes all parts once."""
    if shared(node) not in building.shared:
        building.shared[shared(node)] = _ask(building, node)
    step = building.shared[shared(node)]
    on: list[tuple[Tree, str, Tree]] = []
    type, table = step.factor, step.factors
    if node.part == "payment":
        type, table = step.paid, step.payments
        keys = building.layout.key_columns(node.entity)
        on = [
            (key.main, "=", given(f"k{place}", key.type, building.spelling).main) for place, key in enumerate(keys, 1)
        ]
    joined = rows.scope.join(Scope(table, rows.scope.spelling, rows.scope.names), on)
    name = "value" if node.part == "payment" else node.part
    return each(given(name, type, building.spelling), lambda tree: rows.scope.expose(joined, tree))


def _ask(building: Building, node: Allocate) -> ShareOut:
    """Add the step that shares out; everything that it reads is stored."""
    layout = building.layout
    keys = layout.key_columns(node.entity)
    order = [key.main for key in keys]
    outputs = {f"k{place}": key.main for place, key in enumerate(keys, 1)}
    outputs.update(
        (name, _stored(building, part))
        for name, part in (("claim", node.claim), ("low", node.low), ("high", node.high))
    )
    rows = building.rows(node.entity).scope.select(outputs, order_by=order)
    pot = building.rows(STATE).scope.select({"pot": _stored(building, node.pot)})
    whole = digits_of(node.high.type) - node.high.type.scale
    exactly = node.type.certain()
    step = ShareOut(
        layout.next_table("payments"),
        layout.next_table("factor"),
        node,
        building.text(rows),
        building.text(pot),
        tuple(key.type for key in keys),
        replace(exactly, kind="number", whole=whole, scale=node.places),
        replace(exactly, kind="number", whole=MAX_DIGITS, scale=0),
    )
    building.steps.append(step)
    return step


def _stored(building: Building, part: Reference) -> Tree:
    return exact(building.layout.stored(part.column.entity, part.column.name))
