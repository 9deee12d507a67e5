"""Who moves: rows of which two runs say something else, the largest change first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from ...plan.in_force import CellValue
from ..diff.verdict_changes import ABSENT
from .journal import Reading
from .rows_read import CLAIM, INDEX, LIST, PAYMENT, RATING, Spot, spots_of

if TYPE_CHECKING:
    from .checked_scenario import CheckedScenario

AS_IT_IS, WHAT_IS_SET = "the policy as it is", "what is set"

Said: TypeAlias = Fraction | str | None
"""A number, a word, or nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row of which something else is said: of which kind (a payment, a claim, an index, a rating, a place on the
    list), of which row, and which number. `before` and `after` are words of ratings and lists, and `absent` where a run
    does not have the row.
    """

    kind: str
    entity: str
    key: str
    name: str
    number: str
    before: Said
    after: Said

    @property
    def change(self) -> Fraction | None:
        """By how much the number rises; nothing of words, and where one of them is not known."""
        both = (self.before, self.after)
        return both[1] - both[0] if isinstance(both[0], Fraction) and isinstance(both[1], Fraction) else None

    @property
    def row(self) -> tuple[str, str]:
        """Which row it is."""
        return self.entity, self.key


@dataclass(frozen=True, slots=True)
class Rows:
    """Of how many rows of an entity something of a kind is said, and the rows that do not move, by name or key; none of
    these where they are more than NAMED.
    """

    kind: str
    entity: str
    count: int
    still: tuple[str, ...]


NAMED = 10
"""Rows that do not move up to which they are named."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What moves from one run (`beside`) to another, both in words, and which rows there are. `values` are those of a
    point of a sweep, by parameter, without the one that tells the two runs apart.
    """

    beside: str
    run: str
    values: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]
    rows: tuple[Rows, ...]

    def of(self, *kinds: str) -> tuple[Move, ...]:
        """The moves of some kinds."""
        return tuple(one for one in self.moves if one.kind in kinds)


def moved(beside: str, run: str, before: Reading, after: Reading, values: tuple[tuple[str, str], ...] = ()) -> Moved:
    """What moves between what was read of two runs. Rows with another rating come first among the rated, and then of
    each kind the largest change; equal ones by entity and key.
    """
    sides = _said(before), _said(after)
    spots = sides[0].keys() | sides[1].keys()
    found, still = [], []
    for spot in spots:
        was, now = (side.get(spot, ABSENT) for side in sides)
        if was != now:
            found.append(Move(spot.kind, spot.entity, spot.key, spot.name, spot.number, was, now))
        else:
            still.append(spot)
    rerated = {one.row for one in found if one.kind == RATING}
    return Moved(
        beside, run, values, tuple(sorted(found, key=lambda one: _order(one, rerated))), tuple(_rows(spots, still))
    )


def _rows(spots: Iterable[Spot], still: Iterable[Spot]) -> Iterator[Rows]:
    counts = Counter((spot.kind, spot.entity) for spot in spots)
    names: dict[tuple[str, str], list[Spot]] = {}
    for spot in still:
        names.setdefault((spot.kind, spot.entity), []).append(spot)
    for kind, entity in sorted(counts, key=lambda one: (_KINDS.index(one[0]), one[1])):
        own = sorted(names.get((kind, entity), ()), key=lambda spot: (spot.key, spot.number))
        named = tuple(spot.name or spot.key for spot in own) if len(own) <= NAMED else ()
        yield Rows(kind, entity, counts[kind, entity], named)


def _said(read: Reading) -> dict[Spot, Said]:
    """What is said by spot, words in the place of the 1 that they are read as."""
    return {replace(spot, word=""): spot.word or value for spot, value in spots_of(read).items()}


def _order(one: Move, rerated: set[tuple[str, str]]) -> tuple[object, ...]:
    size = abs(one.change) if one.change is not None else Fraction(0)
    other_rating = one.kind in (INDEX, RATING) and one.row in rerated
    return (_KINDS.index(one.kind), not other_rating, -size, one.number, one.entity, one.key)


_KINDS = (PAYMENT, CLAIM, INDEX, RATING, LIST)


def moves_of_points(
    asked: CheckedScenario, grid: Sequence[tuple[CellValue, ...]], baseline: Reading, points: Sequence[Reading]
) -> list[Moved]:
    """What moves to each point of a sweep where that is asked: from the policy as it is, or from the point with the
    first value of a parameter and the same values of the others.
    """
    if asked.moves is None:
        return []
    axes, along = [one.axis for one in asked.sweeps], asked.moves.axis
    read, found = dict(zip(grid, points, strict=True)), []
    for values in grid:
        said = tuple((axis.name, axis.text(value)) for axis, value in zip(axes, values, strict=True))
        if along is None:
            found.append(moved(AS_IT_IS, _text(said), baseline, read[values], said))
        elif values[along] != axes[along].values[0]:
            first = (*values[:along], axes[along].values[0], *values[along + 1 :])
            shared = (*said[:along], *said[along + 1 :])
            beside = _text(((axes[along].name, axes[along].text(first[along])),))
            found.append(moved(beside, _text((said[along],)), read[first], read[values], shared))
    return found


def _text(values: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{name} {value}" for name, value in values)
