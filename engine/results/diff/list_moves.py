"""What becomes of the rows of a priority list between two runs: who joins, who leaves, whose tier is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ...execution.values import Key
from ..decode import key_text, keys_of
from ..list_names import list_names
from ..list_tests import ListTests
from ..priority_list import list_columns
from ..run import Run
from ..table import value_text
from .verdict_changes import ABSENT, Deciding, Verdicts

ON = ("listed", "exception", "stays")
"""Standings of rows that are on the list."""

OPEN = ("pending_review", "left_off")
"""Standings of rows of which nobody can tell."""

MOVES = ("joins", "leaves", "moves tier", "becomes undetermined", "is settled", "comes", "goes")
"""What a row may do. `is settled`: it was undetermined and is off the list now; `comes`, `goes`: one run does not have
the row at all, and the other does not list it.
"""


@dataclass(frozen=True, slots=True)
class ListMove:
    """A row whose standing or tier is another. `because` are the tests of the list that decide now, `deciding` the
    rules whose verdict on it changed.
    """

    key: str
    name: str
    area: str
    move: str
    before: str
    after: str
    tier_before: str
    tier_after: str
    because: str
    deciding: tuple[Deciding, ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """The list of an entity: how many rows were and are on it and undetermined, and what moves, by the order of MOVES
    and of the keys.
    """

    entity: str
    rows_name: str
    listed_before: int
    listed_after: int
    open_before: int
    open_after: int
    moves: tuple[ListMove, ...]

    def count(self, *moves: str) -> int:
        """How many rows do one of these."""
        return sum(one.move in moves for one in self.moves)


@dataclass(frozen=True, slots=True)
class _Side:
    """One run's list: its standings and tiers by key."""

    run: Run
    status: dict[Key, str]
    tier: dict[Key, str]

    def count(self, standings: tuple[str, ...]) -> int:
        return Counter(one in standings for one in self.status.values())[True]


def list_diff(before: Run, after: Run, verdicts: Verdicts, waiting: Mapping[Key, str]) -> ListDiff | None:
    """What becomes of the priority list; nothing where not both policies have one of the same entity. `waiting` has, of
    rows that are undetermined now, the responsible cells in words.
    """
    was, now = (run.checked.policy.priority_list for run in (before, after))
    if was is None or now is None or was.entity.text != now.entity.text:
        return None
    entity = now.entity.text
    sides = [_side(run, entity) for run in (before, after)]
    tests = ListTests(after, now)
    moves: list[tuple[tuple[int, Key], ListMove]] = []
    for key in sides[0].status.keys() | sides[1].status.keys():
        status = [side.status.get(key, ABSENT) for side in sides]
        tier = [side.tier.get(key, "") for side in sides]
        move = _move(status[0], status[1], tier[0] != tier[1])
        if move:
            said = tests.said(key) if key in sides[1].status else ""
            said = f"not known: {waiting[key]}" if status[1] in OPEN and key in waiting else said
            deciding = verdicts.deciding(entity, key)
            name, area = _named(after if key in sides[1].status else before, entity, key)
            text = _text(sides, entity, key)
            one = ListMove(text, name, area, move, status[0], status[1], tier[0], tier[1], said, deciding)
            moves.append(((MOVES.index(move), key), one))
    on, unsure = ([side.count(standings) for side in sides] for standings in (ON, OPEN))
    rows = after.epoch.world.entities[entity].rows_name.replace("_", " ")
    ordered = tuple(one for _, one in sorted(moves, key=lambda each: each[0]))
    return ListDiff(entity, rows, on[0], on[1], unsure[0], unsure[1], ordered)


def _side(run: Run, entity: str) -> _Side:
    found, keys = list_columns(run), keys_of(run, entity)
    status, tier = ([*found[name]] for name in ("list_status", "tier"))
    on = {key: str(one) for key, one in zip(keys, status, strict=True)}
    tiers = {key: value_text(one) for key, one in zip(keys, tier, strict=True) if on[key] in ON}
    return _Side(run, on, tiers)


def _move(before: str, after: str, other_tier: bool) -> str:
    """What a row does that had the one standing and has the other; empty where it does nothing."""
    if before in ON:
        if after in ON:
            return "moves tier" if other_tier else ""
        return "becomes undetermined" if after in OPEN else "leaves"
    if after in ON:
        return "joins"
    if after in OPEN:
        return "" if before in OPEN else "becomes undetermined"
    if before in OPEN:
        return "is settled"
    return "" if (before == ABSENT) == (after == ABSENT) else "comes" if before == ABSENT else "goes"


def _text(sides: list[_Side], entity: str, key: Key) -> str:
    run = sides[1].run if key in sides[1].status else sides[0].run
    return key_text(run, entity, key)


def _named(run: Run, entity: str, key: Key) -> tuple[str, str]:
    """The name of a row and, on a regional list, that of its area."""
    listed = run.checked.policy.priority_list
    assert listed is not None and listed.entity.text == entity
    cells = list_names(run, listed).cells(key)
    return cells[1], (cells[3] or cells[2]) if len(cells) > 2 else ""
