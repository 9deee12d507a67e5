"""School years as people write them (2026-27) and as the engine holds them (2026, when they begin)."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"([12][0-9]{3})[-–/]((?:[12][0-9])?[0-9]{2})")


def school_year_begins(text: str) -> int | None:
    """The calendar year in which `2026-27` or `2026-2027` begins; nothing for what is no school year."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    begins, ends = int(found[1]), found[2]
    return begins if str(begins + 1).endswith(ends) else None


def school_year_text(begins: int) -> str:
    """The school year that begins in a calendar year, as people write it: 2026 is `2026-27`."""
    return f"{begins}-{(begins + 1) % 100:02d}"
