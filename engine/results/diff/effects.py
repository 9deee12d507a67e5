"""What hangs on an edit: how every place of a policy moves when something that it names moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date

from ...syntax.policy import Policy
from ...types.checked import CheckedPolicy
from .direction import shift
from .edit import EditClass, Effect, in_order
from .place import AMOUNT, GATE, LIMIT, LIST, Place, is_denominator, is_weight, places
from .shift import SAME, UNKNOWN, Moves, Shift, Way
from .term import Key, Term, leaves
from .term_of_expr import Meanings, term_of


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two policies, with its places as terms."""

    policy: Policy
    meanings: Meanings
    places: tuple[Place, ...]
    terms: tuple[Term, ...]
    names: tuple[frozenset[Key], ...]
    listed: frozenset[Key]

    @staticmethod
    def of(policy: Policy, checked: CheckedPolicy) -> Side:
        """A policy as written, and checked."""
        meanings = Meanings.of(checked)
        found = tuple(places(policy))
        terms = tuple(term_of(one.expr, meanings) for one in found)
        names = tuple(frozenset(leaves(one)) for one in terms)
        listed = {
            ("column", one.entity, one.name)
            for epoch in checked.epochs
            for one in epoch.definitions
            if one.role == "list"
        }
        return Side(policy, meanings, found, terms, names, frozenset(listed) | {("name", "listed"), ("name", "tier")})


def moved_places(side: Side, seeds: Moves, since: Date | None) -> dict[str, tuple[Place, Shift, bool]]:
    """Every place that moves when `seeds` do, by its path, with how, and whether it names one of the seeds itself."""
    moves: dict[Key, Shift] = dict(seeds)
    found: dict[str, tuple[Place, Shift, bool]] = {}
    changed = True
    while changed:
        changed = False
        for place, term, names in zip(side.places, side.terms, side.names, strict=True):
            if names.isdisjoint(moves) or (since is not None and place.ends is not None and place.ends <= since):
                continue
            moved = shift(term, term, moves)
            known = found.get(place.path)
            if known is not None and known[1] == moved:
                continue
            if known is not None and known[1].way is Way.UNKNOWN:
                continue
            found[place.path] = (place, moved, not names.isdisjoint(seeds))
            changed = True
            given = _signed(place, moved)
            for key in _given(side, place):
                moves[key] = given if key not in moves or moves[key] == SAME else _merged(moves[key], given)
    return found


def _given(side: Side, place: Place) -> Iterable[Key]:
    return side.listed if LIST in place.gives else place.gives


def _signed(place: Place, moved: Shift) -> Shift:
    """How the value of a place moves what rules know by its name."""
    if moved == SAME:
        return SAME
    if LIST in place.gives or place.role.sign == "?" or place.role.decides == LIMIT:
        return UNKNOWN
    return moved.back if place.role.sign == "-" else moved


def _merged(one: Shift, other: Shift) -> Shift:
    if one == other or other == SAME:
        return one
    return UNKNOWN


def effects(old: Side, new: Side, seeds: Moves, since: Date | None) -> tuple[Effect, ...]:
    """What a move of `seeds` does to the places of both policies; where they disagree it is unknown."""
    before, after = moved_places(old, seeds, since), moved_places(new, seeds, since)
    found: dict[tuple[str, bool], Effect] = {}
    for path, (place, moved, direct) in {**before, **after}.items():
        told = felt(new if path in after else old, place, moved)
        if path in before and path in after:
            other = felt(old, before[path][0], before[path][1])
            told = told if told is other else EditClass.UNKNOWN
        if told is not None:
            key = place.role.says, direct
            if key in found and found[key].effect is not told:
                told = EditClass.UNKNOWN
            found[key] = _effect(min(found[key].rule, path) if key in found else path, place.role.says, told, direct)
    return in_order(found.values())


def _effect(rule: str, what: str, told: EditClass, direct: bool) -> Effect:
    return Effect(rule, what, told, direct, rule, what)


def felt(side: Side, place: Place, moved: Shift) -> EditClass | None:
    """The class of what happens at a place; nothing where nothing does."""
    if moved.way is Way.SAME:
        return None
    if is_weight(place.steps):
        return EditClass.REWEIGHTED
    if is_denominator(place.steps):
        return EditClass.DENOMINATOR
    way = {"+": moved.way, "-": moved.way.back}.get(place.role.sign, Way.UNKNOWN)
    if way is Way.UNKNOWN:
        return EditClass.UNKNOWN
    decides = place.role.decides or decides_of(side, place)
    if decides in (GATE, LIMIT):
        return EditClass.LOOSENED if way is Way.UP else EditClass.TIGHTENED
    if decides == AMOUNT:
        return EditClass.RAISED if way is Way.UP else EditClass.LOWERED
    return EditClass.UNKNOWN


def decides_of(side: Side, place: Place) -> str:
    """What a definition decides, by the type of its value."""
    known = side.meanings.types.get(place.expr.id) if not isinstance(place.expr, tuple) else None
    kind = known.kind if known is not None else ""
    return {"truth": GATE, "number": AMOUNT, "date": AMOUNT, "year": AMOUNT}.get(kind, "")


def class_of(found: Mapping[EditClass, object] | Iterable[EditClass]) -> EditClass | None:
    """One class for several: unknown where one is, mixed where they pull in different directions."""
    classes = set(found)
    ups = classes & {EditClass.LOOSENED, EditClass.RAISED}
    downs = classes & {EditClass.TIGHTENED, EditClass.LOWERED}
    if EditClass.UNKNOWN in classes:
        return EditClass.UNKNOWN
    if (ups and downs) or ((ups or downs) and classes - ups - downs):
        return EditClass.MIXED
    return next((one for one in EditClass if one in classes), None)
