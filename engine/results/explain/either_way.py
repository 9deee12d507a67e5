"""What an open result would be if what is not known were so or so, each by replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from itertools import pairwise

from ...execution.values import NO_ROW, Bound, Key, Missing, Reason, Value
from ...types.datatypes import Type
from ..quantity import shown
from ..replay import text_of
from .explanation import Either, Responsible
from .formula import Condition
from .leaf_cells import LeafCell
from .leaves import responsible_for
from .nearest import asked_of
from .question import Question
from .turning import FAR, moved, steps_between
from .what_if import Supposed, WhatIf

MOST = 3
"""Cells of which both sides are told."""

WORDS = 12
"""Words of a list of words that are tried."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What is taken of a cell, and what comes of it."""

    text: str
    result: Value
    verdict: str


def either_way(
    question: Question, known: WhatIf, conditions: Sequence[Condition], value: Value, beside: Key
) -> tuple[Either, ...]:
    """Of each cell that leaves the answer open, the others staying open: what it would be on either side of what is
    asked of it. Of a row that is not there: with and without its condition.
    """
    if not isinstance(value, Missing):
        return ()
    found: list[Either] = []
    ordered = sorted(value.reasons, key=lambda one: (one.entity, str(one.key), one.column))
    for reason in ordered[:MOST]:
        of = responsible_for(question.replay, reason, beside)
        for side in _sides(question, known, conditions, reason):
            found.append(Either(of, side.text, side.result, side.verdict, _said(of, side, reason, len(ordered))))
    return tuple(found)


def _said(of: Responsible, side: _Side, reason: Reason, count: int) -> str:
    where = f"{of.place.entity.replace('_', ' ')} {of.place.key}" if of.place is not None else ""
    cell = f"{of.column} of {where}" if of.column and where else of.column or where
    given = f"if {cell} is {side.text}" if reason.code != NO_ROW else f"if {side.text}"
    alone = " and all else stays open" if count > 1 else ""
    return f"{given}{alone}: it {side.verdict}"


def _sides(question: Question, known: WhatIf, conditions: Sequence[Condition], reason: Reason) -> Iterator[_Side]:
    replay = question.replay
    info = replay.run.epoch.world.entities.get(reason.entity)
    frame = replay.run.dataset.tables.get(reason.entity)
    type = info.columns.get(reason.column) if info is not None else None
    at = replay.interpreter.keys(reason.entity) if replay.run.plan_has(reason.entity) else ()
    if type is None or frame is None or reason.column not in frame.columns or reason.key not in at:
        yield from _conditions(question, conditions, reason)
        return

    def asking(value: Value) -> WhatIf:
        return WhatIf(replay, Supposed(cells={(reason.entity, reason.key, reason.column): value}))

    if type.kind == "truth":
        for answer in (True, False):
            yield _side(question, asking(answer), "yes" if answer else "no")
    elif type.kind == "enum":
        yield from _words(question, type, asking)
    elif type.kind in ("number", "date"):
        leaf = LeafCell(reason.entity, reason.key, reason.column, type)
        asked = [
            value
            for one in conditions
            for other, value in asked_of(replay, known, one.node, one.row)
            if (other == leaf) and isinstance(value, Fraction | Date)
        ]
        now = replay.interpreter.value(reason.entity, reason.column, reason.key)
        yield from _ranges(question, type, _points(type, asked, now), asking)


def _side(question: Question, run: WhatIf, text: str) -> _Side:
    return _Side(text, question.answer(run), question.says(run))


def _conditions(question: Question, conditions: Sequence[Condition], reason: Reason) -> Iterator[_Side]:
    """Of what is no cell that could be filled in, the first condition that it leaves open, met or not."""
    for one in conditions:
        if isinstance(one.value, Missing) and reason in one.value.reasons:
            for answer in (True, False):
                run = WhatIf(question.replay, Supposed(answers={(id(one.node), one.row.entity, one.row.key): answer}))
                text = text_of(question.replay, one.said or one.node)
                yield _side(question, run, f"{text} {'holds' if answer else 'does not hold'}")
            return


def _words(question: Question, type: Type, asking: Callable[[Value], WhatIf]) -> Iterator[_Side]:
    """The words of a list of words, those with the same verdict together."""
    sides: dict[str, list[_Side]] = {}
    for word in type.values[:WORDS]:
        side = _side(question, asking(word), word)
        sides.setdefault(side.verdict, []).append(side)
    for verdict, same in sides.items():
        yield _Side(" or ".join(one.text for one in same), same[0].result, verdict)


def _points(type: Type, asked: Sequence[Fraction | Date], now: Value) -> list[Fraction | Date]:
    """The values that are tried of a number or a date, in order: the ends, and what is asked with its neighbours."""
    found: set[Fraction | Date] = set()
    for one in asked:
        found |= {moved(one, step, type) for step in (-1, 0, 1)}  # type: ignore[misc]
    if type.kind == "number":
        biggest = max((abs(one) for one in asked if isinstance(one, Fraction)), default=Fraction(1))
        low, high = type.low, type.high
        if isinstance(now, Bound):
            low, high = now.low if now.low is not None else low, now.high if now.high is not None else high
        low = low if low is not None else Fraction(0)
        high = high if high is not None else max(biggest, Fraction(1)) * FAR
        found |= {low, high}
        return sorted(one for one in found if isinstance(one, Fraction) and low <= one <= high)
    return sorted(one for one in found if isinstance(one, Date))


def _ranges(
    question: Question, type: Type, points: Sequence[Fraction | Date], asking: Callable[[Value], WhatIf]
) -> Iterator[_Side]:
    """Stretches of a number or a date with the same verdict, their borders found by halving."""
    sides = [(point, _side(question, asking(point), "")) for point in points]
    starts: list[tuple[Fraction | Date, _Side]] = sides[:1]
    for (before, one), (after, other) in pairwise(sides):
        if one.verdict != other.verdict:
            starts.append((_border(question, type, before, after, other.verdict, asking), other))
    for at, (start, side) in enumerate(starts):
        later = starts[at + 1][0] if at + 1 < len(starts) else None
        yield _Side(_range(start if at else None, later, type), side.result, side.verdict)


def _border(
    question: Question, type: Type, before: Fraction | Date, after: Fraction | Date, verdict: str,
    asking: Callable[[Value], WhatIf],
) -> Fraction | Date:  # fmt: skip
    """The first value with the verdict of `after`."""
    low, high = 0, steps_between(before, after, type)
    while high - low > 1:
        middle = (low + high) // 2
        if _side(question, asking(moved(before, middle, type)), "").verdict == verdict:
            high = middle
        else:
            low = middle
    found = moved(before, high, type)
    assert isinstance(found, Fraction | Date)
    return found


def _range(start: Fraction | Date | None, end: Fraction | Date | None, type: Type) -> str:
    if start is None and end is None:
        return "anything"
    more, less = ("later", "before") if type.kind == "date" else ("more", "less than")
    if end is None:
        return f"{shown(start, type)} or {more}"
    if start is None:
        return f"{less} {shown(end, type)}"
    if steps_between(start, end, type) == 1:
        return f"exactly {shown(start, type)}"
    return f"from {shown(start, type)} to {less if type.kind == 'date' else 'under'} {shown(end, type)}"
