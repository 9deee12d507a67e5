"""Who moves at which points of a sweep: a line for each row, with the points at which it moves and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..results.simulate.moves import AS_IT_IS, Move, Moved
from ..results.simulate.rows_read import CLAIM, INDEX, LIST, PAYMENT, RATING
from .article import Grid
from .simulation_move_words import SHOWN, money_change, named, number_change

HEADS = {PAYMENT: "paid to", CLAIM: "claim", INDEX: "index of", RATING: "rating of", LIST: "on the list"}
NAMED = 8
"""Points that are named in a line; more are counted."""


def is_told_apart(some: Sequence[Moved]) -> bool:
    """Whether it has to be said to which point rows move: not where the values say it, or all move to one."""
    return some[0].beside != AS_IT_IS and len({each.run for each in some}) > 1


def point_tables(some: Sequence[Moved]) -> tuple[Grid, ...]:
    """A table for each kind of what moves, the largest change at any point first."""
    return tuple(grid for kind in HEADS if (grid := _table(some, kind)) is not None)


def _table(some: Sequence[Moved], kind: str) -> Grid | None:
    points = [point_text(each, is_told_apart(some)) for each in some]
    found: dict[tuple[str, str, str], list[tuple[str, Move]]] = {}
    for point, each in zip(points, some, strict=True):
        for move in each.of(kind):
            found.setdefault((*move.row, move.number), []).append((point, move))
    rows = sorted(found.values(), key=lambda row: (-_size(row), row[0][1].row))
    names = named([row[0][1] for row in rows[:SHOWN]])
    lines = [
        (name, _points([point for point, _ in row], points), _changes([move for _, move in row]))
        for name, row in zip(names, rows[:SHOWN], strict=True)
    ]
    if len(rows) > SHOWN:
        lines.append((f"and {len(rows) - SHOWN:,} more", "", ""))
    return Grid((HEADS[kind], "moves at", "by"), tuple(lines)) if lines else None


def point_text(each: Moved, told_apart: bool) -> str:
    """A point by the values that both runs have, and to which it is where that has to be said."""
    return ", ".join([*(value for _, value in each.values), *([each.run] if told_apart else [])]) or each.run


def _size(row: Sequence[tuple[str, Move]]) -> Fraction:
    return max((abs(move.change) for _, move in row if move.change is not None), default=Fraction(0))


def _points(own: Sequence[str], every: Sequence[str]) -> str:
    if len(own) == len(every) and len(every) > 1:
        return f"all {len(every)}"
    beyond = f" and {len(own) - NAMED:,} more" if len(own) > NAMED else ""
    return f"{', '.join(own[:NAMED])}{beyond}"


def _changes(moves: Sequence[Move]) -> str:
    """The least and the largest change; of words, what they become."""
    known = sorted({move.change for move in moves if move.change is not None})
    if not known:
        said = dict.fromkeys(f"{move.before} to {move.after}" for move in moves if isinstance(move.after, str))
        return ", ".join(said) or "not known"
    text = money_change if moves[0].kind in (PAYMENT, CLAIM) else number_change
    return " to ".join(text(one) for one in dict.fromkeys((known[0], known[-1])))
