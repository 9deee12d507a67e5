"""An indicator on a level: from the numbers of its cohort to its points, and whether it is rated.

`I: unrounded` is the number before it is rounded, `I` the indicator. Where undetermined rows are pending, `I: lowest`
and `I: highest` are what it is if none or all of them count, and `I` is known where they agree. With `scale` the rate
that the bands cut is `I: rate` (and `I: rate at most`). With `score` (`score.py`) the rate is `I: rate` and the points
that it makes are `I: score`. `I: before limits` is the number before it is held between `at_least` and `at_most` or is
made 0, `I: zero` whether it is. `I: included` says whether it applies and has enough rows;
`I: status` tells what is rated, pending, not rated and not applicable apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from ...syntax import expr as ast
from ...syntax.choice_tables import Bands
from ...syntax.expr import Expr
from ..datatypes import Type
from ..pending import Pending, dated, in_time
from .bands import falls
from .build import Build
from .cohort import level_columns
from .own_names import own
from .score import is_limited, limit_columns, limited, quotient, rounded, score_columns
from .spot import Spot
from .years import MEAN, mean_of_years

STATUSES = ("rated", "pending", "not_rated", "not_applicable")
"""What became of an indicator: it has its number; it waits for what is missing; it has too few rows; it does
not concern the row.
"""

INDICATOR_STATUS = Type("enum", name="indicator_status", values=STATUSES)


def indicator_columns(
    spot: Spot, parts_of_weights: Sequence[tuple[Date | None, Expr]], bands: tuple[Bands, ...]
) -> list[Pending]:
    """The columns of an indicator on a level. `parts_of_weights` are tests whether the weights give it a part at all,
    each with the day from which it holds; nothing where they always do.
    """
    item, make = spot.of.item, spot.make
    found = level_columns(spot) if spot.of.entity else []
    applies = (
        item.applies_when is not None or bool(parts_of_weights) or item.starts is not None or item.ends is not None
    )
    if applies:
        found.append(in_time(_applies(spot, parts_of_weights), item, make.truth(False)))
    enough = _enough(spot)
    tests = [*([spot.name("applies")] if applies else []), *enough]
    found.append(spot.column("included", make.all_of(*tests) if tests else make.truth(True), "test"))
    found += _value_columns(spot, bands)
    said = status(spot.name(), spot.name("included"), spot.name("applies") if applies else None, make)
    found.append(spot.column("status", said, declared=INDICATOR_STATUS))
    return found


def _applies(spot: Spot, parts: Sequence[tuple[Date | None, Expr]]) -> Pending:
    """Whether an indicator concerns a row: by its own rule, and by the weights of each time."""
    make, when = spot.make, spot.of.item.applies_when
    counted = {"n": "n"} if spot.of.entity else {}
    mine = None if when is None else spot.read(own(spot, when, counted))
    bodies = [(day, spot.read(part)) for day, part in parts]
    both = [(day, part if mine is None else make.all_of(mine, part)) for day, part in bodies]
    alone = make.truth(True) if mine is None else mine
    made = spot.column("applies", alone, "test")
    return dated(made, both, alone) if both else made


def _enough(spot: Spot) -> list[Expr]:
    """Whether there are enough rows, and anything to divide by."""
    of, make = spot.of, spot.make
    tests: list[Expr] = []
    if of.over_years is not None:
        tests.append(make.compare(spot.name("years"), ">=", make.number(of.over_years.at_least)))
    by_year = of.over_years is not None and of.over_years.how == MEAN
    if of.needs is not None and of.entity and not by_year:
        enough = make.compare(spot.name(of.counted), ">=", of.needs.count)
        if of.pooling is not None and of.pooling.at_least is not None:
            alone = make.compare(spot.name("years"), "=", make.number(1))
            together = make.compare(spot.name(of.counted), ">=", of.pooling.at_least)
            enough = make.choice((alone, enough), otherwise=together)
        tests.append(enough)
    if of.item.value is not None:
        return [*tests, *spot.beside(of.item.value)]
    return [*tests, make.compare(spot.name("denominator"), ">", make.number(0))]


def _value_columns(spot: Spot, bands: tuple[Bands, ...]) -> list[Pending]:
    """The number from its numerator to the rounded points."""
    item, make = spot.of.item, spot.make
    scale = next((one for one in bands if item.scale is not None and one.name == item.scale.text), None)
    low, high = _divided(spot, "numerator"), _divided(spot, "numerator at most") if spot.of.two_ended else None
    if item.score is not None:
        found, low, high = score_columns(spot, low, high), spot.name("score"), None
    else:
        found, low, high = _scaled_columns(spot, scale, low, high)
    if is_limited(item):
        whole = low if high is None else _between(low, high, make)
        found += limit_columns(spot, whole)
        low, high = limited(spot, low), None if high is None else limited(spot, high)
    included, out = spot.name("included"), make.missing("not rated")
    if high is None:
        found.append(spot.column("unrounded", low))
        whole = rounded(spot.name("unrounded"), item.round, item.how, make)
    else:
        found.append(spot.column("unrounded", _between(low, high, make)))
        for part, end in (("lowest", low), ("highest", high)):
            found.append(spot.column(part, rounded(end, item.round, item.how, make)))
        whole = _between(spot.name("lowest"), spot.name("highest"), make)
    return [*found, spot.column("", make.choice((included, whole), otherwise=out), title=item.title, cite=item.cite)]


def _scaled_columns(
    spot: Spot, scale: Bands | None, low: Expr, high: Expr | None
) -> tuple[list[Pending], Expr, Expr | None]:
    """The columns of the rate, where it is rounded or cut by bands, and both ends of what they make of it."""
    item, make = spot.of.item, spot.make
    if scale is None and item.rate_round is None:
        return [], low, high
    found = [spot.column("rate", rounded(low, item.rate_round, item.how, make))]
    if high is not None:
        found.append(spot.column("rate at most", rounded(high, item.rate_round, item.how, make)))
    if scale is None:
        return found, spot.name("rate"), None if high is None else spot.name("rate at most")
    low = _scaled(spot, scale, "rate")
    if high is None:
        return found, low, None
    return found, *_between_bands(spot, scale, low, _scaled(spot, scale, "rate at most"))


def _divided(spot: Spot, over: str) -> Expr:
    """The numerator in points, over the denominator: one division. Nothing can be said over nothing."""
    of = spot.of
    if of.item.value is not None:
        return spot.read(of.item.value)
    if of.over_years is not None and of.over_years.how == MEAN:
        return mean_of_years(spot, over)
    return quotient(spot, over, "denominator")


def _scaled(spot: Spot, scale: Bands, rate: str) -> Expr:
    assert spot.of.item.scale is not None
    return ast.Call(scale.name, (spot.name(rate),), span=spot.of.item.scale.span)


def _between_bands(spot: Spot, scale: Bands, low: Expr, high: Expr) -> tuple[Expr, Expr]:
    """The least and the most that the bands give between two rates: what they give at the ends, and beside the cuts
    between them at which they fall.
    """
    make, known = spot.make, falls(scale)
    least, most = spot.name("rate"), spot.name("rate at most")
    if known is None:  # nobody knows what lies between the ends
        same = make.compare(least, "=", most)
        return make.choice((same, low), otherwise=make.missing("bound")), make.choice(
            (same, high), otherwise=make.missing("bound")
        )
    for fall in known:
        cut, below, above = (ast.Number(number, span=make.span) for number in (fall.at, fall.below, fall.above))
        between = make.all_of(make.compare(least, "<=", cut), make.compare(most, ">", cut))
        low = make.choice((between, ast.Call("min", (low, above), span=make.span)), otherwise=low)
        high = make.choice((between, ast.Call("max", (high, below), span=make.span)), otherwise=high)
    return low, high


def _between(low: Expr, high: Expr, make: Build) -> Expr:
    return ast.Operate("bound", (low, high), span=make.span)


def exactly_known(value: Expr, make: Build) -> Expr:
    """Whether a number is known, and not merely within bounds."""
    return make.known(make.compare(value, "=", value))


def status(value: Expr, included: Expr, applies: Expr | None, make: Build) -> Expr:
    """Which of `STATUSES` a number has, by whether it is known, has what it needs, and applies at all."""
    choices = [
        (make.known(included, False), make.text("pending")),
        (make.negated(included), make.text("not_rated")),
        (exactly_known(value, make), make.text("rated")),
    ]
    if applies is not None:
        first = [
            (make.known(applies, False), make.text("pending")),
            (make.negated(applies), make.text("not_applicable")),
        ]
        choices = [*first, *choices]
    return make.choice(*choices, otherwise=make.text("pending"))
