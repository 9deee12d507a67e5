"""L060: stages that pay more of a claim than there is."""

from __future__ import annotations

from fractions import Fraction

from ...syntax import expr as ast
from ..check_index import written_out
from ..check_parameters import literal_value
from .linted import Linted


def stages_above_whole(of: Linted) -> None:
    """Report the stage with which the shares that are written out come to more than 100%, each at its most. Stages
    whose tests rule each other out are not known here: a line that pays one or the other accepts the finding.
    """
    for line in of.policy.funding:
        total = Fraction(0)
        for stage in line.stages:
            shares = _shares(stage.pays)
            total += max(shares, default=Fraction(0))
            if shares and total > 1:
                help = "write shares that come to 100% at most where all stages are reached"
                found = f"{written_out(total * 100)}%"
                of.report(f"funding.{line.name}", "L060", stage.pays.span, help=help, name=line.name, found=found)
                break


def _shares(pays: ast.Expr) -> list[Fraction]:
    """The shares that an expression may be, where they are written out."""
    match pays:
        case ast.Percent():
            found = literal_value(pays)
            return [found] if isinstance(found, Fraction) else []
        case ast.If(then=then, otherwise=otherwise):
            return [*_shares(then), *_shares(otherwise)]
        case _:
            return []
