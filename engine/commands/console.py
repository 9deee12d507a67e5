"""Output on consoles that cannot show every character, such as those of Windows: written otherwise, never a crash."""

from __future__ import annotations

import codecs
import json
from typing import Any

PLAIN = {
    "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "–": "-", "—": "-", "…": "...", "×": "x",
    "‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
"""What stands for characters that specie itself prints; any other becomes a question mark."""

HANDLER = "specie-plain"


def never_fails(*streams: Any) -> None:
    """Have text streams write what their encoding does not know in plain characters."""
    codecs.register_error(HANDLER, _plain)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = "".join(PLAIN.get(character, "?") for character in error.object[error.start : error.end])
    return text, error.end


def ascii_json(text: str) -> str:
    """JSON whose every character any encoding knows; it says the same."""
    return "".join(character if character.isascii() else json.dumps(character)[1:-1] for character in text)


def ascii_html(text: str) -> str:
    """HTML whose every character any encoding knows; it says the same."""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
