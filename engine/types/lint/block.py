"""The lines that a named thing takes up in its file."""

from __future__ import annotations

import re

from ...text.source import Span


def block(name: Span) -> Span | None:
    """Whole lines: the one that begins with a name, and those below it that stand further in; nothing where the name
    does not begin its line. Empty lines and comments after the last of them are not part of it.
    """
    text = name.source.text
    start = text.rfind("\n", 0, name.start) + 1
    if text[start : name.start].strip():
        return None
    end = _line_end(text, start)
    at = end
    while at < len(text):
        after = _line_end(text, at)
        line = text[at:after]
        said = line.strip()
        if said and not said.startswith("#"):
            if _indent(line) <= name.start - start:
                break
            end = after
        at = after
    return Span(name.source, start, end)


def value_of(name: Span, key: str) -> Span | None:
    """The value of a key right below a named thing, where it stands on the line of its key."""
    lines = block(name)
    if lines is None:
        return None
    found = [
        (len(one[1]), Span(name.source, lines.start + one.start(2), lines.start + one.end(2)))
        for one in re.finditer(rf"^( +){re.escape(key)}:[ \t]+(\S+)", lines.text, re.MULTILINE)
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def has_comment(lines: Span) -> bool:
    """Whether a comment may stand in some lines: a `#` at the start of a word."""
    return re.search(r"(^|\s)#", lines.text) is not None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
