"""Characters that may not stand in a file: those nobody sees, or that another tool reads otherwise."""

from __future__ import annotations

import re
import unicodedata

from .diagnostic import Diagnostics
from .source import Source, Span

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u2028\u2029"  # line ends to YAML, not to an editor
    "\u202a-\u202e\u2066-\u2069"  # these make a line read otherwise than it stands
    "\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
)
"""One forbidden character; a carriage return is forbidden unless a line feed follows it."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no Char of XML 1.0: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF."""

_AT_MOST = 5
"""A file full of them is told so a few times, not thousands of times."""


def writable(text: str) -> str:
    """A text with U+FFFD for each character that neither XML nor a page can hold; data and messages may have some."""
    return _NOT_IN_XML.sub("\ufffd", text)


def check_characters(source: Source, diagnostics: Diagnostics) -> bool:
    """Whether the file holds only visible characters, tabs and line ends; others are reported (Y006)."""
    clean = True
    for count, found in enumerate(FORBIDDEN.finditer(source.text)):
        clean = False
        if count == _AT_MOST:
            break
        report_character(Span(source, found.start(), found.end()), found.group(), diagnostics)
    return clean


def report_character(span: Span, char: str, diagnostics: Diagnostics) -> None:
    """Report a forbidden character that stands (or is escaped) at `span`."""
    if char == "\r":
        help = "save the file with the line ends of Unix or Windows"
    elif char == "\0":
        help = "this may not be a text file at all; save it as plain UTF-8 text"
    else:
        help = "delete it; it may have come along when the text was copied"
    diagnostics.report("Y006", span, help=help, character=_called(char))


def _called(char: str) -> str:
    name = {"\0": "NULL", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE"}.get(char) or unicodedata.name(char, "")
    return f"U+{ord(char):04X}" + (f" ({name.lower()})" if name else "")
