"""L035: a value that changes with the year by an `if` in a rule."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.print import print_expr
from .linted import Linted


def dated_by_hand(of: Linted) -> None:
    """Report `if school_year >= "2026-27" then $1,250 else $1,000`: a number that changes with no effective date."""
    inner: set[int] = set()
    for one in of.written:
        node = one.node
        if isinstance(node, ast.If):
            inner.add(node.otherwise.id)
        if (
            isinstance(node, ast.If)
            and node.id not in inner
            and _asks_for_a_time(of, node.test)
            and _written(node.then)
            and _last(node.otherwise)
        ):
            help = "make it a parameter with a value from each date on, and name it, or `x as of` the day of the row"
            of.report(one.path, "L035", node.span, help=help, text=print_expr(node.test))


def _asks_for_a_time(of: Linted, test: Expr) -> bool:
    """Whether a test compares a year or a day with one that is written out."""
    match test:
        case ast.Comparison(left=left, right=right):
            pass
        case ast.Between(value=left, low=right):
            pass
        case _:
            return False
    pairs = ((left, right), (right, left))
    return any(of.type_of(one).kind in ("year", "date") and _is_fixed(two) for one, two in pairs)


def _is_fixed(side: Expr) -> bool:
    return isinstance(side, ast.Text | ast.DateLiteral) or (isinstance(side, ast.Name) and side.name.startswith("FY"))


def _written(value: Expr) -> bool:
    return isinstance(value, ast.Money | ast.Number | ast.Percent | ast.Negate)


def _last(value: Expr) -> bool:
    """Whether the rest of the choice ends in numbers too."""
    return _last(value.otherwise) if isinstance(value, ast.If) else _written(value)
