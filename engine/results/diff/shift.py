"""How something moves: which way, and with what care that is to be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from .term import Key


class Way(Enum):
    """How something moves."""

    SAME = 0
    UP = 1
    DOWN = -1
    UNKNOWN = None

    @property
    def back(self) -> Way:
        """The opposite way."""
        return {Way.UP: Way.DOWN, Way.DOWN: Way.UP}.get(self, self)


class Care(IntEnum):
    """With what care a way is to be taken."""

    EXACT = 0
    BOUND = 1
    LOOSE = 2


@dataclass(frozen=True, slots=True)
class Shift:
    """A way, and with what care it is to be taken.

    A test is always `exact`, and so is a number that is missing where it was. One that may become a bound moves with
    both its ends (`bound`). Of one that may become known or missing (`loose`) it is said only of rows that have a
    number before and after: whatever compares it is unknown.
    """

    way: Way
    care: Care = Care.EXACT

    @property
    def back(self) -> Shift:
        """The opposite way."""
        return Shift(self.way.back, self.care)

    @property
    def inexact(self) -> Shift:
        """The same through what does not keep bounds."""
        return self if self.care is Care.EXACT else Shift(self.way, Care.LOOSE)


SAME, UNKNOWN = Shift(Way.SAME), Shift(Way.UNKNOWN)
UP, DOWN = Shift(Way.UP), Shift(Way.DOWN)

Moves = Mapping[Key, Shift]
"""How what terms name moves; what is not there stays."""


def joined(shifts: Iterable[Shift]) -> Shift:
    """The shift of what rises (or falls) with each of its parts."""
    way, care = Way.SAME, Care.EXACT
    for one in shifts:
        if one.way is Way.SAME:
            continue
        care = max(care, one.care)
        if one.way is not way:
            way = one.way if way is Way.SAME else Way.UNKNOWN
    return UNKNOWN if way is Way.UNKNOWN else Shift(way, care)
