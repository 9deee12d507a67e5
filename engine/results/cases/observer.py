"""Watching a run: which outcomes the tests of a plan had on any row, and which dated values were read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any, TypeAlias

from ...execution.dataset_rows import DatasetRows
from ...execution.reference import Interpreter, Row
from ...execution.values import Bound, Missing, Value, settled
from ...plan.from_checked import nodes_in, plan_columns
from ...plan.from_expr import make_node
from ...plan.plan import Cell, InForce, Node, Plan
from ...plan.planner import Planner, Scope
from ...syntax.expr import Expr
from ...syntax.policy import Policy
from ...types.checked import CheckedEpoch
from ..run import Run

Spot: TypeAlias = tuple[int, int]
"""Where an expression stands in the policy: from which character to which."""

TRUE, FALSE, UNDETERMINED = "true", "false", "undetermined"


@dataclass(slots=True)
class Recorder(Planner):
    """Plans as `Planner` does, and notes which nodes the expressions at the `watched` spots became."""

    watched: Container[Spot] = ()
    nodes: dict[Node, set[Spot]] = field(default_factory=dict)
    tests: set[Spot] = field(default_factory=set)

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        found = Planner.node(self, expr, scope)
        at = (expr.span.start, expr.span.end)
        if at in self.watched and expr.span.source.name == self.policy.source.name and found.type.kind == "truth":
            self.nodes.setdefault(found, set()).add(at)
            self.tests.add(at)
        return found


def record(policy: Policy, epoch: CheckedEpoch, watched: Container[Spot]) -> Recorder:
    """The tests at some spots of a policy, as nodes of its plan in an epoch."""
    recorder = Recorder(policy, epoch, make_node, watched=watched)
    plan_columns(recorder)
    return recorder


def watches(plan: Plan, nodes: Mapping[Node, set[Spot]]) -> dict[int, set[Spot]]:
    """The spots of each node of a plan, by the identity of the node: looking it up must cost nothing."""
    found: dict[int, set[Spot]] = {}
    for column in plan.columns:
        for node in nodes_in(column.node):
            if hasattr(node, "type") and node.type.kind == "truth" and node in nodes:
                found[id(node)] = nodes[node]
    return found


@dataclass(slots=True)
class Observed:
    """What runs have shown: the outcomes by spot, and the dated values that were read, by path and first day."""

    outcomes: dict[Spot, set[str]] = field(default_factory=dict)
    read: set[tuple[str, Date]] = field(default_factory=set)


class Observer(Interpreter):
    """Interprets as the reference does, and notes what it sees in `observed`."""

    def __init__(self, run: Run, watched: Mapping[int, set[Spot]], observed: Observed) -> None:
        super().__init__(run.plan, DatasetRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
        self._watched, self._observed, self._day = watched, observed, run.as_of

    def see_all(self) -> None:
        """Compute every stored column of every row."""
        for column in self._columns.values():
            for key in self.keys(column.id.entity):
                self.value(column.id.entity, column.id.name, key)

    def evaluate(self, node: Node, row: Row) -> Value:
        """The value of a node for a row."""
        value = super().evaluate(node, row)
        if id(node) in self._watched:
            outcome = _outcome(value)
            for at in self._watched[id(node)] if outcome else ():
                self._observed.outcomes.setdefault(at, set()).add(outcome)
        return value

    def _cell(self, node: Cell, row: Row) -> Value:
        self._note_read(node.path, self._day)
        return super()._cell(node, row)

    def _in_force(self, node: InForce, row: Row) -> Value:
        day: Any = settled(self.evaluate(node.date, row))
        if isinstance(day, Date):
            self._note_read(node.path, day)
        return super()._in_force(node, row)

    def _note_read(self, path: str, day: Date) -> None:
        schedule = self._schedules.get(path, ())
        at = bisect_right(schedule, day, key=lambda entry: entry[0])
        if at:
            self._observed.read.add((path, schedule[at - 1][0]))


def _outcome(value: Value) -> str:
    """How a test came out; nothing where it does not apply."""
    if isinstance(value, Missing | Bound):
        return UNDETERMINED
    return TRUE if value is True else FALSE if value is False else ""
