"""What docs/language.md says that an indicator is, in fractions over plain rows: nothing here knows of plans or
columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction as F
from typing import Any, Final, TypeAlias

from tests.property.indicator_rules import Indicator, Minimum, Over
from tests.property.spans import OUT, Span, Test, as_seen, at, both, holds, least, negated, seen, seen_exact

Row: TypeAlias = Mapping[str, Any]
ALL: Final = "all_students"
RATED, PENDING, NOT_RATED, NOT_APPLICABLE = "rated", "pending", "not_rated", "not_applicable"


class LeftOpen(Exception):
    """There is nothing to divide by in any year, and it is not known how many years are taken: pending or not rated, by
    how the numbers of the years come about.
    """


@dataclass(frozen=True)
class Tally:
    """The numbers of a year: the rows, what counts, what it is divided by; `cap` is what is under it."""

    n: Span
    numerator: Span | None
    denominator: Span
    under: Span | None = None
    sure: bool = True
    """Whether it is known of every row that it belongs."""
    counted: bool = True
    """Whether no row counts of which it is not known whether it belongs."""
    times: int = 100
    """What one over one is: 100 of a rate, 1 of a mean."""
    loose: tuple[int, int] = (0, 0)
    """How many years have rows, and denominators, between two ends: two bounds added are not known."""

    def plus(self, other: Tally) -> Tally:
        both = None if self.numerator is None or other.numerator is None else self.numerator.plus(other.numerator)
        return Tally(
            self.n.plus(other.n), both, self.denominator.plus(other.denominator), self.under, self.sure and other.sure,
            self.counted and other.counted, self.times, (self.open[0] + other.open[0], self.open[1] + other.open[1]),
        )  # fmt: skip

    @property
    def open(self) -> tuple[int, int]:
        """How many years were added of which the numbers are between two ends."""
        rows, below = self.loose
        return rows or int(not self.n.exact), below or int(not self.denominator.exact)

    @property
    def rate(self) -> Span | None:
        if self.numerator is None or not self.denominator.exact or self.denominator.low == 0:
            return None
        below = self.denominator.low
        return Span(self.times * self.numerator.low / below, self.times * self.numerator.high / below)


@dataclass(frozen=True)
class Figure:
    """What becomes of an indicator, and the numbers on the way."""

    status: str
    value: Span | None = None
    unrounded: Span | None = None
    before: Span | None = None
    rate: Span | None = None
    prior: Span | None = None
    tally: Tally | None = None
    years: int | None = None
    zero: Any = False
    included: bool | None = True
    """Whether it applies and has enough rows."""


def bands(number: F) -> F:
    """The bands that the generated policies scale by: nothing falls."""
    for limit, rule in SCALE:
        if limit is None or number <= limit:
            return rule(number)
    raise AssertionError


SCALE: Final[tuple[tuple[int | None, Callable[[F], F]], ...]] = (
    (40, lambda x: x / 2),
    (80, lambda x: x - 20),
    (None, lambda x: 60 + 2 * (x - 80)),
)
STEPS: Final = (25, 50, 75)


def steps(number: F) -> F:
    """0 below 25, 1 from there, 2 from 50, 3 from 75."""
    return F(sum(number >= step for step in STEPS))


def tally(one: Indicator, rows: Sequence[Row], group: Test | None, year: int | None) -> Tally:
    """The numbers of the rows that are of this year and group."""
    n = possible = 0
    below, below_possible, free, free_most, under, under_most = (F(0),) * 6
    told, counted, cap = True, True, one.cap
    under_sure = under_all = 0
    for row in rows:
        read = row.get
        belongs = holds(one.cohort, read) if one.cohort else True
        if one.yearly:
            of = row["class_of"]
            belongs = both(belongs, None if of is None else of == year)
        if group is not None:
            grouped = holds(group, read)
            if grouped is None and one.undetermined != "pending":
                grouped = False
            belongs = both(belongs, grouped)
        if belongs is False:
            continue
        low, high, parts = _counts(one, read)
        bottom = holds(one.denominator, read) if one.denominator else True
        when = holds(cap.when, read) if cap else False
        if one.undetermined == "leave_out" and (belongs is None or low is None or low != high or bottom is None or (when is None and high)):  # fmt: skip
            continue
        if one.undetermined == "not_met":
            if belongs is None:
                continue
            high = low = F(0) if low is None else low
            bottom = bottom is True
            if low == 0:
                when = False
        counted = counted and (belongs is True or not high)
        n, possible = n + (belongs is True), possible + (belongs is None)
        below += bottom is True and belongs is True
        below_possible += bottom is not False and not (bottom is True and belongs is True)
        if low is None or (belongs is None and one.kind in ("mean", "bonus")):  # a sum over possible rows
            told = False
            continue
        least_ = low if belongs is True else F(0)
        if cap is None or when is False:
            free, free_most = free + least_, free_most + high
            continue
        # nobody counts beyond the cap whose words make them count at all
        beyond = parts(False) if when is None and one.undetermined == "pending" else F(0)
        under, free_most = under + least_, free_most + beyond
        under_most += high if not beyond else F(0)
        under_sure += least_ > 0 and when is True
        under_all += high > 0
    rows_ = Span(F(n), F(n + possible))
    numerator = Span(free + under, free_most + under_most)
    if cap is not None:
        held = rows_.map(cap.allowed)
        numerator = Span(free + min(under, held.low), free_most + min(under_most, held.high))
    return Tally(
        rows_, numerator if told else None, Span(below, below + below_possible), Span(F(under_sure), F(under_all)),
        possible == 0, counted, 1 if one.kind == "mean" else 100,
    )  # fmt: skip


def _counts(one: Indicator, read: Callable[[str], Any]) -> tuple[F | None, F, Callable[[bool], F]]:
    """From what to what a row counts, and what it may count for where the words of the cap are so."""
    if one.kind == "mean":
        value = read(one.column)
        return (None if value is None else F(value) / 100), F(0) if value is None else F(value) / 100, lambda _: F(0)
    counts = holds(one.test, read)
    if one.kind == "bonus":
        if counts is None:
            return None, F(0), lambda _: F(0)
        extra = read("internship") if counts else False
        if extra is None:
            return None, F(0), lambda _: F(0)
        worth = F(0) if not counts else F(13, 10) if extra else F(1)
        return worth, worth, lambda _: F(0)
    without = replaced(one.test, one.cap.when, False) if one.cap else one.test
    return F(counts is True), F(counts is not False), lambda _: F(holds(without, read) is not False)


def replaced(test: Test, words: Test, by: bool) -> Test:
    """A test with a truth in place of some words within it."""
    if test == words:
        return ("truth", by)
    return tuple(replaced(part, words, by) if isinstance(part, tuple) else part for part in test)


Years: TypeAlias = Callable[[int], Tally | None]
"""So many years back → its numbers; nothing where nobody knows them."""


def figure(one: Indicator, years: Years, zero: Any, applies: Any, value: Span | None = None) -> Figure:
    """What becomes of an indicator, when all that it reads is known or not."""
    if applies is False:
        return Figure(NOT_APPLICABLE, included=False)
    found = _reported(value) if one.kind == "value" else _of_years(one, years)
    enough = found.status != NOT_RATED if found.status != "unsure" else None
    if applies is None:
        return replace(found, status=PENDING, value=None, included=enough and None)
    if enough is False:
        return replace(found, included=False)
    limited = found.before
    if limited is not None and one.at_least is not None:
        limited = limited.map(lambda x: max(x, one.at_least or F(0)))
    if limited is not None and one.at_most is not None:
        limited = limited.map(lambda x: min(x, one.at_most or F(0)))
    if one.zero_when is not None and zero not in (False, OUT) and not (zero is None and limited == at(0)):
        limited = at(0) if zero is True else None
    if enough is None:
        limited = None
    whole = limited.map(lambda x: as_seen(x, one.round, one.how)) if limited is not None else None
    status = PENDING if whole is None or not seen_exact(whole) else RATED
    return replace(found, status=status, value=whole, unrounded=limited, zero=zero, included=enough)


def _reported(value: Span | None) -> Figure:
    return Figure(RATED, value, value, value)


def _of_years(one: Indicator, years: Years) -> Figure:
    first = years(0)
    assert first is not None
    if one.over is not None:
        return _over(one, one.over, years)
    chosen, count, enough = first, 1, True
    least_ = one.minimum
    if least_ is not None:
        small = negated(least(_measure(least_, first), F(least_.count)))
        picked = (first, 1, True) if small is False else None
        if small:
            picked = _pooled(least_, years, first)
        elif small is None and not first.denominator.high and not least_.then:
            return Figure(NOT_RATED)
        if picked is None:
            found = [years(back) for back in range(least_.years)]
            if all(year is not None and not year.denominator.high for year in found):
                raise LeftOpen
            return Figure("unsure")
        chosen, count, enough = picked
    return _rated(one, years, chosen, count, enough, chosen.rate)


def _measure(minimum: Minimum, one: Tally) -> Span | None:
    if one.loose[minimum.of != "cohort"] > 1:
        return None
    return one.n if minimum.of == "cohort" else one.denominator


def _pooled(minimum: Minimum, years: Years, first: Tally) -> tuple[Tally, int, bool] | None:
    """The years together, how many, and whether they are enough; nothing where that is not known."""
    chosen, count = first, 1
    while minimum.then and count < minimum.years:
        more = years(count)
        if more is None:
            return None
        chosen, count = chosen.plus(more), count + 1
        if minimum.then == "pool":
            stop = least(_measure(minimum, chosen), F(minimum.until))
            if stop is None:
                return None
            if stop:
                break
    needed = minimum.enough if minimum.then and count == minimum.years else minimum.count
    enough = least(_measure(minimum, chosen), F(needed))
    return None if enough is None else (chosen, count, enough)


def _rated(one: Indicator, years: Years, chosen: Tally, count: int, enough: bool, rate: Span | None) -> Figure:
    prior = _prior(one, years) if one.score == "growth" else None
    if not enough or chosen.denominator == at(0):
        return Figure(NOT_RATED, tally=chosen, years=count, prior=prior)
    if rate is not None:
        rate = rate.map(lambda x: as_seen(x, one.rate_round, one.how))
    unsure = "unsure" if chosen.denominator.low == 0 or chosen.loose[1] > 1 else RATED
    return Figure(unsure, before=_made(one, rate, prior), rate=rate, prior=prior, tally=chosen, years=count)


def _prior(one: Indicator, years: Years) -> Span | None:
    before = years(1)
    rate = before.rate if before is not None else None
    return rate.map(lambda x: as_seen(x, one.rate_round, one.how)) if rate is not None else None


def _made(one: Indicator, rate: Span | None, prior: Span | None) -> Span | None:
    """The points of a rate: by bands at both ends, in a line, or where they are the same at every rate between."""
    if rate is None:
        return None
    if one.scaled:
        return rate.map(lambda x: bands(seen(x)))
    if one.score == "linear":
        return rate.map(lambda x: x / 25)
    if one.score == "bands":
        return at(steps(seen(rate.low))) if steps(seen(rate.low)) == steps(seen(rate.high)) else None
    if one.score == "growth":
        if prior is None or not seen_exact(prior):  # the target adds two bounds
            return None
        found = {growth(one_, prior.low) for one_ in (rate.low, rate.high)}
        return at(found.pop()) if len(found) == 1 else None
    return rate


def growth(rate: F, prior: F) -> F:
    """4 points for half of what was wanting, 2 for any more, else none; it never falls as the rate rises."""
    target = as_seen(prior + (100 - prior) / 2, 1)
    return F(4 if seen(rate) >= target else 2 if seen(rate) > seen(prior) else 0)


def _calculated(minimum: Minimum, each: int, year: Tally | None) -> bool | None:
    """Whether a year has something to divide by and, for a mean, enough rows."""
    if year is None:
        return None
    tests = (least(_measure(minimum, year), F(each)), least(year.denominator, F(1)))
    return False if False in tests else None if None in tests else True


def _over(one: Indicator, over: Over, years: Years) -> Figure:
    found = [years(back) for back in range(over.years)]
    each = one.minimum.count if one.minimum and over.how == "mean_of_years" else 0
    minimum = one.minimum or Minimum(0)
    calculated = [_calculated(minimum, each, year) for year in found]
    if None in calculated:
        return Figure("unsure")
    used = [year for year, test in zip(found, calculated, strict=True) if test and year is not None]
    if not used:
        return Figure(NOT_RATED, years=0)
    total = used[0]
    for year in used[1:]:
        total = total.plus(year)
    enough: bool | None = len(used) >= over.at_least
    if enough and over.how == "pooled":
        enough = least(_measure(minimum, total), F(minimum.count))
    if enough is None:
        return Figure("unsure")
    rate = total.rate
    if over.how == "mean_of_years":
        rates = [year.rate for year in used]
        rate = None
        if all(one_ is not None for one_ in rates):
            ends = [one_.map(lambda x: as_seen(x, over.round, one.how)) for one_ in rates if one_ is not None]
            rate = Span(sum((x.low for x in ends), F(0)) / len(ends), sum((x.high for x in ends), F(0)) / len(ends))
    return _rated(one, years, total, len(used), enough, rate)
