"""L070: an amount of money in a line of funding that no date can change."""

from __future__ import annotations

from collections.abc import Iterator

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Funding
from ...syntax.print import print_expr
from ...syntax.walk import walk
from .linted import Linted


def money_without_a_day(of: Linted) -> None:
    """Report the first amount, but for $0, that a line of funding writes out where it says how much is paid. One that a
    parameter holds already is for L056.
    """
    held = {literal for item in of.policy.parameters for value in item.values for _, literal in value.members}
    for line in of.policy.funding:
        for expr in _amounts(line):
            node = next(
                (one for one in walk(expr) if isinstance(one, ast.Money) and one.value and one not in held), None
            )
            if node is not None:
                help = "make it a parameter with a day from which it holds and its citation"
                path = f"funding.{line.name}"
                of.report(path, "L070", node.span, help=help, name=line.name, text=print_expr(node))
                break


def _amounts(line: Funding) -> Iterator[Expr]:
    """The expressions of a line that say how much is paid, in the order in which they stand in docs/language.md."""
    stages, limits = [one.pays for one in line.stages], [one.at_most for one in line.limits]
    least = line.minimum.amount if line.minimum is not None else None
    for expr in (line.amount, *stages, *limits, least, line.maximum, line.hold_harmless):
        if expr is not None:
            yield expr
