"""The index of a level: the weighted mean of indicators and domains, for everyone or blended with student groups.

On each level stand `index: weight` (the weights that are used, together), `index: given` (whether there is to be an
index), `index: lowest` and `index: highest` where undetermined rows are pending, `index: unrounded` and `index`. With a
blend the same stands under `index, all_students` and `index, GROUP`, whose indexes are not rounded; `index, GROUP:
counts` is whether a group is in the mean of the groups, `index: groups` how many are, and `index, GROUP: weight used`
what part of the index each is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.accountability import Blend
from ...syntax.expr import Expr
from ...syntax.weight_table import NOT_RATED
from ..pending import Pending, lowered
from .build import Build
from .ground import ENDS, INDEX, Ground, called
from .indicator import INDICATOR_STATUS, status
from .measure import ALL_STUDENTS, divided
from .score import rounded
from .weights import (
    CHART_LINE,
    Weighing,
    added,
    chart_line,
    enough,
    not_missing,
    share_at,
    total_weight,
    weight_columns,
)

RATED_WHEN = "rated when"
GROUPS = "index: groups"


def _column(ground: Ground, name: str, body: Expr, slot: str = "value", path: str = INDEX, **more: object) -> Pending:
    span = ground.section.span
    made = lowered(f"accountability.{path}", ground.level, name, body, span, **{"role": "rating", **more})
    return replace(made, slot=slot)


def index_columns(weighing: Weighing, everyone: Ground, groups: Mapping[str, Ground]) -> list[Pending]:
    """The columns of the index on a level, and of those of its student groups where they are blended."""
    section = everyone.section
    blend = section.index.blend if section.index is not None else None
    if blend is None:
        found = _mean_columns(weighing, everyone, INDEX)
        return [*found, _column(everyone, "index: given", _given(weighing, everyone, INDEX), "test", role="step")]
    found = []
    groups = {name: ground for name, ground in groups.items() if not ground.parts.keys().isdisjoint(weighing.names)}
    for ground in (everyone, *groups.values()):
        whole = called(INDEX, ground.group or ALL_STUDENTS)
        found += _mean_columns(weighing, ground, whole)
        found.append(_column(ground, f"{whole}: given", _given(weighing, ground, whole), "test", role="step"))
        named = ast.Name(whole, span=ground.section.span)
        said = status(named, _named(whole, "given", ground.make), None, ground.make)
        found.append(_column(ground, f"{whole}: status", said, declared=INDICATOR_STATUS))
    return [*found, *_blended(blend, weighing, everyone, groups)]


def _named(whole: str, part: str, make: Build) -> Expr:
    return ast.Name(f"{whole}: {part}" if part else whole, span=make.span)


# -- the mean of the parts --------------------------------------------------------------------------------------------


def _mean_columns(weighing: Weighing, ground: Ground, whole: str) -> list[Pending]:
    names = tuple(name for name in weighing.names if name in ground.parts)
    make, found = ground.make, []
    if not names:
        return []
    weighing = replace(weighing, names=names, whole=whole)
    line = chart_line(ground, weighing)
    if line is not None:
        found.append(_column(ground, f"{whole}: {CHART_LINE}", line, path="missing_indicator", role="step"))
    for name in names:
        found += weight_columns(ground, weighing, name)
    found.append(_column(ground, f"{whole}: weight", total_weight(ground, weighing)))
    if not _has_ends(weighing, ground):
        value = _mean(weighing, [ground.of(name, "contribution") for name in names], make)
    else:
        for end in ENDS:
            mean = _mean(weighing, [share_at(ground, name, end) for name in names], make)
            found.append(_column(ground, f"{whole}: {end}", mean, role="step"))
        value = ast.Operate("bound", tuple(_named(whole, end, make) for end in ENDS), span=make.span)
    body = make.choice((_named(whole, "given", make), value), otherwise=make.missing("not rated"))
    if whole != INDEX:
        return [*found, _column(ground, whole, body)]
    return [*found, *_rounding(ground, body)]


def _rounding(ground: Ground, body: Expr) -> list[Pending]:
    rounding, make = ground.section.index, ground.make
    places, how = (rounding.round, rounding.how) if rounding is not None else (None, None)
    value = rounded(_named(INDEX, "unrounded", make), places, how, make)
    return [_column(ground, "index: unrounded", body), _column(ground, INDEX, value)]


def _mean(weighing: Weighing, shares: list[Expr], make: Build) -> Expr:
    weight = _named(weighing.whole, "weight", make)
    mean = divided(added(shares, make), make.number(1), weight)
    some = make.compare(weight, ">", weighing.nothing(make.span))
    return make.choice((some, mean), otherwise=make.missing("not rated"))


def _given(weighing: Weighing, ground: Ground, whole: str) -> Expr:
    """Whether there is to be an index: what is rated at all, with what may not be missing, and anything to weigh."""
    make, section = ground.make, ground.section
    tests: list[Expr] = [] if section.rated_when is None else [make.name(RATED_WHEN)]
    names = tuple(name for name in weighing.names if name in ground.parts)
    if not names:
        if section.missing.then == NOT_RATED:
            tests += [not_missing(ground, one.name) for one in section.indicators]
        return make.all_of(*tests) if tests else make.truth(True)
    weighing = replace(weighing, names=names, whole=whole)
    some = make.compare(_named(whole, "weight", make), ">", weighing.nothing(make.span))
    return make.all_of(*tests, *enough(ground, weighing), some)


# -- the blend --------------------------------------------------------------------------------------------------------


def _blended(blend: Blend, weighing: Weighing, everyone: Ground, groups: Mapping[str, Ground]) -> list[Pending]:
    """The index of all students and the mean of those of the groups, by their weights; of all students alone where no
    group has one.
    """
    make = Build(blend.span)
    alone = {word.text for word in blend.only_if_alone}
    given = {name: _named(called(INDEX, name), "given", make) for name in groups}
    counts = {name: _named(called(INDEX, name), "counts", make) for name in groups}
    found = []
    for name, has in given.items():
        others = [other for key, other in given.items() if key != name]
        test = make.all_of(has, make.negated(make.any_of(*others))) if name in alone and others else has
        found.append(_column(everyone, f"{called(INDEX, name)}: counts", test, "test"))
    ends = {name: ground for name, ground in {ALL_STUDENTS: everyone, **groups}.items() if _has_ends(weighing, ground)}

    def value(end: str) -> Expr:
        def index(name: str) -> Expr:
            return _named(called(INDEX, name), end if name in ends else "", make)

        if not groups:
            return index(ALL_STUDENTS)
        terms = [make.choice((test, index(name)), otherwise=make.number(0)) for name, test in counts.items()]
        number = _named(INDEX, "groups", make)
        share = ast.Arithmetic("*", blend.all_students, index(ALL_STUDENTS), span=make.span)
        of_groups = ast.Arithmetic("*", blend.student_groups, added(terms, make), span=make.span)
        whole = make.plus(ast.Arithmetic("*", share, number, span=make.span), of_groups)
        some = make.compare(number, ">", make.number(0))  # one division, at the end, so that its parts add up to it
        return make.choice((some, divided(whole, make.number(1), number)), otherwise=index(ALL_STUDENTS))

    used = {ALL_STUDENTS: _percent(100, make), **{name: _percent(0, make) for name in groups}}
    if groups:
        number = _named(INDEX, "groups", make)
        some = make.compare(number, ">", make.number(0))
        each = ast.Arithmetic("/", blend.student_groups, number, span=make.span)
        used[ALL_STUDENTS] = make.choice((some, blend.all_students), otherwise=used[ALL_STUDENTS])
        used |= {name: make.choice((test, each), otherwise=used[name]) for name, test in counts.items()}
    for name, weight in used.items():
        found.append(_column(everyone, f"{called(INDEX, name)}: weight used", weight))
    if groups:
        ones = [make.choice((test, make.number(1)), otherwise=make.number(0)) for test in counts.values()]
        found.append(_column(everyone, GROUPS, added(ones, make)))
    body = value("")
    if ends:
        for end in ENDS:
            found.append(_column(everyone, f"index: {end}", value(end), role="step"))
        body = ast.Operate("bound", tuple(_named(INDEX, end, make) for end in ENDS), span=make.span)
    all_given = _named(called(INDEX, ALL_STUDENTS), "given", make)
    found += _rounding(everyone, make.choice((all_given, body), otherwise=make.missing("not rated")))
    found.append(_column(everyone, "index: given", all_given, "test", role="step"))
    return found


def _percent(value: int, make: Build) -> Expr:
    return ast.Percent(Decimal(value), span=make.span)


def _has_ends(weighing: Weighing, ground: Ground) -> bool:
    return not ground.two_ended.isdisjoint(name for name in weighing.names if name in ground.parts)
