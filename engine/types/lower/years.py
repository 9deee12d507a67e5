"""The years of an indicator taken together: pooled until there are enough rows, all at once, or as the mean of rates.

`I: years` is over how many. With `over_years` it counts the years that are calculated (`I: calculated this year`,
`I: calculated 1 earlier` …), and for a mean `I: rate this year` … are the rates of which it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...syntax import expr as ast
from ...syntax.accountability import OverYears
from ...syntax.expr import Expr
from ..pending import Pending
from .measure import in_points
from .spot import Spot, kept, of_year

MEAN = "mean_of_years"


def years_columns(spot: Spot, parts: Sequence[str]) -> list[Pending]:
    """Over how many years it is, and the numbers of those together."""
    of = spot.of
    over = of.over_years
    if over is None:
        numbers = [spot.column(part, _pooled(spot, kept(of, part))) for part in ("n", *parts)]
        return [spot.column("years", _until_enough(spot)), *numbers]
    found = [spot.column(of_year(of, "calculated", back), _calculated(spot, back), "test") for back in range(of.years)]
    found.append(spot.column("years", _sum(spot, lambda _: spot.make.number(1))))
    for part in ("n", *parts):
        source = kept(of, part)
        found.append(spot.column(part, _sum(spot, lambda back, source=source: spot.name(of_year(of, source, back)))))  # type: ignore[misc]
    if over.how == MEAN:
        for back in range(of.years):
            for over_part, rate in _rates(spot).items():
                body = _rate(spot, over, over_part, back)
                found.append(spot.column(of_year(of, rate, back), body))
    return found


def _of_year(spot: Spot, part: str, back: int) -> Expr:
    return spot.name(of_year(spot.of, kept(spot.of, part), back))


# -- until there are enough rows ----------------------------------------------------------------------------------


def _until_enough(spot: Spot) -> Expr:
    """Over how many years: one more, until there are enough or there may be no more; or all of them at once."""
    of, make = spot.of, spot.make
    needs, pooling = of.needs, of.pooling
    assert needs is not None and pooling is not None
    part = kept(of, of.counted)
    choices = [(make.compare(_through(spot, part, 0), ">=", needs.count), make.number(1))]
    for years in range(1, of.years - 1) if not pooling.together else ():
        enough = make.compare(_through(spot, part, years), ">=", pooling.until)
        choices.append((enough, make.number(years + 1)))
    return make.choice(*choices, otherwise=make.number(of.years))


def _through(spot: Spot, part: str, years: int) -> Expr:
    """The number of the rated year and so many years before it, together."""
    found = spot.name(of_year(spot.of, part, 0))
    for back in range(1, years + 1):
        found = spot.make.plus(found, spot.name(of_year(spot.of, part, back)))
    return found


def _pooled(spot: Spot, part: str) -> Expr:
    make, last = spot.make, spot.of.years - 1
    pooling = spot.of.pooling
    ends = range(last) if pooling is None or not pooling.together else range(1)
    choices = [
        (make.compare(spot.name("years"), "=", make.number(years + 1)), _through(spot, part, years)) for years in ends
    ]
    return make.choice(*choices, otherwise=_through(spot, part, last))


# -- always over several years ------------------------------------------------------------------------------------


def _calculated(spot: Spot, back: int) -> Expr:
    """Whether a year is calculated: there is something to divide by and, for a mean of rates, it has enough rows."""
    of, make = spot.of, spot.make
    tests = [make.compare(_of_year(spot, "denominator", back), ">", make.number(0))]
    if of.needs is not None and of.over_years is not None and of.over_years.how == MEAN:
        tests.insert(0, make.compare(_of_year(spot, of.counted, back), ">=", of.needs.count))
    return make.all_of(*tests)


def _sum(spot: Spot, number: Callable[[int], Expr]) -> Expr:
    """A number of each calculated year, added up."""
    make = spot.make
    terms = [
        make.choice((spot.name(of_year(spot.of, "calculated", back)), number(back)), otherwise=make.number(0))
        for back in range(spot.of.years)
    ]
    found = terms[0]
    for term in terms[1:]:
        found = make.plus(found, term)
    return found


def _rates(spot: Spot) -> dict[str, str]:
    """The numerators of a year and what their rates are called."""
    return {"numerator": "rate", **({"numerator at most": "rate at most"} if spot.of.two_ended else {})}


def _rate(spot: Spot, over: OverYears, part: str, back: int) -> Expr:
    of, make = spot.of, spot.make
    under = _of_year(spot, "denominator", back)
    whole = in_points(of.percent, spot.name(of_year(of, part, back)))
    rate: Expr = ast.Arithmetic("/", whole, under, span=make.span)
    if over.round is not None:
        mode = () if of.item.how is None else (of.item.how,)
        rate = ast.Call("round", (rate, make.number(over.round), *mode), span=make.span)
    return make.choice((make.compare(under, ">", make.number(0)), rate), otherwise=make.missing("no rows"))


def mean_of_years(spot: Spot, over: str) -> Expr:
    """The rates of the calculated years, added up, over how many they are."""
    make = spot.make
    rate = _rates(spot)[over]
    total = _sum(spot, lambda back: spot.name(of_year(spot.of, rate, back)))
    mean = ast.Arithmetic("/", total, spot.name("years"), span=make.span)
    some = make.compare(spot.name("years"), ">", make.number(0))
    return make.choice((some, mean), otherwise=make.missing("no rows"))
