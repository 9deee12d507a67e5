"""The history of a policy for a terminal and for machines: of each commit a sentence on what it changed in meaning."""

from __future__ import annotations

import json

from ..results.diff.changed_policies import Status
from ..results.diff.edit import Edit, EditClass
from ..results.diff.history import History, HistoryEntry
from .diff_edit_words import edit_words
from .diff_json import diff_record
from .policy_parts import parts_words
from .wrapped import wrapped

SHOWN = 3
"""Edits that a sentence names."""

PLAIN = (EditClass.RAISED, EditClass.LOWERED, EditClass.ADDED, EditClass.REMOVED)
"""Classes that the words of an edit say already."""


def render_history(found: History, width: int = 80) -> str:
    """A line for each commit, and its sentence below."""
    lines = []
    for one in found.entries:
        lines += wrapped(f"{one.day}  {one.commit[:12]}  {one.subject}", width, rest="  ")
        lines += wrapped(sentence(one), width, "    ", "      ")
    if found.more:
        lines += ["", *wrapped("There are older commits; --limit N shows more.", width)]
    elif found.shallow:
        said = "This clone does not hold the whole history; `git fetch --unshallow` brings what is older."
        lines += ["", *wrapped(said, width)]
    return "\n".join(lines) + "\n"


def history_json(found: History) -> str:
    """The same for machines, with every edit as `specie diff` gives it."""
    entries = [
        {
            "commit": one.commit,
            "date": one.day,
            "subject": one.subject,
            "merge": one.merge,
            "status": one.status.value,
            "path": one.after or one.before,
            "old_path": one.before or None,
            "through": list(one.through),
            "sentence": sentence(one),
            "faults": [{"code": each.code, "message": each.message} for each in one.faults],
            "diff": None if one.edits is None else diff_record(one.edits),
        }
        for one in found.entries
    ]
    record = {"path": found.path, "entries": entries, "more": found.more, "shallow": found.shallow}
    return json.dumps(record, indent=2) + "\n"


def sentence(one: HistoryEntry) -> str:
    """What a commit changed in the meaning of the policy."""
    merged = "Merge: " if one.merge else ""
    moved = f"moved from {one.before}; " if one.status is Status.MOVED else ""
    through = f"through {', '.join(one.through)}: " if one.through else ""
    said = f"{moved}{through}{_changed(one)}."
    return merged + said if merged else said[:1].upper() + said[1:]


def _changed(one: HistoryEntry) -> str:
    if one.status is Status.REMOVED:
        return "the policy is removed"
    if one.faults:
        count = len(one.faults)
        errors = f"{count:,} {'error' if count == 1 else 'errors'} as policies are read today"
        first = one.faults[0]
        return f"what changes is not known, since one side has {errors} ({first.code}: {first.message})"
    if one.status is Status.ADDED and one.policy is not None:
        holds = parts_words(one.policy.policy)
        return f"the policy begins: {one.policy.policy.title or 'without a title'}{f', with {holds}' if holds else ''}"
    edits = one.edits.edits if one.edits is not None else ()
    if not edits:
        return "no change of meaning" if one.status is Status.MOVED else "no change of meaning: layout or comments only"
    felt = sorted((each for each in edits if not each.edit_class.harmless), key=_weight)
    if not felt:
        kinds = ", ".join(each.value for each in EditClass if any(edit.edit_class is each for edit in edits))
        return f"no result changes: {len(edits):,} {'edit' if len(edits) == 1 else 'edits'} ({kinds})"
    said = "; ".join(map(_edit, felt[:SHOWN]))
    more = len(felt) - SHOWN
    return said + (f"; and {more:,} more {'edit' if more == 1 else 'edits'}" if more > 0 else "")


def _edit(edit: Edit) -> str:
    words = edit_words(edit)
    if edit.edit_class in PLAIN:
        return words
    return f"{words} ({'UNKNOWN without data' if edit.edit_class is EditClass.UNKNOWN else edit.edit_class.value})"


def _weight(edit: Edit) -> int:
    return list(EditClass).index(edit.edit_class)
