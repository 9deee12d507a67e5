"""L042: a column that may hold "at least" or "at most" and is asked for one value."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ..checked import DataUse
from .linted import Linted


def equal_to_bounds(of: Linted) -> None:
    """Report `=`, `!=` and `in` on a bounded column: of "at least $239,200" no answer is ever known to be yes."""
    for one in of.written:
        node = one.node
        if isinstance(node, ast.In):
            sides = [node.value]
        elif isinstance(node, ast.Comparison) and node.op in ("=", "!="):
            sides = [node.left, node.right]
        else:
            continue
        for side in sides:
            if of.type_of(side).bounded and isinstance(of.use_of(side), DataUse):
                help = "compare with `>=` or `<=`, which a bound can answer"
                of.report(one.path, "L042", node.span, help=help, text=print_expr(node), column=print_expr(side))
                break
