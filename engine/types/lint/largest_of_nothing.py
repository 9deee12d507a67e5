"""L044: a largest or smallest that is held to a bar, and is missing where there are no rows."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ...syntax.walk import Node, walk
from .linted import Linted
from .unreported_for_none import MIRRORED


def largest_of_nothing(of: Linted) -> None:
    """Report `max(credits over articulations) >= 3`, and `min(…) <= 3`: without rows they wait for ever, where
    `any(credits >= 3 over articulations)` is false. Not where the same expression asks whether there are rows.
    """
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison):
            continue
        for side, op, bar in ((node.left, node.op, node.right), (node.right, MIRRORED.get(node.op, ""), node.left)):
            if not isinstance(side, ast.Aggregate) or side.what is None or side.rows.top:
                continue
            reached = (side.function == "max" and op in (">", ">=")) or (side.function == "min" and op in ("<", "<="))
            if reached and not _asked(side, one.whole):
                filtered = f" where {print_expr(side.rows.where)}" if side.rows.where is not None else ""
                better = (
                    f"any({print_expr(side.what)} {op} {print_expr(bar)} over {print_expr(side.rows.path)}{filtered})"
                )
                of.report(one.path, "L044", node.span, help=f"write `{better}`", text=print_expr(node))
                break


def _asked(side: ast.Aggregate, whole: Node) -> bool:
    """Whether the expression counts the same rows, or asks for any of them, beside the largest."""
    return any(
        isinstance(node, ast.Aggregate) and node.function in ("count", "any") and node.rows.path == side.rows.path
        for node in walk(whole)
    )
