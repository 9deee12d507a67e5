"""Two texts of a file as Git shows a difference: what changes in meaning, and of what is no policy the lines."""

from __future__ import annotations

from difflib import unified_diff

from ..results.diff.two_texts import TwoTexts
from .diff import render_diff
from .wrapped import wrapped


def render_two_texts(one: TwoTexts, width: int = 80) -> str:
    """A line that names the file, then the edits; or why there are none, and the lines."""
    lines = [f"diff --specie a/{one.old_path} b/{one.path}"]
    if one.edits is not None:
        return "\n".join(lines) + "\n" + (render_diff(one.edits, width) if one.edits.edits else NO_MEANING)
    if one.faults:
        count, first = len(one.faults), one.faults[0]
        errors = f"{count:,} {'error' if count == 1 else 'errors'}"
        said = f"{first.span.source.name} has {errors} ({first.code}: {first.message}), so the lines are compared."
        lines += wrapped(said, width, rest="  ")
    return "\n".join([*lines, *_lines(one)]) + "\n"


NO_MEANING = "No change of meaning: layout or comments only.\n"


def _lines(one: TwoTexts) -> list[str]:
    if one.old == one.new:
        return []
    old, new = ((text or b"").decode("utf-8", "replace").splitlines() for text in (one.old, one.new))
    before = f"a/{one.old_path}" if one.old is not None else NONE
    after = f"b/{one.path}" if one.new is not None else NONE
    return list(unified_diff(old, new, before, after, lineterm=""))


NONE = "/dev/null"
"""What Git calls a file that is not there."""
