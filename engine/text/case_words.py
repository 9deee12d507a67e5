"""The words and numbers of a file of cases, found without reading its YAML."""

from __future__ import annotations

import re
from pathlib import Path

from .citations import MOST_BYTES

_WORD = re.compile(r"[A-Za-z_]\w*|\d[\d,]*(?:\.\d+)?", re.ASCII)
_CASES = re.compile(r"^cases:", re.MULTILINE)
_COMMENT = re.compile(r"^\s*#.*$|^\s*(?:title|note|cite):.*$", re.MULTILINE)


def case_words(path: Path) -> frozenset[str] | None:
    """Every word and number of the cases of a policy, numbers as `plain` writes them; titles, notes and citations,
    which give and expect nothing, are left out. Without such a file it is empty where policies beside it have theirs,
    and nothing where nobody there writes cases, or the file holds none or is too large.
    """
    try:
        if not path.exists():
            return frozenset() if any(path.parent.glob("*.cases.yaml")) else None
        if path.stat().st_size > MOST_BYTES:
            return None
        text = _COMMENT.sub("", path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    if _CASES.search(text) is None:
        return None
    return frozenset(plain(word) if word[0].isdigit() else word for word in set(_WORD.findall(text)))


def plain(number: str) -> str:
    """A number without the commas and the zeros that change nothing: `43,900.00` as `43900`."""
    digits = number.replace(",", "").lstrip("0")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"0{digits}" if digits[:1] in ("", ".") else digits
