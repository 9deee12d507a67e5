"""From an entry of `indicators` to what it is worked out from, over which years, and how points are made of it."""

from __future__ import annotations

from ..text.document import Entry, Mapping, Node
from .accountability import UNDETERMINED, Cap, Indicator, MinimumN, OverYears, Pooling, Step
from .expr import Expr, Rows
from .parse_expr import parse_rows
from .slots import (
    Reading,
    entries,
    item,
    items,
    optional_test,
    optional_value,
    scalar,
    slot,
    term,
    test,
    text,
    value,
    whole,
    word,
)

POOL = "pool_earlier_years"
AVERAGE = "average_of_years"


def parse_indicator(entry: Entry, reading: Reading) -> Indicator:
    """An indicator, from the entry whose key is its name (Y060, S…)."""
    block = entry.value

    def of(key: str) -> Expr | None:
        return optional_value(slot(block, key), reading)

    unweighted = text(slot(block, "weight")) == "none"
    starts, ends = term(block, reading)
    return Indicator(
        **item(entry.key, block, reading),
        starts=starts,
        ends=ends,
        cohort=_rows(slot(block, "cohort"), reading),
        cohort_year=of("cohort_year"),
        rated_year=of("rated_year"),
        at=of("at"),
        rate=optional_test(slot(block, "rate"), reading),
        mean=of("mean"),
        numerator=of("numerator"),
        denominator=of("denominator"),
        value=of("value"),
        undetermined=text(slot(block, "undetermined_students")) or UNDETERMINED[0],
        rate_round=whole(slot(block, "rate_round")),
        scale=word(slot(block, "scale")),
        round=whole(slot(block, "round")),
        how=of("how"),
        applies_when=optional_test(slot(block, "applies_when"), reading),
        weight=None if unweighted else of("weight"),
        unweighted=unweighted,
        minimum_n=parse_minimum(slot(block, "minimum_n"), reading),
        over_years=_over_years(slot(block, "over_years")),
        caps=tuple(_cap(one, reading) for one in entries(slot(block, "capped"))),
        steps=tuple(_step(one, reading) for one in entries(slot(block, "steps"))),
        score=of("score"),
        zero_when=optional_test(slot(block, "zero_when"), reading),
        at_least=of("at_least"),
        at_most=of("at_most"),
    )


def _rows(node: Node | None, reading: Reading) -> Rows | None:
    found = scalar(node)
    return parse_rows(found, reading.diagnostics) if found else None


def _over_years(node: Node | None) -> OverYears | None:
    if not isinstance(node, Mapping):
        return None
    years = whole(slot(node, "years")) or 1
    return OverYears(
        years=years,
        how=text(slot(node, "how")),
        at_least=whole(slot(node, "at_least")) or years,
        round=whole(slot(node, "round")),
        span=node.span,
    )


def _cap(entry: Entry, reading: Reading) -> Cap:
    block = entry.value
    when, at_most = test(slot(block, "when"), reading), value(slot(block, "at_most"), reading)
    return Cap(**item(entry.key, block, reading), when=when, at_most=at_most)


def _step(entry: Entry, reading: Reading) -> Step:
    return Step(**item(entry.key, None, reading), value=value(entry.value, reading))


def parse_minimum(node: Node | None, reading: Reading) -> MinimumN | None:
    """A minimum n with what is done where there are fewer rows (Y060)."""
    if node is None or not entries(node):
        return None
    steps = [one for part in items(slot(node, "then")) for one in entries(part)[:1] if one.key.text in (POOL, AVERAGE)]
    for again in steps[1:]:
        reading.diagnostics.report("Y060", again.key.span, name=again.key.text, help="take one of them out")
    return MinimumN(
        count=value(slot(node, "count"), reading),
        of=text(slot(node, "of")) or "cohort",
        pooling=_pooling(steps[0], reading) if steps else None,
        span=node.span,
    )


def _pooling(step: Entry, reading: Reading) -> Pooling:
    block, together = step.value, step.key.text == AVERAGE
    needed = value(slot(block, "when_sum_is" if together else "until"), reading)
    return Pooling(
        until=needed,
        up_to_years=whole(slot(block, "years" if together else "up_to_years")) or 1,
        at_least=needed if together else optional_value(slot(block, "at_least"), reading),
        together=together,
        span=step.key.span,
    )
