"""How one text is written in canonical YAML: on a line, between quotes, or folded and literal below its key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .quote import is_plain, quoted

WIDTH = 120
"""Columns of a line; longer texts are folded at blanks."""

_OTHERWISE_READ = re.compile(r"~|null|true|false|yes|no|on|off|y|n|<<|=|[-+.]?[0-9].*|\.inf|\.nan", re.IGNORECASE)
"""A text that a YAML reader may take for a number, a date, a truth or nothing."""

_BLANK = re.compile(r"(?<=[^ ]) (?=[^ ])")
"""A blank at which a line can be folded: one of its own."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be written: `text`, or `lines` where it is a table; `pieces`, which joined by blanks are the text, are
    what one is broken into that is too long for a line, and `clauses` the words before which a piece is broken
    by preference. `quotes` says that its writer put it in quotes, `folded` that it was folded.
    """

    text: str
    pieces: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    quotes: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What stands after the key or dash, and the lines below it (without indentation)."""

    beside: str
    below: tuple[str, ...] = ()


def one_line(wording: Wording) -> str:
    """The text on one line, in quotes where it needs them or has them for the sake of other readers."""
    kept = wording.quotes and (not wording.text or _OTHERWISE_READ.fullmatch(wording.text))
    return quoted(wording.text) if kept or (wording.text and not is_plain(wording.text)) else wording.text


def write_scalar(wording: Wording, column: int, indent: int) -> Written:
    """A text whose line has `column` characters before it, and whose further lines are indented by `indent`."""
    if wording.lines:
        return Written("|", wording.lines)
    text, line = wording.text, one_line(wording)
    if "\n" in text:
        return _several_lines(wording, line, indent)
    long = column + len(line) > WIDTH
    escaped = line[:1] in "\"'" and line != text and line[1:-1] != text
    if not (long or escaped) or not _can_fold(text) or not (_BLANK.search(text) or escaped):
        return Written(line)
    width = WIDTH - indent
    pieces = wording.pieces if wording.pieces and len(text) > width else (text,)
    return Written(">-", tuple(line for piece in pieces for line in _folded(piece, width, wording.clauses)))


def _can_fold(text: str) -> bool:
    return text.isprintable() and bool(text) and text == text.strip()


def _folded(text: str, width: int, clauses: tuple[str, ...] = ()) -> list[str]:
    """Lines of at most `width` characters, broken at single blanks; a longer word has a line of its own."""
    lines, start = [], 0
    while len(text) - start > width:
        blanks = [found.start() for found in _BLANK.finditer(text, start)]
        near = [at for at in blanks if at - start <= width]
        if not blanks:
            break
        cut = _best(text, near, clauses) if near else blanks[0]
        lines.append(text[start:cut])
        start = cut + 1
    return [*lines, text[start:]]


def _best(text: str, blanks: list[int], clauses: tuple[str, ...]) -> int:
    """The last blank before a clause, of those within the fewest brackets; without clauses the last blank."""
    before = [at for at in blanks if text.startswith(clauses, at + 1)] if clauses else []
    return min(before, key=lambda at: (_depth(text, at), -at)) if before else blanks[-1]


def _depth(text: str, at: int) -> int:
    """In how many brackets a place stands."""
    return sum((char in "({") - (char in ")}") for char in text[:at])


def _several_lines(wording: Wording, line: str, indent: int) -> Written:
    """A text of several lines: literal, or in paragraphs where its writer folded it; else in quotes."""
    text = wording.text.removesuffix("\n")
    chomp = "" if wording.text.endswith("\n") else "-"
    lines = text.split("\n")
    shown = all(part.isprintable() and part == part.rstrip() for part in lines)
    if not shown or not lines[0] or lines[0][0] == " " or not lines[-1]:
        return Written(line)
    if wording.folded and not any(part.startswith(" ") for part in lines):
        below: list[str] = []
        for at, part in enumerate(lines):
            # a line end between two lines of text is an empty line, one after an empty line is itself
            below += ([""] if at and part and lines[at - 1] else []) + (
                _folded(part, WIDTH - indent) if part else [""] * (2 if at and lines[at - 1] else 1)
            )
        return Written(f">{chomp}", tuple(below))
    return Written(f"|{chomp}", tuple(lines))
