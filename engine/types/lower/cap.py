"""Caps on a count: of the rows of the numerator of a kind no more than so many count, as a group; none is picked.

On the rows, `I: row CAP` says whether a row would count under a cap, `I: row uncapped` whether it would under none, and
`I: CAP` whether it is one of those that the cap holds together. On each level `I: CAP` is how many rows there are
under it, `I: CAP at most` how many of them may count, `I: CAP counted` how many do, `I: CAP reached` whether some are
left; `I: CAP at most 1 earlier` … is the cap in an earlier year of which this dataset has the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.accountability import Cap
from ...syntax.expr import Expr
from ...syntax.walk import transform
from ..pending import Pending, lowered
from .build import Build
from .cohort_year import Counting, year_back
from .measure import Measured
from .own_names import own
from .spot import Spot, kept, of_year

UNCAPPED = "row uncapped"


def cap_tests(of: Measured) -> dict[str, Expr]:
    """The tests of a row of the cohort by the names of their columns. A row falls under the first cap whose `when`
    holds. Where the policy writes `when` within what counts, its answer is put there, so that no more is left open than
    has to be: a row that counts only by the capped way is never taken for one that counts without it.
    """
    caps, make = of.item.caps, Build(of.item.span)
    if not caps:
        return {}
    return {
        **{f"row {cap.name}": _under(of, caps[: at + 1], make) for at, cap in enumerate(caps)},
        UNCAPPED: make.all_of(_counts(of, caps, ()), *(make.negated(cap.when) for cap in caps)),
    }


def _under(of: Measured, caps: Sequence[Cap], make: Build) -> Expr:
    *before, cap = caps
    return make.all_of(_counts(of, before, (cap,)), cap.when, *(make.negated(one.when) for one in before))


def _counts(of: Measured, out: Sequence[Cap], inside: Sequence[Cap]) -> Expr:
    """What counts in the numerator of a row that is out of some caps and inside another."""
    make = Build(of.item.span)
    known = [(cap.when, make.truth(False)) for cap in out] + [(cap.when, make.truth(True)) for cap in inside]
    counts = of.item.rate or of.item.numerator
    assert counts is not None
    for when, answer in known:
        counts = transform(counts, lambda node, when=when, answer=answer: answer if node == when else node)  # type: ignore[misc]
    return counts


def within_caps(of: Measured) -> list[Pending]:
    """On each row, `I: CAP`: whether it is one of those that a cap holds together in the rated year."""
    item, make = of.item, Build(of.item.span)
    path = f"accountability.indicators.{item.name}"
    found = []
    for cap in item.caps:
        tests = [make.name(f"{item.name}: row counts"), make.name(f"{item.name}: row {cap.name}")]
        if item.cohort_year is not None:
            tests.insert(1, make.compare(make.name(f"{item.name}: row year"), "=", year_back(of, make, 0)))
        made = lowered(
            path, of.entity, f"{item.name}: {cap.name}", make.all_of(*tests), cap.span, role="indicator",
            title=cap.title, cite=cap.cite,
        )  # fmt: skip
        found.append(replace(made, slot="test", because=cap.because))
    return found


def capped_number(counting: Counting, most: bool) -> Expr:
    """The numerator of one year, at its least or at its most: what counts without a cap, and of the rows under each no
    more than it allows.
    """
    caps, make = counting.spot.of.item.caps, counting.spot.make
    found = counting.count(_without(counting.spot, most))
    for cap in caps:
        under = counting.count(_within(counting.spot, cap, most))
        allowed = counting.spot.name(_limit(counting, cap))
        found = make.plus(found, ast.Call("min", (allowed, under), span=cap.span))
    return found


def _limit(counting: Counting, cap: Cap) -> str:
    return f"{cap.name} at most" + (f" {counting.years} earlier" if counting.years else "")


def _within(spot: Spot, cap: Cap, most: bool) -> Expr:
    """Whether a row counts under a cap for sure, or, at the most, may do so and under no other and not without one."""
    make, item = spot.make, spot.of.item
    row = {name: make.name(f"{item.name}: {name}") for name in cap_tests(spot.of)}
    others = [name for name in row if name not in (UNCAPPED, f"row {cap.name}")]
    out = [make.negated(make.or_else(row[name], make.truth(True))) for name in others]
    if most:
        free = make.negated(make.or_else(row[UNCAPPED], make.truth(True)))
        return make.all_of(make.or_else(row[f"row {cap.name}"], make.truth(True)), free, *out)
    counts = make.or_else(make.name(f"{item.name}: row numerator"), make.truth(False))
    return make.all_of(counts, make.negated(make.or_else(row[UNCAPPED], make.truth(False))), *out)


def _without(spot: Spot, most: bool) -> Expr:
    """Whether a row counts without a cap for sure, or, at the most, may do so or under one of several caps."""
    make, item = spot.make, spot.of.item
    free = make.or_else(make.name(f"{item.name}: {UNCAPPED}"), make.truth(most))
    if not most or len(item.caps) == 1:
        return free
    possible = [make.or_else(make.name(f"{item.name}: row {cap.name}"), make.truth(True)) for cap in item.caps]
    one = make.any_of(*(_within(spot, cap, most) for cap in item.caps))
    return make.any_of(free, make.all_of(make.any_of(*possible), make.negated(one)))


def cap_columns(spot: Spot, years: int) -> list[Pending]:
    """The columns of the caps on a level in one year; what is under them and counts is shown for the rated year."""
    of, make, counting = spot.of, spot.make, Counting(spot, years)
    numbers = {part: of_year(of, kept(of, part), years) for part in ("n", "denominator")}
    found = []
    for cap in of.item.caps:
        most = ast.Call("max", (make.number(0), own(spot, cap.at_most, numbers)), span=cap.span)
        found.append(spot.column(_limit(counting, cap), most, result=not years, title=cap.title, cite=cap.cite))
        if years:
            continue
        test = make.name(f"{of.item.name}: row {cap.name}") if of.two_ended else _within(spot, cap, False)
        found.append(spot.column(cap.name, counting.count(test), result=True))
        counted = ast.Call("min", (spot.name(cap.name), spot.name(_limit(counting, cap))), span=cap.span)
        found.append(spot.column(f"{cap.name} counted", counted, result=True))
        reached = make.compare(spot.name(cap.name), ">", spot.name(_limit(counting, cap)))
        found.append(spot.column(f"{cap.name} reached", reached, "test", result=True))
    return found
