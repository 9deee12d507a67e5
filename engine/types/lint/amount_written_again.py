"""L056: an amount of money in a formula that a parameter holds already."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from .linted import Linted

OF_THEIR_OWN = ("parameters.", "appropriations.", "tables.", "points.", "bands.")
"""Where amounts are written because the law writes them there."""


def amounts_written_again(of: Linted) -> None:
    """Report each amount, but for $0, in a rule or a line of funding that is also a value of a parameter."""
    held = {
        literal: (item.name, value.span)
        for item in of.policy.parameters
        for value in item.values
        for _, literal in value.members
        if isinstance(literal, ast.Money) and literal.value
    }
    for one in of.written if held else ():
        node = one.node
        if isinstance(node, ast.Money) and node in held and not one.path.startswith(OF_THEIR_OWN):
            name, place = held[node]
            help = f"write `{name}` if it is that amount"
            others = (Label(place, "is the same amount"),)
            of.report(one.path, "L056", node.span, others=others, help=help, text=print_expr(node), name=name)
