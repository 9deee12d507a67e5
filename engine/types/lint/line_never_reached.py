"""L007: a line of tiers, ratings, overrides or points below one that holds wherever it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from ...syntax import expr as ast
from ...syntax.choice_tables import Points, PointsVersion
from ...syntax.expr import Expr
from ...syntax.policy import Timed
from ...syntax.print import print_expr
from ...text.diagnostic import Label
from ...text.source import Span
from ..check_parameters import literal_value
from .linted import Linted
from .part_for_points import is_part_of_index

T = TypeVar("T", bound=Timed)
Line = tuple[str, Expr | None, Span]


def lines_never_reached(of: Linted) -> None:
    """Report each line whose test can only be true where that of a line above it is true already."""
    for section, lines in _lists(of):
        above: list[tuple[Expr, Span]] = []
        for name, test, span in lines:
            if test is None:
                continue
            for earlier, place in above:
                if implies(test, earlier) and not is_part_of_index(of, earlier):
                    help = "put the line with the narrower test first"
                    others = (Label(place, "holds wherever this does"),)
                    of.report(f"{section}.{name}", "L007", span, others=others, help=help, name=name)
                    break
            above.append((test, span))
    for item in of.policy.points:
        for version in item.versions:
            _of_points(of, item, version)


def _of_points(of: Linted, item: Points, version: PointsVersion) -> None:
    """Report each line of points that never counts: below one that holds wherever it does, or where the highest counts
    beside one that holds too and gives no less.
    """
    for at, line in enumerate(version.lines if item.take in ("first", "highest") else ()):
        if line.when is None:
            continue
        others = version.lines[:at] if item.take == "first" else version.lines
        for other in others:
            if other is line or other.when is None or not implies(line.when, other.when):
                continue
            if item.take == "first" or _gives_more(other.points, line.points):
                name = print_expr(line.points)
                labels = (Label(other.when.span, "holds wherever this does"),)
                help = (
                    "put the line with the narrower test first"
                    if item.take == "first"
                    else "see which points are meant"
                )
                of.report(f"points.{item.name}", "L007", line.points.span, others=labels, help=help, name=name)
                break


def _gives_more(one: Expr, other: Expr) -> bool:
    first, second = literal_value(one), literal_value(other)
    return isinstance(first, Fraction) and isinstance(second, Fraction) and first > second


def _lists(of: Linted) -> Iterator[tuple[str, Iterable[Line]]]:
    policy = of.policy
    if policy.priority_list is not None:
        yield "priority_list", [(one.name, one.when, one.span) for one in policy.priority_list.tiers]
    if policy.accountability is not None:
        yield (
            "accountability.ratings",
            [(one.name, one.when, one.span) for one in _always(policy.accountability.ratings)],
        )
        overrides = [one for one in _always(policy.accountability.overrides) if not one.gate]
        yield "accountability.overrides", [(one.name, one.when, one.span) for one in overrides]


def _always(lines: Iterable[T]) -> list[T]:
    """The lines that hold on all days: of two that hold on different ones neither hides the other."""
    return [one for one in lines if one.starts is None and one.ends is None]


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
