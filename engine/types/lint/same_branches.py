"""L031: a choice whose branches are the same."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .linted import Linted


def same_branches(of: Linted) -> None:
    """Report `if a then x else x`, and an `else if` that gives what the `else` below it gives."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.If) and node.then == node.otherwise:
            help = "one of the two was meant to be something else; otherwise the value needs no choice"
            of.report(one.path, "L031", node.then.span, help=help, text=print_expr(node.test))
