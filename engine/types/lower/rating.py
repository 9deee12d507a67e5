"""The rating of a level: the first line that holds, under the gates that hold; overrides before it.

On each level stand `rated when` where the policy says what is rated at all; `override: NAME` for each override and
`override`, the first that holds; `rating line`, the first line that holds, `gated line`, the best line that gates
leave, and `gate`, the first that lowered it; `rating` and `rating: status`; `rating: prior`, `rating: prior year` and
`index: prior`, the latest on record before the school year of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from ...syntax import expr as ast
from ...syntax.accountability import Accountability, Override
from ...syntax.expr import Expr
from ...syntax.weight_table import NOT_RATED
from ..datatypes import Type
from ..pending import Pending, dated, lowered
from .build import Build
from .cut_scores import with_cut_scores
from .ground import Ground
from .index import RATED_WHEN
from .spoken import holds

NONE = "none"
GATED = "gated line"
RATING_STATUS = Type("enum", name="rating_status", values=("rated", "not_rated", "pending"))


@dataclass(frozen=True, slots=True)
class _Level:
    """Where the columns of the rating stand."""

    ground: Ground

    @property
    def section(self) -> Accountability:
        return self.ground.section

    @property
    def name(self) -> str:
        return self.ground.level

    @property
    def make(self) -> Build:
        return Build(self.section.span)

    def column(self, name: str, body: Expr, path: str, slot: str = "value", **more: object) -> Pending:
        made = lowered(f"accountability.{path}", self.name, name, body, self.section.span, **{"role": "rating", **more})
        return replace(made, slot=slot)

    def on(self, day: Date) -> _Level:
        """The same with the lines alone that are in force on a day."""
        ratings = tuple(one for one in self.section.ratings if one.holds(day))
        return _Level(replace(self.ground, section=replace(self.section, ratings=ratings)))

    def test(self, test: Expr) -> Expr:
        """A test of the author, with the cut scores that it names."""
        return with_cut_scores(test, self.section)


def rating_columns(ground: Ground) -> list[Pending]:
    """The columns of the rating on a level. `ground` is that of everyone."""
    at, section = _Level(ground), ground.section
    found = []
    if section.rated_when is not None:
        found.append(at.column(RATED_WHEN, section.rated_when, "rated_when", "test"))
    return [*found, *_ratings(at)] if section.ratings else found


def _ratings(at: _Level) -> list[Pending]:
    make, section = at.make, at.section
    given = [one for one in section.overrides if not one.gate]
    gates = [one for one in section.overrides if one.gate]
    named = [*(one.name for one in section.ratings), *(one.rating.text for one in given), NOT_RATED]
    kind = Type("enum", name="rating", values=tuple(dict.fromkeys(named)), nullable=True)
    found = [_test(at, one) for one in section.overrides]
    if given:
        first = make.choice(*((_applies(at, one), make.text(one.name)) for one in given), otherwise=make.text(NONE))
        found.append(at.column("override", first, "overrides", declared=_which(given)))
    days = sorted({day for one in section.ratings for day in (one.starts, one.ends) if day is not None})
    found += _of_lines(at, gates, (None, *days), kind)
    found.append(at.column("rating", _rating(at, given, GATED if gates else "rating line"), "ratings", declared=kind))
    rating = make.name("rating")
    status = make.choice(
        (make.known(rating, False), make.text("pending")),
        (make.compare(rating, "=", make.text(NOT_RATED)), make.text(NOT_RATED)),
        otherwise=make.text("rated"),
    )
    found.append(at.column("rating: status", status, "ratings", declared=RATING_STATUS))
    return [*found, *_prior(at)]


def _of_lines(at: _Level, gates: list[Override], days: Sequence[Date | None], kind: Type) -> list[Pending]:
    """The columns that the lines make, from each of the days on of those that are in force then."""
    make, nothing = at.make, at.make.missing("no rating")
    bodies: dict[str, list[tuple[Date | None, Expr]]] = {}
    for day in days:
        now = at.on(day or Date.min)
        ratings = now.section.ratings
        tests = [(at.ground.without_unrated(at.test(one.when)), one.name) for one in ratings if one.when is not None]
        lines = [(holds(test), name) for test, name in tests]
        rest = next((make.text(one.name) for one in ratings if one.when is None), nothing)
        empty = [make.negated(test.applies) for test, _ in tests if test.applies is not None]
        if empty:  # a line of which nothing is left is not false, so what is for all others is not reached
            rest = make.choice((make.any_of(*empty), make.text(NOT_RATED)), otherwise=rest)
        line = make.choice(*((test, make.text(name)) for test, name in lines), otherwise=rest)
        bodies.setdefault("rating line", []).append((day, line))
        if gates:
            bodies.setdefault(GATED, []).append((day, make.choice(*_gated(now, lines, gates), otherwise=rest)))
            lowered_by = [
                (make.all_of(_applies(at, one), _above(now, one, lines)), make.text(one.name)) for one in gates
            ]
            gate = make.choice(*lowered_by, otherwise=make.text(NONE))
            bodies.setdefault("gate", []).append((day, gate))
    found = []
    for name, by_day in bodies.items():
        path, declared = ("overrides", _which(gates)) if name == "gate" else ("ratings", kind)
        found.append(dated(at.column(name, by_day[0][1], path, declared=declared), by_day))
    return found


def _rating(at: _Level, given: Sequence[Override], line: str) -> Expr:
    make, section = at.make, at.section
    choices: list[tuple[Expr, Expr]] = []
    if section.rated_when is not None:
        choices.append((make.negated(make.name(RATED_WHEN)), make.text(NOT_RATED)))
    choices += [
        (make.compare(make.name("override"), "=", make.text(one.name)), make.text(one.rating.text)) for one in given
    ]
    choices.append((make.negated(ast.Name("index: given", span=make.span)), make.text(NOT_RATED)))
    return make.choice(*choices, otherwise=ast.Name(line, span=make.span))


# -- overrides and gates ----------------------------------------------------------------------------------------------


def _test(at: _Level, one: Override) -> Pending:
    """Whether an override holds. It does not apply where nothing is left of its test but what is not rated."""
    make, found = at.make, at.ground.without_unrated(at.test(one.when))
    path = f"overrides.{one.name}"
    column = at.column(f"override: {one.name}", found.test, path, "test", title=one.title, cite=one.cite)
    excuse = None if found.applies is None else make.negated(found.applies)
    versions = tuple(replace(body, starts=one.starts, ends=one.ends) for body in column.versions)
    lapses = one.starts is not None or one.ends is not None
    return replace(column, because=one.because, span=one.span, excuse=excuse, versions=versions, lapses=lapses)


def _applies(at: _Level, one: Override) -> Expr:
    """Whether an override holds, false where it does not apply."""
    return at.make.any_of(ast.Name(f"override: {one.name}", span=one.span), at.make.truth(False))


def _which(overrides: Sequence[Override]) -> Type:
    return Type("enum", name="override", values=(*(one.name for one in overrides), NONE), nullable=True)


def _place(at: _Level, rating: str) -> int:
    """The place of a rating among the lines, 0 for the best; behind all for one that no line gives."""
    names = [one.name for one in at.section.ratings]
    return names.index(rating) if rating in names else len(names)


def _gated(at: _Level, lines: list[tuple[Expr, str]], gates: list[Override]) -> list[tuple[Expr, Expr]]:
    """The lines under the gates: a line holds where it or a better one does, and no gate forbids it. So a gate settles
    what an index between two ends leaves open above it.
    """
    make = at.make
    found = []
    for place, (_, name) in enumerate(lines):
        better = make.any_of(*(test for test, _ in lines[: place + 1]))
        closed = [make.negated(_applies(at, one)) for one in gates if _place(at, one.rating.text) > place]
        found.append((make.all_of(better, *closed), make.text(name)))
    return found


def _above(at: _Level, one: Override, lines: list[tuple[Expr, str]]) -> Expr:
    """Whether the line of the index is above what a gate allows."""
    above = [test for test, name in lines if _place(at, name) < _place(at, one.rating.text)]
    return at.make.any_of(*above) if above else at.make.truth(False)


# -- before -----------------------------------------------------------------------------------------------------------


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
