"""Well-typed expressions as text, written at random: what a value of a kind can be, in a scope of rows.

Every choice is made by the `Random` that is handed in, the simplest option first, so that Hypothesis can shrink it and
a seed repeats it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeAlias

from tests.property.world import CELLS, COLUMNS, GRADES, HUES, NUMBERS, PARAMETERS

MEASURED = ("ratio", "points", "hour", "USD", "USD/year", "USD/hour")
MONEY = ("USD", "USD/year", "USD/hour")
ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "thing": (("parts", "part"), ("parts", "part"), ("notes", "note"), ("reachable(steps)", "thing"),
              ("reachable(steps or itself)", "thing"), ("state.parts", "part")),
    "part": (("owner.parts", "part"), ("parts", "part"), ("owner.notes", "note"), ("state.things", "thing")),
    "note": (("owner.parts", "part"),),
    "state": (("things", "thing"), ("parts", "part"), ("notes", "note")),
    "kind": (("parts", "part"), ("state.things", "thing")),
    "pair": (("thing.parts", "part"), ("batch.parts", "part")),
}  # fmt: skip
"""Entity → what may stand after `over` on its rows, and the entity of those rows."""

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
        if len(self.scope) > 1 and self.scope[1] in ("thing", "part", "kind") and self.scope[1] != here:
            outer = self.scope[1]
            found += [f"{outer}.{name}" for name, one in (*_OWN[outer], *self.defined.get(outer, ())) if one == kind]
            found = [name for name in found if not name.endswith(".this")]
        return found


def write(place: Place, kind: str) -> str:
    """An expression of a kind."""
    chance = place.chance
    if place.depth <= 0 or chance.randrange(5) == 0:
        return _leaf(place, kind)
    ways = _WAYS_OF.get(kind, ())
    return chance.choice(ways)(replace(place, depth=place.depth - 1), kind)


def test(place: Place) -> str:
    """A test."""
    return write(place, "truth")


def _any_kind(place: Place) -> str:
    return place.chance.choice(("plain", "truth", "date", "text", "grade", "hue", "year", "thing", *NUMBERS))


# -- leaves -----------------------------------------------------------------------------------------------------


def _leaf(place: Place, kind: str) -> str:
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


# -- numbers ----------------------------------------------------------------------------------------------------


def _sum_of(place: Place, kind: str) -> str:
    left, op, right = write(place, kind), place.chance.choice("+-"), write(place, kind)
    return f"({left} {op} {right})"


def _times(place: Place, kind: str) -> str:
    if kind == "USD" and place.chance.randrange(3) == 2:
        return f"({write(place, 'USD/hour')} * {write(place, 'hour')})"
    factors = {"plain": ("plain",), "count": ("count", "plain", "ratio"), "ratio": ("plain", "ratio")}
    other = place.chance.choice(factors.get(kind, ("plain", "count", "ratio")))
    sides = [write(place, kind), write(place, other)]
    if other == "ratio" and place.chance.randrange(3) == 2:
        return f"({place.chance.choice(('20%', '12.5%', 'cut'))} of {sides[0]})"
    if place.chance.randrange(2):
        sides.reverse()
    return f"({sides[0]} * {sides[1]})"


def _divided(place: Place, kind: str) -> str:
    if kind == "ratio" and place.chance.randrange(2):
        like = place.chance.choice(("count", "USD", "USD/year", "points", "hour"))
        return f"({write(place, like)} / {write(place, like)})"
    if kind == "USD/hour" and place.chance.randrange(2):
        return f"({write(place, 'USD')} / {write(place, 'hour')})"
    under = "ratio" if kind not in ("plain", "ratio") and place.chance.randrange(4) == 3 else "plain"
    return f"({write(place, kind)} / {write(place, under)})"


def _negated(place: Place, kind: str) -> str:
    return f"(-{write(place, kind)})"


def _rounded(place: Place, kind: str) -> str:
    inner = write(place, kind)
    modes = ("half_up", "half_even", "up", "down", "floor", "ceiling", "mode")
    places = place.chance.choice(("0", "1", "2", "3"))
    match place.chance.randrange(6):
        case 0:
            return f"round({inner}, {places})"
        case 1 | 2:
            return f"round({inner}, {places}, {place.chance.choice(modes)})"
        case 3:
            return f"truncate({inner}, {places})"
        case 4:
            return f"floor({inner})"
        case _:
            return f"ceiling({inner})"


def _least(place: Place, kind: str) -> str:
    function = place.chance.choice(("min", "max", "clamp"))
    count = 3 if function == "clamp" else place.chance.choice((2, 3))
    return f"{function}({', '.join(write(place, kind) for _ in range(count))})"


def _absolute(place: Place, kind: str) -> str:
    return f"abs({write(place, kind)})"


def _root(place: Place, kind: str) -> str:
    return f"{place.chance.choice(('sqrt', 'ln'))}({write(place, place.chance.choice(('plain', 'count')))})"


def _points(place: Place, kind: str) -> str:
    return f"points({write(place, 'ratio')})"


# -- choice, and values of a day --------------------------------------------------------------------------------


def _choice(place: Place, kind: str) -> str:
    return f"(if {test(place)} then {write(place, kind)} else {_or_missing(place, kind)})"


def _fallback(place: Place, kind: str) -> str:
    return f"({write(place, kind)} or_else {_or_missing(place, kind)})"


def _or_missing(place: Place, kind: str) -> str:
    return "missing" if place.chance.randrange(12) == 11 else write(place, kind)


def _in_force(place: Place, kind: str) -> str:
    known = [name for name, (one, _, _) in PARAMETERS.items() if one == kind]
    if not known:
        return write(place, kind)
    return f"({place.chance.choice(known)} as of {_leaf(place, 'date')})"


def _moved(place: Place, kind: str) -> str:
    units = ("days", "weeks", "months", "years") if kind == "date" else ("years",)
    length = f"{place.chance.choice((1, 2, 90, 12))} {place.chance.choice(units)}"
    length = length[:-1] if length.startswith("1 ") else length
    return f"({write(place, kind)} {place.chance.choice('+-')} {length})"


def _day_of(place: Place, kind: str) -> str:
    day = place.chance.choice(("first day", "last day", "31 August", "29 February", "1 July"))
    return f"({day} of {_leaf(place, 'year')})"


def _year_of(place: Place, kind: str) -> str:
    return f"(school_year of {_leaf(place, 'date')})"


# -- tests ------------------------------------------------------------------------------------------------------


def _against(place: Place, kind: str) -> str:
    """What may stand right of a comparison with a value of a kind."""
    chance = place.chance
    if kind in ("grade", "hue") and chance.randrange(2) == 0:
        word = chance.choice(GRADES if kind == "grade" else HUES)
        return f'"{word}"' if " " in word else word
    if kind in ("count", "points", "hour") and chance.randrange(2) == 0:
        return chance.choice(("1", "0", "3", "62.5"))
    if kind == "thing" and chance.randrange(2) == 0:
        return chance.choice(('"t1"', '"t2"'))
    return write(place, kind)


def _comparison(place: Place, kind: str) -> str:
    of = _any_kind(place)
    if of == "truth":
        of = "plain"
    signs = ("=", "!=") if of in ("hue", "thing") else ("=", "!=", "<", "<=", ">", ">=")
    return f"({write(place, of)} {place.chance.choice(signs)} {_against(place, of)})"


def _range(place: Place, kind: str) -> str:
    of = place.chance.choice(("plain", "count", "ratio", "USD/year", "date", "grade", "points", "year", "text"))
    value, low, high = write(place, of), _against(place, of), _against(place, of)
    if place.chance.randrange(2):
        return f"({value} from {low} to under {high})"
    return f"({value} between {low} and {high})"


def _among_options(place: Place, kind: str) -> str:
    of = place.chance.choice(("plain", "hue", "grade", "text", "count", "thing", "ratio", "date"))
    options = ", ".join(_against(place, of) for _ in range(place.chance.choice((1, 2, 3))))
    return f"({write(place, of)} {place.chance.choice(('in', 'not in'))} {{{options}}})"


def _known(place: Place, kind: str) -> str:
    return f"({write(place, _any_kind(place))} is {place.chance.choice(('known', 'missing'))})"


def _not(place: Place, kind: str) -> str:
    return f"(not {test(place)})"


def _joined(place: Place, kind: str) -> str:
    word = place.chance.choice((" and ", " or "))
    return f"({word.join(test(place) for _ in range(place.chance.choice((2, 3))))})"


def _at_least(place: Place, kind: str) -> str:
    tests = [test(place) for _ in range(place.chance.choice((2, 3, 4)))]
    return f"at_least({place.chance.choice((2, 1, 3, 0))}, {', '.join(tests)})"


# -- many rows --------------------------------------------------------------------------------------------------


def _rows(place: Place, over: bool = True) -> tuple[Place, str]:
    """The place inside, and what stands after `over`: a path, a filter, the first of an order."""
    chance = place.chance
    paths = ROWS[place.scope[0]]
    if place.scope[1:2] == ("thing",) and place.scope[0] in ("part", "note"):
        paths = (*paths, ("thing.notes", "note"))
    path, entity = chance.choice(paths)
    inside = place.inside(entity)
    top = over and chance.randrange(6) == 5
    text = f"top {chance.choice((1, 2, 3, 50))} {path} by {_order(inside)}" if top else path
    if chance.randrange(2):
        text += f" where {test(inside)}"
    return inside, text


def _order(place: Place) -> str:
    kinds = ("plain", "count", "date", "text", "grade", "ratio", "USD/year", "year")
    shallow = replace(place, depth=min(place.depth, 1))
    keys = [
        write(shallow, place.chance.choice(kinds)) + place.chance.choice(("", " desc"))
        for _ in range(place.chance.choice((1, 1, 2)))
    ]
    return " then ".join(keys)


def _statistic(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    functions = ("sum", "mean", "median", "min", "max", "weighted_mean", "percentile", "stdev_sample", "stdev_population")
    function = place.chance.choice(functions)
    value = write(inside, kind)
    if function == "weighted_mean":
        return f"weighted_mean({value} by {_leaf(inside, place.chance.choice(('count', 'plain')))} over {rows})"
    if function == "percentile":
        level = place.chance.choice(("50%", "0%", "100%", "90%", "12.5%"))
        option = place.chance.choice(("", ", nearest_rank"))
        return f"percentile({level}, {value} over {rows}{option})"
    return f"{function}({value} over {rows})"


def _picked(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    value = write(inside, kind)
    match place.chance.randrange(5):
        case 0 | 1:
            return f"first({value} over {rows} by {_order(inside)})"
        case 2 | 3:
            return f"last({value} over {rows} by {_order(inside)})"
        case _:
            return f"the({value} over {rows})"


def _extreme_date(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    return f"{place.chance.choice(('min', 'max'))}({write(inside, kind)} over {rows})"


def _count(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    if place.chance.randrange(3) == 2:
        return f"count_distinct({write(inside, _any_kind(place))} over {rows})"
    return f"count({rows})"


def _share(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    return f"share({test(inside)} over {rows})"


def _some_row(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    if place.chance.randrange(4) == 3 and " where " in rows:
        return f"any({rows})"
    return f"{place.chance.choice(('any', 'all'))}({test(inside)} over {rows})"


def _window(place: Place, kind: str) -> str:
    if len(place.scope) > 1 or place.scope[0] == "state":
        return _count(place, kind) if kind == "count" else _leaf(place, kind)
    chance = place.chance
    shallow = replace(place, depth=min(place.depth, 1))
    kinds = ("grade", "hue", "count", "text", "thing", "truth", "plain")
    within = f" within {_leaf(shallow, chance.choice(kinds))}" if chance.randrange(2) else ""
    where = f" where {test(shallow)}" if chance.randrange(4) == 3 else ""
    if kind == "count" and chance.randrange(3):
        return f"rank(by {_order(shallow)}{within}{where})"
    if kind == "ratio":
        within = within or f" within {_leaf(shallow, chance.choice(kinds))}"
        return f"share_of({write(shallow, chance.choice(('plain', 'count', 'USD')))}{within}{where})"
    return f"running_sum({write(shallow, kind)} by {_order(shallow)}{within}{where})"


Way: TypeAlias = Callable[[Place, str], str]

_OF_ALL: tuple[Way, ...] = (_choice, _fallback, _picked)
_OF_NUMBERS: tuple[Way, ...] = (
    _sum_of, _sum_of, _times, _divided, _rounded, _least, _absolute, _negated, _statistic, _statistic, _statistic, _window,
    _in_force, *_OF_ALL,
)  # fmt: skip
_WAYS_OF: Mapping[str, tuple[Way, ...]] = {
    **{kind: _OF_NUMBERS for kind in NUMBERS},
    "plain": (*_OF_NUMBERS, _root),
    "count": (*_OF_NUMBERS, _count, _count),
    "ratio": (*_OF_NUMBERS, _share, _share),
    "points": (*_OF_NUMBERS, _points),
    "truth": (
        _comparison, _comparison, _comparison, _joined, _joined, _not, _known, _range, _among_options, _at_least,
        _some_row, _some_row, *_OF_ALL,
    ),
    "date": (_moved, _day_of, _least, _extreme_date, _in_force, *_OF_ALL),
    "year": (_year_of, _moved, *_OF_ALL),
    "text": _OF_ALL,
    "grade": (_extreme_date, *_OF_ALL),
    "hue": _OF_ALL,
    "thing": _OF_ALL,
}  # fmt: skip

assert set(COLUMNS) == set(CELLS)
