"""Checked aggregates and functions among rows as nodes; each gets a stored column of its own."""

from __future__ import annotations

from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..types.checked import RowsUse
from ..types.datatypes import DATE, TEXT, TRUTH
from .from_names import _at
from .plan import Aggregate, Compute, Const, Lookup, Node, OrderBy, Outer, Over, Reference, Scan, Window
from .planner import Planner, Scope, seen, settled

OBSERVES = ("median", "percentile", "min", "max", "count_distinct", "first", "last", "the")


def aggregate(planner: Planner, expr: ast.Aggregate, scope: Scope) -> Node:
    """`f(WHAT over ROWS where FILTER)` as a column of the row that asks."""
    from .from_expr import truth

    use = planner.epoch.uses[expr.rows.id]
    assert isinstance(use, RowsUse)
    inner = (use.entity, *scope)

    def on_row(part: Expr) -> Node:
        node = planner.node(part, inner)
        return _through(planner, use, node) if use.edges is not None else node

    where = settled(truth(on_row(expr.rows.where))) if expr.rows.where is not None else None
    top_by = _order(planner, expr.rows.top_by, on_row, use.entity) if expr.rows.top_by is not None else ()
    over = replace(_over(planner, use, scope), where=where, top=expr.rows.top, top_by=top_by)
    value = None if expr.what is None else settled(truth(on_row(expr.what)))
    if value is not None and expr.function in OBSERVES:
        value = seen(value)
    node = Aggregate(
        expr.function,
        over,
        value,
        planner.type(expr),
        None if expr.weight is None else on_row(expr.weight),
        None if expr.level is None else planner.node(expr.level, ()),
        () if expr.by is None else _order(planner, expr.by, on_row, use.entity),
        expr.option,
    )
    return planner.hoist(scope[0], node, expr.span)


def among(planner: Planner, expr: ast.Among, scope: Scope) -> Node:
    """`rank(by …)`, `running_sum(x by …)`, `share_of(x within …)` as a column of the row."""

    def on_row(part: Expr) -> Node:
        return planner.node(part, scope)

    order: tuple[OrderBy, ...] = ()
    if expr.by is not None:
        order = _order(planner, expr.by, on_row, scope[0], with_key=expr.function != "rank")
    node = Window(
        expr.function,
        None if expr.what is None else on_row(expr.what),
        planner.type(expr),
        order,
        tuple(seen(on_row(key)) for key in expr.within),
        None if expr.where is None else settled(on_row(expr.where)),
    )
    return planner.hoist(scope[0], node, expr.span)


def _order(
    planner: Planner, order: ast.Order, on_row: object, entity: str, with_key: bool = True
) -> tuple[OrderBy, ...]:
    """The keys of an order as seen, and at the end the key of the rows, so that the order is total."""
    assert callable(on_row)
    keys = [OrderBy(_ranked(settled(seen(on_row(key.value)))), key.descending) for key in order.keys]
    if with_key:
        keys += [OrderBy(key) for key in planner.keys(entity)]
    return tuple(keys)


def _ranked(node: Node) -> Node:
    if node.type.kind != "enum":
        return node
    from .from_expr import _ordinal

    return _ordinal(node)


def _over(planner: Planner, use: RowsUse, scope: Scope) -> Over:
    relation = use.relation
    if use.edges is not None:
        edges, start, end = use.edges
        closure = planner.closure(edges, start, end, use.entity, use.or_itself)
        ends = planner.key(use.entity).type
        return Over(closure, ((Scan(closure, "start", ends), planner.key(scope[0])),))
    if relation is None:
        return Over(use.entity)
    child = planner.epoch.world.entities[use.entity]
    if relation.by:
        group = planner.epoch.world.entities[scope[0]]
        pairs = tuple(
            (seen(planner.node(by, (use.entity,))), Scan(group.name, key, group.columns[key]))
            for key, by in relation.by
        )
        return Over(use.entity, pairs, complete=relation.complete)
    matched: tuple[tuple[Node, Node], ...] = ()
    for child_column, here_column in relation.match:
        here: Node
        if use.base is None:
            info = planner.epoch.world.entities[scope[0]]
            here = Scan(scope[0], here_column, info.columns[here_column])
        else:
            owner = planner.type(use.base).name
            info = planner.epoch.world.entities[owner]
            here = _at(planner, use.base, Scan(owner, here_column, info.columns[here_column]))
        matched = (*matched, (Scan(use.entity, child_column, child.columns[child_column]), here))
    return Over(use.entity, matched, complete=relation.complete)


def _through(planner: Planner, use: RowsUse, node: Node) -> Node:
    """A node of a reached row, read from the pair (start, reached) that leads to it."""
    if isinstance(node, Const):
        return node
    assert use.edges is not None
    edges, start, end = use.edges
    closure = planner.closure(edges, start, end, use.entity, use.or_itself)
    key = planner.key(use.entity)
    leaf = node if isinstance(node, (Scan, Reference)) else planner.hoist(use.entity, node, planner.span)
    return Lookup(use.entity, ((key.column, Scan(closure, "reached", key.type)),), leaf, leaf.type)


def listed(planner: Planner, expr: ast.Call, scope: Scope) -> Node:
    """`listed(thing as of d)`: from the day this list is in force, this list; before, the lists on record.

    Missing with the reason *no list yet* before the first list of all.
    """
    only = expr.arguments[0]
    assert isinstance(only, ast.AsOf)
    day = planner.node(only.date, scope)
    entity = planner.type(only.value).name
    kind = Const(entity, TEXT)
    maybe = TRUTH.maybe()

    def record(column: str, found: object = DATE) -> Scan:
        return Scan("listing", column, planner.epoch.world.entities["listing"].columns[column])

    mine = Compute("eq", (record("entity"), kind), TRUTH)
    starts = record("listed_from")
    first = planner.hoist("state", Aggregate("min", Over("listing", (), mine), starts, DATE.maybe()), expr.span)
    until = record("listed_until")
    holds = Compute(
        "and",
        (
            mine,
            Compute("le", (starts, Outer(day, day.type)), maybe),
            Compute(
                "or",
                (
                    Compute("not", (Compute("is_known", (until,), TRUTH),), TRUTH),
                    Compute("ge", (until, Outer(day, day.type)), maybe),
                ),
                maybe,
            ),
        ),
        maybe,
    )
    thing = planner.node(only.value, scope)
    recorded = planner.hoist(
        scope[0], Aggregate("any", Over("listing", ((record("subject"), thing),)), holds, maybe), expr.span
    )
    this = _at(planner, only.value, _own(planner, entity, "is_listed"))
    in_force = _of_state(planner, "list_in_force")
    no_list = Const(None, maybe, "no list yet")
    first_day = Lookup("state", (("state", Const("state", TEXT)),), first, DATE.maybe())
    before = Compute("if", (Compute("ge", (day, first_day), maybe), recorded, no_list), maybe)
    none_before = Compute("is_known", (first_day,), TRUTH)
    earlier = Compute("if", (none_before, before, no_list), maybe)
    return Compute("if", (Compute("ge", (day, in_force), maybe), this, earlier), maybe)


def _own(planner: Planner, entity: str, name: str) -> Reference:
    column = next(c for c in planner.columns if c.id.entity == entity and c.id.name == name)
    return Reference(column.id, column.type)


def _of_state(planner: Planner, name: str) -> Node:
    leaf = _own(planner, "state", name)
    return Lookup("state", (("state", Const("state", TEXT)),), leaf, leaf.type)
