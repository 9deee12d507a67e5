"""L008: a comparison that the declared ranges decide before any data is seen."""

from __future__ import annotations

from fractions import Fraction

from ...syntax import expr as ast
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from ..check_parameters import literal_value
from ..datatypes import Type
from .linted import Linted


def always_or_never(of: Linted) -> None:
    """Report each comparison of what data hold with something outside their range: always true, or never."""
    told: set[int] = set()
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
            continue
        _by_parameter(of, node, left, right, told)


def _by_parameter(of: Linted, node: ast.Comparison, left: Type, right: Type, told: set[int]) -> None:
    """Report each value of a parameter with which a comparison is never true: it lies outside the range of the other
    side. One with which it always is may be meant: nothing is asked for then. Each value is `told` of once.
    """
    for item in of.policy.parameters:
        sides = [isinstance(side, ast.Name) and side.name == item.name for side in (node.left, node.right)]
        for dated in item.values if sides.count(True) == 1 else ():
            for _, value in dated.members:
                number = None if value is None else literal_value(value)
                if value is None or value.id in told or not isinstance(number, Fraction):
                    continue
                exact = Type("number", low=number, high=number)
                if (_answer(node.op, exact, right) if sides[0] else _answer(node.op, left, exact)) is False:
                    told.add(value.id)
                    others = (Label(node.span, "is never true then"),)
                    help = "look at the unit and at the sign of the value, and at the range of the column"
                    path, text = f"parameters.{item.name}", print_expr(node)
                    said = "true of no value"
                    of.report(path, "L008", value.span, others=others, help=help, text=text, said=said)


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
