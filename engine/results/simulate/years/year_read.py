"""What is kept of the run of a year: its numbers, what moved on its list, and its ratings. No row about a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ....execution.values import Key
from ...decode import keys_of, labels_of
from ...diff.list_moves import ON
from ...list_changes import change_of
from ...list_names import list_names
from ...list_tests import ListTests
from ...personal import is_personal
from ...priority_list import beside_the_rule, list_columns
from ...rated import exact, levels_of
from ...run import Run
from ...table import value_text
from ..measure import Measures, measured


@dataclass(frozen=True, slots=True)
class ListMove:
    """What became of a row of the list since the list of the year before, and by what."""

    key: str
    name: str
    area: str
    change: str
    tier_before: str
    tier: str
    because: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating of a row; empty where it has none, with the `status` (rated, not_rated, pending)."""

    entity: str
    key: str
    name: str
    status: str
    rating: str
    index: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a row is on the list, and in which tier."""

    on: bool
    tier: str


Standings: TypeAlias = Mapping[Key, Standing]
"""How the rows of a list stand."""


@dataclass(frozen=True, slots=True)
class YearRead:
    """What is kept of a run."""

    measures: Measures
    moves: tuple[ListMove, ...]
    rated: tuple[Rated, ...]
    standings: Standings


def read_year(run: Run, before: Standings | None) -> YearRead:
    """What is kept of a run; `before` is how the list of the year before stood, nothing where the data say it."""
    standings = _standings(run)
    return YearRead(measured(run), tuple(_moves(run, standings, before)), tuple(_rated(run)), standings)


def _standings(run: Run) -> dict[Key, Standing]:
    listed = run.checked.policy.priority_list
    if listed is None or is_personal(run, listed.entity.text):
        return {}
    found = list_columns(run)
    return {
        key: Standing(str(found["list_status"][row]) in ON, value_text(found["tier"][row]))
        for row, key in enumerate(keys_of(run, listed.entity.text))
    }


def _moves(run: Run, standings: Standings, before: Standings | None) -> Iterator[ListMove]:
    """Every row of which something became, in the order of the keys; what is kept has become nothing."""
    listed = run.checked.policy.priority_list
    if listed is None or not standings:
        return
    names, found, tests = list_names(run, listed), list_columns(run), ListTests(run, listed)
    tiers = found.get("tier_before")
    for row, (key, now) in enumerate(standings.items()):
        was = before.get(key) if before is not None else None
        if before is None and found["listed_before"][row] is True:
            was = Standing(True, value_text(tiers[row]) if tiers else "")
        was_on, tier_before = was is not None and was.on, was.tier if was is not None and was.on else ""
        change = change_of(str(found["list_status"][row]), was_on, bool(tier_before) and now.tier != tier_before)
        if change in ("", "kept") or (change == "sunset" and not was_on):
            continue
        because = beside_the_rule(listed, found, row, key, names, run.as_of) or tests.said(key)
        thing, name, *area = names.cells(key)
        tier = now.tier if now.on else ""
        yield ListMove(thing, name, (area[1] or area[0]) if area else "", change, tier_before, tier, because)


def _rated(run: Run) -> Iterator[Rated]:
    for level in levels_of(run):
        if not level.has("rating") or is_personal(run, level.name):
            continue
        names, index = labels_of(run, level.name), level.ends("index")
        rating, status = level.cells("rating"), level.cells("rating: status")
        for row, key in enumerate(level.keys):
            text = ",".join(map(str, key))
            word = "" if rating[row] is None else str(rating[row])
            yield Rated(level.name, text, names.get(key, ""), str(status[row] or ""), word, exact(index[row]))
