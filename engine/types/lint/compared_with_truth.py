"""L010: a test that is compared with `true` or `false`."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .linted import Linted


def compared_with_truth(of: Linted) -> None:
    """Report `graduated = true`, which is `graduated`, and `graduated = false`, which is `not graduated`."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.Comparison) and node.op in ("=", "!=") and isinstance(node.right, ast.Truth):
            plain = node.right.value is (node.op == "=")
            better = node.left if plain else ast.Not(node.left)
            of.report(one.path, "L010", node.span, help=f"write `{print_expr(better)}`", text=print_expr(node))
