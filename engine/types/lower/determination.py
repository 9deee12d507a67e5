"""Determinations: the latest decision of people that still counts, as a column of the thing decided on."""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.policy import Determination
from ..datatypes import TRUTH
from ..pending import Pending, lowered
from .build import Build


def lower_determination(item: Determination) -> Pending:
    """True or false as the latest determination says, with what it found; missing while there is none that counts
    (none, expired, or without what it needs), unless it is deemed approved or denied by then. Rows come from the table
    `determination`.
    """
    make = Build(item.span)
    counts: list[ast.Expr] = [
        make.compare(make.name("name"), "=", make.text(item.name)),
        make.compare(make.name("entity"), "=", make.text(item.entity.text)),
        make.compare(make.name("decided_on"), "<=", make.name("as_of")),
        make.any_of(
            make.known(make.name("expires_on"), False), make.compare(make.name("expires_on"), ">=", make.name("as_of"))
        ),
    ]
    if item.expires is not None:
        end = make.plus(make.name("decided_on"), item.expires)
        counts.append(make.compare(end, ">", make.name("as_of")))
    counts += [
        make.known(ast.Name(need.text, span=need.span))
        for need in item.needs
        if need.text not in ("decided_on", "decision")
    ]
    found = (ast.Name(one.text, span=one.span) for one in item.findings)
    named = (item.granted_when, make.truth(True)) if item.granted_when is not None else (make.name("decision"), *found)
    granted = make.all_of(*named)  # which has each of them checked for being a test
    by_day = make.order(make.name("decided_on"))
    body = make.over("last", granted, "determinations", make.all_of(*counts), by_day)
    if item.deemed is not None and item.deemed.after is not None:
        at = Build(item.deemed.counted_from.span)  # what is no date is marked itself
        decided = make.over("count", None, "determinations", make.all_of(*counts))
        nobody = make.compare(make.or_else(decided, make.number(0)), "=", make.number(0))
        over = make.compare(at.plus(item.deemed.counted_from, item.deemed.after), "<", make.name("as_of"))
        late = make.all_of(nobody, make.or_else(over, make.truth(False)))
        body = make.choice((late, make.truth(item.deemed.approved)), otherwise=body)
    column = lowered(
        f"determinations.{item.name}", item.entity.text, item.name, body, item.span,
        role="determination", declared=TRUTH.maybe(), title=item.title, cite=item.cite,
    )  # fmt: skip
    return replace(column, entity_span=item.entity.span)
