"""What docs/language.md says that an index, a domain, a blend and a rating are, over the figures of indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction as F
from typing import Any

from tests.property.ratings import NOT_APPLICABLE, NOT_RATED, PENDING, RATED
from tests.property.spans import Span, Test, as_seen, holds, seen_exact


@dataclass(frozen=True)
class Part:
    """A number with a status, and what is used of its parts by name."""

    status: str
    value: Span | None = None
    unrounded: Span | None = None
    used: Mapping[str, F] = field(default_factory=dict)
    included: bool | None = True
    """Whether it applies and has what it needs."""
    scored: bool = False
    """Whether the number is made of a rate by a rule: then nothing is known of a mean of its ends."""


@dataclass(frozen=True)
class Missing:
    """What holds where a part is not rated: nothing, the others in proportion, or the lines of a chart."""

    then: str = "not_rated"
    chart: tuple[Mapping[str, F], ...] = ()


@dataclass(frozen=True)
class Domain:
    """Parts with weights, or without any the better of them; caps with their tests."""

    name: str
    parts: tuple[str, ...]
    weights: tuple[F, ...] | None
    caps: tuple[tuple[int, Test | None], ...]
    round: int | None
    weight: F | None


@dataclass(frozen=True)
class Override:
    """A rating, or with `gate` the best that is given."""

    name: str
    rating: str
    when: Test
    gate: bool


def mean(parts: Mapping[str, Part], weights: Mapping[str, F | None], missing: Missing) -> Part:
    """One division: the sum of weight × part over the weights that are used. A weight may not be known."""
    shares = {name: weight for name, weight in weights.items() if weight is None or weight}
    live = {name: weight for name, weight in shares.items() if parts[name].status != NOT_APPLICABLE}
    if not live:
        return Part(NOT_APPLICABLE, included=False)
    left = {name: weight for name, weight in live.items() if parts[name].included is not False}
    if not left:
        return Part(NOT_RATED, included=False)
    sure = {name for name in left if parts[name].included}
    fits = [line for line in missing.chart if sure <= set(line) <= set(left)]
    if fits and len(sure) < len(left):
        return Part(PENDING, included=None)
    lost = [name for name in live if parts[name].status == NOT_RATED]
    if not fits and missing.then == "not_rated" and len(left) < len(live):
        return Part(NOT_RATED, included=False) if lost else Part(PENDING, included=None)
    if fits:
        left = {**fits[0]}
    given = {name: weight for name, weight in left.items() if weight is not None}
    if len(given) < len(left):
        return Part(PENDING, included=True if len(sure) == len(left) else None)
    total = sum(given.values(), F(0))
    low = high = F(0)
    for name, weight in given.items():
        value, share = parts[name].value, weight / total
        if value is None or (parts[name].scored and not seen_exact(value)):
            return Part(PENDING, used=given, included=True if len(sure) == len(left) else None)
        low, high = low + value.low * share, high + value.high * share
    return _part(Span(low, high), given)


def _part(value: Span, used: Mapping[str, F], unrounded: Span | None = None) -> Part:
    return Part(RATED if seen_exact(value) else PENDING, value, unrounded or value, used)


def round_part(one: Part, places: int | None, how: str = "half_up") -> Part:
    """The number as it is rounded, where that is written."""
    if one.value is None:
        return one
    return _part(one.value.map(lambda x: as_seen(x, places, how)), one.used, one.value)


def domain(one: Domain, parts: Mapping[str, Part], read: Callable[[str], Any], missing: Missing) -> Part:
    """The weighted mean of its parts or the better of them, under its caps, rounded."""
    if one.weights is not None:
        made = mean(parts, dict(zip(one.parts, one.weights, strict=True)), missing)
    else:
        made = _better([parts[name] for name in one.parts])
    if made.value is None:
        return made
    low, high = made.value.low, made.value.high
    for limit, test in one.caps:
        capped = True if test is None else holds(test, read)
        if capped is True:
            high = min(high, F(limit))
        if capped in (True, None):
            low = min(low, F(limit))
    return round_part(_part(Span(low, high), made.used), one.round)


def _better(parts: Sequence[Part]) -> Part:
    left = [one for one in parts if one.included is not False]
    if not left:
        alone = all(one.status == NOT_APPLICABLE for one in parts)
        return Part(NOT_APPLICABLE if alone else NOT_RATED, included=False)
    spans = [one.value for one in left]
    known = [one for one in spans if one is not None]
    if len(known) < len(spans):
        return Part(PENDING, included=True if any(one.included for one in left) else None)
    return _part(Span(max(one.low for one in known), max(one.high for one in known)), {})


def blend(all_: Part, groups: Mapping[str, Part], share: F, alone: Sequence[str]) -> tuple[Part, list[str]]:
    """All students' index and the mean of the groups', and the groups that count."""
    if all_.status in (NOT_RATED, NOT_APPLICABLE):
        return Part(NOT_RATED, included=False), []
    have = [name for name, one in groups.items() if one.status in (RATED, PENDING)]
    first = [name for name in have if name not in alone]
    counting = first or have
    spans = [groups[name].value for name in counting]
    if all_.value is None or None in spans:
        return Part(PENDING, included=all_.included), counting
    known = [one for one in spans if one is not None]
    if not known:
        return _part(all_.value, {}), []
    low = share * all_.value.low + (1 - share) * sum((one.low for one in known), F(0)) / len(known)
    high = share * all_.value.high + (1 - share) * sum((one.high for one in known), F(0)) / len(known)
    return _part(Span(low, high), {}), counting


@dataclass(frozen=True)
class Verdict:
    """The rating and its status."""

    rating: str | None
    status: str


def rating(
    index: Part,
    lines: Sequence[tuple[str, Test | None]],
    overrides: Sequence[Override],
    rated: Any,
    read: Callable[[str], Any],
) -> Verdict:
    """The first override that holds, else the first line that does, no better than the gates let it be."""
    if rated is False:
        return Verdict(NOT_RATED, NOT_RATED)
    if rated is None:  # whatever it is, what has no index is not rated
        anyhow = rating(index, lines, overrides, True, read)
        return anyhow if anyhow.rating == NOT_RATED else Verdict(None, PENDING)
    given, gates = [one for one in overrides if not one.gate], [one for one in overrides if one.gate]
    for one in given:
        found = holds(one.when, read)
        if found is True:
            return Verdict(one.rating, NOT_RATED if one.rating == NOT_RATED else RATED)
        if found is None:  # known only where it makes no difference
            anyhow = rating(index, lines, gates, True, read)
            return anyhow if {one.rating for one in given} == {anyhow.rating} else Verdict(None, PENDING)
    if index.status in (NOT_RATED, NOT_APPLICABLE):
        return Verdict(NOT_RATED, NOT_RATED)
    if index.included is None:
        return Verdict(None, PENDING)
    order = [name for name, _ in lines]
    may = set()
    for name, test in lines:
        found = True if test is None else holds(test, read)
        if found in (True, None):
            may.add(order.index(name))
        if found is True:
            break
    for one in overrides:
        found = holds(one.when, read) if one.gate else False
        held = {max(place, order.index(one.rating)) for place in may} if one.gate else may
        may = held if found is True else may | held if found is None else may
    if len(may) == 1:
        return Verdict(order[may.pop()], RATED)
    return Verdict(None, PENDING)
