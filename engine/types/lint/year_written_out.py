"""L034: a rule that holds in one written year only."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ..checked import ValueUse
from .linted import Linted


def years_written_out(of: Linted) -> None:
    """Report `school_year of award_date = "2025-26"`: next year nothing passes, and nobody has changed the rule."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison) or node.op != "=":
            continue
        for year, side in ((node.left, node.right), (node.right, node.left)):
            found = of.type_of(year)
            if found.kind == "year" and not _is_written(of, year) and _is_written(of, side):
                now = "fiscal_year" if found.name == "fiscal_year" else "school_year"
                help = f"compare with `{now}` or `{now} - 1 year`, or say from when the rule holds with `from:`"
                of.report(one.path, "L034", node.span, help=help, text=print_expr(node), year=print_expr(side))


def _is_written(of: Linted, side: Expr) -> bool:
    return isinstance(side, ast.Text | ast.Number) or isinstance(of.use_of(side), ValueUse)
