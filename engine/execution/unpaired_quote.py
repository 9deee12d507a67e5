"""Where the quotation marks of a record stop to pair."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

_SEARCHED = 200_000
"""Characters of a record that are looked through; a cell that the reader takes is shorter."""


@dataclass(frozen=True, slots=True)
class UnpairedQuote:
    """A quotation mark that opens a cell: its line, its place in it, and the end of what is to be marked.

    `closed` is the line of the mark after which text follows, where no cell can end; 0 if none follows at all.
    """

    line: int
    at: int
    end: int
    closed: int


def find_unpaired(data: bytes, delimiter: str, begins: int) -> UnpairedQuote | None:
    """The mark at fault in the record that begins on a line of a file; nothing where all of them pair."""
    opened: tuple[int, int] | None = None
    searched = 0
    for line, raw in enumerate(BytesIO(data), 1):
        if line < begins:
            continue
        text = raw.decode("utf-8", errors="replace")
        searched += len(text)
        at, fresh = 0, True
        while at < len(text):
            char = text[at]
            if opened is None:
                if char == '"' and fresh:
                    opened = (line, at)
                fresh = char == delimiter
            elif char == '"' and text[at + 1 : at + 2] == '"':
                at += 1  # a doubled mark is one character of the cell
            elif char == '"' and text[at + 1 : at + 2] in ("", delimiter, "\r", "\n"):
                opened = None
            elif char == '"':
                same = opened[0] == line
                return UnpairedQuote(*opened, at + 1 if same else opened[1] + 1, line)
            at += 1
        if opened is None or searched > _SEARCHED:
            break
    return None if opened is None else UnpairedQuote(*opened, opened[1] + 1, 0)
