"""L032: a limit in dollars below the amount of a single claim."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Funding
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from .linted import Linted
from .written_values import values


def caps_below_amounts(of: Linted) -> None:
    """Report each `at_most` in dollars that every single claim is above: no claim is ever paid what the line says."""
    for line in of.policy.funding:
        amounts = values(of.policy, _formula(of, line))
        if not amounts or line.quantity is not None or line.stages:
            continue
        for limit in line.limits:
            most = values(of.policy, limit.at_most)
            if limit.at_most is not None and not limit.of_quantity and most and max(most) < min(amounts):
                others = (Label(line.amount.span, "of each claim"),)
                help = "mostly a count or a period was mistaken; where the limit is meant, let it be the amount"
                of.report(
                    f"funding.{line.name}",
                    "L032",
                    limit.at_most.span,
                    others=others,
                    help=help,
                    text=print_expr(limit.at_most),
                    amount=print_expr(line.amount),
                )


def _formula(of: Linted, line: Funding) -> Expr:
    """The amount of a claim, or the formula of the definition that it names."""
    if isinstance(line.amount, ast.Name):
        for one in of.policy.definitions:
            if one.name == line.amount.name and one.entity.text == line.claim.text and len(one.versions) == 1:
                return one.versions[0].body
    return line.amount
