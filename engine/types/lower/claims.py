"""Claims of a line as computed columns: which count, for how much, what each limit leaves, what becomes of each.

Every step is a column on the entity that claims. A claim that nobody can decide is pending: it counts for nothing, and
in a second line of the same steps (`…, if all count`), made where money is kept back for it, as if it counted.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax.expr import Expr
from ..datatypes import TRUTH, Type
from ..pending import Pending, in_time
from .build import Build
from .counting import amount_in_run, counting_columns, failed, gates
from .limits import highest, limit_columns, limit_values, rounded_claim
from .line import CLAIM_STATUS, IF_ALL, STEP, Line, call, column, dollars, has_turn, times
from .stages import owed_columns, stage_columns, staged_amount, staged_most

ROLE = "claim"


def claim_columns(line: Line) -> list[Pending]:
    """The columns of the claims up to what each of them brings to its payee."""
    item, make = line.item, Build(line.item.span)
    entity = item.claim.text
    found = counting_columns(line)
    found.append(column(line, entity, "payee", item.pay or make.name("this"), ROLE, "pay"))
    full = item.amount
    if item.quantity is not None:
        found.append(column(line, entity, "quantity", item.quantity, ROLE, "quantity"))
        full = times(make, full, make.name(line.name("quantity")))
    if item.stages:
        found += stage_columns(line, full)
    written = amount_in_run(line, staged_amount(line) if item.stages else full)
    made = column(line, entity, "amount", written, ROLE, "amount", dollars_of=item.name, in_coins=_in_coins(line))
    found.append(in_time(replace(made, dollars_at=item.amount.span), item, dollars(make)))
    counts, payee, amount = (make.name(line.name(part)) for part in ("counts", "payee", "amount"))
    decided = make.choice(
        (make.known(counts, False), make.truth(False)),
        (make.negated(counts), make.truth(True)),
        otherwise=make.all_of(make.known(payee), make.known(amount)),
    )
    found.append(column(line, entity, "decided", decided, STEP, declared=TRUTH))
    sure = make.all_of(make.name(line.name("decided")), make.or_else(counts, make.truth(False)))
    least = call(make, "max", dollars(make), make.or_else(amount, dollars(make)))  # nobody owes for a claim
    counting = make.choice((sure, least), otherwise=dollars(make))
    found.append(column(line, entity, "counting amount", counting, ROLE, "amount"))
    if line.reserves:
        possible = make.all_of(make.or_else(counts, make.truth(True)), make.known(payee))
        if item.stages:
            most = make.or_else(amount_in_run(line, staged_most(line, full)), dollars(make))
        else:
            most = make.or_else(make.or_else(amount, highest(make, full)), dollars(make))
        most = call(make, "max", dollars(make), most)
        body = make.choice((possible, most), otherwise=dollars(make))
        found.append(column(line, entity, f"counting amount{IF_ALL}", body, STEP, "amount"))
    found += limit_values(line) + owed_columns(line)
    if not item.prorates_first:
        found += limit_columns(line, "counting amount", "claim amount")
    else:
        found += _as_claimed(line, make)
    found.append(column(line, entity, "status", _status(line, make), ROLE, declared=CLAIM_STATUS))
    if item.limits:
        names = Type("enum", name="limit", values=(*(limit.name for limit in item.limits), "none"))
        found.append(column(line, entity, "limited by", _limited_by(line, make), ROLE, "limits", declared=names))
    return found


def _in_coins(line: Line) -> bool:
    """Whether the amounts are shared out as they are, which takes whole coins."""
    return line.fund is not None and line.item.rounding.what != "claim"


def _as_claimed(line: Line, make: Build) -> list[Pending]:
    """Where the appropriation comes before the limits, a claim is brought forward as it is."""
    found = []
    for ending in ("", IF_ALL) if line.reserves else ("",):
        body = rounded_claim(line, make, make.name(line.name(f"counting amount{ending}")))
        found.append(column(line, line.item.claim.text, f"claim amount{ending}", body, ROLE, "amount"))
    return found


# -- what became of it ------------------------------------------------------------------------------------------


def _status(line: Line, make: Build) -> Expr:
    decided, counts = make.name(line.name("decided")), make.name(line.name("counts"))
    unknown = tuple(
        (make.known(make.name(line.name(f"after {limit.name}")), False), make.text("pending"))
        for limit in line.item.limits
    )
    limited: tuple[tuple[Expr, Expr], ...] = ()
    if line.item.limits:  # what rounding takes off is no limit
        before = make.name(line.name("prorated" if line.item.prorates_first else "amount"))
        after = make.name(line.name(f"after {line.item.limits[-1].name}"))
        limited = ((make.compare(after, "<", before), make.text("limited")),)
    beside = [(failed(make, gate), make.text(gate.status)) for gate in gates(line) if gate.status]
    return make.choice(
        *beside,
        (make.negated(decided), make.text("pending")),
        (make.negated(counts), make.text("denied")),
        *unknown,
        *(((make.negated(has_turn(line, make)), make.text("pending")),) if line.how == "first_come" else ()),
        *limited,
        otherwise=make.text("paid"),
    )


def _limited_by(line: Line, make: Build) -> Expr:
    """The first limit that left less than there was."""
    value: Expr = make.name(line.name("prorated" if line.item.prorates_first else "counting amount"))
    lines = []
    for limit in line.item.limits:
        after = make.or_else(make.name(line.name(f"after {limit.name}")), dollars(make))
        known = make.known(make.name(line.name(f"after {limit.name}")))
        lines.append((make.all_of(known, make.compare(after, "<", value)), make.text(limit.name)))
        value = after
    return make.choice(*lines, otherwise=make.text("none"))
