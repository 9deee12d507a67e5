"""L010: a test that is compared with `true` or `false`."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import FALLBACK, TEST, print_expr
from .linted import Linted
from .rewrite import instead, kept


def compared_with_truth(of: Linted) -> None:
    """Report `graduated = true`, which is `graduated`, and `graduated = false`, which is `not graduated`."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.Comparison) and node.op in ("=", "!=") and isinstance(node.right, ast.Truth):
            plain = node.right.value is (node.op == "=")
            better = node.left if plain else ast.Not(node.left)
            written = kept(node.left, TEST) if plain else f"not {kept(node.left, FALLBACK)}"
            help = f"write `{print_expr(better)}`"
            fix = instead(node, written) if _always_applies(of, node.left) else None
            of.report(one.path, "L010", node.span, help=help, fix=fix, text=print_expr(node))


def _always_applies(of: Linted, test: Expr) -> bool:
    """Whether a test is never *not applicable*: its comparison would be missing then, and so mean something else."""
    types = [epoch.types[test.id] for epoch in of.checked.epochs if test.id in epoch.types]
    return bool(types) and all(one.kind == "truth" and not one.excusable for one in types)
