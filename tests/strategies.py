"""Hypothesis strategies for trees that the parser can make: well-formed, but of no type in particular."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal

from hypothesis import strategies as st

from engine.syntax.expr import (
    Aggregate,
    Among,
    And,
    Arithmetic,
    AsOf,
    Between,
    Call,
    Comparison,
    DateLiteral,
    DayOf,
    Duration,
    Expr,
    If,
    In,
    IsKnown,
    Member,
    Missing,
    Money,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Order,
    OrderKey,
    OrElse,
    PartOf,
    Percent,
    Reachable,
    Rows,
    Sentence,
    Text,
    Truth,
    YearOf,
)

# Some names are words that the language uses in one place only, and are free everywhere else.
names = st.sampled_from(
    (
        "a",
        "b",
        "wage_floor",
        "x9",
        "_",
        "class",
        "school_year",
        "first",
        "day",
        "years",
        "FY2027",
        "itself",
        "this",
        "A",
    )
)
per = st.sampled_from(("", "", "hour", "year", "credit_hour"))
digits = st.decimals(min_value=0, max_value=Decimal("99999999.9999"), places=4, allow_nan=False) | st.integers(
    min_value=0, max_value=10**20
).map(Decimal)

literals: st.SearchStrategy[Expr] = st.one_of(
    digits.map(Number),
    digits.map(Percent),
    st.builds(Money, digits, per),
    st.builds(Duration, st.integers(0, 9999), st.sampled_from(("year", "month", "week", "day"))),
    st.dates(min_value=Date(1000, 1, 1)).map(DateLiteral),
    st.text(max_size=8).map(Text),
    st.booleans().map(Truth),
    st.just(Missing()),
)
leaves: st.SearchStrategy[Expr] = st.one_of(names.map(Name), names.map(Name), literals)


def _not_missing(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    # a comparison with `missing` is a mistake that the parser reports
    return inner.filter(lambda node: not isinstance(node, Missing))


def orders_of(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Order]:
    """Orders of one or two keys."""
    keys = st.lists(st.builds(OrderKey, inner, st.booleans()), min_size=1, max_size=2)
    return keys.map(lambda found: Order(tuple(found)))


def rows_of(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Rows]:
    """Sets of rows, with and without filter and `top`."""
    paths: st.SearchStrategy[Expr] = st.one_of(
        names.map(Name), st.builds(Member, names.map(Name), names), st.builds(Reachable, names, st.booleans())
    )
    where = st.none() | inner
    return st.builds(Rows, paths, where) | st.builds(Rows, paths, where, st.integers(1, 50), orders_of(inner))


def _aggregates(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    rows = rows_of(inner)
    plain = st.sampled_from(
        ("any", "all", "share", "sum", "mean", "median", "stdev_sample", "stdev_population", "min", "max",
         "count_distinct", "the")
    )  # fmt: skip
    option = st.sampled_from(("", "nearest_rank"))
    return st.one_of(
        st.builds(Aggregate, plain, rows, inner),
        st.builds(Aggregate, st.sampled_from(("any", "count")), rows),
        st.builds(Aggregate, st.just("weighted_mean"), rows, inner, weight=inner),
        st.builds(Aggregate, st.sampled_from(("first", "last")), rows, inner, orders_of(inner)),
        st.builds(Aggregate, st.just("percentile"), rows, inner, level=inner, option=option),
    )


def _among(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    within = st.lists(inner, max_size=2).map(tuple)
    some = st.lists(inner, min_size=1, max_size=2).map(tuple)
    where = st.none() | inner
    return st.one_of(
        st.builds(Among, st.just("rank"), st.none(), orders_of(inner), within, where),
        st.builds(Among, st.just("running_sum"), inner, orders_of(inner), within, where),
        st.builds(Among, st.just("share_of"), inner, st.none(), some, where),
    )


def _branches(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    known = _not_missing(inner)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    options = st.lists(known, min_size=1, max_size=3).map(tuple)
    functions = st.sampled_from(("round", "clamp", "listed", "min", "max", "day"))
    return st.one_of(
        st.builds(Member, inner, names),
        st.builds(Negate, inner),
        st.builds(Arithmetic, st.sampled_from(("+", "-", "*", "/")), inner, inner),
        st.builds(PartOf, inner, inner),
        st.builds(Comparison, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), known, known),
        st.builds(Between, inner, inner, inner, st.booleans()),
        st.builds(In, inner, options, st.booleans()),
        st.builds(IsKnown, inner, st.booleans()),
        st.builds(Not, inner),
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(OrElse, inner, inner),
        st.builds(If, inner, inner, inner),
        st.builds(Call, functions, several),
        st.builds(Call, st.just("now"), st.just(())),
        st.builds(AsOf, inner, inner),
        st.builds(YearOf, st.sampled_from(("school_year", "fiscal_year", "class")), inner),
        st.builds(DayOf, st.integers(1, 28), st.integers(1, 12), inner),
        st.builds(DayOf, st.sampled_from((1, 31)), st.just(0), inner),
        _aggregates(inner),
        _among(inner),
    )


exprs: st.SearchStrategy[Expr] = st.recursive(leaves, _branches, max_leaves=12)
rows: st.SearchStrategy[Rows] = rows_of(exprs)
orders: st.SearchStrategy[Order] = orders_of(exprs)


def _joined(parts: list[str | Expr]) -> Sentence:
    """A sentence as it is read: no empty prose, and no prose beside prose."""
    merged: list[str | Expr] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return Sentence(tuple(merged))


sentences: st.SearchStrategy[Sentence] = st.lists(
    st.text(alphabet=st.sampled_from("ab {}%\"'ü"), max_size=6) | exprs, max_size=4
).map(_joined)
