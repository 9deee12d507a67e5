"""A relation under construction: the rows of a table, joined and computed in layers, so that nothing is written twice.

A tree that is needed more than once is *bound*: it becomes a column of a layer, one above the highest column that it
reads. The whole is then a `SELECT` nested once per layer, whose text grows with the number of bound trees and not with
the number of paths to them. Every name is given once in a stage, so columns are known by their names alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlglot import exp

from . import sql_tree as sql
from .spelling import Spelling
from .sql_tree import Tree


class Names:
    """Gives names that no author can write: `#1`, `#2` …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def next(self) -> str:
        """A name that was not given before."""
        return f"#{next(self._numbers)}"


@dataclass(slots=True, eq=False)
class Join:
    """Rows of another relation beside those of a scope, from the layer `depth` on; `outputs` may still grow."""

    source: Scope
    kind: str
    depth: int
    on: Tree
    outputs: dict[str, Tree]
    group_by: Sequence[Tree] | None = None


@dataclass(slots=True)
class _Layer:
    columns: list[tuple[str, Tree]] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)


class Scope:
    """The layers over one table; `spelling` is the dialect, `names` the stage's names."""

    def __init__(self, source: str, spelling: Spelling, names: Names) -> None:
        self.spelling = spelling
        self.names = names
        self._source = source
        self._layers: dict[int, _Layer] = defaultdict(_Layer)
        self._depth: dict[str, int] = {}
        self._bound: dict[Tree, Tree] = {}

    def bind(self, tree: Tree) -> Tree:
        """A tree that may be written many times: itself where it is short, else a column that holds it."""
        if sql.is_simple(tree):
            return tree
        if tree not in self._bound:
            found = self.names.next()
            depth = self.depth(tree) + 1
            self._layers[depth].columns.append((found, tree))
            self._depth[found] = depth
            self._bound[tree] = sql.column(found)
        return self._bound[tree]

    def depth(self, tree: Tree) -> int:
        """The layer from which on all columns of a tree are there; 0 is the table itself."""
        return max((self._depth.get(found, 0) for found in sql.columns_in(tree)), default=0)

    def join(
        self,
        source: Scope,
        on: Sequence[tuple[Tree, str, Tree]],
        kind: str = "LEFT",
        group_by: Sequence[Tree] | None = None,
    ) -> Join:
        """Set another relation beside this one.

        `on` are comparisons (tree of this scope, operator, tree of the source); without any, every row meets every row.
        `group_by` makes groups of the rows of the source, one of all rows if it is empty.
        """
        outputs = {self.names.next(): theirs for _, _, theirs in on}
        tests = [sql.binary(own, how, sql.column(found)) for (own, how, _), found in zip(on, outputs, strict=True)]
        depth = max((self.depth(own) for own, _, _ in on), default=0) + 1
        joined = Join(source, kind, depth, sql.every(tests), outputs, group_by)
        self._layers[depth].joins.append(joined)
        self._depth.update(dict.fromkeys(outputs, depth))
        return joined

    def expose(self, joined: Join, tree: Tree) -> Tree:
        """A column of this scope that holds a tree of the joined relation."""
        found = next((known for known, theirs in joined.outputs.items() if theirs == tree), None)
        if found is None:
            found = self.names.next()
            joined.outputs[found] = tree
            self._depth[found] = joined.depth
        return sql.column(found)

    def select(
        self,
        outputs: Mapping[str, Tree],
        group_by: Sequence[Tree] | None = None,
        where: Tree | None = None,
        order_by: Sequence[Tree] = (),
        distinct: bool = False,
    ) -> exp.Select:
        """The relation as a query with the named trees as its columns."""
        query = exp.Select(expressions=[sql.named(tree, name) for name, tree in outputs.items()])
        query.set("from_", exp.From(this=self._rows()))
        if where is not None:
            query.set("where", exp.Where(this=where))
        if group_by:
            query.set("group", exp.Group(expressions=list(group_by)))
        if order_by:
            query.set("order", exp.Order(expressions=[exp.Ordered(this=tree, nulls_first=False) for tree in order_by]))
        if distinct:
            query.set("distinct", exp.Distinct())
        return query

    def _rows(self) -> Tree:
        rows: Tree = sql.table(self._source)
        for _, layer in sorted(self._layers.items()):
            query = exp.Select(expressions=[exp.Star(), *(sql.alias(tree, name) for name, tree in layer.columns)])
            query.set("from_", exp.From(this=rows))
            query.set("joins", [self._joined(joined) for joined in layer.joins])
            rows = self._derived(query)
        return rows

    def _joined(self, joined: Join) -> exp.Join:
        query = joined.source.select(joined.outputs, joined.group_by)
        return exp.Join(this=self._derived(query), side=joined.kind, on=joined.on)

    def _derived(self, query: exp.Select) -> exp.Subquery:
        return exp.Subquery(this=query, alias=exp.TableAlias(this=sql.name(self.names.next())))
