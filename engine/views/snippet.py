"""The lines of a file that a diagnostic points at, with carets under the characters meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..text.diagnostic import Diagnostic, Label
from ..text.source import Source

Line: TypeAlias = Sequence[tuple[str, str]]
"""A line of output: pieces of text, each with the name of its style."""

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "strong": "bold",
    "frame": "bold blue",
    "other": "bold blue",
    "help": "bold cyan",
    "note": "bold",
    "more": "bold",
}
_TAB = 4
_LEAST = 20
"""Columns that a source line gets however narrow the terminal is."""


def plain(line: Line) -> str:
    """The line without colour."""
    return "".join(text for text, _ in line).rstrip()


def paint(line: Line) -> str:
    """The line with terminal colours: `plain` of it with escape sequences around its pieces."""
    from rich.color import ColorSystem
    from rich.style import Style

    left = len(plain(line))  # no blanks at the end, as there
    pieces = []
    for text, style in line:
        pieces.append((text[:left], style))
        left -= len(text[:left])
    return "".join(
        Style.parse(_STYLES[style]).render(text, color_system=ColorSystem.STANDARD) if style in _STYLES else text
        for text, style in pieces
    )


def visible(text: str) -> str:
    """The text with a sign for each character that would move the cursor, hide or turn other text around."""
    return "".join(_shown(char) for char in text) if not text.isprintable() else text


def _shown(char: str) -> str:
    if char == "\t":
        return " " * _TAB
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char


def columns(char: str) -> int:
    """How many columns of a terminal a character takes up."""
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def snippet(found: Diagnostic, width: int) -> tuple[list[Line], int]:
    """The place, the marked lines and the marks below them; with it, how wide the line numbers are.

    No line takes up more than `width` columns before what its label says: a longer one is cut around the mark.
    """
    source = found.span.source
    if not source.name:
        return [], 1
    if not source.text:
        return [[(" --> ", "frame"), (visible(source.name), "")]], 1
    marks = [mark for order, label in enumerate(found.labels) for mark in _marks(label, not order)]
    gutter = max(len(str(mark.number)) for mark in marks)
    edge = " " * gutter
    lines: list[Line] = []
    sources = list(dict.fromkeys(label.span.source for label in found.labels if label.span.source.text))
    for each in sources:
        first = next(label.span for label in found.labels if label.span.source is each)
        line, column = each.position(first.start)
        arrow = f"{edge}--> " if each is source else f"{edge}::: "
        lines.append([(arrow, "frame"), (f"{visible(each.name)}:{line}:{column}", "")])
        lines.append([(f"{edge} |", "frame")])
        before = 0
        for number in sorted({mark.number for mark in marks if mark.source is each}):
            if before and number > before + 1:
                lines.append([("...", "frame")])
            on_line = [mark for mark in marks if mark.source is each and mark.number == number]
            lines.extend(_marked_line(on_line, edge, width, found.severity.value))
            before = number
    lines.append([(f"{edge} |", "frame")])
    return lines, gutter


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of one line, from character `start` to `end` of it, and what is said of it."""

    source: Source
    number: int
    start: int
    end: int
    message: str
    primary: bool


def _marks(label: Label, primary: bool) -> list[_Mark]:
    """A label on one line is one mark; on several, the first and the last are marked."""
    span = label.span
    if not span.source.text:
        return []
    (line, column), (last, end) = (
        span.source.position(span.start),
        span.source.position(max(span.start, span.end)),
    )
    if last > line and end == 1:  # up to and with a line end
        last -= 1
        end = len(span.source.line(last)) + 1
    if line == last:
        return [_Mark(span.source, line, column - 1, max(column, end - 1), label.message, primary)]
    text = span.source.line(last)
    indent = len(text) - len(text.lstrip())
    return [
        _Mark(span.source, line, column - 1, max(column, len(span.source.line(line))), "", primary),
        _Mark(span.source, last, min(indent, end - 2), end - 1, label.message, primary),
    ]


def _marked_line(marks: list[_Mark], edge: str, width: int, severity: str) -> list[Line]:
    """One source line and under it a line for each mark, the primary one first."""
    number, text = marks[0].number, marks[0].source.line(marks[0].number)
    room = max(_LEAST, width - len(edge) - 3)
    first, last = _window(text, marks[0].start, marks[0].end, room)
    body = ("…" if first else "") + "".join(_cells(text)[first:last]) + ("…" if last < len(text) else "")
    lines: list[Line] = [[(f"{number:>{len(edge)}} | ", "frame"), (body, "")]]
    for mark in marks:
        start = min(max(mark.start, first), last)  # a mark out of sight is shown at the border
        end = max(start + 1, min(mark.end, last))
        cells = _cells(text)
        blank = _wide("".join(cells[first:start])) + (1 if first else 0)
        sign = ("^" if mark.primary else "-") * max(1, _wide("".join(cells[start:end])))
        said = f" {visible(mark.message)}" if mark.message else ""
        pad = " " * blank
        lines.append([(f"{edge} | ", "frame"), (pad, ""), (sign + said, severity if mark.primary else "other")])
    return lines


def _cells(text: str) -> list[str]:
    """Each character as it is shown; a tab reaches to the next stop."""
    found: list[str] = []
    at = 0
    for char in text:
        shown = " " * (_TAB - at % _TAB) if char == "\t" else _shown(char) if not char.isprintable() else char
        found.append(shown)
        at += _wide(shown)
    return found


def _wide(text: str) -> int:
    return len(text) if text.isascii() else sum(columns(char) for char in text)


def _window(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Which characters of a line are shown so that it fits `room` columns and the marked ones are in sight."""
    sizes = [_wide(cell) for cell in _cells(text)]
    if sum(sizes) <= room:
        return 0, len(text)
    room -= 2  # for the signs of what is left out
    first = last = min(start, len(sizes))
    used = 0
    while last < min(end, len(sizes)) and used + sizes[last] <= room * 2 // 3:
        used += sizes[last]
        last += 1
    before = max(room // 3, room - used - sum(sizes[last:]))
    taken = 0
    while first > 0 and used + sizes[first - 1] <= room and taken + sizes[first - 1] <= before:
        first -= 1
        used += sizes[first]
        taken += sizes[first]
    while last < len(sizes) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    return first, last
