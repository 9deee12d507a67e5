"""Claims of a line as computed columns: which count, for how much, what each limit leaves, what becomes of each.

Every step is a column on the entity that claims. A claim that nobody can decide is pending: it counts for nothing, and
in a second line of the same steps (`…, if all count`), made where money is kept back for it, as if it counted.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Limit
from ..datatypes import TRUTH, Type
from ..pending import Pending
from .build import Build
from .line import CLAIM_STATUS, IF_ALL, STEP, Line, call, column, dollars, has_turn, minus, own_names, rounded, times

ROLE = "claim"


def claim_columns(line: Line) -> list[Pending]:
    """The columns of the claims up to what each of them brings to its payee."""
    item, make = line.item, Build(line.item.span)
    entity = item.claim.text
    when = item.when if item.when is not None else make.truth(True)
    found = [replace(column(line, entity, "counts", when, ROLE, "when"), slot="test")]
    found.append(column(line, entity, "payee", item.pay or make.name("this"), ROLE, "pay"))
    full = item.amount
    if item.quantity is not None:
        found.append(column(line, entity, "quantity", item.quantity, ROLE, "quantity"))
        full = times(make, full, make.name(line.name("quantity")))
    found.append(column(line, entity, "amount", full, ROLE, "amount", dollars_of=item.name, in_coins=_in_coins(line)))
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
        most = make.or_else(make.or_else(amount, _highest(make, full)), dollars(make))
        most = call(make, "max", dollars(make), most)
        body = make.choice((possible, most), otherwise=dollars(make))
        found.append(column(line, entity, f"counting amount{IF_ALL}", body, STEP, "amount"))
    found += _limit_values(line, make)
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
        body = _rounded_claim(line, make, make.name(line.name(f"counting amount{ending}")))
        found.append(column(line, line.item.claim.text, f"claim amount{ending}", body, ROLE, "amount"))
    return found


def _highest(make: Build, expr: Expr) -> Expr:
    """The most that a choice of amounts may come to: where its test is not known, the greater branch."""
    if isinstance(expr, ast.If):
        branches = _highest(make, expr.then), _highest(make, expr.otherwise)
        return make.choice(
            (make.known(expr.test, False), call(make, "max", *branches)), otherwise=ast.If(expr.test, *branches)
        )
    if isinstance(expr, ast.Arithmetic) and expr.op == "*":
        return times(make, _highest(make, expr.left), _highest(make, expr.right))
    return expr


# -- limits -----------------------------------------------------------------------------------------------------


def _limit_values(line: Line, make: Build) -> list[Pending]:
    """How many each limit keeps, or how much it leaves at most: columns, since they may differ by the row."""
    found = []
    for limit in line.item.limits:
        value = limit.keep if limit.keep is not None else limit.at_most
        assert value is not None
        part = f"{limit.name} {'keeps' if limit.keep is not None else 'at most'}"
        entity, path = line.item.claim.text, f"limits.{limit.name}"
        made = column(line, entity, part, own_names(line, value), STEP, path)
        found.append(replace(made, dollars_of=line.item.name) if limit.keep is None else made)
    return found


def limit_columns(line: Line, first: str, last: str) -> list[Pending]:
    """Each limit in the order written, from the column `first`; what is left of the claim stands in `last`."""
    make, found = Build(line.item.span), []
    for ending in ("", IF_ALL) if line.reserves else ("",):
        value: Expr = make.name(line.name(f"{first}{ending}"))
        for limit in line.item.limits:
            found += _limited(line, limit, value, ending)
            value = make.or_else(make.name(line.name(f"after {limit.name}{ending}")), dollars(make))
        if not line.item.prorates_first:
            value = _rounded_claim(line, make, value)
        found.append(column(line, line.item.claim.text, f"{last}{ending}", value, ROLE, "limits"))
    return found


def _rounded_claim(line: Line, make: Build, value: Expr) -> Expr:
    rounding = line.item.rounding
    return rounded(make, value, rounding.places, rounding.how, "half_up") if rounding.what == "claim" else value


def _limited(line: Line, limit: Limit, value: Expr, ending: str) -> list[Pending]:
    """What a limit leaves of each claim. A claim whose place cannot be told is pending; if all count, it is whole."""
    make, entity = Build(limit.span), line.item.claim.text
    path, nothing = f"limits.{limit.name}", dollars(make)
    within = tuple(Build(word.span).name(word.text) for word in limit.within)
    written = limit.by.keys if limit.by is not None else ()
    keys = tuple(replace(key, value=own_names(line, key.value, ending)) for key in written)
    order = ast.Order(keys, span=limit.span)
    inside = make.compare(value, ">", nothing)
    if limit.keep is not None:
        place = ast.Among("rank", None, order, within, inside, by_key=True, span=limit.span)
        counted = column(line, entity, f"{limit.name} place{ending}", place, STEP, path)
        kept = make.compare(make.name(counted.name), "<=", make.name(line.name(f"{limit.name} keeps")))
        left = make.choice((kept, value), otherwise=nothing)
    else:
        before = ast.Among("running_sum", value, order, within, inside, span=limit.span)
        counted = column(line, entity, f"{limit.name} sum{ending}", before, STEP, path)
        most = make.name(line.name(f"{limit.name} at most"))
        room = make.plus(minus(make, most, make.name(counted.name)), value)
        left = call(make, "max", nothing, call(make, "min", value, room))
    whole = ((make.known(make.name(counted.name), False), value),) if ending else ()
    body = make.choice((make.compare(value, "=", nothing), nothing), *whole, otherwise=left)
    if ending:
        body = make.or_else(body, nothing)
    return [counted, column(line, entity, f"after {limit.name}{ending}", body, STEP if ending else ROLE, path)]


# -- what became of it ------------------------------------------------------------------------------------------


def _status(line: Line, make: Build) -> Expr:
    decided, counts = make.name(line.name("decided")), make.name(line.name("counts"))
    unknown = tuple(
        (make.known(make.name(line.name(f"after {limit.name}")), False), make.text("pending"))
        for limit in line.item.limits
    )
    before, after = ("prorated", "paid") if line.item.prorates_first else ("amount", "claim amount")
    less = make.compare(make.name(line.name(after)), "<", make.name(line.name(before)))
    limited = ((less, make.text("limited")),) if line.item.limits else ()
    return make.choice(
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
