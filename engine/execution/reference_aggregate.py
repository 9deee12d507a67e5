"""What each aggregate means over the rows that are in, out, or possible; the table is in `docs/language.md`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from ..plan.plan import Aggregate, OrderBy
from ..text.errors import EngineBug
from .reference_compute import all_of, any_of, ends
from .roots import stdev
from .rounding import divide
from .values import (
    DIVISION_BY_ZERO,
    NO_ROWS,
    OUT_OF_RANGE,
    SEVERAL_ROWS,
    Bound,
    Key,
    Missing,
    Value,
    bound,
    is_known,
    missing,
    reasons_of,
    settled,
    unite,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A row that is in, or possible: then `doubt` says why its filter is missing."""

    key: Key
    doubt: Missing | None = None
    value: Value = True
    weight: Value = True
    place: tuple[Value, ...] = ()


def aggregate(node: Aggregate, members: Sequence[Member], level: Value = True) -> Value:
    """The aggregate over the members: the rows in and the possible rows, in any order.

    `value` and `weight` of a member are those of the node; of a possible row only `any` and `all` look at them.
    `place` has the values of `node.order`. `level` is the value of the node's level, for a percentile.
    """
    function = node.function
    if function in ("any", "all"):
        return _kleene(function, members)
    sure = [member for member in members if member.doubt is None]
    doubts = [member.doubt for member in members if member.doubt is not None]
    if function == "count":
        return bound(Fraction(len(sure)), Fraction(len(members)), unite(doubts).reasons)
    if function == "the" and len(sure) > 1:
        return missing(SEVERAL_ROWS)
    if doubts:
        return unite(doubts)
    if not sure and function not in ("sum", "count_distinct"):
        return missing(NO_ROWS)
    if function in ("first", "last", "the"):
        return _one(node, sure)
    values = [settled(member.value) for member in sure]
    if function == "share":
        return _share(values)
    gaps = [value for value in values if isinstance(value, Missing)]
    if gaps:
        return unite(gaps)
    if function in ("median", "percentile", "min", "max"):
        return _statistic(node, values, level)
    return _exact(function, values, [settled(member.weight) for member in sure])


def in_order(members: Sequence[Member], order: Sequence[OrderBy]) -> list[Member] | Missing:
    """The members sorted by their places; missing where a place is."""
    open_places = [place for member in members for place in member.place if not is_known(place)]
    if open_places:
        return unite(open_places)
    ordered = list(members)
    for at, by in reversed(tuple(enumerate(order))):
        ordered.sort(key=lambda member, at=at: member.place[at], reverse=by.descending)  # type: ignore[misc]
    return ordered


def _kleene(function: str, members: Sequence[Member]) -> Value:
    """Or over (filter and test); and over (not filter or test). A possible row's filter is missing."""
    tests: list[Value] = []
    for member in members:
        value = settled(member.value)
        if member.doubt is None:
            tests.append(value)
        elif function == "any":
            tests.append(all_of((member.doubt, value)))
        else:
            tests.append(any_of((member.doubt, value)))
    return any_of(tuple(tests)) if function == "any" else all_of(tuple(tests))


def _share(values: Sequence[Value]) -> Value:
    gaps = [value for value in values if isinstance(value, Missing)]
    every, true = Fraction(len(values)), Fraction(sum(value is True for value in values))
    return bound(divide(true, every), divide(true + len(gaps), every), unite(gaps).reasons)


def _one(node: Aggregate, sure: Sequence[Member]) -> Value:
    ordered = in_order(sure, node.order)
    if isinstance(ordered, Missing):
        return ordered
    return ordered[-1 if node.function == "last" else 0].value


def _statistic(node: Aggregate, values: Sequence[Value], level: Value) -> Value:
    """An order statistic of the low ends and of the high ends; an open end is infinitely far out."""
    pick: Callable[[list[Fraction | None]], Fraction | None]
    if node.function == "min":
        pick = lambda points: points[0]  # noqa: E731
    elif node.function == "max":
        pick = lambda points: points[-1]  # noqa: E731
    else:
        at = Fraction(1, 2) if node.function == "median" else level
        if not is_known(at):
            return unite((at,))
        if not 0 <= cast("Fraction", at) <= 1:
            return missing(OUT_OF_RANGE)
        between = node.option != "nearest_rank"
        pick = lambda points: _percentile(points, cast("Fraction", at), between)  # noqa: E731
    lows, highs = zip(*(ends(value) for value in values), strict=True)
    open_low: list[Fraction | None] = [None] * lows.count(None)
    open_high: list[Fraction | None] = [None] * highs.count(None)
    reasons = frozenset().union(*(reasons_of(value) for value in values))
    return bound(
        pick(open_low + sorted(low for low in lows if low is not None)),
        pick(sorted(high for high in highs if high is not None) + open_high),
        reasons,
    )


def _percentile(points: list[Fraction | None], level: Fraction, between: bool) -> Fraction | None:
    """The percentile of sorted points (None is infinitely far); at one half this is the median."""
    if not between:
        rank = -(-level * len(points) // 1)
        return points[max(int(rank), 1) - 1]
    place = level * (len(points) - 1)
    below = place.numerator // place.denominator
    part = place - below
    under = points[below]
    if not part or under is None:
        return under
    over = points[below + 1]
    return None if over is None else under + part * (over - under)


def _exact(function: str, values: Sequence[Value], weights: Sequence[Value]) -> Value:
    """What needs every value exactly."""
    if function == "weighted_mean":
        gaps = [value for value in (*values, *weights) if isinstance(value, Missing | Bound)]
    else:
        gaps = [value for value in values if isinstance(value, Bound)]
    if gaps:
        return unite(gaps)
    if function == "count_distinct":
        return Fraction(len(set(values)))
    numbers = [cast("Fraction", value) for value in values]
    total = sum(numbers, Fraction(0))
    if function == "sum":
        return total
    if function == "mean":
        return divide(total, Fraction(len(numbers)))
    if function == "weighted_mean":
        heavy = [cast("Fraction", weight) for weight in weights]
        under = sum(heavy, Fraction(0))
        if under == 0:
            return missing(DIVISION_BY_ZERO)
        return divide(sum((w * x for w, x in zip(heavy, numbers, strict=True)), Fraction(0)), under)
    if function in ("stdev_sample", "stdev_population"):
        squares = sum((number * number for number in numbers), Fraction(0))
        spread = stdev(len(numbers), total, squares, sample=function == "stdev_sample")
        return missing(DIVISION_BY_ZERO) if spread is None else spread
    raise EngineBug(f"the reference does not know the aggregate `{function}`")


def deciding(node: Aggregate, members: Sequence[Member], value: Value) -> list[Member]:
    """The members that made the value what it is, for an explanation: all of them where each one counts."""
    if isinstance(value, Missing):
        open_rows = [m for m in members if m.doubt is not None or not is_known(m.value) or not is_known(m.weight)]
        return open_rows or list(members)
    if node.function in ("any", "all") and value is (node.function == "any"):
        return [member for member in members if member.doubt is None and member.value is value]
    if node.function in ("min", "max"):
        return [member for member in members if member.value == value] or list(members)
    if node.function in ("first", "last"):
        ordered = in_order(members, node.order)
        if not isinstance(ordered, Missing):
            return [ordered[-1 if node.function == "last" else 0]]
    return list(members)
