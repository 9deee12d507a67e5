"""Ratings and indicators that are pending: which, and what is missing, counted by column."""

from __future__ import annotations

from collections.abc import Iterator

from ..execution.reference import Interpreter
from ..execution.values import Key, Reason, reasons_of
from ..plan.plan import Column
from ..types.lower.cut_scores import ALL, SCALE, of_rating
from .cohort_gaps import FOLLOWS, Gaps, Looking, gaps_of, is_large
from .cut_scores import why_missing
from .line import column_named
from .rated import OPEN, Level, called, exact, levels_of
from .run import Run

PENDING = "pending"


def pending_ratings(run: Run, interpreter: Interpreter) -> Iterator[tuple[Column, Key, tuple[Reason, ...]]]:
    """Every rating that is pending, and every pending indicator of a row whose rating is not: the column, the row and
    why. The reasons count the rows of a cohort that lack a column and name none of them.
    """
    looking = Looking(interpreter)
    for level in levels_of(run):
        status = {item.name: level.cells(called(item.name, "", "status")) for item in level.section.indicators}
        ratings = level.cells("rating: status")
        for row, key in enumerate(level.keys):
            waiting = [item for item in level.section.indicators if status[item.name][row] == PENDING]
            found = {item.name: reasons_in(gaps_of(level, item, key, looking)) for item in waiting}
            if ratings[row] != PENDING:
                yield from ((_column(level, name), key, reasons) for name, reasons in found.items())
                continue
            reasons = tuple(reason for one in found.values() for reason in one) or cut_score_reasons(level, row)
            yield _column(level, "rating"), key, reasons or _own(level, key, interpreter)


def cut_score_reasons(level: Level, row: int) -> tuple[Reason, ...]:
    """The cut scores that a row waits for, where it has an index that is known."""
    cuts = level.section.cut_scores
    if cuts is None or level.name == "state" or exact(level.ends("index")[row]) is None:
        return ()
    scale = level.cells(SCALE)[row] if level.has(SCALE) else ALL
    if scale is None:
        return ()
    missing = [word.text for word, _ in cuts.shares if level.ends(of_rating(word.text))[row] == OPEN]
    return tuple(Reason(why_missing(level.run, level.name, cuts, scale, rating)) for rating in missing[:1])


def reasons_in(gaps: Gaps) -> tuple[Reason, ...]:
    """The reasons that gaps are, those that are counted first."""
    return (*(gap.reason for gap in gaps.counted), *gaps.own)


def _own(level: Level, key: Key, interpreter: Interpreter) -> tuple[Reason, ...]:
    """What leaves a rating open that no indicator leaves open: what an override or `rated_when` looks at. It is not
    looked for where that may lead through very many rows.
    """
    if any(is_large(level, item) for item in level.section.indicators):
        return ()
    found = {one for one in reasons_of(interpreter.value(level.name, "rating", key)) if one.code not in FOLLOWS}
    return tuple(sorted(found, key=lambda one: (one.entity, str(one.key), one.column, one.code)))


def _column(level: Level, name: str) -> Column:
    found = column_named(level.run, level.name, name)
    assert found is not None
    return found
