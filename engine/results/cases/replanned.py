"""The plan of a policy with a small change: only what the change touches is planned again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from ...plan.from_checked import nodes_in, plan_columns, plan_policy, with_dependencies
from ...plan.from_expr import make_node
from ...plan.plan import Column, ColumnId, Group, Node, Plan, Reference
from ...plan.planner import Planner, Scope
from ...syntax.expr import Expr
from ...text.source import Span
from ...types.checked import CheckedDefinition, CheckedEpoch, CheckedPolicy
from .mutants import Rewritten, is_target

Key = tuple[str, str]
"""Entity and name of a column."""

Place = tuple[str, int, int]
"""Where an expression is written."""


@dataclass(frozen=True, slots=True)
class ChangedPlan:
    """A plan with a change, and the columns that are made otherwise; nothing where a table may have other rows."""

    plan: Plan
    columns: frozenset[Key] | None


@dataclass(slots=True)
class _Listening(Planner):
    """Plans as `Planner` does, and keeps of which columns each expression is a part."""

    _heard: set[Place] = field(default_factory=set)
    parts: dict[Place, set[Key]] = field(default_factory=dict)

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        self._heard.add(_place(expr))
        return Planner.node(self, expr, scope)

    def add(self, column: Column) -> None:
        """Put a column behind those that there are."""
        Planner.add(self, column)
        if not column.id.name.startswith("~"):  # what is put into a column of its own is a part of the next one too
            self.credit((column.id.entity, column.id.name))

    def credit(self, key: Key) -> None:
        """What has been heard since the last column is a part of this one."""
        for place in self._heard:
            self.parts.setdefault(place, set()).add(key)
        self._heard.clear()


@dataclass(slots=True)
class _Changing(Planner):
    """Plans as `Planner` does, with another expression in the place of one."""

    change: Rewritten | None = None
    own: set[Key] = field(default_factory=set)

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        if self.change is not None and is_target(expr, self.change.expr):
            expr = self.change.make(expr)
        return Planner.node(self, expr, scope)

    def hoist(self, entity: str, node: Node, span: Span) -> Reference:
        """Give a node a stored column of its own, under a name that no column of the plan without the change has."""
        known = self.hoisted.get((entity, node))
        if known is None:
            column = ColumnId(entity, f"~changed {len(self.own) + 1}", "internal", self.path)
            self.own.add((entity, column.name))
            self.add(Column(column, node, node.type, span))
            known = self.hoisted[entity, node] = Reference(column, node.type)
        return known


_ENTITIES: Key = ("", "")
"""Stands for what is planned after all columns: which rows the tables of a policy have."""


class Replanner:
    """The plan of an epoch, ready to be changed again and again."""

    def __init__(self, checked: CheckedPolicy, epoch: CheckedEpoch) -> None:
        planner = _Listening(checked.policy, epoch, make_node)
        self.checked, self.epoch = checked, epoch
        self.plan = plan_policy(checked, epoch, planner)
        planner.credit(_ENTITIES)
        self._parts = planner.parts
        self._planned = planner
        self._places = {(one.id.entity, one.id.name): at for at, one in enumerate(self.plan.columns)}
        self._makes_rows = row_makers(self.plan)
        self._uses = {_key(one): _used(one) for one in self.plan.columns}
        self._named_once = {key for key, count in Counter(map(_key, planner.columns)).items() if count == 1}

    def changed(self, change: Rewritten) -> ChangedPlan | None:
        """The plan with a change; nothing where that is the same plan."""
        touched = self._parts.get(_place(change.expr))
        if not touched:
            return None
        definitions = self._definitions(touched)
        if not definitions or not touched <= self._named_once:
            return self._in_full(change)
        planner = self._planner(definitions, change)
        plan_columns(planner)
        anew: dict[Key, list[Column]] = {}
        before: list[Column] = []
        for column in planner.columns:
            before.append(column)
            if _key(column) not in planner.own:
                anew[_key(column)] = before
                before = []
        if before or not anew.keys() <= self._named_once:
            return self._in_full(change)
        return self._assembled(planner, anew)

    def _in_full(self, change: Rewritten) -> ChangedPlan | None:
        planner = _Changing(self.checked.policy, self.epoch, make_node, change=change)
        return self.compared(plan_policy(self.checked, self.epoch, planner))

    def _definitions(self, touched: set[Key]) -> tuple[CheckedDefinition, ...]:
        """The definitions of columns: of what stands in its sentence a definition has columns too, `NAME: value 1`."""
        touched = {(entity, name.partition(": ")[0]) for entity, name in touched} | touched
        return tuple(one for one in self.epoch.definitions if (one.entity, one.name) in touched)

    def _planner(self, definitions: tuple[CheckedDefinition, ...], change: Rewritten) -> _Changing:
        """A planner of some definitions, which knows the columns before the first of them."""
        first = min(self._places[one.entity, one.name] for one in definitions)
        planned = self._planned
        hoisted = {key: one for key, one in planned.hoisted.items() if self._places[_of(one)] < first}
        epoch = replace(self.epoch, definitions=definitions)
        return _Changing(
            self.checked.policy, epoch, make_node, made=dict(planned.made), hoisted=hoisted,
            closures=dict(planned.closures), change=change,
        )  # fmt: skip

    def _assembled(self, planner: _Changing, anew: dict[Key, list[Column]]) -> ChangedPlan | None:
        """The plan with some columns made anew, and those below them."""
        done: dict[Key, Column] = {}
        different: set[Key] = set()
        for column in self.plan.columns:
            key = _key(column)
            if key not in anew and different.isdisjoint(self._uses[key]):
                done[key] = column
                continue
            for one in anew.get(key, (column,)):
                done[_key(one)] = with_dependencies(one, done)
            if done[key].digest != column.digest:
                different.add(key)
        if not different:
            return None
        closures = (one for name, one in planner.closures.items() if name not in self._planned.closures)
        plan = replace(self.plan, columns=tuple(done.values()), entities=(*self.plan.entities, *closures))
        return ChangedPlan(plan, frozenset(different) if different.isdisjoint(self._makes_rows) else None)

    def compared(self, after: Plan) -> ChangedPlan | None:
        """A plan as it differs from this one; nothing where it does not."""
        if self.plan.entities != after.entities:
            return ChangedPlan(after, None)
        before, found = _digests(self.plan), _digests(after)
        different = {key for key in before.keys() | found.keys() if before.get(key) != found.get(key)}
        if not different:
            return None
        return ChangedPlan(after, frozenset(different) if different.isdisjoint(self._makes_rows) else None)


def row_makers(plan: Plan) -> frozenset[Key]:
    """The columns by which rows of derived tables are grouped: with them everything may change."""
    grouped = (value for one in plan.entities if isinstance(one.source, Group) for _, value in one.source.by)
    return frozenset(_of(node) for value in grouped for node in nodes_in(value) if isinstance(node, Reference))


def _key(column: Column) -> Key:
    return column.id.entity, column.id.name


def _digests(plan: Plan) -> dict[Key, str]:
    """The digest of each column that a policy names; one that planning has made shows in those that use it."""
    return {_key(one): one.digest for one in plan.columns if not one.id.name.startswith("~")}


def _of(reference: Reference) -> Key:
    return reference.column.entity, reference.column.name


def _place(expr: Expr) -> Place:
    return expr.span.source.name, expr.span.start, expr.span.end


def _used(column: Column) -> frozenset[Key]:
    """The columns that a column uses directly."""
    return frozenset(_of(node) for node in nodes_in(column.node) if isinstance(node, Reference))
