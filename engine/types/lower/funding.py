"""The sections `appropriations` and `funding` as computed columns: the lines with what they draw on, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Appropriation
from ...syntax.policy import Policy
from ..line_types import LineTypes
from ..pending import Pending, lowered
from ..world import EntityInfo, Relation, World
from .build import Build
from .claims import claim_columns
from .counting import add_other_claims
from .line import Line, LineCheck
from .payments import FUND, payment_columns, pending_count
from .totals import lower_totals

NONE: Mapping[str, str] = MappingProxyType({})


def lines_of(
    policy: Policy,
    world: World,
    payees: Mapping[str, str],
    types: LineTypes | None = None,
    excluded: Mapping[str, str] = NONE,
) -> list[Line]:
    """The lines that can be lowered: those whose claims and payees are entities, without limits of a quantity that
    is not there. `payees` gives the entity of each, `types` what is known of its years and stages, `excluded`
    the entity for which other lines exclude it.
    """
    found = []
    funds = {item.name: item for item in policy.appropriations}
    for item in policy.funding:
        claims, payee = world.entities.get(item.claim.text), world.entities.get(payees.get(item.name, ""))
        if claims is None or payee is None or len(payee.key) != 1:
            continue
        fund = funds.get(item.draws_on.text) if item.draws_on is not None else None
        draw = next((one for one in fund.pay_in_order if one.name == item.name), None) if fund else None
        limits = tuple(limit for limit in item.limits if not limit.of_quantity or item.quantity is not None)
        found.append(
            Line(
                replace(item, limits=limits) if limits != item.limits else item,
                payee.name,
                payee.rows_name,
                payee.key[0],
                claims.rows_name,
                policy.fiscal_year,
                fund,
                draw,
                policy.parameters,
                types.year_kinds.get(item.name, "") if types else "",
                excluded.get(item.name, ""),
                types.stage_years(item) if types else {},
                types.shares(item) if types else frozenset(),
                _checks(policy, claims),
            )
        )
    return found


def _checks(policy: Policy, claims: EntityInfo) -> tuple[LineCheck, ...]:
    """The record checks of an entity, or of the tables of a union."""
    return tuple(
        LineCheck(one, one.entity.text if one.entity.text != claims.name else "")
        for one in policy.record_checks
        if one.entity.text in (claims.name, *claims.members)
    )


def add_claims(world: World, lines: Sequence[Line]) -> World:
    """`world` in which a payee of each line reaches the claims that name it, and what was paid before; and whoever has
    a claim those on the lines that exclude it.
    """
    entities: dict[str, EntityInfo] = dict(world.entities)
    for line in lines:
        info = entities[line.payee]
        by = ((line.payee_key, ast.Name(line.name("payee"), span=line.item.span)),)
        claims = Relation(line.name("claims"), line.item.claim.text, many=True, by=by, span=line.item.span)
        relations = {**info.relations, claims.name: claims}
        records = entities.get("prior_payment")
        if records is not None and records.rows_name not in relations:
            mine = (("subject", line.payee_key),)
            relations[records.rows_name] = Relation(
                records.rows_name, records.name, many=True, match=mine, complete=records.complete
            )
        entities[line.payee] = replace(info, relations=relations)
    add_other_claims(entities, lines)
    return replace(world, entities=entities)


def lower_funding(policy: Policy, lines: Sequence[Line]) -> list[Pending]:
    """All columns of appropriations and lines."""
    found: list[Pending] = []
    for fund in policy.appropriations:
        drawing = [line for line in lines if line.fund is fund]
        order = [one.name for one in fund.pay_in_order]
        drawing.sort(key=lambda line: order.index(line.item.name) if line.item.name in order else len(order))
        found += _fund_columns(policy, fund, drawing)
    for line in lines:
        found += claim_columns(line)
        found += payment_columns(line)
        found.append(pending_count(line))
    return found + lower_totals(policy.totals, lines)


def _fund_columns(policy: Policy, fund: Appropriation, drawing: list[Line]) -> list[Pending]:
    """What is set aside, what each line finds when its turn comes, and what is left at the end."""
    make, found = Build(fund.span), []
    amount: Expr = make.name(fund.name)
    ratios = {item.name for item in policy.parameters if item.unit is not None and item.unit.text == "ratio"}

    def column(part: str, body: Expr, path: str = "") -> Expr:
        origin = f"appropriations.{fund.name}" + (f".{path}" if path else "")
        found.append(lowered(origin, "state", f"{fund.name}: {part}", body, fund.span, role=FUND))
        return make.name(f"{fund.name}: {part}")

    left = amount
    for one in fund.set_aside:
        share = isinstance(one.amount, ast.Percent) or (isinstance(one.amount, ast.Name) and one.amount.name in ratios)
        whole = ast.PartOf(one.amount, amount, span=one.span) if share else one.amount
        body = ast.Call("round", (whole, make.number(2)), span=one.span)
        taken = column(f"set aside {one.name}", body, f"set_aside.{one.name}")
        left = ast.Arithmetic("-", left, taken, span=one.span)
    nothing = ast.Money(Decimal(0), span=fund.span)
    left = column("available", ast.Call("max", (nothing, left), span=fund.span))
    kept: list[Expr] = []
    for line in drawing:
        path = f"funding.{line.item.name}"
        found.append(lowered(path, "state", line.name("available"), left, line.item.span, role=FUND))
        available = make.name(line.name("available"))
        left = available
        for part in ("paid", "reserved"):
            left = ast.Arithmetic("-", left, make.name(line.name(part)), span=line.item.span)
        if line.keeps_coins:
            short = make.compare(make.name(line.name("entitlements")), ">", available)
            over = left
            if line.item.subtracts:  # what was taken off is no coin
                over = ast.Arithmetic("-", left, make.name(line.name("taken off")), span=line.item.span)
            coins = make.choice((short, over), otherwise=nothing)
            found.append(lowered(path, "state", line.name("stays"), coins, line.item.span, role=FUND))
            kept.append(make.name(line.name("stays")))
            left = ast.Arithmetic("-", left, kept[-1], span=line.item.span)
        # from nothing to what there was: from that follow the digits of the next line
        left = ast.Call("max", (nothing, ast.Call("min", (available, left), span=fund.span)), span=fund.span)
    for one_kept in kept:
        left = ast.Arithmetic("+", left, one_kept, span=fund.span)
    column("unspent", left)
    return found
