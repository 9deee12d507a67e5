"""Points made from a rate by a rule of the policy, what holds them between limits, and when they are nothing.

`I: rate` is the rate as the score reads it, `I: prior rate` that of the year before, `I: STEP` a number on the way,
`I: score` the points. Where the rate is between two ends the score is what it comes to at every rate between them.
"""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.accountability import Indicator
from ...syntax.expr import Expr
from ...syntax.walk import walk
from ..pending import Pending
from .build import Build
from .measure import in_points, share_in_points
from .own_names import of_score, own, reads_prior
from .spot import Spot, kept


def quotient(spot: Spot, over: str, under: str) -> Expr:
    """A numerator in points, over a denominator: one division. Nothing can be said over nothing."""
    of, make = spot.of, spot.make
    whole = spot.name(under)
    if of.item.rate is not None:
        found = share_in_points(spot.name(over), whole)
    else:
        found = ast.Arithmetic("/", in_points(of.percent, spot.name(over)), whole, span=make.span)
    return make.choice((make.compare(whole, ">", make.number(0)), found), otherwise=make.missing("no rows"))


def rounded(value: Expr, places: int | None, how: Expr | None, make: Build) -> Expr:
    """A value rounded to so many decimals, where the policy says so."""
    if places is None:
        return value
    arguments = (value, make.number(places), *(() if how is None else (how,)))
    return ast.Call("round", arguments, span=make.span)


def score_columns(spot: Spot, low: Expr, high: Expr | None) -> list[Pending]:
    """The columns from the rate, by both its ends, to the score."""
    item, names = spot.of.item, of_score(spot)
    assert item.score is not None
    found = [spot.column("rate", _rate(spot, low, high))]
    if reads_prior(item) and spot.of.entity:
        under = f"{kept(spot.of, 'denominator')} 1 earlier"
        before = quotient(spot, "numerator 1 earlier", under)
        most = quotient(spot, "numerator at most 1 earlier", under) if spot.of.two_ended else None
        found.append(spot.column("prior rate", _rate(spot, before, most)))
    found += [spot.column(step.name, own(spot, step.value, names), result=True) for step in item.steps]
    return [*found, spot.column("score", own(spot, item.score, names))]


def _rate(spot: Spot, low: Expr, high: Expr | None) -> Expr:
    item, make = spot.of.item, spot.make
    low = rounded(low, item.rate_round, item.how, make)
    if high is None:
        return low
    return ast.Operate("bound", (low, rounded(high, item.rate_round, item.how, make)), span=make.span)


# -- limits -------------------------------------------------------------------------------------------------------


def is_limited(item: Indicator) -> bool:
    """Whether anything holds an indicator up or down, or makes it 0."""
    return not (item.at_least is None and item.at_most is None and item.zero_when is None)


def limit_columns(spot: Spot, whole: Expr) -> list[Pending]:
    """The number before the limits, and whether it is made 0."""
    item = spot.of.item
    found = [spot.column("before limits", whole)]
    if item.zero_when is not None:
        found.append(spot.column("zero", _zero(spot, item.zero_when), "test"))
    return found


def limited(spot: Spot, value: Expr) -> Expr:
    """A number held between the limits, or made 0."""
    item, make, names = spot.of.item, spot.make, of_score(spot)
    for limit, function in ((item.at_least, "max"), (item.at_most, "min")):
        if limit is not None:
            value = ast.Call(function, (value, own(spot, limit, names)), span=limit.span)
    if item.zero_when is None:
        return value
    return make.choice((spot.name("zero"), make.number(0)), otherwise=value)


def _zero(spot: Spot, when: Expr) -> Expr:
    """The test, which does not hold where an indicator that it speaks of has no number because it is not rated or does
    not apply.
    """
    make = spot.make
    spoken_of = {node.name for node in walk(when) if isinstance(node, ast.Name)}
    there: list[Expr] = []
    for name in sorted(spoken_of & spot.indicators):
        whose = f"{name}, {spot.group}" if spot.group and name in spot.grouped else name
        there.append(ast.Name(f"{whose}: included", span=make.span))
    return make.all_of(*there, own(spot, when, of_score(spot)))
