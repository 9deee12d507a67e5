"""L022: a `not` of what says no already."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import FALLBACK, NEGATION, print_expr
from .linted import Linted
from .rewrite import instead, kept


def double_negations(of: Linted) -> None:
    """Report `not not a`, `not (a != b)`, `not (a not in {b})` and `not (a is missing)`."""
    for one in of.written:
        node = one.node
        better = _plain(node.operand) if isinstance(node, ast.Not) else None
        if better is not None:
            text = " ".join(better.split())
            of.report(
                one.path, "L022", node.span, help=f"write `{text}`", fix=instead(node, better), text=print_expr(node)
            )


def _plain(inner: Expr) -> str | None:
    """What is meant by the opposite of a condition that says no."""
    match inner:
        case ast.Not(operand=operand):
            return kept(operand, NEGATION)
        case ast.Comparison(op="!=", left=left, right=right):
            return f"{kept(left, FALLBACK)} = {kept(right, FALLBACK)}"
        case ast.In(value=value, options=options, negated=True):
            listed = ", ".join(kept(option, FALLBACK) for option in options)
            return f"{kept(value, FALLBACK)} in {{{listed}}}"
        case ast.IsKnown(value=value, known=False):
            return f"{kept(value, FALLBACK)} is known"
        case _:
            return None
