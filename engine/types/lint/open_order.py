"""L039: an order that leaves most of its ties open."""

from __future__ import annotations

from collections.abc import Iterator

from ...syntax import expr as ast
from ...syntax.expr import Order
from ...syntax.print import print_expr
from .linted import Linted

_COARSE = ("truth", "enum")


def open_orders(of: Linted) -> None:
    """Report each order that decides who is taken or paid by words and truths alone: rows tie, and their codes
    decide.
    """
    for path, what, order in _deciding(of):
        if all(of.type_of(key.value).kind in _COARSE for key in order.keys):
            help = "add what the rule goes by next, such as a date: `then award_date`"
            of.report(path, "L039", order.span, help=help, text=print_expr(order), what=what)


def _deciding(of: Linted) -> Iterator[tuple[str, str, Order]]:
    for line in of.policy.funding:
        for limit in line.limits:
            if limit.by is not None:
                yield f"funding.{line.name}", "which claim is paid", limit.by
    for fund in of.policy.appropriations:
        for drawing in fund.pay_in_order:
            if drawing.by is not None:
                yield f"appropriations.{fund.name}", "who is paid first", drawing.by
    for one in of.written:
        match one.node:
            case ast.Aggregate(function="first" | "last", by=Order() as order):
                yield one.path, "which row is taken", order
            case ast.Rows(top=top, top_by=Order() as order) if top:
                yield one.path, "which rows are taken", order
            case _:
                pass
