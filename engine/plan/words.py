"""What an author wrote for each node of a plan, so that a plan explains itself in the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..syntax.expr import Expr, NodeId
from ..syntax.print import print_expr
from ..types.checked import CheckedEpoch, CheckedPolicy
from .from_checked import plan_columns
from .from_expr import make_node
from .plan import Node
from .planner import Planner, Scope
from .print_node import print_node


@dataclass(frozen=True, slots=True)
class Words:
    """Node → the expression that stands for it in the policy, and expression → its node."""

    written: Mapping[Node, Expr]
    nodes: Mapping[NodeId, Node]

    def text(self, node: Node) -> str:
        """A node as its author wrote it; one that nobody wrote as the plan spells it."""
        expr = self.written.get(node)
        return print_node(node) if expr is None else print_expr(expr)


@dataclass(slots=True)
class _Recorder(Planner):
    """Plans as `Planner` does and notes which expression each node came from."""

    written: dict[Node, Expr] = field(default_factory=dict)
    nodes: dict[NodeId, Node] = field(default_factory=dict)

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression; where a name stands for something longer, the name is noted."""
        found = Planner.node(self, expr, scope)
        self.written[found] = expr
        self.nodes[expr.id] = found
        return found


_LAST: list[tuple[CheckedPolicy, CheckedEpoch, Words]] = []
"""The words that were asked for last: one run asks for the same many times."""


def words_of(checked: CheckedPolicy, epoch: CheckedEpoch) -> Words:
    """The words of the plan that `plan_policy` makes of the same epoch: it is planned once more, node for node."""
    for policy, planned, words in _LAST:
        if policy is checked and planned is epoch:
            return words
    recorder = _Recorder(checked.policy, epoch, make_node)
    plan_columns(recorder)
    words = Words(recorder.written, recorder.nodes)
    _LAST[:] = [(checked, epoch, words)]
    return words
