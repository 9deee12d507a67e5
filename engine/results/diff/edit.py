"""An edit between two policies: where, of which kind, of which class, and what it does to the rules that hang on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date
from enum import StrEnum
from typing import Any, Final, TypeAlias

from ...text.source import NOWHERE, Span
from .witness import Witness

Steps: TypeAlias = tuple[str, ...]
"""The way from a policy to one of its parts: fields, and the names (or starts) of what stands in lists."""


class Absent:
    """What stands where a policy has nothing: neither a value nor the word *none*."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


class Kind(StrEnum):
    """What was done to the policy."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    """The same text or value from another day on."""
    REORDERED = "reordered"


class EditClass(StrEnum):
    """What an edit means. The order is that of weight: the first that occurs speaks for the whole difference."""

    UNKNOWN = "unknown"
    """It changes a result, and in which direction cannot be told without data."""
    MIXED = "mixed"
    """It moves some of the rules that use it one way and others the other way."""
    TIGHTENED = "tightened"
    """In the order false < missing < true no row rises, and some can fall."""
    LOOSENED = "loosened"
    LOWERED = "lowered"
    """A number: no row gets more, and some can get less."""
    RAISED = "raised"
    REWEIGHTED = "re-weighted"
    DENOMINATOR = "denominator-changed"
    ADDED = "added"
    REMOVED = "removed"
    DATE = "date-only"
    RENAMED = "renamed"
    EQUIVALENT = "equivalent"
    """Written otherwise; on any data the same results."""
    SOURCE = "source-only"
    COSMETIC = "cosmetic"

    @property
    def harmless(self) -> bool:
        """Whether no result of any row can change."""
        return self in (EditClass.RENAMED, EditClass.EQUIVALENT, EditClass.SOURCE, EditClass.COSMETIC)

    @property
    def mirrored(self) -> EditClass:
        """The class of the way back."""
        return _MIRROR.get(self, self)


_MIRROR = {
    EditClass.TIGHTENED: EditClass.LOOSENED,
    EditClass.LOOSENED: EditClass.TIGHTENED,
    EditClass.LOWERED: EditClass.RAISED,
    EditClass.RAISED: EditClass.LOWERED,
    EditClass.ADDED: EditClass.REMOVED,
    EditClass.REMOVED: EditClass.ADDED,
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What an edit does to a rule that hangs on it: `direct` where the rule names what was edited.

    rule is the path of the rule, `what` how people call it, `effect` one of the directions or unknown; `old_rule` and
    `old_what` are the first two in the words of the old policy.
    """

    rule: str
    what: str
    effect: EditClass
    direct: bool = True
    old_rule: str = ""
    old_what: str = ""

    @property
    def mirrored(self) -> Effect:
        """That of the way back."""
        return Effect(
            self.old_rule, self.old_what, self.effect.mirrored, self.direct, self.rule, self.what,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    steps, old_steps   the way to it in the new and in the old policy: they differ where something above was renamed
    before, after      what stands there: records and expressions of the syntax floor, or ABSENT
    epoch, until       the days from and to which it can change a result; nothing: always
    behind             of what comes or goes in a list with an order: the name of what stands before it, or empty
    also               further places of the same edit, each with its ways in the new and in the old policy
    why                what is to be said of the class, one plain clause
    values             of dated values, those that are others on the first of these days: member (empty without `by`),
                       what holds before and after: an expression, nothing for *no limit*, or ABSENT
    witnesses          rows that show it, where a proof was asked for
    """

    steps: Steps
    old_steps: Steps
    kind: Kind
    before: Any
    after: Any
    edit_class: EditClass = EditClass.UNKNOWN
    why: str = field(default="", compare=False)
    effects: tuple[Effect, ...] = ()
    epoch: Date | None = None
    until: Date | None = None
    behind: str | None = None
    also: tuple[tuple[Steps, Steps], ...] = ()
    values: tuple[tuple[str, Any, Any], ...] = field(default=(), compare=False, repr=False)
    witnesses: tuple[Witness, ...] = field(default=(), compare=False)
    span_before: Span = field(default=NOWHERE, compare=False, repr=False)
    span_after: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def path(self) -> str:
        """The stable name of what was edited, in the words of the new policy."""
        return spoken(self.steps)

    @property
    def old_path(self) -> str:
        """The same in the words of the old policy."""
        return spoken(self.old_steps)


def in_order(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Effects on the rules that name what was edited first, then by the paths of rules."""
    return tuple(sorted(effects, key=lambda one: (not one.direct, one.rule, one.what)))


UNSPOKEN = frozenset({"versions", "members", "body", "always", ""})
"""Steps that say nothing to the reader of a path."""


def spoken(steps: Steps) -> str:
    """A way as a path: `criteria.credential.good_job`, `parameters.wage_floor.values.2026-07-01`."""
    return ".".join(step for step in steps if step not in UNSPOKEN)


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """All edits from an old policy to a new one; `old` and `new` say how the user named them."""

    old: str
    new: str
    edits: tuple[Edit, ...]

    @property
    def changes_results(self) -> bool:
        """Whether any edit can change a result."""
        return any(not edit.edit_class.harmless for edit in self.edits)

    @property
    def edit_class(self) -> EditClass | None:
        """The class of the whole: that of the edits that can change a result, else of the others; unknown where one of
        them is, *mixed* where they are of several that do not pull in one direction; nothing where there is no edit.
        """
        found = {edit.edit_class for edit in self.edits}
        felt = {one for one in found if not one.harmless}
        if not felt:
            return next((one for one in EditClass if one in found), None)
        if len(felt) > 1 and EditClass.UNKNOWN not in felt and not any(felt <= side for side in SIDES):
            return EditClass.MIXED
        return next(one for one in EditClass if one in felt)


SIDES = (
    frozenset({EditClass.LOOSENED, EditClass.RAISED}),
    frozenset({EditClass.TIGHTENED, EditClass.LOWERED}),
)
"""Classes that pull in one direction."""
