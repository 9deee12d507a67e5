"""The moves of a parameter two by two: a step lower beside a step higher, another value alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .swing import HIGHER, LOWER, OTHER
from .tornado import Lever, Tornado, Tried


@dataclass(frozen=True, slots=True)
class Pair:
    """What a number is with a parameter lower and higher; one that is neither stands as the higher one. `swing` is from
    the least to the most, the number as it is among them; nothing where one of them is not known.
    """

    lever: Lever
    low: Tried | None
    high: Tried | None
    low_result: Fraction | None
    high_result: Fraction | None
    swing: Fraction | None


def pairs_of(lever: Lever, found: Tornado, number: str) -> Iterator[Pair]:
    """The rows that stand for a parameter."""
    sides = {one.move.side: one for one in lever.tried if one.move.side != OTHER}
    if sides:
        yield _pair(lever, sides.get(LOWER), sides.get(HIGHER), found, number)
    for one in lever.tried:
        if one.move.side == OTHER:
            yield _pair(lever, None, one, found, number)


def _pair(lever: Lever, low: Tried | None, high: Tried | None, found: Tornado, number: str) -> Pair:
    results = [None if one is None or one.measures is None else one.measures.get(number) for one in (low, high)]
    counted = [one.measures.get(number) for one in (low, high) if one is not None and one.measures is not None]
    ends = [found.ground.get(number), *counted]
    known = [one for one in ends if one is not None]
    swing = Fraction(0) if not known else max(known) - min(known) if len(known) == len(ends) else None
    return Pair(lever, low, high, results[0], results[1], swing)
