"""L025: a value that is compared with itself, taken from itself or divided by itself."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .linted import Linted


def compared_with_itself(of: Linted) -> None:
    """Report `x = x`, `x - x` and `x / x`: one side was to be something else, or of another row."""
    for one in of.written:
        node = one.node
        two_sided = isinstance(node, ast.Comparison) or (isinstance(node, ast.Arithmetic) and node.op in ("-", "/"))
        if two_sided and node.left == node.right:
            help = "one side was meant to be something else; the row outside is named by its entity: `program.area`"
            of.report(one.path, "L025", node.span, help=help, text=print_expr(node))
