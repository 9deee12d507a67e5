"""Where a generated expression stands: the rows around it, and which names and literals it may write there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeAlias

from tests.property.world import COLUMNS, PARAMETERS

Names: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]
"""Entity → the names that its rows have, with the kinds of their values."""

_DATA = tuple((name, kind) for name, (kind, _) in COLUMNS.items())
_LINKS: Names = {
    "part": tuple((f"owner.{name}", kind) for name, kind in _DATA)
    + tuple((f"mate.{name}", kind) for name, kind in _DATA)
    + (("owner", "thing"), ("mate.owner", "thing")),
    "note": (*((f"owner.{name}", kind) for name, kind in _DATA), ("owner", "thing")),
    "pair": (*((f"thing.{name}", kind) for name, kind in _DATA), ("batch.hue", "hue"), ("thing", "thing")),
}
_OWN: Names = {
    "thing": (*_DATA, ("this", "thing")),
    "part": _DATA,
    "note": tuple((name, COLUMNS[name][0]) for name in ("m", "b", "t", "d")),
    "kind": (("grade", "grade"), ("k", "count")),
    "pair": (),
    "state": (),
}
_CELLS = (*((name, kind) for name, (kind, _, _) in PARAMETERS.items()), ("as_of", "date"), ("school_year", "year"))


@dataclass(frozen=True)
class Place:
    """Where an expression stands: the entities around it, innermost first, what is defined, and how deep it may go."""

    chance: Random
    scope: tuple[str, ...]
    depth: int
    defined: Names = field(default_factory=dict)

    def inside(self, entity: str) -> Place:
        """Among the rows of an aggregate."""
        return replace(self, scope=(entity, *self.scope))

    def names(self, kind: str) -> list[str]:
        """Everything of a kind that has a name here."""
        here = self.scope[0]
        defined = self.defined.get(here, ())
        found = [name for name, one in (*_OWN[here], *_CELLS, *defined, *_LINKS.get(here, ())) if one == kind]
        if "this" in found and len(self.scope) > 1:
            found.remove("this")
        link = {"part": "owner", "note": "owner", "pair": "thing"}.get(here)
        if link is not None:
            found += [f"{link}.{name}" for name, one in self.defined.get("thing", ()) if one == kind]
        if here != "state":
            found += [f"state.{name}" for name, one in self.defined.get("state", ()) if one == kind]
        if len(self.scope) > 1 and self.scope[1] in ("thing", "part", "kind"):
            outer = self.scope[1]
            found += [f"{outer}.{name}" for name, one in (*_OWN[outer], *self.defined.get(outer, ())) if one == kind]
            found = [name for name in found if not name.endswith(".this")]
        return found


def leaf(place: Place, kind: str) -> str:
    """A name of a kind, or a literal, or where there is neither, a value from the rows of the whole."""
    names = place.names(kind)
    if names and place.chance.randrange(5) < 4:
        return place.chance.choice(names)
    made = _literal(place, kind)
    if made is not None:
        return made
    return place.chance.choice(names) if names else _from_nothing(place, kind)


def _literal(place: Place, kind: str) -> str | None:
    def pick(*options: str) -> str:
        return place.chance.choice(options)

    match kind:
        case "plain":
            return pick("1", "0", "2", "0.5", "(-3)", "1.005", "100", "12.34")
        case "ratio":
            return pick("50%", "0%", "100%", "12.5%", "33.333%")
        case "USD":
            return pick("$1", "$0", "$1,250", "$0.05")
        case "USD/year":
            return pick("$41,250/year", "$0/year", "$239,200/year")
        case "USD/hour":
            return pick("$18.50/hour", "$7.25/hour")
        case "truth":
            return pick("true", "false")
        case "date":
            return pick("2026-07-01", "2024-02-29", "2025-01-31")
        case "text":
            return pick('"a"', '"b"', '"é"', '"it\'s"')
        case _:
            return None


def _from_nothing(place: Place, kind: str) -> str:
    """A value of a kind that nothing here has: from the rows of the whole, or a conversion."""
    match kind:
        case "points":
            return "points(50%)"
        case "count":
            return "quorum"
        case "hour":
            return "($37 / $18.50/hour)"
        case "year":
            return "school_year of as_of"
        case _:
            column, rows = ("owner", "parts") if kind == "thing" else (kind, "things")
            return f"first({column} over {rows if place.scope[0] == 'state' else f'state.{rows}'} by m)"
