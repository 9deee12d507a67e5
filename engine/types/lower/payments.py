"""Payments of a line as computed columns of the payees, and of the state: the order of steps of `docs/language.md`.

Claim, minimum, maximum and hold harmless, entitlement, share of the appropriation, rounding, what is passed on, split.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ..pending import Pending, in_time
from .build import Build
from .limits import limit_columns
from .line import (
    IF_ALL,
    STEP,
    Line,
    call,
    column,
    dollars,
    has_turn,
    minus,
    money,
    own_names,
    prorated,
    reads_prior_payment,
    rounded,
    times,
)
from .recorded import prior_payment, settlement_columns
from .stages import taken_off_columns

ROLE = "payment"
FUND = "fund"


def payment_columns(line: Line) -> list[Pending]:
    """The columns of the payees, of the state and, back on the claims, of what is paid for each."""
    make, found = Build(line.item.span), []
    if reads_prior_payment(line):
        found.append(prior_payment(line))
    for ending in ("", IF_ALL) if line.reserves else ("",):
        found += [in_time(one, line.item, dollars(make)) for one in _entitlements(line, make, ending)]
    found += _totals(line, make)
    if line.fund is None:
        payment: Expr = make.name(line.name("entitlement"))
    elif line.how == "first_come":
        found += _first_come(line, make)
        payment = _sum_of_claims(line, make, "paid")
    else:
        found += _allocation(line, make)
        payment = _payment(line, make, found)
    if line.item.subtracts:
        off, payment = taken_off_columns(line, payment)
        found += off
    said = {"title": line.item.title, "cite": line.item.cite}
    found.append(column(line, line.payee, "", payment, ROLE, declared=money(), **said))
    found.append(column(line, line.payee, "reserved", _reserved(line, make), ROLE, declared=money()))
    by_rate = line.fund is not None and line.item.rounding.what == "rate"
    if not (line.how == "first_come" or line.item.prorates_first or by_rate):
        found += _back_to_claims(line, make)
    found += _shares(line, make)
    if line.item.settle_up:
        found += settlement_columns(line)
    for part, of in (("paid", line.item.name), ("reserved", line.name("reserved"))):
        found.append(column(line, "state", part, _over_payees(line, make, of), FUND, declared=money()))
    return found


def _over_payees(line: Line, make: Build, name: str) -> Expr:
    return make.over("sum", make.name(name), line.payee_rows, None)


def _sum_of_claims(line: Line, make: Build, part: str) -> Expr:
    return make.over("sum", make.name(line.name(part)), line.name("claims"), None)


# -- what a payee is entitled to --------------------------------------------------------------------------------


def _entitlements(line: Line, make: Build, ending: str) -> list[Pending]:
    """Claim, low end and entitlement of a payee, in the order: maximum, then minimum and hold harmless."""
    item, entity, places = line.item, line.payee, line.item.rounding.places
    claim = make.name(line.name(f"claim{ending}"))
    found = [column(line, entity, f"claim{ending}", _sum_of_claims(line, make, f"claim amount{ending}"), ROLE)]
    most: Expr = claim
    if item.maximum is not None:
        if not ending:
            body = rounded(make, own_names(line, item.maximum), places, None, "down")
            found.append(_dollars_of(line, column(line, entity, "maximum", body, ROLE, "maximum"), item.maximum))
        most = call(make, "min", claim, make.name(line.name("maximum")))
    lows: list[Expr] = []
    if item.minimum is not None:
        if not ending:
            body = rounded(make, own_names(line, item.minimum.amount), places, None, "up")
            found.append(_dollars_of(line, column(line, entity, "minimum", body, ROLE, "minimum"), item.minimum.amount))
        least: Expr = make.name(line.name("minimum"))
        if not item.minimum.beyond_claim:
            least = call(make, "min", least, rounded(make, most, places, None, "down"))
        if not item.minimum.everyone:
            least = make.choice((make.compare(claim, ">", dollars(make)), least), otherwise=dollars(make))
        lows.append(least)
    if item.hold_harmless is not None:
        if not ending:
            body = rounded(make, own_names(line, item.hold_harmless), places, None, "up")
            least_of_all = column(line, entity, "hold harmless", body, ROLE, "hold_harmless")
            found.append(_dollars_of(line, least_of_all, item.hold_harmless))
        lows.append(make.name(line.name("hold harmless")))
    low = make.name(line.name(f"low{ending}"))
    found.append(column(line, entity, f"low{ending}", call(make, "max", dollars(make), *lows), ROLE, "minimum"))
    mode = item.rounding.how if item.rounding.what == "payment" else None
    whole = rounded(make, most, places, mode, "down" if line.fund is not None else "half_up")
    body = call(make, "max", whole, low) if lows else whole
    found.append(column(line, entity, f"entitlement{ending}", body, ROLE, declared=money(places)))
    return found


def _dollars_of(line: Line, made: Pending, written: Expr) -> Pending:
    """A column that has to come to dollars, with the place where the author wrote it."""
    return replace(made, dollars_of=line.item.name, dollars_at=written.span)


def _totals(line: Line, make: Build) -> list[Pending]:
    whole = make.over("sum", make.name(line.name("claim amount")), line.claim_rows, None)
    found = [column(line, "state", "claims", whole, FUND)]
    of = line.name(f"entitlement{IF_ALL if line.reserves else ''}")
    body = _over_payees(line, make, of)
    return [*found, column(line, "state", "entitlements", body, FUND, declared=money(line.item.rounding.places))]


# -- shares of the appropriation --------------------------------------------------------------------------------


def _allocation(line: Line, make: Build) -> list[Pending]:
    """The share of every payee, those of pending claims in it, and the factor by which claims are prorated."""
    item, ending = line.item, IF_ALL if line.reserves else ""
    available = make.name(line.name("available"))
    pot: Expr = available
    if line.how == "none":
        enough = make.compare(available, ">=", make.name(line.name("entitlements")))
        pot = make.choice((enough, available), otherwise=dollars(make))
    found = [column(line, "state", "pot", pot, FUND)]
    rounding = item.rounding
    unspent = rounding.remainder == "unspent" or rounding.what == "rate" or item.prorates_first
    names = {part: line.name(f"{part}{ending}") for part in ("claim", "low", "entitlement")}
    for part, entity, label in (
        ("payment", line.payee, "allocated"),
        ("numerator", "state", "numerator"),
        ("denominator", "state", "denominator"),
    ):
        body = ast.Allocation(
            part, line.payee, names["claim"], names["low"], names["entitlement"], line.name("pot"),
            rounding.places, "unspent" if unspent else "largest_remainder",
            item.minimum.short if item.minimum else "refuse", span=make.span,
        )  # fmt: skip
        found.append(column(line, entity, label, body, ROLE if part == "payment" else FUND))
    return found


def _at_the_factor(line: Line, make: Build, amount: Expr, how: Expr, places: int) -> Expr:
    """An amount times the factor of the line."""
    over, under = (_of_state(line, make, part) for part in ("numerator", "denominator"))
    return prorated(make, amount, over, under, how, places)


def _of_state(line: Line, make: Build, part: str) -> Expr:
    return ast.Member(make.name("state"), line.name(part), span=make.span)


def _payment(line: Line, make: Build, found: list[Pending]) -> Expr:
    item, rounding = line.item, line.item.rounding
    how = rounding.how or make.text("down")
    if item.prorates_first or rounding.what == "rate":
        part = "prorated" if item.prorates_first else "paid"
        for ending in ("", IF_ALL) if line.reserves and item.prorates_first else ("",):
            body = _at_the_factor(line, make, make.name(line.name(f"claim amount{ending}")), how, rounding.places)
            body = body if ending else _blocked(line, make, body)
            found.append(column(line, item.claim.text, f"{part}{ending}", body, "claim", "round"))
        if item.prorates_first:
            found += limit_columns(line, "prorated", "paid")
        return _sum_of_claims(line, make, "paid")
    allocated = make.name(line.name("allocated"))
    if not line.reserves:
        return allocated
    sure, claim = make.name(line.name("claim")), make.name(line.name(f"claim{IF_ALL}"))
    own = _at_the_factor(line, make, sure, make.text("down"), rounding.places)
    low, high = make.name(line.name("low")), make.name(line.name("entitlement"))
    held = call(make, "min", allocated, call(make, "max", low, call(make, "min", high, own)))
    return _blocked(line, make, make.choice((make.compare(claim, "=", sure), allocated), otherwise=held))


def _blocked(line: Line, make: Build, payment: Expr) -> Expr:
    """The payment, or nothing where pending claims block it."""
    if line.fund is None or line.fund.pending_claims != "block":
        return payment
    waits = make.compare(_of_state(line, make, "pending claims"), ">", make.number(0))
    return make.choice((waits, dollars(make)), otherwise=payment)


def pending_count(line: Line) -> Pending:
    """How many claims of the line are pending; where the limits come last, before it is known which of them they leave
    open.
    """
    make = Build(line.item.span)
    waits = make.compare(make.name(line.name("status")), "=", make.text("pending"))
    if line.item.prorates_first:
        waits = make.negated(make.name(line.name("decided")))
    if line.item.stages:
        waits = make.any_of(waits, make.name(line.name("stages open")))
    return column(line, "state", "pending claims", make.over("count", None, line.claim_rows, waits), FUND)


def _reserved(line: Line, make: Build) -> Expr:
    """What is kept back for the payee's pending claims."""
    if not line.reserves:
        return dollars(make)
    if line.how == "first_come":
        return _sum_of_claims(line, make, "reserved")
    if line.item.prorates_first:
        whole = _sum_of_claims(line, make, f"paid{IF_ALL}")
    elif line.item.rounding.what == "rate":
        claim = make.name(line.name(f"claim{IF_ALL}"))
        more = make.compare(claim, ">", make.name(line.name("claim")))
        whole = make.choice((more, make.name(line.name("allocated"))), otherwise=make.name(line.before_owed))
    else:
        whole = make.name(line.name("allocated"))
    return call(make, "max", dollars(make), minus(make, whole, make.name(line.before_owed)))


def _first_come(line: Line, make: Build) -> list[Pending]:
    """Claims in their order until the money is gone; the last one gets the rest."""
    entity, draw = line.item.claim.text, line.draw
    assert draw is not None and draw.by is not None
    waits = make.compare(make.name(line.name("status")), "=", make.text("pending"))
    sure: Expr = make.name(line.name("claim amount"))
    if line.reserves:
        sure = make.choice((waits, make.name(line.name(f"claim amount{IF_ALL}"))), otherwise=sure)
    sure = make.choice((has_turn(line, make), sure), otherwise=dollars(make))  # without a turn it is not in the queue
    found = [column(line, entity, "queued amount", sure, STEP, "draws_on")]
    queued = make.name(line.name("queued amount"))
    inside = make.compare(queued, ">", dollars(make))
    order = ast.Order(
        tuple(ast.OrderKey(own_names(line, key.value), key.descending, span=key.span) for key in draw.by.keys),
        span=draw.span,
    )
    running = ast.Among("running_sum", queued, order, (), inside, span=draw.span)
    found.append(column(line, entity, "queue", running, STEP, "draws_on"))
    left = minus(make, _of_state(line, make, "available"), make.name(line.name("queue")))
    body = call(make, "max", dollars(make), call(make, "min", queued, make.plus(left, queued)))
    served = make.choice((make.compare(queued, "=", dollars(make)), dollars(make)), otherwise=body)
    found.append(column(line, entity, "served", served, STEP, "draws_on"))
    share = make.name(line.name("served"))
    blocked = _blocked(line, make, make.choice((waits, dollars(make)), otherwise=share))
    found.append(column(line, entity, "paid", blocked, "claim"))
    if line.reserves:
        found.append(column(line, entity, "reserved", minus(make, share, make.name(line.name("paid"))), "claim"))
    return found


# -- after the payment ------------------------------------------------------------------------------------------


def _back_to_claims(line: Line, make: Build) -> list[Pending]:
    """The part of its payee's payment that each claim brings, to the cent; the parts sum to the payment."""
    entity, item = line.item.claim.text, line.item
    payee = make.name(line.name("payee"))
    paid: Expr = ast.Member(payee, item.name, span=make.span)
    claim: Expr = ast.Member(payee, line.name("claim"), span=make.span)
    amount = make.name(line.name("claim amount"))
    in_full = line.fund is None and not line.guards and not item.subtracts
    if in_full and item.rounding.what == "claim":
        return [column(line, entity, "paid", amount, "claim")]
    some = make.compare(amount, ">", dollars(make))
    only_rounded = in_full and item.rounding.places == 2
    if only_rounded:  # no claim is more than a cent away from its amount
        share: Expr = make.choice((some, rounded(make, amount, 2, None, "down")), otherwise=dollars(make))
    else:
        share = make.choice(
            (make.negated(some), dollars(make)),
            (make.compare(paid, "=", claim), amount),
            otherwise=prorated(make, amount, paid, claim, make.text("down"), 2),
        )
    found = [column(line, entity, "share", share, STEP)]
    found.append(column(line, line.payee, "shares", _sum_of_claims(line, make, "share"), STEP))
    taken = make.name(line.name("share"))
    over = minus(make, amount, taken)
    if not only_rounded:
        over = minus(make, times(make, amount, paid), times(make, taken, claim))
    order = ast.Order(
        (ast.OrderKey(over, True, span=make.span), ast.OrderKey(amount, True, span=make.span)), span=make.span
    )
    cut = make.all_of(some, make.compare(over, ">", dollars(make)) if only_rounded else make.compare(paid, "!=", claim))
    rank = ast.Among("rank", None, order, (payee,), cut, by_key=True, span=make.span)
    found.append(column(line, entity, "share place", rank, STEP))
    left = minus(make, paid, ast.Member(payee, line.name("shares"), span=make.span))
    cents = times(make, left, make.number(100))
    place = times(make, make.name(line.name("share place")), dollars(make, 1))
    cent = ast.Money(Decimal("0.01"), span=make.span)
    extra = make.choice((make.compare(place, "<=", cents), make.plus(taken, cent)), otherwise=taken)
    body = make.choice((cut, extra), otherwise=taken)
    found.append(column(line, entity, "paid", body, "claim"))
    return found


def _shares(line: Line, make: Build) -> list[Pending]:
    """What the payee passes on and has to spend for something, and the parts of a split, which sum to the payment."""
    item, paid, found = line.item, make.name(line.item.name), []
    for one in item.pass_on:
        body = rounded(make, ast.PartOf(own_names(line, one.at_least), paid, span=one.at_least.span), 2, None, "up")
        found.append(column(line, line.payee, f"passed on to {one.name}", body, ROLE, f"pass_on.{one.name}"))
    for some in item.spend:
        body = rounded(make, ast.PartOf(own_names(line, some.at_least), paid, span=some.at_least.span), 2, None, "up")
        found.append(column(line, line.payee, f"to spend for {some.name}", body, ROLE, f"spend.{some.name}"))
    rest = paid
    for share in item.split:
        if share.share is not None:
            body = rounded(make, ast.PartOf(own_names(line, share.share), paid, span=share.share.span), 2, None, "down")
            part = f"split {share.name}"
            found.append(column(line, line.payee, part, body, ROLE, f"split.{share.name}"))
            rest = minus(make, rest, make.name(line.name(part)))
    for share in item.split:
        if share.share is None:
            found.append(column(line, line.payee, f"split {share.name}", rest, ROLE, f"split.{share.name}"))
    return found
