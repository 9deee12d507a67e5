"""Ratings in the terminal: how many of each on every level, the rows of short levels, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from ..results.outcome import Outcome
from ..results.table import Cell, decimal_text
from .wrapped import fitted, wrapped

CAUSES = 3
"""What pending ratings wait for: the most frequent causes that are shown."""

STATUSES = {"rated": "rated", "pending": "pending", "not_rated": "not rated", "not_applicable": "not applicable"}

COUNTED = re.compile(r"(?:some|[\d,]+(?: to [\d,]+)?) of .* (?:has|have) none(?:: )?(?P<why>.*)")
"""The reason of a rating that waits for rows of a cohort: how many of them, and why."""


def ratings_section(result: Outcome, width: int, limit: int = 30, hidden: frozenset[str] = frozenset()) -> str:
    """Ratings by level, or where the policy gives none, its indicators by level; empty without accountability.

    The rows of the levels with the fewest rows are shown one by one, `limit` at most, and none of `hidden` entities.
    """
    found = {one.name: one for one in result.tables}
    section = result.run.checked.policy.accountability
    if section is None or "ratings" not in found:
        return ""
    rows = [dict(zip(found["ratings"].names, row, strict=True)) for row in found["ratings"].rows]
    if not section.ratings:
        return "\n".join(_indicators(result, width))
    lines = ["Ratings:"]
    order = dict.fromkeys([*(one.name for one in section.ratings), *(one.rating.text for one in section.overrides)])
    levels = {level: [row for row in rows if row["entity"] == level] for level in dict.fromkeys(map(_entity, rows))}
    for level, own in levels.items():
        lines += _level(own, list(order), level, width)
    shown: list[str] = []
    for level in sorted(levels, key=lambda level: len(levels[level])):
        if level not in hidden and len(levels[level]) + sum(len(levels[one]) for one in shown) <= limit:
            shown.append(level)
    lines += _rows([row for level in levels if level in shown for row in levels[level]], width)
    left = [level.replace("_", " ") for level in levels if level not in shown and level not in hidden]
    if left:
        lines += wrapped(f"each {' and '.join(left)}: table `ratings`", width, "  ", "      ")
    for said, count in _causes(result).most_common(CAUSES):
        lines += wrapped(f"ratings pending for want of {said}: {count:,}", width, "  ", "      ")
    return "\n".join(lines)


def _entity(row: dict[str, Cell]) -> str:
    return str(row["entity"])


def _level(rows: list[dict[str, Cell]], order: list[str], level: str, width: int) -> list[str]:
    """One line: how many rows have which rating."""
    rated = Counter(str(row["rating"]) for row in rows if row["status"] == "rated")
    status = Counter(str(row["status"]) for row in rows)
    said = [f"{rated[one]:,} {one}" for one in order if rated[one]]
    said += [f"{status[one]:,} {STATUSES[one]}" for one in ("pending", "not_rated") if status[one]]
    by = sum(1 for row in rows if row["override"] and row["status"] == "rated")
    also = f" ({by:,} by an override)" if by else ""
    return wrapped(f"{level.replace('_', ' ')} ({len(rows):,}): {', '.join(said)}{also}", width, "  ", "      ")


def _rows(rows: list[dict[str, Cell]], width: int) -> list[str]:
    """A line for each row: key, name, rating, index, and what may come of it or how far the next rating is."""
    if not rows:
        return []
    cells = [(str(row["key"]), str(row["name"] or ""), _rating(row), _index(row), _more(row)) for row in rows]
    heads = ("key", "name", "rating", "index", "")
    key, _, rating, index, more = (max(len(line[at]) for line in (heads, *cells)) for at in range(5))
    key, rating, more = min(key, width // 6), min(rating, width // 6), min(more, width // 4)
    longest = max(len(line[1]) for line in (heads, *cells))
    name = min(longest, max(width - key - rating - index - more - 6, 4))
    lines = []
    for one in (heads, *cells):
        said = f"{fitted(one[0], key)} {fitted(one[1], name)} {fitted(one[2], rating)} {one[3]:>{index}}"
        lines.append(f"  {said} {fitted(one[4], more)}".rstrip())
    return lines


def _rating(row: dict[str, Cell]) -> str:
    return str(row["rating"]) if row["status"] == "rated" else STATUSES[str(row["status"])]


def _index(row: dict[str, Cell]) -> str:
    """The index, or the least and the most that it can be."""
    if isinstance(row["index"], Fraction):
        return decimal_text(row["index"])
    ends = [decimal_text(one) for end in ("index_lowest", "index_highest") if isinstance(one := row[end], Fraction)]
    return "..".join(ends)


def _more(row: dict[str, Cell]) -> str:
    if row["status"] == "pending":
        ends = [str(row[part]) for part in ("lowest_rating", "highest_rating") if row[part]]
        return " to ".join(ends)
    if row["override"]:
        return str(row["override"])
    gap = row["points_to_next"]
    return f"{decimal_text(gap)} below {row['next_rating']}" if isinstance(gap, Fraction) else ""


def _causes(result: Outcome) -> Counter[str]:
    """What pending ratings wait for: column and reason, counted once for each rating."""
    seen: dict[tuple[str, str, str], None] = {}
    for cells in result.table("held").rows:
        entity, key, _, rule, _, table, _, column, reason = map(str, cells[:9])
        if rule == "accountability.ratings":
            counted = COUNTED.fullmatch(reason)
            why = counted["why"] if counted else reason
            of = f" of {table.replace('_', ' ')}" if column and table else ""
            said = f"{column}{of} ({why})" if column and why else f"{column}{of}" or why
            seen[said, entity, key] = None
    return Counter(said for said, _, _ in seen)


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
