"""Determinations: the latest decision of people that still counts, as a column of the thing decided on."""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.policy import Determination
from ..datatypes import TRUTH
from ..pending import Pending, lowered
from .build import Build


def lower_determination(item: Determination) -> Pending:
    """True or false as the latest determination says; missing while there is none that counts (none, expired, or
    without
    what it needs). Rows come from the table `determination`.
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
    latest = make.over(
        "last", make.name("decision"), "determinations", make.all_of(*counts), make.order(make.name("decided_on"))
    )
    column = lowered(
        f"determinations.{item.name}", item.entity.text, item.name, latest, item.span,
        role="determination", declared=TRUTH.maybe(), title=item.title, cite=item.cite,
    )  # fmt: skip
    return replace(column, entity_span=item.entity.span)
