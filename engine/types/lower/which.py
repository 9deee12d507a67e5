"""`which(VALUE over ROWS where FILTER)` in a sentence: the first three names of the rows that surely hold, and how many
there are, as four values that the language has anyhow.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr, Sentence
from ..check_names import renewed
from ..pending import Pending
from .build import Build

WHICH = "which"
NAMED = 3
"""Names that are said; more are counted."""


def with_names(item: Pending) -> Pending:
    """A rule whose sentences say by `which` what made it true."""
    versions = tuple(replace(one, because=_named(one.because)) for one in item.versions)
    return replace(item, because=_named(item.because), versions=versions)


def _named(sentence: Sentence | None) -> Sentence | None:
    if sentence is None:
        return None
    parts = tuple(
        _values(part) if isinstance(part, ast.Aggregate) and part.function == WHICH else part for part in sentence.parts
    )
    return replace(sentence, parts=parts)


def _values(expr: ast.Aggregate) -> Expr:
    make, value = Build(expr.span), expr.what
    assert value is not None
    holds = make.known(value)
    if expr.rows.where is not None:
        holds = make.all_of(make.or_else(expr.rows.where, make.truth(False)), holds)

    def over(function: str, where: Expr, by: ast.Order | None = None) -> Expr:
        rows = replace(expr.rows, where=where)
        found: Expr = renewed(ast.Aggregate(function, rows, value, by, span=expr.span))
        return found

    names: list[Expr] = []
    for _ in range(NAMED):
        later = [make.compare(value, ">", ast.Outward(names[-1], span=expr.span))] if names else []
        names.append(over("first", make.all_of(holds, *later), make.order(value)))
    return ast.Call(WHICH, (*names, over("count_distinct", holds)), span=expr.span)
