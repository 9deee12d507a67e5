"""Rows that move in words: what they are called, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.moves import Move
from ..results.simulate.rows_read import CLAIM
from ..results.table import decimal_text

SHOWN = 20
"""Rows of a table of who moves; what is beyond is counted."""


def named(moves: Sequence[Move]) -> list[str]:
    """What rows are called: by the name, with the key where several have one, and with the line of a claim."""
    keys: dict[str, set[str]] = {}
    for move in moves:
        keys.setdefault(move.name, set()).add(move.key)
    found = [
        move.key if not move.name else f"{move.name} ({move.key})" if len(keys[move.name]) > 1 else move.name
        for move in moves
    ]
    lines = Counter(move.number for move in moves if move.kind == CLAIM)
    return [f"{name}: {move.number}" if len(lines) > 1 else name for name, move in zip(found, moves, strict=True)]


def number_change(change: Fraction | None) -> str:
    """By how much a number is another one."""
    return "" if not change else f"{'+' if change > 0 else ''}{decimal_text(change)}"


def money_change(change: Fraction | None) -> str:
    """By how many dollars an amount is another one."""
    return "" if not change else f"{'+' if change > 0 else ''}{dollars(change)}"
