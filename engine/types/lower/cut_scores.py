"""Cut scores as computed columns: worked out by shares in one school year, on record in every other.

On the rows of a level stand `index: rows below` (how many of its scale have a lower index), with `by` the `scale`, and
`cut score: A` for each rating that has one. For each level and scale `state` has `cut score: SCALE rows` (how many
rows have an index), `cut score: SCALE, rows to A` (how many the shares down to A take in), and of each rating
`cut score: SCALE, A computed`, `… A on record` and `… A`; with a `raise` also `cut score: SCALE, rated before` and
`… reached before`, the rows that were rated the year before and those of them that count for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.accountability import Accountability
from ...syntax.cut_scores import CutScores, Raise
from ...syntax.expr import Expr
from ...syntax.walk import Node, transform
from ..datatypes import Type
from ..pending import Pending, lowered
from .build import Build
from .ground import INDEX
from .indicator import exactly_known
from .score import rounded

FUNCTION = "cut_score"
ROWS_BELOW = "index: rows below"
SCALE = "scale"
ALL = "all"
"""How a record names the scale of a policy that has but one."""
DECIMALS = 9


def of_rating(rating: str) -> str:
    """The column of a level that holds the cut score of a rating."""
    return f"cut score: {rating}"


def on_state(level: str, scale: str, part: str) -> str:
    """A column of `state` about the cut scores of a scale of a level."""
    named = level if scale == ALL else f"{level} {scale}"
    return f"cut score: {named}, {part}"


def rating_named(call: ast.Call) -> str:
    """The rating whose cut score is asked for: a bare word, a number such as 4.5, or a text; empty for anything
    else.
    """
    one = call.arguments[0] if len(call.arguments) == 1 else None
    match one:
        case ast.Name(name=name):
            return name
        case ast.Text(value=text):
            return text
        case ast.Number(value=number):
            return str(number)
    return ""


def with_cut_scores(test: Expr, section: Accountability) -> Expr:
    """`test` in which `cut_score(A)` is the column that holds it."""
    cuts = section.cut_scores
    names = {word.text for word, _ in cuts.shares} if cuts is not None else set()

    def change(node: Node) -> Node:
        if isinstance(node, ast.Call) and node.function == FUNCTION:
            name = rating_named(node)
            return ast.Name(of_rating(name), span=node.span) if name in names else ast.Invalid(span=node.span)
        return node

    return transform(test, change)


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The cut scores of one level. `scales` are the values of what tells them apart, or `all`."""

    section: Accountability
    cuts: CutScores
    level: str
    rows: str
    scales: tuple[str, ...]

    @property
    def make(self) -> Build:
        return Build(self.cuts.span)

    @property
    def by(self) -> Expr | None:
        """What tells the scales apart."""
        return self.cuts.scale_of(self.level)

    def state(self, scale: str, part: str) -> Expr:
        """A column of `state`, as anything reads it."""
        return ast.Member(self.make.name("state"), on_state(self.level, scale, part), span=self.cuts.span)

    def column(self, entity: str, name: str, body: Expr, slot: str = "value", **more: object) -> Pending:
        made = lowered("accountability.cut_scores", entity, name, body, self.cuts.span, role="rating", **more)
        return replace(made, slot=slot)


def cut_score_columns(section: Accountability, level: str, rows: str, scales: Sequence[str]) -> list[Pending]:
    """The columns of the cut scores of a level. `scales` are the values of the column that tells scales apart; none
    where there is one scale for all.
    """
    cuts = section.cut_scores
    if cuts is None:
        return []
    at = _Cuts(section, cuts, level, rows, tuple(scales) or (ALL,))
    make = at.make
    if level == "state":  # one row has no shares
        none = make.choice((make.truth(False), make.number(0)), otherwise=make.missing("no shares of one row"))
        return [at.column(level, of_rating(word.text), none) for word, _ in cuts.shares]
    found = []
    if at.by is not None:
        found.append(at.column(level, SCALE, at.by))
    rank = ast.Among("rank", None, make.order(make.name(INDEX)), _within(at), _given(at), span=cuts.span)
    below = ast.Arithmetic("-", rank, make.number(1), span=cuts.span)
    found.append(at.column(level, ROWS_BELOW, below))
    for word, _ in cuts.shares:
        of_scale = [
            (make.compare(make.name(SCALE), "=", make.text(one)), at.state(one, word.text)) for one in at.scales
        ]
        body = of_scale[0][1] if at.by is None else make.choice(*of_scale, otherwise=make.missing("no scale"))
        found.append(at.column(level, of_rating(word.text), body))
    for scale in at.scales:
        found += _of_scale(at, scale)
    return found


def _within(at: _Cuts) -> tuple[Expr, ...]:
    return (at.make.name(SCALE),) if at.by is not None else ()


def _given(at: _Cuts) -> Expr:
    return ast.Name("index: given", span=at.cuts.span)


def _rows(at: _Cuts, scale: str, *more: Expr) -> Expr:
    """The tests of a row of a scale that has an index."""
    make = at.make
    of = [make.compare(make.name(SCALE), "=", make.text(scale))] if at.by is not None else []
    return make.all_of(_given(at), *of, *more)


def _of_scale(at: _Cuts, scale: str) -> list[Pending]:
    """The columns of one scale on `state`."""
    make, cuts = at.make, at.cuts
    known = ast.Aggregate(
        "all", ast.Rows(make.name(at.rows), _rows(at, scale), span=cuts.span), exactly_known(make.name(INDEX), make),
        span=cuts.span,
    )  # fmt: skip
    count = make.over("count", None, at.rows, _rows(at, scale))
    rows = make.choice((known, count), otherwise=make.missing("an index is not known"))
    found = [at.column("state", on_state(at.level, scale, "rows"), rows)]
    if cuts.rising is not None:
        found += _before(at, scale, cuts.rising)
    taken: Expr = make.number(0)
    for word, share in cuts.shares:
        name, number = word.text, at.state(scale, "rows")
        at_or_above = ast.Arithmetic("-", number, ast.Name(ROWS_BELOW, span=cuts.span), span=cuts.span)
        of_share = ast.Arithmetic("-", at_or_above, taken, span=cuts.span)
        most = ast.Arithmetic("*", share, number, span=cuts.span)
        within = _rows(at, scale, make.compare(of_share, "<=", most))
        computed = make.over("min", make.name(INDEX), at.rows, within)
        down_to = make.over("count", None, at.rows, within)
        parts = {
            f"rows to {name}": down_to,
            f"{name} computed": computed,
            f"{name} on record": _on_record(at, scale, name),
        }
        found += [at.column("state", on_state(at.level, scale, part), body) for part, body in parts.items()]
        first = ast.YearOf("school_year", ast.DateLiteral(cuts.computed_from, span=cuts.span), span=cuts.span)
        now = make.compare(make.name("school_year"), "=", first)
        held = _raised(at, scale, name)
        cut = make.choice((now, _own(at, scale, f"{name} computed")), otherwise=held)
        found.append(at.column("state", on_state(at.level, scale, name), cut))
        taken = at.state(scale, f"rows to {name}")
    return found


def _own(at: _Cuts, scale: str, part: str) -> Expr:
    """A column of `state`, as `state` reads it."""
    return ast.Name(on_state(at.level, scale, part), span=at.cuts.span)


# -- on record --------------------------------------------------------------------------------------------------------


def _earlier(at: _Cuts, years: int) -> Expr:
    """The school year of the run, or one so many years before it, as read from inside a table."""
    year = ast.Outward(at.make.name("school_year"), span=at.cuts.span)
    if not years:
        return year
    return ast.Arithmetic("-", year, ast.Duration(years, "year", span=at.cuts.span), span=at.cuts.span)


def _on_record(at: _Cuts, scale: str, rating: str) -> Expr:
    """The latest cut score on record; of the year before, where it may have to rise from that."""
    make = at.make
    year = make.name("school_year")
    of = (
        make.compare(make.name("entity"), "=", make.text(at.level)),
        make.compare(make.name("scale"), "=", make.text(scale)),
        make.compare(make.name("rating"), "=", make.text(rating)),
    )
    cut = make.name("cut_score")
    latest = make.all_of(*of, make.compare(year, "<", _earlier(at, 0)))
    last = make.over("last", cut, "prior_cut_scores", latest, make.order(year))
    if at.cuts.rising is None:
        return last
    before = make.over("the", cut, "prior_cut_scores", make.all_of(*of, make.compare(year, "=", _earlier(at, 1))))
    begun = _may_rise(at, at.cuts.rising)
    return before if begun is None else make.choice((begun, before), otherwise=last)


def _may_rise(at: _Cuts, rising: Raise) -> Expr | None:
    """Whether cut scores may rise in the year of the run; nothing where they always may."""
    if rising.starts is None:
        return None
    first = ast.YearOf("school_year", ast.DateLiteral(rising.starts, span=rising.span), span=rising.span)
    return at.make.compare(at.make.name("school_year"), ">=", first)


def _before(at: _Cuts, scale: str, rising: Raise) -> list[Pending]:
    """How many rows of a scale were rated the year before, and how many of them count for the raise."""
    make = at.make
    of = [
        make.compare(make.name("entity"), "=", make.text(at.level)),
        make.compare(make.name("school_year"), "=", _earlier(at, 1)),
    ]
    if at.by is not None:
        of.append(make.compare(make.name("scale"), "=", make.text(scale)))
    names = {
        "rated before": [one.name for one in at.section.ratings],
        "reached before": [one.text for one in rising.of],
    }
    found = []
    for part, ratings in names.items():
        among = ast.In(make.name("rating"), tuple(map(make.text, ratings)), span=rising.span)
        count = make.over("count", None, "prior_ratings", make.all_of(*of, among))
        found.append(at.column("state", on_state(at.level, scale, part), count))
    return found


def _raised(at: _Cuts, scale: str, rating: str) -> Expr:
    """The cut score on record, raised where so many were rated well the year before."""
    make, rising = at.make, at.cuts.rising
    recorded = _own(at, scale, f"{rating} on record")
    if rising is None:
        return recorded
    rated, reached = _own(at, scale, "rated before"), _own(at, scale, "reached before")
    needed = ast.Arithmetic("*", rising.when_share, rated, span=rising.span)
    more = ast.Arithmetic("*", rising.by, recorded, span=rising.span)
    risen = rounded(make.plus(recorded, more), DECIMALS if rising.round is None else rising.round, None, make)
    end = next((value for word, value in rising.until if word.text == rating), None)
    if end is not None:
        risen = ast.Call("min", (risen, end), span=rising.span)
    some = make.compare(rated, ">", make.number(0))
    body = make.choice((make.compare(reached, ">=", needed), risen), otherwise=recorded)
    body = make.choice((some, body), otherwise=make.missing("no ratings of the year before"))
    if end is not None:
        body = make.choice((make.compare(recorded, ">=", end), recorded), otherwise=body)
    begun = _may_rise(at, rising)
    return body if begun is None else make.choice((begun, body), otherwise=recorded)


def scales_of(found: Type | None) -> tuple[str, ...] | None:
    """The scales that a column tells apart; none without such a column, nothing where it has no values of its own."""
    if found is None:
        return ()
    return found.values if found.kind == "enum" else None
