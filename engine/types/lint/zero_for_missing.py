"""L041: a cell that counts as zero where nobody has filled it in."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ..checked import DataUse
from .linted import Linted


def zeros_for_missing(of: Linted) -> None:
    """Report `COLUMN or_else 0`, of any unit, outside sentences: what nobody reported is taken for nothing."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.OrElse) or isinstance(one.whole, ast.Sentence):
            continue
        zero = isinstance(node.fallback, ast.Number | ast.Percent | ast.Money) and not node.fallback.value
        if zero and isinstance(of.use_of(node.value), DataUse):
            help = "leave `or_else` out, and what reads it is undetermined; or say in a column what a blank means"
            of.report(one.path, "L041", node.span, help=help, column=print_expr(node.value))
