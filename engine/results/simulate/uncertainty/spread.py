"""How a number spreads: from a word of 64 bits to an integer of its scale."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import isqrt
from typing import TypeAlias

from .lot import WORD_BITS
from .normal import UNIT, deviations

_ALL = 2**WORD_BITS


@dataclass(frozen=True, slots=True)
class Even:
    """Each integer from `low` to `high`, both among them, as often."""

    low: int
    high: int

    def at(self, word: int) -> int:
        """The integer of a word."""
        return self.low + (word * (self.high - self.low + 1) >> WORD_BITS)


@dataclass(frozen=True, slots=True)
class Triangular:
    """A triangle from `low` to `high` with its tip at `likely`, rounded to the nearest integer."""

    low: int
    likely: int
    high: int

    def at(self, word: int) -> int:
        """The integer of a word: where the part of the triangle to the left of it is as large."""
        width, left = self.high - self.low, self.likely - self.low
        if word * width < left * _ALL:
            return self.low + _root(word * width * left)
        return self.high - _root((_ALL - word) * width * (width - left))


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal about `mean`, rounded to the nearest integer, half away from zero, and held from `low` to `high`."""

    mean: Fraction
    deviation: Fraction
    low: int
    high: int

    def at(self, word: int) -> int:
        """The integer of a word."""
        mean, deviation = self.mean, self.deviation
        over = mean.numerator * deviation.denominator * UNIT + deviation.numerator * mean.denominator * deviations(word)
        return min(max(nearest(over, mean.denominator * deviation.denominator * UNIT), self.low), self.high)


Spread: TypeAlias = Even | Triangular | Normal


def chosen(weights: Sequence[int], word: int) -> int:
    """Which of some values it is, by the part that their weights have of all."""
    ends = list(accumulate(weights))
    return bisect_right(ends, word * ends[-1] >> WORD_BITS)


def nearest(over: int, under: int) -> int:
    """The integer that is nearest to a fraction, half away from zero; what it is divided by is positive."""
    whole = (2 * abs(over) + under) // (2 * under)
    return whole if over >= 0 else -whole


def _root(square: int) -> int:
    """The square root of a number of 2**-64, as the nearest integer."""
    return (isqrt(square >> (WORD_BITS - 2)) + 1) // 2
