"""Looking for the value of a parameter with which a target is met: by halving where it is proved that the gap moves one
way, else by trying values and looking closer where something changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .axis import Steps
from .target import Goal

EVERY = 101
"""Up to so many values are all tried, where nothing is proved."""

GRID = 33
"""Values tried first of a longer range."""

MOST = 400
"""Values tried at most."""

HALVING, ALL, SOME = "halving", "every value", "some values"


@dataclass(frozen=True, slots=True)
class Plateau:
    """Values from one to another with all of which the target is met, as far as they were tried."""

    first: Fraction
    last: Fraction


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    method     `halving`: the gap is proved to move one way, so nothing is overlooked; `every value`: all were tried;
               `some values`: others may meet the target as well
    plateaus   where the target is met, in the order of the range; none where it is not
    nearest    where it is not met: the values tried with the least gap
    gaps       every value that was tried with its gap, in order; nothing where that is not known
    """

    method: str
    plateaus: tuple[Plateau, ...]
    nearest: tuple[Fraction, ...]
    gaps: tuple[tuple[Fraction, Fraction | None], ...]


def _nothing(values: Sequence[Fraction]) -> None:
    """Nothing is made ready."""


def search(
    goal: Goal, steps: Steps, way: int, gap_at: Callable[[Fraction], Fraction | None],
    ahead: Callable[[Sequence[Fraction]], None] = _nothing,
) -> Answer:  # fmt: skip
    """Look for the numbers of `steps` with which the goal is met. `gap_at` runs the policy with a number and gives the
    gap; `way` is 1 where the gap is proved never to fall from one number of the range to the next, -1 where it never
    rises, 0 where nothing is proved. `ahead` is told which numbers will be run next: they can be run together.
    """
    found: dict[int, Fraction | None] = {}

    def gap(place: int) -> Fraction | None:
        if place not in found:
            found[place] = gap_at(steps.at(place))
        return found[place]

    if way and _halved(goal, steps, way, gap, found):
        return _answer(HALVING, goal, steps, found)

    def gaps(places: Sequence[int]) -> None:
        ahead([steps.at(place) for place in places if place not in found])
        for place in places:
            gap(place)

    if steps.count <= EVERY:
        gaps(range(steps.count))
        return _answer(ALL, goal, steps, found)
    _look_closer(goal, steps, gaps, found)
    return _answer(SOME, goal, steps, found)


def _halved(
    goal: Goal,
    steps: Steps,
    way: int,
    gap: Callable[[int], Fraction | None],
    found: dict[int, Fraction | None],
) -> bool:
    """Find both ends of where the goal is met; false where a gap is not known, about which nothing is proved."""
    first = _first(steps.count, lambda place: (gap(place) or 0) * way >= 0)
    after = _first(steps.count, lambda place: (gap(place) or 0) * way > 0)
    for place in (0, first - 1, first, after - 1, after, steps.count - 1):
        if 0 <= place < steps.count:
            gap(place)
    known = [found[place] for place in sorted(found)]
    if any(one is None for one in known):
        return False
    return all((two - one) * way >= 0 for one, two in pairwise(known) if one is not None and two is not None)


def _first(count: int, holds: Callable[[int], bool]) -> int:
    """The first place where something holds that goes on to hold; `count` where it never does. Both ends are looked at
    first: often one of them is the answer.
    """
    if not count or holds(0):
        return 0
    if not holds(count - 1):
        return count
    low, high = 1, count - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _look_closer(
    goal: Goal, steps: Steps, gaps: Callable[[Sequence[int]], None], found: dict[int, Fraction | None]
) -> None:
    """Try a grid, then halve between neighbors of which one is met and the other is not, or whose gaps lie on both
    sides of nothing, or where the gap is least.
    """
    gaps([(steps.count - 1) * number // (GRID - 1) for number in range(GRID)])
    while len(found) < MOST:
        places = sorted(found)
        open_pairs = [(one, two) for one, two in pairwise(places) if two - one > 1]
        wanted = [pair for pair in open_pairs if _turns(goal, found[pair[0]], found[pair[1]])]
        if not wanted and not any(goal.is_met(one) for one in found.values()):
            wanted = [pair for pair in open_pairs if set(pair) & set(_nearest(found))]
        if not wanted:
            return
        gaps([(one + two) // 2 for one, two in wanted[: MOST - len(found)]])


def _turns(goal: Goal, one: Fraction | None, two: Fraction | None) -> bool:
    """Whether something changes between two gaps."""
    if one is None or two is None:
        return (one is None) is not (two is None)
    return goal.is_met(one) is not goal.is_met(two) or one * two < 0


def _nearest(found: dict[int, Fraction | None]) -> list[int]:
    """The places with the least gap, above or below."""
    known = {place: abs(one) for place, one in found.items() if one is not None}
    least = min(known.values(), default=None)
    return sorted(place for place, one in known.items() if one == least)


def _answer(method: str, goal: Goal, steps: Steps, found: dict[int, Fraction | None]) -> Answer:
    plateaus: list[tuple[int, int]] = []
    before = None
    for place in sorted(found):
        if goal.is_met(found[place]):
            if plateaus and plateaus[-1][1] == before:
                plateaus[-1] = (plateaus[-1][0], place)
            else:
                plateaus.append((place, place))
        before = place
    nearest = [] if plateaus else _nearest(found)
    return Answer(
        method,
        tuple(Plateau(steps.at(one), steps.at(two)) for one, two in plateaus),
        tuple(steps.at(one) for one in nearest),
        tuple((steps.at(place), found[place]) for place in sorted(found)),
    )
