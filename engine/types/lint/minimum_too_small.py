"""L052: numbers of student groups that are shown from a handful of students on."""

from __future__ import annotations

from fractions import Fraction

from ...syntax import expr as ast
from ...syntax.accountability import MinimumN
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from .linted import Linted

LEAST = 5
"""Below so many rows a number tells of single students: one more or less among four moves a rate by 25 points."""


def minimums_too_small(of: Linted) -> None:
    """Report a minimum n below five where numbers of student groups are worked out, as the policy has it last."""
    section = of.policy.accountability
    if section is None or not section.student_groups:
        return
    places: list[tuple[str, MinimumN | None]] = [("accountability", section.minimum_n)]
    places += [(f"accountability.indicators.{item.name}", item.minimum_n) for item in section.indicators]
    for path, minimum in places:
        if minimum is None:
            continue
        count = _number(minimum.count, of)
        if count is not None and count < LEAST:
            help = "ask for 10 rows, or for as many as the state's rule on the privacy of students says"
            of.report(path, "L052", minimum.count.span, help=help, text=print_expr(minimum.count), least=LEAST)


def _number(expr: Expr, of: Linted) -> Fraction | None:
    """A number that is written out, here or as the last value of a parameter."""
    if isinstance(expr, ast.Name):
        named = next((item for item in of.policy.parameters if item.name == expr.name and item.values), None)
        found = dict(named.values[-1].members).get("") if named is not None else None
        return Fraction(found.value) if isinstance(found, ast.Number) else None
    return Fraction(expr.value) if isinstance(expr, ast.Number) else None
