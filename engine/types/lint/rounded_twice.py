"""L029: a number that is rounded once more."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from ..checked import DefinitionUse
from .linted import Linted

ROUNDINGS = ("round", "floor", "ceiling", "truncate")


def rounded_twice(of: Linted) -> None:
    """Report `round(round(x, 2), 1)`, also where the inner rounding stands in a rule of its own or as `rate_round`."""
    for one in of.written:
        match one.node:
            case ast.Call(function=function, arguments=(inner, *_)) if function in ROUNDINGS:
                first = _rounded(of, inner)
                if first is not None:
                    _report(of, one.path, one.node, first)
            case _:
                pass
    section = of.policy.accountability
    for item in section.indicators if section is not None else ():
        if item.rate_round is not None and item.round is not None and item.scale is None and item.score is None:
            help = "keep the rounding that the rule writes; without `scale` or `score` nothing stands between the two"
            path = f"accountability.indicators.{item.name}"
            of.report(path, "L029", item.span, help=help, text=item.name)


def _rounded(of: Linted, inner: Expr) -> Expr | None:
    """The rounding that a number comes from: itself, or that of the rule which it names."""
    if isinstance(inner, ast.Call) and inner.function in ROUNDINGS:
        return inner
    used = of.use_of(inner) if isinstance(inner, ast.Name | ast.Member) else None
    if not isinstance(used, DefinitionUse):
        return None
    for rule in of.policy.definitions:
        if (rule.entity.text, rule.name) == (used.entity, used.name):
            body = rule.versions[-1].body
            return body if isinstance(body, ast.Call) and body.function in ROUNDINGS else None
    return None


def _report(of: Linted, path: str, outer: ast.Call, first: Expr) -> None:
    help = "round once, at the end: 2.449 is 2.45 with two decimals and then 2.5 with one, and is 2.4 with one"
    others = (Label(first.span, "rounded here"),)
    of.report(path, "L029", outer.span, others=others, help=help, text=print_expr(outer))
