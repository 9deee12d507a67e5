"""The pages of the diagnostic codes."""

from __future__ import annotations

from importlib.resources import files

from .codes import CODES


def page(code: str) -> str | None:
    """The Markdown page of a code such as `Y019` (case does not matter); nothing for what is not a code.

    Read through the package's resources, so it is found in a checkout and in a wheel alike.
    """
    code = code.upper()
    if code not in CODES:
        return None
    leaf = files(__package__ or "engine.text") / "catalog" / f"{code}.md"
    return leaf.read_text(encoding="utf-8") if leaf.is_file() else None
