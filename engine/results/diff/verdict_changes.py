"""What becomes of the verdicts of each rule between two runs, and what nobody can tell before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from ...execution.values import Key, Value
from ..decision import Decision
from ..held import Held

ABSENT = "absent"
"""The verdict of a row that a run does not have, or of a rule that its policy does not have."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """A rule whose verdict on a row changed: the verdicts, both sides as they are after, and by how much it is met or
    missed then.
    """

    rule: str
    before: str
    after: str
    measured: Value | None
    required: Value | None
    margin: Fraction | None
    cite: str


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """So many rows of an entity for which a rule said `before` and says `after`; `rows` has them all."""

    entity: str
    rule: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class HeldChange:
    """How many results wait for cells of a column, before and after; `entities` are those of which the results are."""

    table: str
    column: str
    before: int
    after: int
    entities: tuple[str, ...] = ()


class Verdicts:
    """The decisions of two runs, by row and rule."""

    def __init__(self, before: Iterable[Decision], after: Iterable[Decision]) -> None:
        self._before, self._after = (
            {(one.rule.entity, one.key, one.rule.name): one for one in made} for made in (before, after)
        )

    def changes(self) -> tuple[VerdictChange, ...]:
        """The numbers of rows by rule and change, in the order of the names; what stays is left out."""
        found: Counter[tuple[str, str, str, str]] = Counter()
        for place in self._before.keys() | self._after.keys():
            was, now = (_verdict(side.get(place)) for side in (self._before, self._after))
            if was != now:
                found[place[0], place[2], was, now] += 1
        return tuple(VerdictChange(*named, count) for named, count in sorted(found.items()))

    def deciding(self, entity: str, key: Key) -> tuple[Deciding, ...]:
        """The rules whose verdict on a row changed, as the new policy orders them, then those that it no longer has."""
        named = [rule for of, row, rule in self._after if (of, row) == (entity, key)]
        return tuple(self._one(entity, key, rule) for rule in named if self._differs(entity, key, rule))

    def _differs(self, entity: str, key: Key, rule: str) -> bool:
        return _verdict(self._before.get((entity, key, rule))) != _verdict(self._after.get((entity, key, rule)))

    def _one(self, entity: str, key: Key, rule: str) -> Deciding:
        was, now = self._before.get((entity, key, rule)), self._after[entity, key, rule]
        said = (now.measured, now.required, now.margin, now.rule.cite)
        return Deciding(rule, _verdict(was), now.verdict, *said)


def _verdict(one: Decision | None) -> str:
    return ABSENT if one is None else one.verdict


def held_changes(before: Collection[Held], after: Collection[Held]) -> tuple[HeldChange, ...]:
    """How many results wait for cells of each column, before and after, by the names of the columns; those for which as
    many wait as before are left out.
    """
    counts = [Counter(place for one in made for place in _places(one)) for made in (before, after)]
    places = sorted(counts[0].keys() | counts[1].keys())
    of: dict[tuple[str, str], set[str]] = {place: set() for place in places}
    for one in (*before, *after):
        for place in _places(one):
            of[place].add(one.column.id.entity)
    found = (
        HeldChange(table, column, counts[0][table, column], counts[1][table, column], tuple(sorted(of[table, column])))
        for table, column in places
    )
    return tuple(one for one in found if one.before != one.after)


def _places(one: Held) -> set[tuple[str, str]]:
    return {(reason.entity, reason.column) for reason in one.reasons}
