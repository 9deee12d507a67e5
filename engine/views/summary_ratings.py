"""Ratings in the terminal: how many of each on every level, and which are pending for want of what."""

from __future__ import annotations

from collections import Counter

from ..results.outcome import Outcome
from ..results.table import Cell
from .wrapped import wrapped

WAITING = 10
"""Pending ratings that are shown one by one."""

CAUSES = 3
"""What a pending rating waits for: the causes that are shown."""

STATUSES = {"rated": "rated", "pending": "pending", "not_rated": "not rated", "not_applicable": "not applicable"}


def ratings_section(result: Outcome, width: int, limit: int = 30) -> str:
    """Ratings by level, or where the policy gives none, its indicators by level; empty without accountability."""
    found = {one.name: one for one in result.tables}
    section = result.run.checked.policy.accountability
    if section is None or "ratings" not in found:
        return ""
    rows = [dict(zip(found["ratings"].names, row, strict=True)) for row in found["ratings"].rows]
    if not section.ratings:
        return "\n".join(_indicators(result, width))
    lines = ["Ratings:"]
    order = dict.fromkeys([*(one.name for one in section.ratings), *(one.rating.text for one in section.overrides)])
    for level in dict.fromkeys(str(row["entity"]) for row in rows):
        lines += _level([row for row in rows if row["entity"] == level], list(order), level, width)
    waiting = [row for row in rows if row["status"] == "pending"]
    shown = min(limit, WAITING)
    for row in waiting[:shown]:
        lines += _waiting(result, row, width)
    if len(waiting) > shown:
        lines.append(f"  … and {len(waiting) - shown:,} more pending (table `ratings`)")
    return "\n".join(lines)


def _level(rows: list[dict[str, Cell]], order: list[str], level: str, width: int) -> list[str]:
    """One line: how many rows have which rating."""
    rated = Counter(str(row["rating"]) for row in rows if row["status"] == "rated")
    status = Counter(str(row["status"]) for row in rows)
    said = [f"{rated[one]:,} {one}" for one in order if rated[one]]
    said += [f"{status[one]:,} {STATUSES[one]}" for one in ("pending", "not_rated") if status[one]]
    by = sum(1 for row in rows if row["override"] and row["status"] == "rated")
    also = f" ({by:,} by an override)" if by else ""
    return wrapped(f"{level.replace('_', ' ')} ({len(rows):,}): {', '.join(said)}{also}", width, "  ", "      ")


def _waiting(result: Outcome, row: dict[str, Cell], width: int) -> list[str]:
    """A pending rating: what it may be, and what is missing."""
    who = " ".join(str(row[part]) for part in ("key", "name") if row[part])
    ends = [str(row[part]) for part in ("lowest_rating", "highest_rating") if row[part]]
    may = f", {' to '.join(ends)}" if ends else ""
    lines = wrapped(f"pending{may}: {who}", width, "  ", "      ")
    found = []
    for cells in result.table("held").rows:
        entity, key, _, rule, _, _, where, column, reason = map(str, cells[:9])
        if (entity, key) == (row["entity"], row["key"]) and rule == "accountability.ratings":
            found.append(f"{column} of {where} ({reason})" if where else f"{column} ({reason})" if column else reason)
    for one in found[:CAUSES]:
        lines += wrapped(one, width, "      ", "        ")
    if len(found) > CAUSES:
        lines.append(f"      and {len(found) - CAUSES} more")
    return lines


def _indicators(result: Outcome, width: int) -> list[str]:
    one = result.table("indicators")
    places = [one.names.index(name) for name in ("entity", "indicator", "status", "student_group")]
    rows = [tuple(str(row[place]) for place in places) for row in one.rows]
    counted = Counter((entity, name, status) for entity, name, status, group in rows if group == "all_students")
    lines = ["Indicators:"]
    for entity, name in dict.fromkeys((entity, name) for entity, name, _ in counted):
        counts = [(counted[entity, name, key], word) for key, word in STATUSES.items()]
        said = [f"{count:,} {word}" for count, word in counts if count]
        lines += wrapped(f"{entity.replace('_', ' ')}, {name}: {', '.join(said)}", width, "  ", "      ")
    return lines
