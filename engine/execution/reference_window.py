"""What rank, running sum and share of a group mean, over all rows of an entity at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from ..plan.plan import OrderBy, Window
from ..text.errors import EngineBug
from .reference_aggregate import Member, in_order
from .reference_compute import compute
from .rounding import divide
from .values import (
    DIVISION_BY_ZERO,
    LEFT_OUT,
    Bound,
    Key,
    Missing,
    Value,
    is_known,
    missing,
    reasons_of,
    settled,
    unite,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the window's entity: whether it takes part, its group, its place in the order and its value."""

    key: Key
    inside: Value
    within: tuple[Value, ...]
    place: tuple[Value, ...]
    value: Value


def window(node: Window, candidates: Sequence[Candidate]) -> dict[Key, Value]:
    """Key → the result of every row. A row takes part where its filter is true and its group is known."""
    results: dict[Key, Value] = {}
    partitions: dict[tuple[Value, ...], list[Member]] = defaultdict(list)
    for row in candidates:
        needed = (settled(row.inside), *(settled(part) for part in row.within))
        gaps = [value for value in needed if not is_known(value)]
        if row.inside is False:
            results[row.key] = missing(LEFT_OUT)
        elif gaps:
            results[row.key] = unite(gaps)
        else:
            place = tuple(settled(part) for part in row.place)
            partitions[row.within].append(Member(row.key, None, settled(row.value), place=place))
    for members in partitions.values():
        results.update(_FUNCTIONS[node.function](node, members))
    return results


def _rank(node: Window, members: Sequence[Member]) -> dict[Key, Value]:
    """1, 2, 2, 4. A row without a place has no rank and takes none; a bound matters where it can change the rank."""
    results: dict[Key, Value] = {}
    placed: list[Member] = []
    for member in members:
        gaps = [part for part in member.place if isinstance(part, Missing)]
        if gaps:
            results[member.key] = unite(gaps)
        else:
            placed.append(member)
    if any(isinstance(part, Bound) for member in placed for part in member.place):
        results.update({member.key: _rank_among(node.order, member, placed) for member in placed})
        return results
    ordered = in_order(placed, node.order)
    if isinstance(ordered, Missing):
        raise EngineBug("a placed row has no place")
    rank, before = 0, None
    for count, member in enumerate(ordered, 1):
        if member.place != before:
            rank, before = count, member.place
        results[member.key] = Fraction(rank)
    return results


def _rank_among(order: Sequence[OrderBy], member: Member, placed: Sequence[Member]) -> Value:
    """One more than the rows before it; missing (*bound*) where a bound leaves open whether a row is before it."""
    before, open_rows = 0, list[Value]()
    for other in placed:
        if other is member:
            continue
        is_before = _is_before(order, other, member)
        if is_before is None:
            open_rows += [part for part in (*other.place, *member.place) if isinstance(part, Bound)]
        else:
            before += is_before
    return unite(open_rows) if open_rows else Fraction(before + 1)


def _is_before(order: Sequence[OrderBy], one: Member, other: Member, at: int = 0) -> bool | None:
    """Whether one row stands before another by the keys from `at` on; nothing where bounds leave that open."""
    if at == len(order):
        return False
    first, second = one.place[at], other.place[at]
    if order[at].descending:
        first, second = second, first
    less, more = compute("lt", (first, second), ()), compute("gt", (first, second), ())
    if less is True or more is True:
        return less is True
    rest = _is_before(order, one, other, at + 1)
    if less is False and more is False:
        return rest
    if less is False:  # after it or level with it
        return False if rest is False else None
    return True if more is False and rest is True else None


def _running_sum(node: Window, members: Sequence[Member]) -> dict[Key, Value]:
    """The sum of the rows up to and with this one in the total order; missing from the first missing value on."""
    ordered = in_order(members, node.order)
    if isinstance(ordered, Missing):
        return {member.key: ordered for member in members}
    results: dict[Key, Value] = {}
    total, gaps = Fraction(0), list[Value]()
    for member in ordered:
        if is_known(member.value):
            total += cast("Fraction", member.value)
        else:
            gaps.append(member.value)
        results[member.key] = unite(gaps) if gaps else total
    return results


def _share_of(node: Window, members: Sequence[Member]) -> dict[Key, Value]:
    """The part that a row's value has in the sum of its group."""
    gaps = [member.value for member in members if reasons_of(member.value)]
    if gaps:
        return {member.key: unite(gaps) for member in members}
    total = sum((cast("Fraction", member.value) for member in members), Fraction(0))
    if total == 0:
        return {member.key: missing(DIVISION_BY_ZERO) for member in members}
    return {member.key: divide(cast("Fraction", member.value), total) for member in members}


_FUNCTIONS = {"rank": _rank, "running_sum": _running_sum, "share_of": _share_of}
