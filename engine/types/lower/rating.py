"""The index of a level and its rating: one division at the end, the first line that holds, overrides before it.

On each level stand `index: weight` (the weights that are used, together), `index: given` (whether there is to be an
index), `index: lowest` and `index: highest` where undetermined rows are pending, `index: unrounded` and `index`;
`rated when` where the policy says what is rated at all; `override: NAME` for each override and `override`, the first
that holds; `rating line`, `rating` and `rating: status`; `rating: prior`, `rating: prior year` and `index: prior`, the
latest on record before the school year of the run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.accountability import NOT_RATED, Accountability
from ...syntax.expr import Expr
from ...syntax.walk import walk
from ..datatypes import Type
from ..pending import Pending, lowered
from .build import Build
from .measure import divided
from .score import rounded
from .weights import CHART_LINE, Weighing, chart_line

NONE = "none"
RATED_WHEN = "rated when"
ENDS = ("lowest", "highest")
RATING_STATUS = Type("enum", name="rating_status", values=("rated", "not_rated", "pending"))


@dataclass(frozen=True, slots=True)
class _Level:
    """Where the columns of the index and the rating stand. `two_ended` are the indicators known by both their ends."""

    section: Accountability
    weighing: Weighing
    name: str
    two_ended: frozenset[str]

    @property
    def make(self) -> Build:
        return Build(self.section.span)

    def column(self, name: str, body: Expr, path: str = "index", slot: str = "value", **more: object) -> Pending:
        made = lowered(f"accountability.{path}", self.name, name, body, self.section.span, **{"role": "rating", **more})
        return replace(made, slot=slot)


def rating_columns(section: Accountability, weighing: Weighing, level: str, two_ended: frozenset[str]) -> list[Pending]:
    """The columns of the index and the rating on a level."""
    at = _Level(section, weighing, level, two_ended)
    found = []
    if section.rated_when is not None:
        found.append(at.column(RATED_WHEN, section.rated_when, "rated_when", "test"))
    found += [*_index(at), at.column("index: given", _given(at), slot="test", role="step")]
    return [*found, *_ratings(at)] if section.ratings else found


def _sum(terms: list[Expr], make: Build) -> Expr:
    """The terms added up, half by half: so the sum takes the fewest digits."""
    half = len(terms) // 2
    return terms[0] if not half else make.plus(_sum(terms[:half], make), _sum(terms[half:], make))


# -- the index ----------------------------------------------------------------------------------------------------


def _index(at: _Level) -> list[Pending]:
    make, names = at.make, at.weighing.names
    if not names:
        return []
    found = []
    line = chart_line(at.weighing, make)
    if line is not None:
        found.append(at.column(CHART_LINE, line, "missing_indicator", role="step"))
    weights = [_of(make, name, "weight used") for name in names]
    found.append(at.column("index: weight", _sum(weights, make)))
    if at.two_ended.isdisjoint(names):
        value = _mean(at, [_of(make, name, "contribution") for name in names])
    else:
        for end in ENDS:
            found.append(at.column(f"index: {end}", _mean(at, [_share(at, name, end) for name in names]), role="step"))
        value = ast.Operate("bound", tuple(_of(make, "index", end) for end in ENDS), span=make.span)
    given = _of(make, "index", "given")
    body = make.choice((given, value), otherwise=make.missing("not rated"))
    found.append(at.column("index: unrounded", body))
    rounding = at.section.index
    unrounded = _of(make, "index", "unrounded")
    places, how = (rounding.round, rounding.how) if rounding is not None else (None, None)
    return [*found, at.column("index", rounded(unrounded, places, how, make))]


def _of(make: Build, name: str, part: str) -> Expr:
    return ast.Name(f"{name}: {part}", span=make.span)


def _mean(at: _Level, shares: list[Expr]) -> Expr:
    make, weight = at.make, _of(at.make, "index", "weight")
    mean = divided(_sum(shares, make), make.number(1), weight)
    some = make.compare(weight, ">", at.weighing.nothing(make.span))
    return make.choice((some, mean), otherwise=make.missing("not rated"))


def _share(at: _Level, name: str, end: str) -> Expr:
    """What an indicator adds to one end of the index."""
    make = at.make
    if name not in at.two_ended:
        return _of(make, name, "contribution")
    value = ast.Arithmetic("*", _of(make, name, "weight used"), _of(make, name, end), span=make.span)
    return make.choice((_of(make, name, "included"), value), otherwise=make.number(0))


def _given(at: _Level) -> Expr:
    """Whether there is to be an index: what is rated at all, with what may not be missing, and anything to weigh."""
    make, section = at.make, at.section
    tests: list[Expr] = [] if section.rated_when is None else [make.name(RATED_WHEN)]
    names = at.weighing.names or tuple(one.name for one in section.indicators)
    if section.missing.then == NOT_RATED:
        for name in names:
            present = make.compare(_of(make, name, "status"), "!=", make.text(NOT_RATED))
            if section.missing.chart is not None and at.weighing.names:
                fits = make.compare(ast.Name(CHART_LINE, span=make.span), ">", make.number(0))
                present = make.any_of(fits, present)
            tests.append(present)
    if at.weighing.names:
        nothing = at.weighing.nothing(make.span)
        tests.append(make.compare(_of(make, "index", "weight"), ">", nothing))
    return make.all_of(*tests) if tests else make.truth(True)


# -- the rating ---------------------------------------------------------------------------------------------------


def _ratings(at: _Level) -> list[Pending]:
    make, section = at.make, at.section
    named = [*(one.name for one in section.ratings), *(one.rating.text for one in section.overrides), NOT_RATED]
    kind = Type("enum", name="rating", values=tuple(dict.fromkeys(named)), nullable=True)
    found = []
    for one in section.overrides:
        path = f"overrides.{one.name}"
        column = at.column(f"override: {one.name}", one.when, path, "test", title=one.title, cite=one.cite)
        found.append(replace(column, because=one.because, span=one.span, excuse=_excuse(at, one.when)))
    if section.overrides:
        which = Type("enum", name="override", values=(*(one.name for one in section.overrides), NONE), nullable=True)
        first = make.choice(
            *(
                (make.any_of(_of(make, "override", one.name), make.truth(False)), make.text(one.name))
                for one in section.overrides
            ),
            otherwise=make.text(NONE),
        )
        found.append(at.column("override", first, "overrides", declared=which))
    line = make.choice(
        *((one.when, make.text(one.name)) for one in section.ratings if one.when is not None),
        otherwise=next((make.text(one.name) for one in section.ratings if one.when is None), make.missing("no rating")),
    )
    found.append(at.column("rating line", line, "ratings", declared=kind))
    found.append(at.column("rating", _rating(at), "ratings", declared=kind))
    rating = make.name("rating")
    status = make.choice(
        (make.known(rating, False), make.text("pending")),
        (make.compare(rating, "=", make.text(NOT_RATED)), make.text(NOT_RATED)),
        otherwise=make.text("rated"),
    )
    found.append(at.column("rating: status", status, "ratings", declared=RATING_STATUS))
    return [*found, *_prior(at)]


def _prior(at: _Level) -> list[Pending]:
    """What the row was rated before, by the latest record."""
    make = at.make
    earlier = make.all_of(
        make.compare(make.name("entity"), "=", make.text(at.name)),
        make.compare(make.name("school_year"), "<", ast.Outward(make.name("school_year"), span=make.span)),
    )
    parts = {"rating: prior": "rating", "rating: prior year": "school_year", "index: prior": "index"}
    return [
        at.column(
            name, make.over("last", make.name(part), "prior_ratings", earlier, make.order(make.name("school_year"))),
            "ratings",
        )
        for name, part in parts.items()
    ]  # fmt: skip


def _excuse(at: _Level, when: Expr) -> Expr | None:
    """When an override does not apply: where an indicator that it speaks of is not rated, or does not apply itself."""
    make, spoken_of = at.make, {node.name for node in walk(when) if isinstance(node, ast.Name)}
    out = [make.negated(_of(make, one.name, "included")) for one in at.section.indicators if one.name in spoken_of]
    return make.any_of(*out) if out else None


def _rating(at: _Level) -> Expr:
    make, section = at.make, at.section
    choices: list[tuple[Expr, Expr]] = []
    if section.rated_when is not None:
        choices.append((make.negated(make.name(RATED_WHEN)), make.text(NOT_RATED)))
    choices += [
        (make.compare(make.name("override"), "=", make.text(one.name)), make.text(one.rating.text))
        for one in section.overrides
    ]
    choices.append((make.negated(_of(make, "index", "given")), make.text(NOT_RATED)))
    return make.choice(*choices, otherwise=make.name("rating line"))
