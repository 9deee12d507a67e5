"""How a text is written in YAML so that it stays that text."""

from __future__ import annotations

import re

_BEGINS_ELSE = re.compile(r"""[,\[\]{}#&*!|>'"%@`]|[-?:](\s|$)|(---|\.\.\.)(\s|$)""")
_SPLITS = re.compile(r":(\s|$)|\s#")


def is_plain(text: str) -> bool:
    """Whether the text may stand without quotes as a value in block form."""
    return bool(
        text and text == text.strip() and text.isprintable()
        and not _BEGINS_ELSE.match(text) and not _SPLITS.search(text)
    )  # fmt: skip


def as_scalar(text: str) -> str:
    """The text as a one-line YAML value in block form: bare where that is safe, else in quotes."""
    return text if is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """The text in quotes, those that need the least escaping: double ones for prose, single ones around `"`.

    A text that holds a line break or another unprintable character is always in double quotes.
    """
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
    code = ord(char)
    if char in known:
        return known[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
