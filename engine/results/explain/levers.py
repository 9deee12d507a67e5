"""What each indicator of a rated row would have to be for the next better rating, the others as they are; by replay."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ...syntax.accountability import Indicator
from ..indicator_steps import Rated, Spot, between, number_text
from ..rated import called, exact
from ..rating_lines import Lines
from ..replay import place_of
from .explanation import Change, Nearest
from .question import Question
from .what_if import Supposed, WhatIf

MOST = 1000
"""How far a number without a range is raised."""


def levers_of(row: Rated, lines: Lines | None) -> Nearest | None:
    """The indicators with which alone the row would be rated better, the one that has least to rise first; nothing for
    a row with the best rating or with none.
    """
    rating = row.word("rating")
    here = lines.place(rating) if lines is not None else None
    if lines is None or not here:
        return None
    tried, found = 0, list[tuple[Fraction, Change]]()
    for item in row.level.section.indicators:
        spot = Spot(row, item)
        if spot.status not in ("rated", "pending") or spot.ends()[1] is None:
            continue
        tried += 1
        lever = _lever(row, lines, item, here)
        found += [lever] if lever is not None else []
    found.sort(key=lambda one: one[0])
    none = "" if found else "no single indicator, however high, gives a better rating"
    return Nearest(tuple(change for _, change in found[:3]), tried, True, none if tried else "")


def _lever(row: Rated, lines: Lines, item: Indicator, here: int) -> tuple[Fraction, Change] | None:
    question = Question(row.replay, "rating", row.level.name, "rating", row.key, "the rating")

    def better(run: WhatIf) -> bool:
        place = lines.place(str(question.answer(run)))
        return place is not None and place < here

    ends = row.ends(item.name)
    now = ends[1]
    assert now is not None
    for steps, supposed in (_by_count(row, item), _by_value(row, item)):
        turned = _first(steps, lambda at, of=supposed: better(WhatIf(row.replay, of(at))))  # type: ignore[misc]
        if turned is None:
            continue
        run = WhatIf(row.replay, supposed(turned))
        new = run.value(row.level.name, item.name, row.key)
        if not isinstance(new, Fraction):
            continue
        counted = f" ({turned:,} more of {number_text(_denominator(row, item))} counted)"
        more = counted if _counted(row, item) else ""
        said = question.says(run)
        text = f"if {item.name} were {number_text(new)} instead of {between(ends)}{more}, it {said}"
        place, type = place_of(row.replay, row.level.name, row.key), row.replay.columns[row.level.name, item.name].type
        change = Change("indicator", item.name, place, now, new, type, question.answer(run), said, text)
        return (new - now) / (abs(now) or 1), change
    return None


def _counted(row: Rated, item: Indicator) -> bool:
    """Whether an indicator is a known share of rows, each of which counts or does not."""
    return item.rate is not None and item.score is None and exact(row.ends(item.name)) is not None


def _denominator(row: Rated, item: Indicator) -> Fraction:
    found = row.value(called(item.name, "", "denominator"))
    return found if isinstance(found, Fraction) else Fraction(0)


Steps = Callable[[int], Supposed]


def _by_count(row: Rated, item: Indicator) -> tuple[int, Steps]:
    """Raising a share row by row: how many rows there are to count, and what is supposed of so many more."""
    name = called(item.name, "", "numerator")
    count = row.value(name)
    room = _denominator(row, item) - count if isinstance(count, Fraction) else Fraction(0)
    parts = (name, called(item.name, "", "numerator at most"))

    def supposed(more: int) -> Supposed:
        assert isinstance(count, Fraction)
        return Supposed(values={(row.level.name, row.key, part): count + more for part in parts if row.has(part)})

    return (int(room) if _counted(row, item) and room.denominator == 1 else 0), supposed


def _by_value(row: Rated, item: Indicator) -> tuple[int, Steps]:
    """Raising the number itself by its last decimal."""
    now = row.ends(item.name)[1]
    assert now is not None
    column = row.replay.columns[row.level.name, item.name]
    step = Fraction(1, 10 ** (item.round if isinstance(item.round, int) else 1))
    top = column.type.high if column.type.high is not None else now + MOST
    if item.rate is not None and item.score is None:
        top = Fraction(100)
    names = (item.name, *(called(item.name, "", part) for part in ("lowest", "highest")))

    def supposed(more: int) -> Supposed:
        values = {(row.level.name, row.key, name): now + more * step for name in names if row.has(name)}
        return Supposed(values=values)

    return (0 if _counted(row, item) else max(int((top - now) / step), 0)), supposed


def _first(steps: int, holds: Callable[[int], bool]) -> int | None:
    """The least number of steps at which something holds, which it then keeps doing; nothing where it never does."""
    if steps <= 0 or not holds(steps):
        return None
    low, high = 0, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
