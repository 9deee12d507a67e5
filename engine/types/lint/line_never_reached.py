"""L007: a line of tiers, ratings or points below one that holds wherever it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...text.diagnostic import Label
from ...text.source import Span
from ..check_parameters import literal_value
from .linted import Linted

Line = tuple[str, Expr | None, Span]


def lines_never_reached(of: Linted) -> None:
    """Report each line whose test can only be true where that of a line above it is true already."""
    for section, lines in _lists(of):
        above: list[tuple[Expr, Span]] = []
        for name, test, span in lines:
            if test is None:
                continue
            for earlier, place in above:
                if implies(test, earlier):
                    help = "put the line with the narrower test first"
                    others = (Label(place, "holds wherever this does"),)
                    of.report(f"{section}.{name}", "L007", span, others=others, help=help, name=name)
                    break
            above.append((test, span))


def _lists(of: Linted) -> Iterator[tuple[str, Iterable[Line]]]:
    policy = of.policy
    if policy.priority_list is not None:
        yield "priority_list", [(one.name, one.when, one.span) for one in policy.priority_list.tiers]
    if policy.accountability is not None:
        yield "accountability.ratings", [(one.name, one.when, one.span) for one in policy.accountability.ratings]


def implies(test: Expr, other: Expr) -> bool:
    """Whether `test` being true surely makes `other` true: the same test, a stricter bound of one number, or a part."""
    if test == other:
        return True
    if isinstance(test, ast.And):
        return any(implies(part, other) for part in test.operands)
    if isinstance(other, ast.Or):
        return any(implies(test, part) for part in other.operands)
    if not (isinstance(test, ast.Comparison) and isinstance(other, ast.Comparison) and test.left == other.left):
        return False
    one, two = literal_value(test.right), literal_value(other.right)
    if isinstance(one, bool | str) or isinstance(two, bool | str) or type(one) is not type(two) or one is None:
        return False
    if test.op in (">", ">=") and other.op in (">", ">="):
        return one > two or (one == two and (other.op == ">=" or test.op == ">"))  # type: ignore[operator]
    if test.op in ("<", "<=") and other.op in ("<", "<="):
        return one < two or (one == two and (other.op == "<=" or test.op == "<"))  # type: ignore[operator]
    return False
