"""A query of a program taken apart: one table, what is joined to its rows or computed of them, and what comes out.

`sql_scope` writes queries in this one form; a query of another form (a crossing, rows side by side) is nothing here.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeAlias

import sqlglot
from sqlglot import exp

from . import sql_tree as sql
from .spelling_duckdb import DUCKDB
from .sql_tree import Tree

_DEEP = 20_000
"""Frames for the reader of SQL, which calls itself for each layer of a query."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A column of each row."""

    name: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Joined:
    """Another relation beside the rows; `side` is LEFT, where at most one of its rows meets a row, or INNER."""

    relation: Relation
    side: str
    on: Tree

    @property
    def names(self) -> set[str]:
        """The columns that it brings."""
        return {name for name, _ in self.relation.outputs}

    @property
    def reads(self) -> set[str]:
        """The columns of the row that decide which rows meet it."""
        return sql.columns_in(self.on) - self.names


Item: TypeAlias = Computed | Joined


@dataclass(frozen=True, slots=True)
class Relation:
    """The rows of `table` with `items`, each of which may read those before it; names are given once."""

    table: str
    items: tuple[Item, ...]
    outputs: tuple[tuple[str, Tree], ...]
    group: tuple[Tree, ...] = ()
    where: Tree | None = None
    order: tuple[Tree, ...] = ()
    distinct: bool = False

    @property
    def aggregates(self) -> bool:
        """Whether its rows are groups of rows of the table."""
        return bool(self.group) or any(next(aggregates_in(tree), None) is not None for _, tree in self.outputs)

    @property
    def is_plain(self) -> bool:
        """Whether its rows are those of the table, or of what is joined to them, one by one."""
        return not (self.aggregates or self.distinct or self.where is not None or self.order)

    @property
    def own(self) -> list[Tree]:
        """The trees over all of its columns: what comes out, and what groups, filters and sorts."""
        found = [tree for _, tree in self.outputs]
        return [*found, *self.group, *self.order, *([] if self.where is None else [self.where])]


def aggregates_in(tree: Tree) -> Iterator[Tree]:
    """The counts, sums and extremes of a group in a tree; those of a window are none."""
    for found in tree.find_all(exp.AggFunc):
        if not isinstance(found.parent, exp.Window):
            yield found


def has_window(tree: Tree) -> bool:
    """Whether a tree looks at other rows."""
    return tree.find(exp.Window) is not None


def is_column(tree: Tree) -> bool:
    """Whether a tree is a column as it is."""
    return isinstance(tree, exp.Column)


def in_parentheses(tree: Tree) -> Tree:
    """A tree that can stand in place of a column."""
    return tree if sql.is_simple(tree) else exp.Paren(this=tree)


def names_of(item: Item) -> set[str]:
    """The columns that an item brings."""
    return item.names if isinstance(item, Joined) else {item.name}


def relation_of(text: str) -> Relation | None:
    """The relation that a query is; nothing for one of another form, or that would not be written as it was read."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEP))
    try:
        tree = sqlglot.parse_one(text, dialect=DUCKDB.dialect)
        return _taken(tree) if sql.render(tree.copy(), DUCKDB) == text else None
    finally:
        sys.setrecursionlimit(limit)


_KNOWN = {"expressions", "from_", "joins", "group", "where", "order", "distinct"}


def _taken(tree: Tree) -> Relation | None:
    if not isinstance(tree, exp.Select) or any(value and name not in _KNOWN for name, value in tree.args.items()):
        return None
    if tree.args.get("joins") or tree.args.get("from_") is None or any(_star(one) for one in tree.expressions):
        return None
    rows = _rows(tree.args["from_"].this)
    if rows is None:
        return None
    table, items = rows
    group, where, order = (tree.args.get(part) for part in ("group", "where", "order"))
    found = Relation(
        table,
        tuple(items),
        tuple((one.alias_or_name, one.unalias()) for one in tree.expressions),
        tuple(group.expressions) if group else (),
        where.this if where else None,
        tuple(order.expressions) if order else (),
        bool(tree.args.get("distinct")),
    )
    return None if any(column.table for one in found.own for column in one.find_all(exp.Column)) else found


def _star(tree: Tree) -> bool:
    return isinstance(tree, exp.Star)


def _rows(source: Tree) -> tuple[str, list[Item]] | None:
    """The table and the items of layers of `SELECT *, …`."""
    if isinstance(source, exp.Table):
        return None if source.alias else (source.name, [])
    layer = source.this if isinstance(source, exp.Subquery) else None
    if not isinstance(layer, exp.Select) or not layer.expressions or not _star(layer.expressions[0]):
        return None
    if any(value and name not in ("expressions", "from_", "joins") for name, value in layer.args.items()):
        return None
    below = _rows(layer.args["from_"].this)
    if below is None:
        return None
    table, items = below
    for join in layer.args.get("joins") or []:
        inner = _taken(join.this.this) if isinstance(join.this, exp.Subquery) else None
        on = join.args.get("on")
        if inner is None or on is None or join.side not in ("LEFT", "INNER", "") or join.kind not in ("INNER", ""):
            return None
        items.append(Joined(inner, join.side or join.kind, on))
    items += [Computed(one.alias, one.this) for one in layer.expressions[1:]]
    return table, items


def text_of(relation: Relation) -> str:
    """The query of a relation."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEP))
    try:
        return sql.render(_select(relation, count(1)), DUCKDB)
    finally:
        sys.setrecursionlimit(limit)


def _select(relation: Relation, numbers: count[int]) -> exp.Select:
    outputs = [sql.named(tree.copy(), name) for name, tree in relation.outputs]
    query = exp.Select(expressions=outputs)
    query.set("from_", exp.From(this=_layers(relation, numbers)))
    if relation.where is not None:
        query.set("where", exp.Where(this=relation.where.copy()))
    if relation.group:
        query.set("group", exp.Group(expressions=[tree.copy() for tree in relation.group]))
    if relation.order:
        query.set("order", exp.Order(expressions=[tree.copy() for tree in relation.order]))
    if relation.distinct:
        query.set("distinct", exp.Distinct())
    return query


def _layers(relation: Relation, numbers: count[int]) -> Tree:
    """A layer for what reads the table alone, one for what reads that, and so on."""
    depths: dict[str, int] = {}
    layers: dict[int, list[Item]] = defaultdict(list)
    for item in relation.items:
        reads = item.reads if isinstance(item, Joined) else sql.columns_in(item.tree)
        depth = max((depths.get(name, 0) for name in reads), default=0) + 1
        depths.update(dict.fromkeys(names_of(item), depth))
        layers[depth].append(item)
    rows: Tree = sql.table(relation.table)
    for _, items in sorted(layers.items()):
        columns = [sql.alias(item.tree.copy(), item.name) for item in items if isinstance(item, Computed)]
        query = exp.Select(expressions=[exp.Star(), *columns])
        query.set("from_", exp.From(this=rows))
        query.set("joins", [_join(item, numbers) for item in items if isinstance(item, Joined)])
        rows = _derived(query, numbers)
    return rows


def _join(item: Joined, numbers: count[int]) -> exp.Join:
    return exp.Join(this=_derived(_select(item.relation, numbers), numbers), side=item.side, on=item.on.copy())


def _derived(query: exp.Select, numbers: count[int]) -> exp.Subquery:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=sql.name(f"#q{next(numbers)}")))


def pruned(relation: Relation) -> Relation:
    """The relation without what nothing in it reads: at most one row meets a row on the left, so none is lost."""
    live = {name for tree in relation.own for name in sql.columns_in(tree)}
    kept: list[Item] = []
    for item in reversed(relation.items):
        if isinstance(item, Computed):
            if item.name in live:
                live |= sql.columns_in(item.tree)
                kept.append(item)
        elif item.side == "INNER" or item.names & live:
            live |= item.reads
            needed = live | sql.columns_in(item.on)
            inner = item.relation
            outputs = tuple((name, tree) for name, tree in inner.outputs if name in needed)
            kept.append(replace(item, relation=pruned(replace(inner, outputs=outputs or inner.outputs[:1]))))
    return replace(relation, items=tuple(reversed(kept)))


def renamed(tree: Tree, names: dict[str, Tree], but: Collection[str] = ()) -> Tree:
    """A tree with other trees in place of some of its columns."""

    def placed(node: Tree) -> Tree:
        found = names.get(node.name) if isinstance(node, exp.Column) and node.name not in but else None
        return node if found is None else found.copy()

    return tree.copy().transform(placed, copy=False)
