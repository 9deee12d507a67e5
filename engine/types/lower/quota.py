"""Quotas of a priority list: how many candidates of each group it takes, as computed columns.

A quota is a group of the listed rows under its own name, with a row for each sector, region or whatever they agree in,
and a tie from each listed row to its group. On the group stand `ranked_rows` and `cut_score`. Quotas are taken in the
order written: who is beyond one takes no place in the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.policy import DerivedEntity, Policy, PriorityList, Quota, Relation, Word
from ..datatypes import TRUTH, Type
from ..pending import Pending, lowered
from .build import Build

WITHIN_ALL = "none"
"""What `list_quota` holds of a row that is beyond no quota."""


def with_quotas(policy: Policy) -> Policy:
    """The policy with a group and a tie to it for each quota of its list (once, however often it is checked)."""
    listed = policy.priority_list
    if listed is None or not listed.quotas:
        return policy
    groups = [
        DerivedEntity(name=quota.name, span=quota.span, title=quota.title, group=listed.entity, by=tuple(keys(quota)))
        for quota in listed.quotas
    ]
    ties = [
        Relation(
            name=quota.name, span=quota.span, entity=listed.entity, to=Word(text=quota.name, span=quota.span),
            where=tuple(keys(quota)),
        )
        for quota in listed.quotas
    ]  # fmt: skip
    return replace(
        policy,
        entities=(*(one for one in policy.entities if one not in groups), *groups),
        relations=(*(one for one in policy.relations if one not in ties), *ties),
    )


def keys(quota: Quota) -> list[tuple[Word, Expr]]:
    """What the groups of a quota differ by: the last name of each walk, or all of it where that would stand twice."""
    short = [word.text.rpartition(".")[2] for word in quota.within]
    named = [
        last if short.count(last) == 1 else word.text.replace(".", "_")
        for last, word in zip(short, quota.within, strict=True)
    ]
    return [
        (Word(text=name, span=word.span), Build(word.span).name(word.text))
        for name, word in zip(named, quota.within, strict=True)
    ]


def limited(item: PriorityList, quota: Quota | None = None) -> tuple[Expr, Expr] | None:
    """The limit of the list, or of one of its quotas, and whether there is none after all. Before its first value
    there is
    a limit, and nobody knows which. Nothing where the list has no limit.
    """
    limit, since = (item.limit, item.limit_since) if quota is None else (quota.limit, quota.limit_since)
    if limit is None:
        return None
    make = Build(item.span)
    absent = make.known(limit, False)
    if since is not None:
        day = ast.DateLiteral(since, span=item.span)
        absent = make.all_of(make.compare(make.name("as_of"), ">=", day), absent)
    return limit, absent


def quota_columns(
    item: PriorityList, rows_name: str, candidate: Expr, order: ast.Order, column: Callable[..., Pending]
) -> tuple[list[Pending], Expr]:
    """The columns of all quotas, and which rows are left to be ranked for the limit of the list.

    `column` makes a column of the listed rows.
    """
    make, found = Build(item.span), []
    for quota in item.quotas:
        found += _columns(item, quota, rows_name, candidate, order, column)
        candidate = make.all_of(candidate, make.name(f"{quota.name}: within"))
    if item.quotas:
        names = Type("enum", name="list_quota", values=(*(quota.name for quota in item.quotas), WITHIN_ALL))
        beyond = [(make.negated(make.name(f"{quota.name}: within")), make.text(quota.name)) for quota in item.quotas]
        off = make.negated(make.or_else(make.name("qualifies"), make.truth(False)))
        body = make.choice((off, make.text(WITHIN_ALL)), *beyond, otherwise=make.text(WITHIN_ALL))
        found.append(column("list_quota", body, names.maybe()))
    return found, candidate


def _columns(
    item: PriorityList, quota: Quota, rows_name: str, candidate: Expr, order: ast.Order, column: Callable[..., Pending]
) -> list[Pending]:
    make, path = Build(quota.span), f"priority_list.quotas.{quota.name}"
    within = tuple(value for _, value in keys(quota))
    place, inside = make.name(f"{quota.name}: place"), f"{quota.name}: within"

    def own(name: str, body: Expr, declared: Type | None = None) -> Pending:
        return replace(column(name, body, declared), path=path)

    def of_group(name: str, body: Expr) -> Pending:
        return lowered(path, quota.name, name, body, quota.span)

    found = [own(f"{quota.name}: place", make.rank(order, candidate, within))]
    if item.on_tie_at_limit == "leave_off":
        from_below = f"{quota.name}: place from below"
        found.append(own(from_below, make.rank(reverse(order), candidate, within)))
        ranked = make.name(f"{quota.name}.ranked_rows")
        place = make.plus(ast.Arithmetic("-", ranked, make.name(from_below), span=quota.span), make.number(1))
    has = limited(item, quota)
    assert has is not None
    limit, absent = has
    fits = Build(limit.span).compare(place, "<=", limit)
    unlimited = (absent, make.known(make.name(f"{quota.name}: place")))
    found.append(own(inside, make.choice(unlimited, otherwise=fits), TRUTH.maybe()))
    ranked_rows = make.known(make.name(f"{quota.name}: place"))
    found.append(of_group("ranked_rows", make.over("count", None, rows_name, ranked_rows)))
    taken = make.or_else(make.name(inside), make.truth(False))
    if item.rank_by is None:
        last = make.over("max", make.name(f"{quota.name}: place"), rows_name, taken)
    else:
        score = item.rank_by.keys[0]
        last = make.over("min" if score.descending else "max", score.value, rows_name, taken)
    found.append(of_group("cut_score", last))
    return found


def reverse(order: ast.Order) -> ast.Order:
    """The same order from the other end."""
    return ast.Order(tuple(replace(key, descending=not key.descending) for key in order.keys), span=order.span)
