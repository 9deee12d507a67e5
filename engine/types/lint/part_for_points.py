"""L028: points from 0 to 100 that are compared with a part of one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from ..check_parameters import literal_value
from .linted import Linted, Written

INDEX = ast.Name("index")


def parts_for_points(of: Linted) -> None:
    """Report `graduation >= 0.9` where the indicator is a rate: it goes from 0 to 100, and nearly every row passes."""
    section = of.policy.accountability
    rates = {
        item.name
        for item in (section.indicators if section is not None else ())
        if item.score is None and item.scale is None and (item.rate is not None)
    }
    scale = index_in_hundreds(of)
    for one in of.written:
        for value, limit in _compared(one):
            number = literal_value(limit)
            if not isinstance(limit, ast.Number) or number is None or not 0 < number < 1:  # type: ignore[operator]
                continue
            is_index = scale and one.path.startswith("accountability") and value == INDEX
            if is_index or (isinstance(value, ast.Name) and value.name in rates) or _is_points(value):
                help = f"write `{print_expr(limit)}` as points of 100: `{_times_hundred(limit)}`"
                of.report(one.path, "L028", limit.span, help=help, text=print_expr(value), part=print_expr(limit))


def index_in_hundreds(of: Linted) -> bool:
    """Whether the lines of ratings hold the index against tens, as an index from 0 to 100 is."""
    section = of.policy.accountability
    for line in section.ratings if section is not None else ():
        if isinstance(line.when, ast.Comparison) and line.when.left == INDEX:
            number = literal_value(line.when.right)
            if isinstance(number, Fraction) and number >= 10:
                return True
    return False


def is_part_of_index(of: Linted, test: Expr) -> bool:
    """Whether a test holds an index from 0 to 100 against a part of one."""
    if not (isinstance(test, ast.Comparison) and test.left == INDEX):
        return False
    number = literal_value(test.right)
    return isinstance(number, Fraction) and 0 < number < 1 and index_in_hundreds(of)


def _compared(one: Written) -> Iterator[tuple[Expr, Expr]]:
    match one.node:
        case ast.Comparison(left=left, right=right):
            yield left, right
            yield right, left
        case ast.Between(value=value, low=low, high=high):
            yield value, low
            yield value, high
        case _:
            pass


def _is_points(value: Expr) -> bool:
    """Whether a value is a share made points, rounded or not."""
    match value:
        case ast.Call(function="points"):
            return True
        case ast.Call(function="round" | "floor" | "ceiling" | "truncate", arguments=(inner, *_)):
            return _is_points(inner)
        case _:
            return False


def _times_hundred(limit: ast.Number) -> str:
    return f"{(limit.value * 100).normalize():f}"
