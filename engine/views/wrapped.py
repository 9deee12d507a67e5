"""Lines of text that fit a width."""

from __future__ import annotations

from textwrap import wrap


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns; only a word longer than that is cut."""
    return wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` columns: filled with blanks, or cut with a mark where it is longer."""
    return f"{text if len(text) <= width else text[: width - 1] + '…':<{width}}"
