"""L023: a lower limit above the upper one."""

from __future__ import annotations

from collections.abc import Iterator

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ...text.source import Span
from .linted import Linted
from .written_values import crossed


def limits_crossed(of: Linted) -> None:
    """Report each range, `clamp`, indicator, column and line of funding whose least is more than its most."""
    for path, span, low, high in _limits(of):
        if low is not None and high is not None and crossed(of.policy, low, high):
            help = "change the two round, or see which of them is mistaken"
            of.report(path, "L023", span, help=help, low=print_expr(low), high=print_expr(high))


def _limits(of: Linted) -> Iterator[tuple[str, Span, Expr | None, Expr | None]]:
    for one in of.written:
        match one.node:
            case ast.Between(low=low, high=high) | ast.Call(function="clamp", arguments=(_, low, high)):
                yield one.path, low.span.to(high.span), low, high
            case _:
                pass
    policy = of.policy
    for table in policy.data:
        for column in table.columns:
            path = f"data.{table.name}.{column.name}"
            yield path, _place(column.at_most, column.span), column.at_least, column.at_most
    if policy.accountability is not None:
        for item in policy.accountability.indicators:
            path = f"accountability.indicators.{item.name}"
            yield path, _place(item.at_most, item.span), item.at_least, item.at_most
    for line in policy.funding:
        if line.minimum is not None:
            yield f"funding.{line.name}", _place(line.maximum, line.span), line.minimum.amount, line.maximum


def _place(limit: Expr | None, name: Span) -> Span:
    return name if limit is None else limit.span
