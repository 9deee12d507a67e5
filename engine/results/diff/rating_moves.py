"""What becomes of ratings between two runs: from which letter to which, by how many points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from ..outcome import Outcome
from ..table import Cell, number_of
from .verdict_changes import ABSENT


@dataclass(frozen=True, slots=True)
class Transition:
    """So many rows of an entity that were rated `before` and are rated `after` (or are pending, not rated, absent)."""

    entity: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class RatingMove:
    """A row whose rating or index is another: `by_override` where an override or gate gives the new rating."""

    entity: str
    key: str
    name: str
    before: str
    after: str
    index_before: Fraction | None
    index_after: Fraction | None
    by_override: bool

    @property
    def change(self) -> Fraction | None:
        """By how much the index rises; nothing where one of them is not known."""
        if self.index_before is None or self.index_after is None:
            return None
        return self.index_after - self.index_before


@dataclass(frozen=True, slots=True)
class RatingDiff:
    """The matrix of all rated rows, and those that move: another rating first, then another index, each by key."""

    transitions: tuple[Transition, ...]
    moves: tuple[RatingMove, ...]

    @property
    def rated_otherwise(self) -> tuple[RatingMove, ...]:
        """The rows with another rating."""
        return tuple(one for one in self.moves if one.before != one.after)


def rating_diff(before: Outcome, after: Outcome) -> RatingDiff | None:
    """What becomes of the ratings; nothing where not both runs have them."""
    if not (before.has("ratings") and after.has("ratings")):
        return None
    sides = [one.table("ratings").by("entity", "key") for one in (before, after)]
    matrix: Counter[tuple[str, str, str]] = Counter()
    moves: list[RatingMove] = []
    for entity, key in sorted(sides[0].keys() | sides[1].keys(), key=str):
        rows = [side.get((entity, key)) for side in sides]
        was, now = (_rating(row) for row in rows)
        matrix[str(entity), was, now] += 1
        index = [None if row is None else row["index"] for row in rows]
        if was != now or index[0] != index[1]:
            row = rows[1] or rows[0] or {}
            ends = [number_of(cell) for cell in index]
            named = (str(entity), str(key), str(row["name"]), was, now)
            moves.append(RatingMove(*named, ends[0], ends[1], bool(row["override"])))
    transitions = tuple(Transition(*named, count) for named, count in sorted(matrix.items()))
    return RatingDiff(transitions, tuple(sorted(moves, key=lambda one: one.before == one.after)))


def _rating(row: dict[str, Cell] | None) -> str:
    """The rating of a row, else its standing such as pending or not rated."""
    return ABSENT if row is None else str(row["rating"] or row["status"] or "pending").replace("_", " ")
