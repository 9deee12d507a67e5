"""The rows of a child gathered for each row that asks; aggregates that share their rows share one grouped query.

Rows are gathered by the values that must match, or, where the value or filter looks back at the row that asks, by the
key of that row after a join. A filter removes no row: it becomes a condition inside each count and sum, so that rows
that are out, in and possible stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..plan.plan import Aggregate, Cell, Const, Node, OrderBy, Outer, Over
from . import sql_tree as sql
from .sql_layout import parts
from .sql_logic import same
from .sql_order import in_order
from .sql_rows import Rows
from .sql_scope import Join
from .sql_tree import Tree
from .sql_value import Value


@dataclass(slots=True, eq=False)
class Gathered:
    """The rows of an entity for each row of `asking`; `by` are the trees that tell groups of `child` apart."""

    asking: Rows
    child: Rows
    joined: Join
    by: Sequence[Tree]
    counts: dict[Tree, Tree] = field(default_factory=dict)

    def statistic(self, tree: Tree) -> Tree:
        """An aggregate over the rows of the child, as a column of the row that asks; missing where no row matches."""
        return self.asking.scope.expose(self.joined, tree)

    def count(self, test: Tree) -> Tree:
        """How many rows a test is true of; 0 where no row matches."""
        if test not in self.counts:
            zero = sql.integer(0, self.asking.scope.spelling)
            tree = sql.call("COALESCE", self.statistic(sql.counted(test)), zero)
            self.counts[test] = self.asking.scope.bind(tree)
        return self.counts[test]

    def none(self, test: Tree) -> Tree:
        """Whether no row passes a test; never missing."""
        return sql.binary(self.count(test), "=", sql.integer(0, self.asking.scope.spelling))

    def some(self, test: Tree) -> Tree:
        """Whether any row passes a test; never missing."""
        return sql.binary(self.count(test), ">", sql.integer(0, self.asking.scope.spelling))

    def bind(self, tree: Tree) -> Tree:
        """A tree of the child's rows, bound."""
        return self.child.scope.bind(tree)


@dataclass(slots=True, eq=False)
class Members:
    """The rows of one aggregate: `inside` is true, false or missing; `guards` must hold for any result at all."""

    gathered: Gathered
    inside: Tree
    guards: list[Tree]

    @property
    def possible(self) -> list[Tree]:
        """Whether no row is merely possible, where one can be."""
        return [] if self.inside == sql.TRUE else [self.gathered.none(sql.is_null(self.inside))]

    def only(self, tree: Tree) -> Tree:
        """The value of a row that is in, missing for all others."""
        return tree if self.inside == sql.TRUE else sql.case((self.inside, tree))

    def of_all(self, test: Tree) -> Tree:
        """Whether no row that is in fails a test that is never missing."""
        return self.gathered.none(sql.every((self.inside, sql.negate(test))))


def gather(asking: Rows, over: Over, looks_back: bool) -> Gathered:
    """Set the rows of an aggregate beside the rows that ask."""
    child = asking.over(over.entity)
    on: list[tuple[Tree, str, Tree]] = []
    if not looks_back:
        for theirs, own in over.match:
            left, right = same(asking.scope, _exactly(asking, own), _exactly(child, theirs))
            on.append((asking.scope.bind(left), "=", child.scope.bind(right)))
        by = [theirs for _, _, theirs in on]
        return Gathered(asking, child, asking.scope.join(child.scope, on, group_by=by), by)
    outer = asking.over(asking.entity)
    for theirs, own in over.match:
        left, right = same(child.scope, _exactly(child, theirs), _exactly(outer, own))
        on.append((child.scope.bind(left), "=", outer.scope.bind(right)))
    joined = child.scope.join(outer.scope, on, kind="INNER")
    child.outer = (outer, joined)
    keys = asking.layout.key_columns(asking.entity)
    by = [child.scope.expose(joined, key.main) for key in keys]
    beside = [(key.main, "=", theirs) for key, theirs in zip(keys, by, strict=True)]
    return Gathered(asking, child, asking.scope.join(child.scope, beside, group_by=by), by)


def _exactly(rows: Rows, node: Node) -> Value:
    return Value(node.type.certain(), rows.exact(node))


def looks_back(node: Aggregate) -> bool:
    """Whether something other than a match reads the row that asks."""
    if node.level is not None and not isinstance(node.level, Const | Cell):
        return True
    ahead: list[object] = [node.value, node.weight, node.over.where, node.over.top_by, node.order]
    while ahead:
        part = ahead.pop()
        if isinstance(part, Outer):
            return True
        ahead += parts(part)
    return False


def members(gathered: Gathered, over: Over) -> Members:
    """The rows of an aggregate with its filter, and with its `top` as part of the filter."""
    inside = gathered.bind(gathered.child.truth(over.where))
    guards = [] if over.complete else [gathered.some(sql.TRUE)]
    found = Members(gathered, inside, guards)
    if not over.top:
        return found
    guards += found.possible
    last = sql.integer(over.top, gathered.child.scope.spelling)
    few = sql.binary(gathered.count(inside), "<=", last)
    order = placed(found, over.top_by, unless=few)
    place = gathered.bind(numbered(found, order))
    return replace(found, inside=gathered.bind(sql.every((inside, sql.binary(place, "<=", last)))))


def placed(members: Members, order: Sequence[OrderBy], unless: Tree = sql.FALSE) -> list[tuple[Tree, bool]]:
    """The values of an order; that none is missing for a row that is in becomes a guard, unless a test holds."""
    found = in_order(members.gathered.child, order)
    all_placed = members.of_all(sql.every(sql.is_not_null(value) for value, _ in found))
    members.guards.append(all_placed if unless == sql.FALSE else sql.some((unless, all_placed)))
    return found


def numbered(members: Members, order: Sequence[tuple[Tree, bool]]) -> Tree:
    """The place of a row among those of its group that are in, from 1."""
    return sql.window(sql.call("ROW_NUMBER"), [*members.gathered.by, *apart(members)], order)


def apart(members: Members) -> list[Tree]:
    """What tells the rows that are in from the others within a group."""
    if members.inside == sql.TRUE:
        return []
    return [members.gathered.bind(sql.call("COALESCE", members.inside, sql.FALSE))]
