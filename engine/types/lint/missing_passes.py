"""L040: a verdict that is given because nobody knows."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...syntax.walk import walk
from .linted import Linted
from .verdicts import parts, verdicts


def missing_passes(of: Linted) -> None:
    """Report, in each test that decides about a row, `wage >= floor or wage is missing` and `test or_else true`. Of a
    date that is missing a policy may say that there is no end.
    """
    for path, test in verdicts(of):
        for part in parts(test):
            unknown = _unknown(part, of)
            if unknown is not None:
                help = "leave it out, and the row is undetermined; or accept the finding and say who wants it so"
                of.report(path, "L040", part.span, help=help, text=print_expr(part), unknown=print_expr(unknown))


def _unknown(part: Expr, of: Linted) -> Expr | None:
    """What makes a part true by being missing."""
    if isinstance(part, ast.OrElse) and part.fallback == ast.Truth(True):
        return part.value
    if isinstance(part, ast.Or):
        for one in part.operands:
            if isinstance(one, ast.IsKnown) and not one.known and of.type_of(one.value).kind != "date":
                others = (other for other in part.operands if other is not one)
                if any(node == one.value for other in others for node in walk(other)):
                    return one.value
    return None
