"""A named thing taken out of its file, lines and all."""

from __future__ import annotations

from ...text.fix import Edit, Fix
from ...text.source import Span
from .block import block, has_comment


def taken_out(name: Span) -> Fix | None:
    """Take the lines of a thing out, and with the last of a section the line of the section. Nothing where a comment
    would be lost, or where the thing does not stand on lines of its own.
    """
    lines = block(name)
    if lines is None or has_comment(lines) or _speaks_of(lines):
        return None
    section = _section(lines)
    if section is not None:
        if has_comment(section):
            return None
        lines = section
    return Fix(f"take `{name.text}` out", (Edit(lines, ""),))


def _speaks_of(lines: Span) -> bool:
    """Whether a comment stands right above some lines, and so is about them."""
    above = lines.source.text[: lines.start].splitlines()[-1:]
    return bool(above) and above[0].lstrip().startswith("#")


def _section(lines: Span) -> Span | None:
    """The line of the section with the lines, where it holds nothing else."""
    text = lines.source.text
    before, after = text[: lines.start].splitlines(True), text[lines.end :].splitlines(True)
    start = lines.start
    for line in reversed(before):
        start -= len(line)
        if line.strip() and not line.lstrip().startswith("#"):
            break
    head = text[start : lines.start].splitlines()[:1]
    following = next((line for line in after if line.strip() and not line.lstrip().startswith("#")), "")
    alone = bool(head) and head[0][:1].strip() != "" and head[0].rstrip().endswith(":") and not following[:1].isspace()
    return Span(lines.source, start, lines.end) if alone else None
