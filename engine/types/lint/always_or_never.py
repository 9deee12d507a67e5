"""L008: a comparison that the declared ranges decide before any data is seen."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ..datatypes import Type
from .linted import Linted


def always_or_never(of: Linted) -> None:
    """Report each comparison of what data hold with something outside their range: always true, or never."""
    for one in of.written:
        node = one.node
        if not isinstance(node, ast.Comparison):
            continue
        left, right = of.type_of(node.left), of.type_of(node.right)
        if left.kind != "number" or right.kind != "number" or (left.literal and right.literal):
            continue
        answer = _answer(node.op, left, right)
        if answer is not None:
            said = "true of every value" if answer else "true of no value"
            help = "look at the unit and at the range of the column, or take the test out"
            of.report(one.path, "L008", node.span, help=help, text=print_expr(node), said=said)


def _answer(op: str, left: Type, right: Type) -> bool | None:
    """What a comparison comes to for all values within two ranges; nothing where that depends."""
    above = left.low is not None and right.high is not None and left.low > right.high
    from_ = left.low is not None and right.high is not None and left.low >= right.high
    below = left.high is not None and right.low is not None and left.high < right.low
    up_to = left.high is not None and right.low is not None and left.high <= right.low
    match op:
        case ">":
            return True if above else False if up_to else None
        case ">=":
            return True if from_ else False if below else None
        case "<":
            return True if below else False if from_ else None
        case "<=":
            return True if up_to else False if above else None
        case "=":
            return False if above or below else None
        case _:
            return None
