"""The difference of two policies: what changes, of which class, for which rules, from when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.standard import STANDARD
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostics
from ...text.errors import PolicyError
from ...types.check_policy import check_policy
from .classify import Judge, is_dated
from .compare import compare, same
from .edit import ABSENT, Edit, Effect, Kind, PolicyDiff, Steps
from .effects import Side
from .inline import plain_definitions
from .parts import element, part_at
from .rename import Renames, find_renames, rename, renamed_edits, uses_of
from .version import Version, read_version

if TYPE_CHECKING:
    from ...types.checked import CheckedPolicy
    from .prove import Prover


def diff_files(
    old: str | Path, new: str | Path, diagnostics: Diagnostics, prove: bool = False
) -> tuple[PolicyDiff, Version, Version]:
    """What differs between two files (or files of revisions), and both as read. Raises PolicyError where one of them
    cannot be read or is at fault.
    """
    before, after = (read_version(one, diagnostics) for one in (old, new))
    if before is None or after is None or diagnostics.has_errors:
        raise PolicyError(diagnostics.sorted())
    return diff_policies(before, after, prove=prove), before, after


def diff_policies(old: Version, new: Version, *, prove: bool = False) -> PolicyDiff:
    """Every edit from one policy to another, each with its class. Neither may have errors. With `prove`, z3
    is asked of what cannot be told from the texts alone.

    Formatting, comments and the order of rules are no edits, because what is compared are the policies as read.
    """
    renames = find_renames(old.policy, new.policy, uses_of(old.checked))
    policy, checked = old.policy, old.checked
    if renames.all:
        policy = rename(policy, renames)
        checked = check_policy(policy, STANDARD, Diagnostics())
    before, after = Side.of(policy, checked), Side.of(new.policy, new.checked)
    meant = [plain_definitions(side.policy, side.meanings) for side in (before, after)]
    judge = Judge(before, after, meant[0], meant[1], _prover(checked, new.checked) if prove else None)
    edits = (*renamed_edits(renames, old.policy, new.policy), *_merged(_moved(compare(policy, new.policy))))
    found = (_in_old_words(judge.classified(edit), renames, old.policy) for edit in edits)
    return PolicyDiff(old.name, new.name, tuple(found))


def _prover(old: CheckedPolicy, new: CheckedPolicy) -> Prover:
    from .prove import Prover

    return Prover(old, new)


def _moved(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits, with a version that goes and the same one that comes on another day as one."""
    found: list[Edit] = []
    gone = [one for one in edits if one.kind is Kind.REMOVED and is_dated(one.before)]
    for edit in edits:
        if edit.kind is not Kind.ADDED or not is_dated(edit.after):
            found.append(edit)
            continue
        twin = next((one for one in gone if one.steps[:-1] == edit.steps[:-1] and _same_text(one, edit)), None)
        if twin is None:
            found.append(edit)
            continue
        gone.remove(twin)
        found[found.index(twin)] = replace(
            edit, old_steps=twin.steps, kind=Kind.MOVED, before=twin.before, span_before=twin.span_before,
            epoch=min(twin.before.starts, edit.after.starts), until=max(twin.before.starts, edit.after.starts),
        )  # fmt: skip
    return tuple(found)


def _same_text(gone: Edit, come: Edit) -> bool:
    if gone.before.starts is None or come.after.starts is None:
        return False
    return same(replace(gone.before, starts=come.after.starts), come.after)


def _merged(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """One edit for what a rule and its only version both say, such as the reason."""
    found: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        key = (edit.path, edit.kind.value)
        held = found.get(key)
        if held is not None and (held.before, held.after) == (edit.before, edit.after):
            found[key] = replace(held, also=(*held.also, (edit.steps, edit.old_steps)))
        else:
            found[key if held is None else (edit.path, repr(edit.steps))] = edit
    return tuple(found.values())


def _in_old_words(edit: Edit, renames: Renames, old: Policy) -> Edit:
    """The edit with its way in the old policy, and what stands there as that writes it."""
    if edit.kind is Kind.RENAMED or not renames.all:
        return edit
    ways = {(one.section, one.new_way): one.way for one in renames.all}

    def back(steps: Steps) -> Steps:
        way = ways.get((steps[0], steps[1])) if len(steps) > 1 else None
        return steps if way is None else (steps[0], way, *steps[2:])

    steps = back(edit.old_steps)
    before = edit.before
    if before is not ABSENT:
        held = part_at(old, steps[:-1])
        before = (
            element(held, steps[-1]) if isinstance(held, tuple) and edit.kind is Kind.REMOVED else part_at(old, steps)
        )
    also = tuple((new, back(was)) for new, was in edit.also)
    effects = tuple(_effect_in_old_words(one, renames) for one in edit.effects)
    return replace(edit, old_steps=steps, before=before, also=also, effects=effects)


def _effect_in_old_words(effect: Effect, renames: Renames) -> Effect:
    for one in renames.all:
        path = f"{one.section}.{one.new_way}"
        if effect.rule == path or effect.rule.startswith(f"{path}."):
            rule = f"{one.section}.{one.way}{effect.rule[len(path) :]}"
            return replace(effect, old_rule=rule, old_what=effect.what.replace(one.new, one.old))
    return effect
