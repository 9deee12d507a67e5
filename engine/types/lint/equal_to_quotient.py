"""L027: a quotient that has to be equal to a number."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ..check_parameters import literal_value
from .linted import Linted

_ENDS = (0, 1, 100)
"""Numbers that a share comes to exactly: none, all."""


def equal_to_quotients(of: Linted) -> None:
    """Report each quotient, mean or share that is tested for being equal to something, unless that is none or all."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.Comparison) and node.op in ("=", "!="):
            pairs: list[tuple[Expr, tuple[Expr, ...]]] = [(node.left, (node.right,)), (node.right, (node.left,))]
        elif isinstance(node, ast.In):
            pairs = [(node.value, node.options)]
        else:
            continue
        for side, others in pairs:
            found = of.type_of(side)
            if found.kind == "number" and found.quotient and any(literal_value(other) not in _ENDS for other in others):
                help = f"round it, `round({print_expr(side)}, 1)`, or ask for a range"
                of.report(one.path, "L027", node.span, help=help, text=print_expr(side))
                break
