"""L009: a number of rows that is compared with a number that need not be whole."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .. import units
from .linted import Linted


def counts_against_parts(of: Linted) -> None:
    """Report each comparison of a count with a product that has decimals: 6 of 33 is not said to be 20% or not."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison):
            continue
        for count, part in ((node.left, node.right), (node.right, node.left)):
            counted, found = of.type_of(count), of.type_of(part)
            whole = counted.kind == "number" and counted.unit == units.COUNT and not counted.scale
            if (
                whole
                and found.kind == "number"
                and found.scale
                and not found.quotient
                and isinstance(part, ast.Arithmetic | ast.PartOf)
            ):
                text = print_expr(part)
                help = f"say how it is rounded: `ceiling({text})` or `floor({text})`"
                of.report(one.path, "L009", part.span, help=help, count=print_expr(count), text=text)
                break
