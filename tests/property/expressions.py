"""Well-typed expressions as text, written at random: what a value of a kind can be, in a scope of rows.

Every choice is made by the `Random` that is handed in, the simplest option first, so that Hypothesis can shrink it and
a seed repeats it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from tests.property.place import Place, leaf
from tests.property.world import GRADES, HUES, NUMBERS, PARAMETERS

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


def write(place: Place, kind: str) -> str:
    """An expression of a kind."""
    chance = place.chance
    if place.depth <= 0 or chance.randrange(5) == 0:
        return leaf(place, kind)
    ways = _WAYS_OF.get(kind, ())
    return chance.choice(ways)(replace(place, depth=place.depth - 1), kind)


def test(place: Place) -> str:
    """A test."""
    return write(place, "truth")


def _any_kind(place: Place) -> str:
    return place.chance.choice(("plain", "truth", "date", "text", "grade", "hue", "year", "thing", *NUMBERS))


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
    inside = replace(place, scope=place.scope[:1])  # a root is worked out row by row, and reads no row outside
    return f"{place.chance.choice(('sqrt', 'ln'))}({write(inside, place.chance.choice(('plain', 'count')))})"


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
    return f"({place.chance.choice(known)} as of {leaf(place, 'date')})"


def _moved(place: Place, kind: str) -> str:
    units = ("days", "weeks", "months", "years") if kind == "date" else ("years",)
    length = f"{place.chance.choice((1, 2, 90, 12))} {place.chance.choice(units)}"
    length = length[:-1] if length.startswith("1 ") else length
    return f"({write(place, kind)} {place.chance.choice('+-')} {length})"


def _day_of(place: Place, kind: str) -> str:
    day = place.chance.choice(("first day", "last day", "31 August", "29 February", "1 July"))
    return f"({day} of {leaf(place, 'year')})"


def _year_of(place: Place, kind: str) -> str:
    return f"(school_year of {leaf(place, 'date')})"


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
    path, entity = chance.choice(ROWS[place.scope[0]])
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


STATISTICS = (
    "sum", "mean", "median", "min", "max", "weighted_mean", "percentile", "stdev_sample", "stdev_population",
)  # fmt: skip


def _statistic(place: Place, kind: str) -> str:
    inside, rows = _rows(place)
    function = place.chance.choice(STATISTICS)
    value = write(inside, kind)
    if function == "weighted_mean":
        return f"weighted_mean({value} by {leaf(inside, place.chance.choice(('count', 'plain')))} over {rows})"
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
        return _count(place, kind) if kind == "count" else leaf(place, kind)
    chance = place.chance
    shallow = replace(place, depth=min(place.depth, 1))
    kinds = ("grade", "hue", "count", "text", "thing", "truth", "plain")
    within = f" within {leaf(shallow, chance.choice(kinds))}" if chance.randrange(2) else ""
    where = f" where {test(shallow)}" if chance.randrange(4) == 3 else ""
    if kind == "count" and chance.randrange(3):
        return f"rank(by {_order(shallow)}{within}{where})"
    if kind == "ratio":
        within = within or f" within {leaf(shallow, chance.choice(kinds))}"
        return f"share_of({write(shallow, chance.choice(('plain', 'count', 'USD')))}{within}{where})"
    return f"running_sum({write(shallow, kind)} by {_order(shallow)}{within}{where})"


Way: TypeAlias = Callable[[Place, str], str]

_OF_ALL: tuple[Way, ...] = (_choice, _fallback, _picked)
_OF_NUMBERS: tuple[Way, ...] = (
    _sum_of, _sum_of, _times, _divided, _rounded, _least, _absolute, _negated, _statistic, _statistic, _statistic, _window,
    _in_force, *_OF_ALL,
)  # fmt: skip
_WAYS_OF: Mapping[str, tuple[Way, ...]] = {
    **dict.fromkeys(NUMBERS, _OF_NUMBERS),
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
