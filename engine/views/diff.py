"""The difference of two policies as text for a terminal: what changes a result first, then what does not."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from ..results.diff.edit import ABSENT, Edit, EditClass, Effect, Kind, PolicyDiff
from ..results.diff.witness import Witness
from .diff_value import MOST, value_text

ONLY_TEXT = "only the text was compared: no data is given, so what changes for whom is not known"
VERBS = {
    EditClass.TIGHTENED: "tightens",
    EditClass.LOOSENED: "loosens",
    EditClass.LOWERED: "lowers",
    EditClass.RAISED: "raises",
    EditClass.REWEIGHTED: "re-weights",
    EditClass.DENOMINATOR: "changes what is divided by in",
    EditClass.MIXED: "moves both ways",
}
LONGEST = 400
"""Characters of a value that are shown."""


def render_diff(found: PolicyDiff, width: int = 80) -> str:
    """A sentence, then each edit with its class, what stood and stands there, and what hangs on it."""
    lines = _wrapped(headline(found), width)
    if not found.edits:
        return "\n".join(lines) + "\n"
    lines += _wrapped(ONLY_TEXT, width)
    felt = [edit for edit in found.edits if not edit.edit_class.harmless]
    for edit in sorted(felt, key=lambda one: list(EditClass).index(one.edit_class)):
        lines += ["", *_edit(edit, width)]
    quiet = [edit for edit in found.edits if edit.edit_class.harmless]
    if quiet:
        lines += ["", *_wrapped("These change no result:" if felt else "None of these changes a result:", width)]
        for edit in quiet:
            lines += _edit(edit, width)
    elif felt:
        lines += ["", *_wrapped("Nothing else in the policy changes.", width)]
    return "\n".join(lines) + "\n"


def headline(found: PolicyDiff) -> str:
    """One sentence on the whole."""
    if not found.edits:
        return f"{found.old} and {found.new} say the same."
    counts = [(one, sum(1 for edit in found.edits if edit.edit_class is one)) for one in EditClass]
    told = ", ".join(f"{count} {one.value}" for one, count in counts if count)
    edits = f"{len(found.edits)} {'edit' if len(found.edits) == 1 else 'edits'}"
    return f"{found.old} → {found.new}: {edits} ({told})."


def _edit(edit: Edit, width: int) -> list[str]:
    name = edit.edit_class.value.upper() if edit.edit_class is EditClass.UNKNOWN else edit.edit_class.value
    lines = _wrapped(f"{name}: {edit.path}{_days(edit)}", width)
    lines += _wrapped(change(edit), width, "  ")
    if edit.why:
        lines += _wrapped(edit.why, width, "  ")
    for line in (*map(witness_line, edit.witnesses), *effect_lines(edit.effects)):
        lines += _wrapped(line, width, "  ")
    return lines


def change(edit: Edit) -> str:
    """What stood there and what stands there now."""
    if edit.kind is Kind.RENAMED:
        return f"`{edit.old_steps[-1]}` is `{edit.steps[-1]}` wherever it is used"
    if edit.kind is Kind.MOVED:
        return f"{_short(edit.after)}, from {edit.old_steps[-1]} to {edit.steps[-1]}"
    if edit.values:
        return ", ".join(_value_change(*one) for one in edit.values[:MOST]) + (
            f" and {len(edit.values) - MOST} more" if len(edit.values) > MOST else ""
        )
    if edit.before is ABSENT or edit.kind is Kind.ADDED:
        return f"+ {_short(edit.after)}"
    if edit.after is ABSENT or edit.kind is Kind.REMOVED:
        return f"- {_short(edit.before)}"
    return f"{_short(edit.before)} → {_short(edit.after)}"


def _value_change(member: str, before: object, after: object) -> str:
    sides = [
        "no limit" if one is None else "nothing in force" if one is ABSENT else _short(one) for one in (before, after)
    ]
    return f"{f'{member}: ' if member else ''}{sides[0]} → {sides[1]}"


def witness_line(one: Witness) -> str:
    """A row that shows what an edit does."""
    cells = ", ".join(f"{name} {value}" for name, value in one.cells)
    given = ", ".join(f"{name} is {value}" for name, value in one.parameters)
    held = f" ({given})" if given else ""
    return f"a row of {one.entity} with {cells}{held}: {one.before} before, {one.after} after"


def effect_lines(effects: Iterable[Effect]) -> list[str]:
    """What an edit does to the rules that name it, then what follows from that, then what only data can tell."""
    effects = tuple(effects)
    lines = []
    for direct, said in ((True, ""), (False, "and so ")):
        known = [one for one in effects if one.direct is direct and one.effect in VERBS]
        if known:
            lines.append(said + "; ".join(f"{VERBS[one.effect]} {one.what}" for one in known))
    open_ones = [one.what for one in effects if one.effect not in VERBS]
    if open_ones:
        lines.append(f"UNKNOWN without data: {', '.join(dict.fromkeys(open_ones))}")
    return lines


def _days(edit: Edit) -> str:
    if edit.kind is Kind.MOVED or edit.epoch is None:
        return ""
    return f" (from {edit.epoch.isoformat()}{f' to {edit.until.isoformat()}' if edit.until else ''})"


def _short(value: object) -> str:
    text = " ".join(value_text(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False,
        break_long_words=False,
    ) or [indent]  # fmt: skip
