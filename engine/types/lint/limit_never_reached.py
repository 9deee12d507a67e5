"""L024: a limit that no value can reach."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ..datatypes import Type
from .linted import Linted


def limits_never_reached(of: Linted) -> None:
    """Report `max(n, 0)` of a count and `min(share, 100%)`: the data keep within the limit by themselves."""
    for one in of.written:
        node = one.node
        match node:
            case ast.Call(function="min" | "max" as function, arguments=(left, right)):
                for limit, value in ((right, left), (left, right)):
                    if _is_limit(limit) and _idle(function, of.type_of(value), of.type_of(limit)):
                        _report(of, one.path, limit, value)
            case ast.Call(function="clamp", arguments=(value, low, high)):
                for function, limit in (("max", low), ("min", high)):
                    if _is_limit(limit) and _idle(function, of.type_of(value), of.type_of(limit)):
                        _report(of, one.path, limit, value)
            case _:
                pass


def _is_limit(expr: Expr) -> bool:
    return isinstance(expr, ast.Number | ast.Money | ast.Percent | ast.Negate)


def _idle(function: str, value: Type, limit: Type) -> bool:
    """Whether the smaller (`min`) or the larger (`max`) of two is always the value, by its range."""
    if value.kind != "number" or limit.kind != "number" or value.literal or limit.low is None or limit.high is None:
        return False
    if function == "min":
        return value.high is not None and value.high <= limit.low
    return value.low is not None and value.low >= limit.high


def _report(of: Linted, path: str, limit: Expr, value: Expr) -> None:
    help = "look at the range of the column, or take the limit out"
    of.report(path, "L024", limit.span, help=help, text=print_expr(limit), value=print_expr(value))
