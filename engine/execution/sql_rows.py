"""The rows of an entity in a query: every node of the plan as a value of such a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ..plan.plan import (
    Aggregate,
    Allocate,
    Cell,
    Column,
    Compute,
    Const,
    InForce,
    Lookup,
    Node,
    Outer,
    Reference,
    Scan,
    Window,
)
from ..text.errors import EngineBug
from ..types.datatypes import TRUTH
from . import sql_tree as sql
from .sql_dates import DATES
from .sql_layout import Layout
from .sql_logic import LOGIC, same
from .sql_operators import NUMBERS, Operation
from .sql_program import CELLS
from .sql_scope import Join, Names, Scope
from .sql_tree import Tree
from .sql_value import Value, bound, constant, each, exact, fitted, given

OPERATIONS: Mapping[str, Operation] = {**NUMBERS, **LOGIC, **DATES}
"""Every operator that is written in SQL."""


@dataclass(slots=True, eq=False)
class Rows:
    """Rows of `entity` under construction in `scope`.

    batch   columns of the entity that are being made, by name: a reference to one is its node's value
    special gives the value of such a column if its node is none of a single row (an aggregate, a window)
    outer   inside an aggregate, the rows that ask, and how they are joined
    """

    layout: Layout
    entity: str
    scope: Scope
    batch: Mapping[str, Column] = field(default_factory=dict)
    special: Callable[[Column], Value | None] | None = None
    outer: tuple[Rows, Join] | None = None
    _columns: dict[str, Value] = field(default_factory=dict)
    _values: dict[int, tuple[Node, Value]] = field(default_factory=dict)
    _lookups: dict[tuple[str, tuple[Tree, ...]], tuple[Rows, Join]] = field(default_factory=dict)
    _single: dict[str, Join] = field(default_factory=dict)

    def value(self, node: Node) -> Value:
        """The value of a node, as its type holds it, bound where it is not short."""
        if id(node) not in self._values:
            made = bound(self.scope, fitted(self._made(node), node.type, self.scope))
            self._values[id(node)] = (node, made)
        return self._values[id(node)][1]

    def truth(self, node: Node | None) -> Tree:
        """A test as anything but logic sees it; true where there is none."""
        return sql.TRUE if node is None else self.value(node).main

    def exact(self, node: Node) -> Tree:
        """The exact value of a node, bound."""
        return self.scope.bind(exact(self.value(node)))

    def column(self, name: str) -> Value:
        """A column of the entity: one that is being made, or one that is there."""
        if name in self._columns:
            return self._columns[name]
        if name in self.batch:
            column = self.batch[name]
            found = None if self.special is None else self.special(column)
            if found is not None:
                found = fitted(found, column.node.type, self.scope)
            made = fitted(found or self.value(column.node), column.type, self.scope)
            self._columns[name] = bound(self.scope, made)
            return self._columns[name]
        return self.layout.stored(self.entity, name)

    def over(self, entity: str) -> Rows:
        """The rows of another entity, to be joined."""
        return over(self.layout, entity, self.scope.names, self.scope)

    def _made(self, node: Node) -> Value:
        match node:
            case Const():
                return constant(node.value, node.type, self.scope.spelling)
            case Cell():
                return self._cell(node)
            case InForce():
                return self._in_force(node)
            case Scan():
                self._check(node.entity)
                return self.layout.stored(self.entity, node.column, scan=True)
            case Reference():
                self._check(node.column.entity)
                return self.column(node.column.name)
            case Compute():
                return self._compute(node)
            case Lookup():
                return self._lookup(node)
            case Outer():
                return self._outer(node)
            case Aggregate() | Window() | Allocate():
                raise EngineBug("an aggregate, a window or an allocation stands below the top of its column")

    def _check(self, entity: str) -> None:
        if entity != self.entity:
            raise EngineBug(f"a node of `{entity}` was written for a row of `{self.entity}`")

    def _compute(self, node: Compute) -> Value:
        operands = [self.value(argument) for argument in node.args]
        if node.op not in OPERATIONS:
            raise EngineBug(f"no database computes `{node.op}`")
        if any(operand.type.kind in ("nothing", "unknown") for operand in operands):
            if node.op in ("and", "or", "not", "at_least", "criterion"):
                operands = [
                    fitted(o, TRUTH.maybe() if o.type.kind != "truth" else o.type, self.scope) for o in operands
                ]
            elif node.op == "bound":
                operands = [fitted(o, node.type.certain(), self.scope) for o in operands]
            elif node.op not in ("if", "or_else", "is_known"):
                return fitted(next(o for o in operands if o.type.kind == "nothing"), node.type, self.scope)
        return OPERATIONS[node.op](self.scope, node, operands)

    def _cell(self, node: Cell) -> Value:
        """An input cell: the one row that holds them all is set beside every row."""
        name, type = self.layout.cells[node.path]
        if CELLS not in self._single:
            self._single[CELLS] = self.scope.join(Scope(CELLS, self.scope.spelling, self.scope.names), ())
        found = given(name, type.certain(), self.scope.spelling)
        return each(found, lambda tree: self.scope.expose(self._single[CELLS], tree))

    def _in_force(self, node: InForce) -> Value:
        """The entry of the schedule whose days hold the date."""
        table, type = self.layout.schedules[node.path]
        date = self.exact(node.date)
        key = (table, (date,))
        if key not in self._lookups:
            schedule = Rows(self.layout, "", Scope(table, self.scope.spelling, self.scope.names))
            days = ((date, ">=", sql.column("start")), (date, "<=", sql.column("last")))
            self._lookups[key] = (schedule, self.scope.join(schedule.scope, days))
        joined = self._lookups[key][1]
        found = given("value", type.certain(), self.scope.spelling)
        return each(found, lambda tree: self.scope.expose(joined, tree))

    def _lookup(self, node: Lookup) -> Value:
        """The row with that key; lookups by the same key share one join."""
        values = [fitted(self.value(part), part.type.certain(), self.scope) for _, part in node.on]
        key = (node.entity, tuple(self.scope.bind(value.main) for value in values))
        if key not in self._lookups:
            target = self.over(node.entity)
            on = []
            for own, theirs in zip(values, self.layout.key_columns(node.entity), strict=True):
                left, right = same(self.scope, own, theirs)
                on.append((self.scope.bind(left), "=", right))
            self._lookups[key] = (target, self.scope.join(target.scope, on))
        target, joined = self._lookups[key]
        found = each(target.value(node.value), lambda tree: self.scope.expose(joined, tree))
        return found if found.na is None else replace(found, na=sql.call("COALESCE", found.na, sql.FALSE))

    def _outer(self, node: Outer) -> Value:
        if self.outer is None:
            raise EngineBug(f"no row asks for the rows of `{self.entity}`")
        rows, joined = self.outer
        return each(rows.value(node.value), lambda tree: self.scope.expose(joined, tree))


def over(layout: Layout, entity: str, names: Names, like: Scope) -> Rows:
    """The rows of an entity as its working table has them."""
    return Rows(layout, entity, Scope(layout.tables[entity], like.spelling, names))


def output(layout: Layout, entity: str, name: str, value: Value) -> dict[str, Tree]:
    """The columns in which a value is stored."""
    return dict(zip(layout.places(entity, "", name, value.type), value.trees, strict=True))
