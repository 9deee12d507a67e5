"""What many draws say of a number: its mean, values that it passes seldom, and how sure a chance is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from .spread import nearest

LOW, MIDDLE, HIGH = Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)
"""The parts of all draws below which the ends and the middle of an interval lie."""

_Z = Fraction(49, 25)
"""Standard deviations on either side of 95% of a normal distribution."""

_DIGITS = 10**6
_FINE = 10**12


@dataclass(frozen=True, slots=True)
class Interval:
    """A number over all draws: in how many of them it is known, and of these the mean and three order statistics.

    The mean is that of the values with 12 decimals, and has 12 itself, rounded half away from zero: of money exactly,
    and of shares without numerators of a thousand digits.
    """

    known: int
    draws: int
    mean: Fraction | None
    low: Fraction | None
    middle: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Chance:
    """How often something came in so many draws; `open` are those of which it cannot be told."""

    times: int
    draws: int
    open: int = 0

    @property
    def share(self) -> Fraction | None:
        """The part of the draws in which it came; nothing where of some it cannot be told."""
        return None if self.open else Fraction(self.times, self.draws)

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Wilson's interval of 95% for the chance of which these draws are a sample. From k of n draws its ends are
        (k + z²/2 ± z·√(k(n - k)/n + z²/4)) / (n + z²) with z = 1.96, rounded outwards to six decimals; draws of which
        it cannot be told count as none for the low end and as all for the high one.
        """
        return self._wilson(self.times)[0], self._wilson(self.times + self.open)[1]

    def _wilson(self, times: int) -> tuple[Fraction, Fraction]:
        k, n = Fraction(times), Fraction(self.draws)
        square = k * (n - k) / n + _Z**2 / 4
        root = isqrt(square.numerator * square.denominator * _FINE**2) + 1  # rounded up
        wide = _Z * Fraction(root, square.denominator * _FINE)
        low, high = ((k + _Z**2 / 2 + side) / (n + _Z**2) * _DIGITS for side in (-wide, wide))
        ends = Fraction(low // 1, _DIGITS), Fraction(-(-high // 1), _DIGITS)
        return max(ends[0], Fraction(0)), min(ends[1], Fraction(1))


def interval(values: Iterable[Fraction | None]) -> Interval:
    """What the values of all draws say."""
    every = list(values)
    known = sorted(one for one in every if one is not None)
    if not known:
        return Interval(0, len(every), None, None, None, None)
    total = sum(nearest(one.numerator * _FINE, one.denominator) for one in known)
    mean = Fraction(nearest(total, len(known)), _FINE)
    ends = (quantile(known, part) for part in (LOW, MIDDLE, HIGH))
    return Interval(len(known), len(every), mean, *ends)


def quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The least of the values, which are in order, that at least this part of them does not exceed."""
    return ordered[max(-(-part.numerator * len(ordered) // part.denominator) - 1, 0)]


def chance(values: Iterable[bool | None]) -> Chance:
    """How often something came: nothing is a draw of which it cannot be told."""
    every = list(values)
    return Chance(sum(one is True for one in every), len(every), sum(one is None for one in every))
