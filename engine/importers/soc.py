"""Codes of the Standard Occupational Classification, and how finely each divides."""

from __future__ import annotations

import re

_CODE = re.compile(r"[0-9]{2}-[0-9]{4}")

HYBRID = frozenset(("13-1020", "13-2020", "29-2010", "31-1120", "39-7010", "47-4090", "51-2090"))
"""Broad codes in whose place OEWS publishes nothing finer: it counts them as detailed (O_LEVEL 3, May 2025)."""

_O_LEVELS = {"1": "minor", "2": "broad", "3": "detailed"}


def is_soc_code(text: str) -> bool:
    """Whether the text has the form of a code such as 15-1252."""
    return _CODE.fullmatch(text) is not None


def level_of(code: str, published: str = "") -> str:
    """`total`, `major`, `minor`, `broad` or `detailed`.

    `published` is what the publisher says: O_LEVEL (0 to 3) or O_GROUP (the word). Without it the form of the code
    decides, but OEWS's hybrid codes are detailed, so that all detailed rows of a release add up in either case.
    """
    if code == "00-0000":
        return "total"
    if code.endswith("0000"):
        return "major"
    said = published.lower()
    if said in _O_LEVELS or said in _O_LEVELS.values():
        return _O_LEVELS.get(said, said)
    if code.endswith("00"):
        return "minor"
    return "broad" if code.endswith("0") and code not in HYBRID else "detailed"
