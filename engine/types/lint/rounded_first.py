"""L030: an amount of money that is rounded before it is multiplied."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from .linted import Linted
from .rounded_twice import ROUNDINGS


def rounded_first(of: Linted) -> None:
    """Report `round(total / n, 2) * students`: half a cent of each becomes dollars of all."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Arithmetic) or node.op != "*":
            continue
        for side in (node.left, node.right):
            if isinstance(side, ast.Call) and side.function in ROUNDINGS and of.type_of(side).unit.is_money:
                help = "multiply first and round the product, unless the rule itself rounds the rate"
                of.report(one.path, "L030", side.span, help=help, text=print_expr(side))
                break
