"""The ratings of a recorded run."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ..results.table import Cell, decimal_text
from .article import Grid, Section
from .chart import Chart
from .run_page import Row, RunPage, bars, text

EACH = 60
"""Levels with more rows than these are counted, and their rows are in the workbook."""

WORDS = {"pending": "pending", "not_rated": "not rated", "not_applicable": "not applicable"}


def ratings_lead(page: RunPage) -> str:
    """How many are rated, as a sentence."""
    rows = page.rows("ratings")
    rated = sum(row["status"] == "rated" for row in rows)
    return f"{rated:,} of {len(rows):,} {'is' if rated == 1 else 'are'} rated." if rows else ""


def ratings_section(page: RunPage) -> Section | None:
    """How many have which rating, level by level; the rows of levels that have few."""
    rows = page.rows("ratings")
    if not rows:
        return None
    levels = {level: [row for row in rows if row["entity"] == level] for level in dict.fromkeys(map(_level, rows))}
    order = _order(page.all_rows("ratings"))
    counts, charts = [], list[Chart]()
    for level, own in levels.items():
        counted = Counter(map(_said, own))
        ordered = sorted(counted.items(), key=lambda one: order.get(one[0], len(order)))
        named = level.replace("_", " ")
        counts += [(named, word, f"{count:,}") for word, count in ordered]
        charts += bars(f"ratings-{level}", f"Ratings: {named}", ("rating", "rows"), ordered, f"Of {len(own):,}")
    grids = [Grid(("level", "rating", "how many"), tuple(counts), frozenset({2}))]
    left = []
    for level, own in levels.items():
        if len(own) > EACH:
            left.append(level.replace("_", " "))
            continue
        if len(own) > 1:
            width = 4 if any(_index(row) for row in own) else 3
            told = tuple((text(row["key"]), text(row["name"]), _said(row), _index(row))[:width] for row in own)
            head = (level.replace("_", " "), "name", "rating", "index")[:width]
            grids.append(Grid(head, told, frozenset({3} if width == 4 else ())))
    said = (f"Each {' and each '.join(left)} is in the workbook, sheet ratings.",) if left else ()
    return Section("Ratings", said, tuple(grids), charts=tuple(charts))


def _level(row: Row) -> str:
    return text(row["entity"])


def _said(row: Row) -> str:
    """The rating, or in what state it is."""
    status = text(row["status"])
    return text(row["rating"]) if status == "rated" else WORDS.get(status, status.replace("_", " "))


def _order(rows: list[Row]) -> dict[str, int]:
    """Ratings from the best on, by the highest index that has them; those without one by their word, then the rest."""
    best: dict[str, Fraction] = {}
    words: dict[str, None] = {}
    for row in rows:
        if row["status"] == "rated":
            words[_said(row)] = None
            index = row["index"]
            if isinstance(index, Fraction):
                best[_said(row)] = max(index, best.get(_said(row), index))
    ranked = sorted(words, key=lambda word: (word not in best, -best.get(word, Fraction(0)), word))
    return {word: place for place, word in enumerate(ranked)}


def _index(row: Row) -> str:
    cell: Cell = row["index"]
    return decimal_text(cell) if isinstance(cell, Fraction) else ""
