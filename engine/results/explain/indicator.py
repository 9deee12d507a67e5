"""Why an indicator of a row is what it is: how many of how many, over which years, rounded where, weighed how."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...execution.values import NO_ROWS, Bound, Key, Missing
from ...syntax.accountability import Indicator
from ...syntax.print import print_expr
from ...types.lower.years import MEAN
from ..cohort_gaps import Gaps, is_on_record
from ..indicator_steps import (
    HIGH,
    LOW,
    Rated,
    Spot,
    between,
    caps_of,
    decimals,
    division,
    group_text,
    number_text,
    steps_of_score,
    too_few,
    unrecorded,
    years_pooled,
)
from ..rated import Level, called, exact
from ..replay import Replay, checked_trace, place_of, source_title
from .explanation import Explanation, Item, Note, Responsible, Rule
from .leaves import listed_names, responsible
from .sentence import explanation_of, who


def explain_indicator(replay: Replay, level: Level, item: Indicator, group: str, key: Key) -> Explanation:
    """An indicator of a row. What is replayed is held against what the run stored (X900)."""
    rated = Rated(replay, level, key)
    spot = Spot(rated, item, group)
    name = called(item.name, group)
    value, type = checked_trace(replay, level.name, name, key).value, replay.columns[level.name, name].type
    gaps = rated.gaps(item, group) if spot.status == "pending" else Gaps()
    open_parts = open_cells(spot, gaps)
    place = place_of(replay, level.name, key)
    rule = Rule(
        name=name,
        place=place,
        path=f"accountability.indicators.{item.name}",
        role="indicator",
        value=value,
        type=type,
        written=written(item),
        title=item.title,
        cite=item.cite,
        source=source_title(replay, item.cite),
        items=tuple(_items(spot)),
    )
    sentence = _sentence(spot, name, key, open_parts)
    return explanation_of(replay, sentence, place, name, value, type, (rule,), open_parts)


def open_cells(spot: Spot, gaps: Gaps) -> tuple[Responsible, ...]:
    """What is open in words: cells of the rows of a cohort counted, without naming a row, earlier years that are not on
    record, and the row's own cells.
    """
    found = [Responsible(gap.code, gap.text, gap.column) for gap in gaps.counted]
    rated = spot.rated
    own = [one for one in gaps.own if not is_on_record(rated.level, one)]
    if len(own) < len(gaps.own):
        years = listed_names(unrecorded(spot)) or "earlier years"
        found.append(Responsible(NO_ROWS, f"prior_indicators has no {spot.item.name} of it for {years}"))
    return (*found, *responsible(rated.replay, Missing(frozenset(own)), rated.key))


def written(item: Indicator) -> str:
    """What an indicator is, as its author wrote it."""
    parts = {"value": item.value, "rate": item.rate, "mean": item.mean, "numerator": item.numerator}
    found = [f"{name}: {print_expr(expr)}" for name, expr in parts.items() if expr is not None]
    if item.denominator is not None:
        found.append(f"denominator: {print_expr(item.denominator)}")
    if item.cohort is not None:
        found.append(f"over {print_expr(item.cohort)}")
    return ", ".join(found)


def _sentence(spot: Spot, name: str, key: Key, open_parts: tuple[Responsible, ...]) -> str:
    replay, level = spot.rated.replay, spot.rated.level
    called_so = f"{spot.item.name}{group_text(spot)} of {who(replay, level.name, key)}"
    status = spot.status
    if status == "not_applicable":
        return f"{called_so} does not apply."
    if status == "not_rated":
        return f"{called_so} is not rated: {too_few(spot)}."
    ends = spot.ends()
    if status == "pending":
        reasons = listed_names([one.text for one in open_parts]) or "something that it needs is not known"
        if ends == (None, None):
            return f"{called_so} cannot be told, because {reasons}."
        return f"{called_so} is {between(ends)}, because {reasons}."
    if spot.item.value is not None and spot.item.score is None:
        return f"{called_so} is {between(ends)}, as reported."
    pooled = spot.known("years")
    over = f", pooled over {pooled} years" if pooled is not None and pooled > 1 and not is_mean(spot.item) else ""
    return f"{called_so} is {between(ends)}: {division(spot, LOW)}{over}."


def is_mean(item: Indicator) -> bool:
    """Whether the rates of several years are averaged, and their rows not pooled."""
    return item.over_years is not None and item.over_years.how == MEAN


def _items(spot: Spot) -> Iterator[Item]:
    item, rated = spot.item, spot.rated
    for said in numbers(spot):
        yield Note(said)
    needs = item.minimum_n or rated.level.section.minimum_n
    if needs is not None and spot.has("n"):
        of = "in the denominator" if needs.of == "denominator" else spot.rows
        where = " in each year" if is_mean(item) else ""
        yield Note(f"at least {print_expr(needs.count)} {of} are needed{where}")
    for limit, word in ((item.at_least, "least"), (item.at_most, "most")):
        if limit is not None:
            yield Note(f"at {word} {print_expr(limit)}, before it is rounded")
    if item.zero_when is not None:
        yield Note(f"0 when {print_expr(item.zero_when)}")
    if item.round is not None:
        how = f", {print_expr(item.how)}" if item.how is not None else ""
        yield Note(f"rounded to {decimals(item.round)}{how}")
    if item.value is None:
        yield Note(f"rows of which the data cannot tell: `undetermined_students: {item.undetermined}`")
    if item.applies_when is not None:
        yield Note(f"applies when {print_expr(item.applies_when)}")
    weight = None if spot.group else exact(spot.ends("weight"))
    if weight is not None:
        yield Note(f"weight: {weight_text(spot, weight)}")


def weight_text(spot: Spot, weight: Fraction) -> str:
    """A weight as the policy writes it: a percent, or a bare number."""
    type = spot.rated.replay.columns[spot.rated.level.name, called(spot.item.name, "", "weight")].type
    return f"{number_text(weight * 100)}%" if type.unit.kind == "ratio" else number_text(weight)


def numbers(spot: Spot) -> Iterator[str]:
    """The division at one end, or at both, and the years that are pooled."""
    if spot.status in ("not_applicable", "not_rated"):
        yield too_few(spot) if spot.status == "not_rated" else "it does not apply"
    elif isinstance(spot.rated.value(called(spot.item.name, spot.group)), Bound):
        yield f"at the least: {division(spot, LOW)}"
        yield f"at the most: {division(spot, HIGH)}"
    else:
        yield division(spot, LOW)
    yield from (*caps_of(spot), *steps_of_score(spot), *years_pooled(spot))
