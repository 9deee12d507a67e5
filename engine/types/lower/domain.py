"""A domain on a level: the weighted mean or the better of its parts, capped, then rounded.

As of an indicator there are `D: included`, `D: unrounded`, `D` and `D: status`, `D: applies` where each of its parts
may not apply, and `D: lowest` and `D: highest` where a part has two ends or a cap hangs on a test; of a weighted mean
also `D: weight of parts` and, with a chart, `D: chart line`. `D: cap 1` … are whether the caps with a test hold.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.domain import Domain
from ...syntax.expr import Expr
from ..pending import Pending
from .build import Build
from .ground import ENDS, Ground, called
from .indicator import INDICATOR_STATUS, status
from .measure import divided
from .score import rounded
from .spoken import holds
from .weights import (
    CHART_LINE,
    added,
    chart_line,
    enough,
    of_domain,
    share_at,
    total_weight,
    weight_columns,
)

PARTS = "weight of parts"
NOT_RATED = "not rated"


def add_domain(ground: Ground, domain: Domain) -> tuple[Ground, list[Pending]]:
    """The columns of a domain, and the ground with it. One none of whose parts is there has none."""
    parts = tuple(word.text for word in domain.parts if word.text in ground.parts)
    if not parts:
        return ground, []
    excusable = all(name in ground.excusable for name in parts)
    conditional = any(cap.when is not None for cap in domain.at_most)
    two_ended = conditional or not ground.two_ended.isdisjoint(parts)
    at = ground.with_domain(domain, two_ended, excusable)
    make = Build(domain.span)
    found: list[Pending] = []
    if domain.better_of:
        tests = [make.any_of(*(at.of(name, "included") for name in parts))]
        values = {end: _best(at, parts, end, make) for end in ENDS} if two_ended else {"": _best(at, parts, "", make)}
    else:
        whole = called(domain.name, at.group)
        weighing = replace(of_domain(domain, ground.section), whole=whole, names=parts)
        line = chart_line(at, weighing)
        if line is not None:
            found.append(at.column(domain.name, line, CHART_LINE, "step"))
        for name in parts:
            found += weight_columns(at, weighing, name)
        found.append(at.column(domain.name, total_weight(at, weighing), PARTS, "step"))
        some = make.compare(at.of(domain.name, PARTS), ">", weighing.nothing(make.span))
        tests = [*enough(at, weighing), some]
        values = {end: _mean(at, parts, end, domain, some) for end in (ENDS if two_ended else ("",))}
    if excusable:
        applies = make.any_of(*(at.of(name, "applies") for name in parts))
        found.append(at.column(domain.name, applies, "applies", "step", slot="test"))
        tests = [at.of(domain.name, "applies"), *tests]
    found.append(at.column(domain.name, make.all_of(*tests), "included", "step", slot="test"))
    for number, cap in enumerate(domain.at_most, 1):
        if cap.when is not None:
            found.append(at.column(domain.name, holds(at.without_unrated(cap.when)), f"cap {number}", slot="test"))
    return at, [*found, *_values(at, domain, values, make), _status(at, domain, excusable)]


def _values(at: Ground, domain: Domain, values: dict[str, Expr], make: Build) -> list[Pending]:
    """The number before it is rounded, its ends, and the number."""
    included, out = at.of(domain.name, "included"), make.missing(NOT_RATED)
    capped = {end: _capped(value, domain, end, at, make) for end, value in values.items()}
    title, cite = domain.title, domain.cite
    if "" in capped:
        found = [at.column(domain.name, capped[""], "unrounded")]
        value = rounded(at.of(domain.name, "unrounded"), domain.round, domain.how, make)
    else:
        ends = tuple(capped[end] for end in ENDS)
        found = [at.column(domain.name, ast.Operate("bound", ends, span=make.span), "unrounded")]
        for end in ENDS:
            found.append(at.column(domain.name, rounded(capped[end], domain.round, domain.how, make), end, "step"))
        value = ast.Operate("bound", tuple(at.of(domain.name, end) for end in ENDS), span=make.span)
    return [*found, at.column(domain.name, make.choice((included, value), otherwise=out), title=title, cite=cite)]


def _status(at: Ground, domain: Domain, excusable: bool) -> Pending:
    applies = at.of(domain.name, "applies") if excusable else None
    said = status(at.of(domain.name), at.of(domain.name, "included"), applies, Build(domain.span))
    return at.column(domain.name, said, "status", declared=INDICATOR_STATUS)


def _mean(at: Ground, parts: tuple[str, ...], end: str, domain: Domain, some: Expr) -> Expr:
    make = Build(domain.span)
    shares = [share_at(at, name, end) if end else at.of(name, "contribution") for name in parts]
    mean = divided(added(shares, make), make.number(1), at.of(domain.name, PARTS))
    return make.choice((some, mean), otherwise=make.missing(NOT_RATED))


def _best(at: Ground, parts: tuple[str, ...], end: str, make: Build) -> Expr:
    """The highest of the parts that are rated; one that is not stands aside for the first that is."""
    numbers = [(at.of(name, "included"), at.end(name, end) if end else at.of(name)) for name in parts]
    first = make.choice(*numbers, otherwise=make.missing(NOT_RATED))
    each = [make.choice((included, number), otherwise=first) for included, number in numbers]
    return each[0] if len(each) == 1 else ast.Call("max", tuple(each), span=make.span)


def _capped(value: Expr, domain: Domain, end: str, at: Ground, make: Build) -> Expr:
    """The value under each cap that holds. What is not known of a test holds at the lowest end, and not at the
    highest.
    """
    for number, cap in enumerate(domain.at_most, 1):
        under = ast.Call("min", (value, cap.value), span=cap.value.span)
        if cap.when is None:
            value = under
        else:
            test = make.or_else(at.of(domain.name, f"cap {number}"), make.truth(end == ENDS[0]))
            value = make.choice((test, under), otherwise=value)
    return value
