"""L004: a quotient that is multiplied afterwards."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .linted import Linted


def quotients_first(of: Linted) -> None:
    """Report `(a / b) * c`: the division keeps 12 decimals, and `a * c / b` rounds once, at the end."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.Arithmetic) and node.op == "*":
            for first, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(first, ast.Arithmetic) and first.op == "/":
                    better = ast.Arithmetic("/", ast.Arithmetic("*", first.left, other), first.right)
                    help = f"write `{print_expr(better)}`"
                    of.report(one.path, "L004", node.span, help=help, text=print_expr(node))
                    break
