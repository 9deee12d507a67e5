"""Which rows of decision tables and bands, and which lines of points, were taken: found by tracing the choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from typing import TypeAlias

from ...execution.dataset_rows import DatasetRows
from ...execution.reference import Interpreter
from ...execution.trace import Trace
from ...plan.from_checked import nodes_in, plan_columns
from ...plan.from_expr import make_node
from ...plan.plan import ColumnId, Compute, Node, Plan
from ...plan.planner import Planner, Scope
from ...syntax.expr import Expr, If
from ...syntax.policy import Policy
from ...text.source import Span
from ..run import Run

Characters: TypeAlias = tuple[int, int]
"""Where a row or a line stands in the policy: from which character to which."""


@dataclass(slots=True)
class _Recorder(Planner):
    """Plans as `Planner` does, and notes for each node which of the `watched` places it was written at."""

    watched: dict[Characters, str] = field(default_factory=dict)
    source: str = ""
    tests: dict[Node, set[Characters]] = field(default_factory=dict)

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        found = Planner.node(self, expr, scope)
        at = (expr.span.start, expr.span.end)
        if at in self.watched and expr.span.source.name == self.source:
            if isinstance(expr, If) and isinstance(found, Compute) and found.op == "if":
                self.tests.setdefault(found.args[0], set()).add(at)
            elif not isinstance(expr, If):
                self.tests.setdefault(found, set()).add(at)
        return found


class ChoiceCoverage:
    """Gathers which rows and lines runs have taken."""

    def __init__(self, policy: Policy) -> None:
        self._source = policy.source.name
        self._paths: dict[Characters, str] = {}
        self._spans: dict[Characters, Span] = {}
        self._taken: set[Characters] = set()
        self._tests: dict[Date, dict[Node, set[Characters]]] = {}
        self._inside: dict[Date, tuple[Plan, list[tuple[ColumnId, set[Characters]]]]] = {}
        for path, span in _places(policy):
            if span.source.name == self._source:
                self._paths[span.start, span.end] = path
                self._spans[span.start, span.end] = span

    @property
    def count(self) -> int:
        """How many rows and lines there are."""
        return len(self._paths)

    def paths(self) -> Iterator[str]:
        """The path of each row and line: several of a table have one path."""
        yield from self._paths.values()

    def unhit(self) -> Iterator[tuple[str, Span]]:
        """Paths and places of those that nothing took."""
        for at, path in self._paths.items():
            if at not in self._taken:
                yield path, self._spans[at]

    def see(self, run: Run) -> None:
        """Take in what a run took, by the reference interpreter whatever the backend was."""
        if self._taken >= self._paths.keys():  # there is nothing left to see
            return
        starts = run.epoch.starts
        if starts not in self._tests:
            recorder = _Recorder(run.checked.policy, run.epoch, make_node, watched=self._paths, source=self._source)
            plan_columns(recorder)
            self._tests[starts] = recorder.tests
        tests = self._tests[starts]
        interpreter = Interpreter(run.plan, DatasetRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
        for column, inside in self._columns(run.plan, starts):
            if inside <= self._taken:
                continue
            for key in interpreter.keys(column.entity):
                todo: list[Trace] = [interpreter.trace(column.entity, column.name, key)]
                while todo:
                    one = todo.pop()
                    if one.value is True and one.node in tests:
                        self._taken |= tests[one.node]
                    todo += one.children

    def _columns(self, plan: Plan, starts: Date) -> list[tuple[ColumnId, set[Characters]]]:
        """The columns of a plan in which rows or lines are tested, and which: found once for all cases of an epoch."""
        known = self._inside.get(starts)
        if known is None or known[0] is not plan:
            tests = self._tests[starts]
            inside = (
                (column.id, {at for node in nodes_in(column.node) if node in tests for at in tests[node]})
                for column in plan.columns
            )
            known = self._inside[starts] = plan, [one for one in inside if one[1]]
        return known[1]


def _places(policy: Policy) -> Iterator[tuple[str, Span]]:
    """Path and place of each row of a table or of bands, and of the test of each line of points.

    A line that is for all others has no test of its own and is left out.
    """
    for table in policy.tables:
        for row in (row for version in table.versions for row in version.rows):
            if any(cell is not None for cell in row.cells):
                yield f"tables.{table.name}", row.span
    for bands in policy.bands:
        for band in (row for version in bands.versions for row in version.rows):
            if band.cut.low is not None or band.cut.high is not None:
                yield f"bands.{bands.name}", band.span
    for points in policy.points:
        for line in (line for version in points.versions for line in (*version.lines, *version.add)):
            if line.when is not None:
                yield f"points.{points.name}", line.when.span
