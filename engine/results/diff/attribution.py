"""Which edit causes how much of a change: each edit's average part over all orders in which edits can be made.

The parts are the Shapley values of the game whose players are groups of edits and whose value is the number in
question after those edits alone (L. S. Shapley, A Value for n-Person Games, 1953). They add up to the whole change
exactly, do not depend on the order in which edits are named, give nothing to an edit that changes nothing in any order,
and the same to two edits that do the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import TypeAlias

Values: TypeAlias = Mapping[str, Fraction]
"""The numbers that are attributed, such as dollars paid or rows listed, by name."""

Worth: TypeAlias = Callable[[frozenset[int]], Values]
"""The numbers after some of the edits, by their places."""

ALL_ORDERS = 6
"""Up to how many groups every order is looked at: 64 runs."""

SAMPLES = 24
"""Orders that are drawn beyond that, half of them the others backwards."""

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What an edit (or a smallest group of edits that can be made at all) does to a number: its part of the change,
    `alone` what it does as the only one, `error` the standard error of a sampled part (zero where all orders were
    looked at).
    """

    group: int
    measure: str
    part: Fraction
    alone: Fraction
    error: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class Attribution:
    """The parts of each group in each number; they sum to the change of the number. `orders` were looked at, and `runs`
    made; `exact` where those were all orders.
    """

    groups: tuple[frozenset[int], ...]
    parts: tuple[Part, ...]
    orders: int
    runs: int
    exact: bool

    def of(self, measure: str) -> tuple[Part, ...]:
        """The parts of a number, by group."""
        return tuple(one for one in self.parts if one.measure == measure)


def attribute(groups: Sequence[frozenset[int]], worth: Worth, seed: int = 0) -> Attribution:
    """The parts of some groups of edits in the change from none of them to all.

    Up to ALL_ORDERS groups exactly; beyond that, the mean over SAMPLES orders drawn with `seed`, whose parts add up
    exactly as well, each with its standard error.
    """
    known: dict[frozenset[int], Values] = {}

    def value(chosen: frozenset[int]) -> Values:
        if chosen not in known:
            known[chosen] = worth(frozenset(edit for place in chosen for edit in groups[place]))
        return known[chosen]

    count = len(groups)
    everyone = frozenset(range(count))
    measures = sorted({*value(frozenset()), *value(everyone)})
    exact = count <= ALL_ORDERS
    if exact:
        means = _over_all_orders(count, value, measures)
        errors = dict.fromkeys(means, ZERO)
    else:
        means, errors = _over_some_orders(count, value, measures, seed)
    start = value(frozenset())
    parts = []
    for place in range(count):
        alone = value(frozenset({place}))
        for name in measures:
            did = alone.get(name, ZERO) - start.get(name, ZERO)
            parts.append(Part(place, name, means[place, name], did, errors[place, name]))
    orders = factorial(count) if exact else SAMPLES
    return Attribution(tuple(groups), tuple(parts), orders, len(known), exact)


def _over_all_orders(
    count: int, value: Callable[[frozenset[int]], Values], measures: Sequence[str]
) -> dict[tuple[int, str], Fraction]:
    means = {(place, name): ZERO for place in range(count) for name in measures}
    for place in range(count):
        others = [other for other in range(count) if other != place]
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for chosen in map(frozenset, combinations(others, size)):
                without, with_it = value(chosen), value(chosen | {place})
                for name in measures:
                    means[place, name] += weight * (with_it.get(name, ZERO) - without.get(name, ZERO))
    return means


def _over_some_orders(
    count: int, value: Callable[[frozenset[int]], Values], measures: Sequence[str], seed: int
) -> tuple[dict[tuple[int, str], Fraction], dict[tuple[int, str], Fraction]]:
    """Means and standard errors over pairs of an order and the same backwards, which are drawn independently."""
    draws = random.Random(seed)
    pairs: list[dict[tuple[int, str], Fraction]] = []
    for _ in range(SAMPLES // 2):
        order = list(range(count))
        draws.shuffle(order)
        both = [_marginal(way, value, measures) for way in (order, order[::-1])]
        pairs.append({place: (both[0][place] + both[1][place]) / 2 for place in both[0]})
    drawn = len(pairs)
    means = {place: sum((one[place] for one in pairs), ZERO) / drawn for place in pairs[0]}
    errors = {}
    for place, mean in means.items():
        variance = sum(((one[place] - mean) ** 2 for one in pairs), ZERO) / (drawn * (drawn - 1))
        errors[place] = _root(variance)
    return means, errors


def _marginal(
    order: Sequence[int], value: Callable[[frozenset[int]], Values], measures: Sequence[str]
) -> dict[tuple[int, str], Fraction]:
    found: dict[tuple[int, str], Fraction] = {}
    chosen: frozenset[int] = frozenset()
    for place in order:
        without, with_it = value(chosen), value(chosen | {place})
        for name in measures:
            found[place, name] = with_it.get(name, ZERO) - without.get(name, ZERO)
        chosen |= {place}
    return found


def _root(value: Fraction, digits: int = 6) -> Fraction:
    """The square root, cut to some decimals."""
    from math import isqrt

    unit: int = 10**digits
    return Fraction(isqrt(value.numerator * unit * unit // value.denominator), unit)


def smallest_groups(count: int, can_be_made: Callable[[frozenset[int]], bool]) -> tuple[frozenset[int], ...]:
    """Edits put together so that every choice of groups can be made: edits that cannot be made without each other are
    one group, as few edits to a group as can be.

    `can_be_made` says whether the policy with just those edits has no error; all edits together always can. Of more
    than ALL_ORDERS groups each alone and all but each are asked for.
    """
    groups = [frozenset({edit}) for edit in range(count)]
    while len(groups) > 1 and (bad := _bad_choice(groups, can_be_made)) is not None:
        groups = _joined(groups, bad, can_be_made)
    return tuple(sorted(groups, key=min))


def _bad_choice(
    groups: Sequence[frozenset[int]], can_be_made: Callable[[frozenset[int]], bool]
) -> tuple[frozenset[int], ...] | None:
    """The first and smallest choice of groups that cannot be made."""
    count = len(groups)
    sizes = range(1, count) if count <= ALL_ORDERS else (1, count - 1)
    for size in sizes:
        for some in combinations(groups, size):
            if not can_be_made(frozenset().union(*some)):
                return some
    return None


def _joined(
    groups: Sequence[frozenset[int]], bad: Sequence[frozenset[int]], can_be_made: Callable[[frozenset[int]], bool]
) -> list[frozenset[int]]:
    """The groups with a bad choice joined by the first that mends it, else by all the others."""
    others = [one for one in groups if one not in bad]
    core = frozenset().union(*bad)
    for size in (1, 2):
        for some in combinations(others, size):
            if can_be_made(core.union(*some)):
                return [*(one for one in others if one not in some), core.union(*some)]
    return [core.union(*others)]


def to_the_cent(parts: Sequence[Fraction], unit: Fraction = Fraction(1, 100)) -> tuple[Fraction, ...]:
    """Parts as they are shown: each cut to the cent, the cents that are left over given to those that lost the most by
    it (the first of several alike), so that what is shown sums to what the parts sum to, rounded down to a cent.
    """
    cut = [one // unit for one in parts]
    left = int(sum(parts, ZERO) // unit - sum(cut))
    by_loss = sorted(range(len(parts)), key=lambda place: (cut[place] * unit - parts[place], place))
    for place in by_loss[:left]:
        cut[place] += 1
    return tuple(one * unit for one in cut)
