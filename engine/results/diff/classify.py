"""The class of each edit, why it is of it, and what it does to the rules that hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import TYPE_CHECKING, Any

from ...syntax.choice_tables import Version
from ...syntax.policy import DatedValue, Parameter, Policy, RuleVersion
from ...syntax.walk import CONTENTS
from .direction import shift
from .edit import ABSENT, Edit, EditClass, Effect, Kind, Steps
from .effects import Side, class_of, effects, felt
from .inline import inlined
from .parts import part_at
from .place import LIMIT, LIST, Place, is_denominator, is_weight
from .rename import mentions
from .shift import SAME, Shift, Way
from .term import NO, Key, Term
from .term_of_expr import term_of
from .values import in_force, members, until, value_shift

if TYPE_CHECKING:
    from .prove import Prover

COSMETIC = frozenset(
    {"title", "note", "because", "undetermined_because", "decided_by", "decided_on", "deferred", "personal"}
)
SOURCE = frozenset({"cite", "standing", "replaces"})
DATES = frozenset({"starts", "ends", "computed_from"})
ROW_DENOMINATED = frozenset(
    {"share", "mean", "weighted_mean", "median", "percentile", "stdev_sample", "stdev_population"}
)
"""Functions whose rows are what is divided by, or ranked within."""

PROVED_SAME = "proved: the same for every row inside the data contract"
PROVED = "proved: for every row inside the data contract"
PROVED_BOTH = "proved: it moves some rows one way and others the other way"


@dataclass(frozen=True, slots=True)
class Judge:
    """Both policies, the old one under the names of the new, with what plain definitions of each stand for. `prover`
    is there where a proof is asked for.
    """

    old: Side
    new: Side
    meant_before: Mapping[Key, Term]
    meant_after: Mapping[Key, Term]
    prover: Prover | None = None

    def classified(self, edit: Edit) -> Edit:
        """The edit with its class, the reason and its effects."""
        plain = _plain(edit, self._field(edit))
        if plain is not None:
            return replace(edit, edit_class=plain[0], why=plain[1])
        if edit.steps[0] == "parameters" or (edit.steps[0] == "appropriations" and "amount" in edit.steps[2:3]):
            return self._of_values(edit)
        if edit.kind is Kind.REORDERED:
            return replace(edit, why="the first that holds decides, so an order is a rule")
        return self._of_place(edit)

    def _field(self, edit: Edit) -> str:
        """The field at the end of the way; empty where the way ends with the name of something in a list."""
        above = (part_at(side.policy, edit.steps[:-1]) for side in (self.new, self.old))
        return "" if any(isinstance(one, tuple) for one in above) else edit.steps[-1]

    # -- values -------------------------------------------------------------------------------------------------

    def _of_values(self, edit: Edit) -> Edit:
        depth = 2 if edit.steps[0] == "parameters" else 3
        old, new = (part_at(side.policy, edit.steps[:depth]) for side in (self.old, self.new))
        whole = not isinstance(old, Parameter) or not isinstance(new, Parameter)
        if whole or edit.steps[depth : depth + 1] != ("values",) or len(edit.steps) <= depth + 1:
            return self._whole(edit)
        day = Date.fromisoformat(edit.steps[depth + 1])
        which = edit.steps[depth + 3 : depth + 4] or tuple(dict.fromkeys((*members(old), *members(new))))
        sides = {name: (in_force(old, name, day), in_force(new, name, day)) for name in which}
        moved = {name: one for name, both in sides.items() if (one := value_shift(*both)) != SAME}
        values = tuple((name, *sides[name]) for name in moved)
        edit = replace(edit, epoch=day, until=until((old, new), moved or which, day), values=values)
        if not moved:
            return replace(edit, edit_class=EditClass.EQUIVALENT, why="the same value is in force before and after")
        if edit.steps[0] == "appropriations":
            found = class_of(_amount(one) for one in moved.values())
            return replace(edit, edit_class=found or EditClass.UNKNOWN, effects=_pot(edit, moved))
        return self._hanging(edit, _seeds(new.name, moved), new.name)

    def _hanging(self, edit: Edit, seeds: Mapping[Key, Shift], name: str) -> Edit:
        """An edit of a value, of the class of what it does to the rules that name it."""
        found = effects(self.old, self.new, seeds, edit.epoch)
        direct = [one.effect for one in found if one.direct]
        if direct:
            judged = class_of(direct) or EditClass.UNKNOWN
            why = "" if judged is not EditClass.UNKNOWN else _unknown(found)
            return replace(edit, edit_class=judged, why=why, effects=found)
        if any(mentions(_rules(side.policy), name) for side in (self.old, self.new)):
            return replace(edit, why="it is used where no direction can be told", effects=found)
        return replace(edit, edit_class=EditClass.EQUIVALENT, why="no rule uses it")

    # -- places -------------------------------------------------------------------------------------------------

    def _of_place(self, edit: Edit) -> Edit:
        before, after, edit = self._texts(edit)
        place = self._place(edit)
        comparable = before is not ABSENT and after is not ABSENT and place is not None
        if not comparable or not all(type(one) in CONTENTS for one in (before, after)):
            return self._whole(edit)
        assert place is not None
        one, two = term_of(before, self.old.meanings), term_of(after, self.new.meanings)
        if one == two or inlined(one, self.meant_before) == inlined(two, self.meant_after):
            why = "written otherwise, the same in normal form"
            return replace(edit, edit_class=EditClass.EQUIVALENT, why=why)
        moved = shift(one, two, {})
        proof = None if self.prover is None else self.prover.proof(before, after, edit.epoch, edit.until)
        if proof is not None:
            edit = replace(edit, witnesses=proof.witnesses)
            if proof.moved == SAME:
                return replace(edit, edit_class=EditClass.EQUIVALENT, why=PROVED_SAME)
            if moved.way is Way.UNKNOWN and proof.moved.way is not Way.UNKNOWN:
                moved, edit = proof.moved, replace(edit, why=PROVED)
        found = self._given(edit, place, moved)
        if is_weight(edit.steps):
            return replace(edit, edit_class=EditClass.REWEIGHTED, effects=found)
        if is_denominator(edit.steps) or _without_rows(one) == _without_rows(two):
            return replace(edit, edit_class=EditClass.DENOMINATOR, effects=found)
        judged = felt(self.new, place, moved) or EditClass.UNKNOWN
        why = edit.why
        if judged is EditClass.UNKNOWN:
            both = len(edit.witnesses) > 1
            why = PROVED_BOTH if both else "which way this moves a result cannot be told without data"
        return replace(edit, edit_class=judged, why=why, effects=found)

    def _texts(self, edit: Edit) -> tuple[Any, Any, Edit]:
        """The expressions before and after; of a version that comes or goes, those in force on its first day."""
        value = edit.after if edit.before is ABSENT else edit.before
        if not isinstance(value, RuleVersion) or edit.kind not in (Kind.ADDED, Kind.REMOVED):
            return edit.before, edit.after, _dated(edit)
        day = value.starts or Date.min
        held = [self._body(side, edit.steps[:-1], day) for side in (self.old, self.new)]
        later = [
            one.starts
            for side in (self.old, self.new)
            for one in part_at(side.policy, edit.steps[:-1])
            if one.starts is not None and one.starts > day
        ]
        return held[0], held[1], replace(edit, epoch=value.starts, until=min(later, default=None))

    def _body(self, side: Side, steps: Steps, day: Date) -> Any:
        held: Any = ABSENT
        for version in part_at(side.policy, steps):
            if (version.starts or Date.min) <= day:
                held = version.body if version.ends is None or day < version.ends else ABSENT
        return held

    def _place(self, edit: Edit) -> Place | None:
        for side in (self.new, self.old):
            for place in side.places:
                if place.steps == edit.steps or (place.steps[:-1] == edit.steps and place.steps[-1] == "body"):
                    return place
        return None

    def _given(self, edit: Edit, place: Place, moved: Shift) -> tuple[Effect, ...]:
        """What hangs on the value of a place, where rules know it by a name."""
        if place.role.sign == "?" or place.role.decides == LIMIT or LIST in place.gives:
            moved = Shift(Way.UNKNOWN)
        keys = self.new.listed | self.old.listed if LIST in place.gives else place.gives
        seeds = dict.fromkeys(keys, moved.back if place.role.sign == "-" else moved)
        found = effects(self.old, self.new, seeds, edit.epoch)
        return tuple(one for one in found if one.what != place.role.says and one.rule != edit.path)

    # -- the rest -----------------------------------------------------------------------------------------------

    def _whole(self, edit: Edit) -> Edit:
        """What comes, goes, or is of another make."""
        if is_weight(edit.steps):
            return replace(edit, edit_class=EditClass.REWEIGHTED)
        if is_denominator(edit.steps):
            return replace(edit, edit_class=EditClass.DENOMINATOR)
        if edit.steps[-1] == "undetermined" and edit.steps[0] == "priority_list":
            tighter = edit.after == "leave_off"
            why = "what cannot be told is left off the list" if tighter else "what cannot be told waits for a review"
            return replace(
                edit, edit_class=EditClass.TIGHTENED if tighter else EditClass.LOOSENED, why=why,
            )  # fmt: skip
        if edit.kind is Kind.ADDED:
            return replace(edit, edit_class=EditClass.ADDED, effects=self._limiting(edit, edit.after))
        if edit.kind is Kind.REMOVED:
            return replace(edit, edit_class=EditClass.REMOVED, effects=self._limiting(edit, edit.before))
        return replace(edit, why="which way this moves a result cannot be told without data")

    def _limiting(self, edit: Edit, value: Any) -> tuple[Effect, ...]:
        """What a limit does by being there: it can only take away."""
        kinds = {"Limit": "what is paid", "Exclusion": "what is paid", "SetAside": "what is left for payments"}
        said = kinds.get(type(value).__name__)
        if said is None:
            return ()
        effect = EditClass.LOWERED if edit.kind is Kind.ADDED else EditClass.RAISED
        what = f"{said} by {edit.steps[1]}"
        return (Effect(edit.path, what, effect, True, edit.old_path, what),)


def _plain(edit: Edit, field: str) -> tuple[EditClass, str] | None:
    """The class of what changes no number: names, words, sources, dates."""
    if edit.kind is Kind.RENAMED:
        return EditClass.RENAMED, ""
    if edit.steps[0] == "sources" or field in SOURCE:
        return EditClass.SOURCE, ""
    deferred = edit.steps[0] == "parameters" and edit.steps[2:3] == ("deferred",)
    if edit.steps[0] == "lint" or deferred or field in COSMETIC or edit.steps == ("id",):
        return EditClass.COSMETIC, ""
    if edit.steps == ("extends",):
        return EditClass.EQUIVALENT, "what it brings in or takes out is compared thing by thing"
    if edit.kind is Kind.MOVED or field in DATES or edit.steps == ("school_year",):
        return EditClass.DATE, ""
    return None


def _dated(edit: Edit) -> Edit:
    """An edit inside a version, with the day from which that is in force."""
    for at, step in enumerate(edit.steps[:-1]):
        if step == "versions" and edit.steps[at + 1] != "always":
            return replace(edit, epoch=Date.fromisoformat(edit.steps[at + 1]))
    return edit


def _amount(moved: Shift) -> EditClass:
    return {Way.UP: EditClass.RAISED, Way.DOWN: EditClass.LOWERED}.get(moved.way, EditClass.UNKNOWN)


def _pot(edit: Edit, moved: Mapping[str, Shift]) -> tuple[Effect, ...]:
    what = f"appropriation {edit.steps[1]}"
    return tuple(Effect(edit.path, what, _amount(one), True, edit.old_path, what) for one in moved.values())


def _seeds(name: str, moved: Mapping[str, Shift]) -> dict[Key, Shift]:
    """What the rules know a parameter by, with how it moves: as a whole where members move differently, unknown."""
    ways = set(moved.values())
    whole = next(iter(ways)) if len(ways) == 1 else Shift(Way.UNKNOWN)
    seeds: dict[Key, Shift] = {("cell", f"parameters.{name}"): whole}
    for member, one in moved.items():
        if member:
            seeds["cell", f"parameters.{name}.{member}"] = one
    return seeds


def _unknown(found: tuple[Effect, ...]) -> str:
    names = [one.what for one in found if one.direct and one.effect is EditClass.UNKNOWN]
    return f"which way this moves {names[0]} cannot be told without data" if names else ""


def _rules(policy: Policy) -> Policy:
    """A policy without its parameters' values, in which to look for names."""
    bare = tuple(replace(one, name="", values=(), deferred=()) for one in policy.parameters)
    return replace(policy, parameters=bare, lint=())


def _without_rows(term: Term) -> Term:
    """A term in which the rows of shares, means and medians are left out."""
    args = tuple(_without_rows(one) for one in term.args)
    if term.op == "over" and term.value[0] in ROW_DENOMINATED:
        args = (NO, *args[1:])
    return Term(term.op, args, term.value)


def is_dated(value: Any) -> bool:
    """Whether something stands under its start."""
    return isinstance(value, (DatedValue, RuleVersion, Version))
