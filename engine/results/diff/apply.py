"""A policy with edits applied, and the way back of a difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...syntax.policy import Policy
from .edit import ABSENT, Edit, Kind, PolicyDiff, in_order
from .parts import key_of, part_at, with_part
from .rename import Renames, rename, uses_of
from .version import Version


def apply(old: Version, edits: Iterable[Edit]) -> Policy:
    """The old policy with the edits made: names first, then what goes, what changes and comes, and orders last.

    All edits of `diff(a, b)` made to a give a policy that is equal to b.
    """
    edits = tuple(edits)
    policy = rename(old.policy, Renames(Renames.of(edits).all, uses_of(old.checked)))
    order = {Kind.REMOVED: 0, Kind.MOVED: 1, Kind.CHANGED: 2, Kind.ADDED: 2, Kind.REORDERED: 3}
    for edit in sorted((one for one in edits if one.kind is not Kind.RENAMED), key=lambda one: order[one.kind]):
        if edit.kind is Kind.REORDERED:
            policy = with_part(policy, edit.steps, _in_order(part_at(policy, edit.steps), edit.after))
        elif edit.kind is Kind.MOVED:
            left = (*edit.steps[:-1], edit.old_steps[-1])
            policy = with_part(with_part(policy, left, ABSENT), edit.steps, edit.after)
        else:
            for steps in (edit.steps, *(steps for steps, _ in edit.also)):
                policy = with_part(policy, steps, edit.after)
            if edit.kind is Kind.ADDED and edit.behind is not None:
                above = edit.steps[:-1]
                policy = with_part(policy, above, _put_behind(part_at(policy, above), edit.behind))
    return policy


def _put_behind(values: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """A list whose last stands behind a name, or first."""
    *rest, last = values
    names = key_of(tuple(rest)) or ()
    at = names.index(name) + 1 if name in names else 0 if not name else len(rest)
    return (*rest[:at], last, *rest[at:])


def _in_order(values: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    """A list in the order of the names; what has none of them comes last."""
    held = dict(zip(key_of(values) or (), values, strict=False))
    return (*(held[name] for name in names if name in held), *(held[name] for name in held if name not in names))


def mirror(found: PolicyDiff) -> PolicyDiff:
    """The way back: what `diff(b, a)` is, given `diff(a, b)`."""
    return PolicyDiff(found.new, found.old, tuple(mirrored(edit) for edit in found.edits))


def mirrored(edit: Edit) -> Edit:
    """An edit undone."""
    kind = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}.get(edit.kind, edit.kind)
    return replace(
        edit, steps=edit.old_steps, old_steps=edit.steps, kind=kind, before=edit.after, after=edit.before,
        edit_class=edit.edit_class.mirrored, effects=in_order(one.mirrored for one in edit.effects),
        also=tuple((was, now) for now, was in edit.also), span_before=edit.span_after, span_after=edit.span_before,
        witnesses=tuple(one.mirrored for one in reversed(edit.witnesses)),
    )  # fmt: skip
