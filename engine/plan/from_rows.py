"""Checked aggregates and functions among rows as nodes; each gets a stored column of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..types.checked import RowsUse
from ..types.datatypes import DATE, TEXT, TRUTH
from ..types.list_key import list_key
from .from_names import _at
from .plan import Aggregate, Compute, Const, InForce, Lookup, Node, OrderBy, Outer, Over, Reference, Scan, Window
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

    tail = planner.keys(use.entity) if use.edges is None else (_reached(planner, use),)
    test = planner.epoch.stands_for.get(expr.rows.id, expr.rows.where)
    where = settled(truth(on_row(test))) if test is not None else None
    top_by = _order(expr.rows.top_by, on_row, tail) if expr.rows.top_by is not None else ()
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
        () if expr.by is None else _order(expr.by, on_row, tail),
        expr.option,
    )
    return planner.hoist(scope[0], node, expr.span)


def among(planner: Planner, expr: ast.Among, scope: Scope) -> Node:
    """`rank(by …)`, `running_sum(x by …)`, `share_of(x within …)` as a column of the row."""

    def on_row(part: Expr) -> Node:
        return planner.node(part, scope)

    order: tuple[OrderBy, ...] = ()
    total = expr.by_key or expr.function != "rank"
    if expr.by is not None:
        order = _order(expr.by, on_row, planner.keys(scope[0]) if total else ())
    node = Window(
        expr.function,
        None if expr.what is None else on_row(expr.what),
        planner.type(expr),
        order,
        tuple(seen(on_row(key)) for key in expr.within),
        None if expr.where is None else settled(on_row(expr.where)),
    )
    return planner.hoist(scope[0], node, expr.span)


def _order(order: ast.Order, on_row: Callable[[Expr], Node], tail: Sequence[Node]) -> tuple[OrderBy, ...]:
    """The keys of an order as seen, and at the end (`tail`) the key of the rows, so that the order is total."""
    keys = [OrderBy(_ranked(settled(seen(on_row(key.value)))), key.descending) for key in order.keys]
    return (*keys, *map(OrderBy, tail))


def _ranked(node: Node) -> Node:
    if node.type.kind != "enum":
        return node
    from .from_expr import _ordinal

    return _ordinal(node)


def _over(planner: Planner, use: RowsUse, scope: Scope) -> Over:
    relation = use.relation
    if use.edges is not None:
        closure = _closure(planner, use)
        ends = planner.key(use.entity).type
        return Over(closure, ((Scan(closure, "start", ends), planner.key(scope[0])),))
    if relation is None:
        return Over(use.entity)
    child = planner.epoch.world.entities[use.entity]
    base = use.base
    owner = planner.epoch.world.entities[scope[0] if base is None else planner.type(base).name]

    def here(column: str) -> Node:
        leaf = Scan(owner.name, column, owner.columns[column])
        return leaf if base is None else _at(planner, base, leaf)

    matched: tuple[tuple[Node, Node], ...] = tuple(
        (Scan(use.entity, child_column, child.columns[child_column]), here(column))
        for child_column, column in relation.match
    )
    if relation.by:
        matched = tuple((seen(planner.node(by, (use.entity,))), here(key)) for key, by in relation.by)
    return Over(use.entity, matched, complete=relation.complete)


def _closure(planner: Planner, use: RowsUse) -> str:
    assert use.edges is not None
    edges, start, end = use.edges
    return planner.closure(edges, start, end, use.entity, use.or_itself)


def _reached(planner: Planner, use: RowsUse) -> Scan:
    return Scan(_closure(planner, use), "reached", planner.key(use.entity).type)


def _through(planner: Planner, use: RowsUse, node: Node) -> Node:
    """A node of a reached row, read from the pair (start, reached) that leads to it."""
    match node:
        case Scan() | Reference() | Lookup():
            return Lookup(use.entity, ((planner.key(use.entity).column, _reached(planner, use)),), node, node.type)
        case Compute(args=args):
            return replace(node, args=tuple(_through(planner, use, one) for one in args))
        case InForce(date=date):
            return replace(node, date=_through(planner, use, date))
        case _:
            return node


def listed(planner: Planner, expr: ast.Call, scope: Scope) -> Node:
    """`listed(thing as of d)`: from the day this list is in force, this list; before, the lists on record. With a
    second argument, an area, whether it is listed in that very area.

    Missing with the reason *no list yet* before the first list of all.
    """
    only = expr.arguments[0]
    assert isinstance(only, ast.AsOf)
    day = planner.node(only.date, scope)
    policy_list = planner.policy.priority_list
    assert policy_list is not None
    entity = policy_list.entity.text
    key = list_key(planner.epoch.world.entities[entity])
    assert key is not None
    kind = Const(key.thing_entity, TEXT)
    maybe = TRUTH.maybe()

    def record(column: str, found: object = DATE) -> Scan:
        return Scan(key.records, column, planner.epoch.world.entities[key.records].columns[column])

    mine = Compute("eq", (record("entity"), kind), TRUTH)
    starts = record("listed_from")
    first = planner.hoist("state", Aggregate("min", Over(key.records, (), mine), starts, DATE.maybe()), expr.span)
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
    asked: tuple[tuple[Node, Node], ...] = ((record("subject"), thing),)
    if key.area:
        area = planner.node(expr.arguments[1], scope)
        asked = (*asked, (record("area"), area))
        pair = tuple(planner.epoch.world.entities[entity].columns[name] for name in key.columns)
        match = tuple(
            (Scan(entity, name, type), node) for name, type, node in zip(key.columns, pair, (thing, area), strict=True)
        )
        there = Aggregate("any", Over(entity, match), planner.stored(entity, "is_listed"), maybe)
        this: Node = planner.hoist(scope[0], there, expr.span)
    else:
        this = _at(planner, only.value, planner.stored(entity, "is_listed"))
    recorded = planner.hoist(scope[0], Aggregate("any", Over(key.records, asked), holds, maybe), expr.span)
    in_force = _of_state(planner, "list_in_force")
    no_list = Const(None, maybe, "no list yet")
    first_day = Lookup("state", (("state", Const("state", TEXT)),), first, DATE.maybe())
    before = Compute("if", (Compute("ge", (day, first_day), maybe), recorded, no_list), maybe)
    none_before = Compute("is_known", (first_day,), TRUTH)
    earlier = Compute("if", (none_before, before, no_list), maybe)
    return Compute("if", (Compute("ge", (day, in_force), maybe), this, earlier), maybe)


def _of_state(planner: Planner, name: str) -> Node:
    leaf = planner.stored("state", name)
    return Lookup("state", (("state", Const("state", TEXT)),), leaf, leaf.type)
