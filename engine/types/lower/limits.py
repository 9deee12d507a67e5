"""Limits on the claims of a line as computed columns: which claims each looks at, and what it leaves of each.

Limits are taken in the order written, each on what those before it left: in dollars, or of the quantity.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Limit
from ..check_parameters import first_day
from ..pending import Pending
from .build import Build
from .line import IF_ALL, STEP, Line, call, column, dollars, minus, own_names, rounded, times

ROLE = "claim"


def limit_values(line: Line) -> list[Pending]:
    """How many each limit keeps, or how much it leaves at most, and whether it looks at a claim: they may differ by the
    row.
    """
    make, found = Build(line.item.span), list[Pending]()
    for limit in line.item.limits:
        value = limit.keep if limit.keep is not None else limit.at_most
        assert value is not None
        part = f"{limit.name} {'keeps' if limit.keep is not None else 'at most'}"
        entity, path = line.item.claim.text, f"limits.{limit.name}"
        made = column(line, entity, part, own_names(line, value), STEP, path)
        if limit.of_quantity:
            made = replace(made, unit_of=line.name("quantity"), dollars_at=value.span)
        elif limit.keep is None:
            made = replace(made, dollars_of=line.item.name)
        found.append(made)
        if limit.where is not None:
            test = column(line, entity, f"{limit.name} applies", own_names(line, limit.where), ROLE, path)
            found.append(replace(test, slot="test"))
    if line.limits_quantity:
        found.append(column(line, line.item.claim.text, "rate", line.item.amount, STEP, "amount"))
        if line.reserves:
            rate = make.or_else(make.name(line.name("rate")), highest(make, line.item.amount))
            found.append(column(line, line.item.claim.text, f"rate{IF_ALL}", rate, STEP, "amount"))
    return found


def highest(make: Build, expr: Expr) -> Expr:
    """The most that a choice of amounts may come to: where its test is not known, the greater branch."""
    if isinstance(expr, ast.If):
        branches = highest(make, expr.then), highest(make, expr.otherwise)
        return make.choice(
            (make.known(expr.test, False), call(make, "max", *branches)), otherwise=ast.If(expr.test, *branches)
        )
    if isinstance(expr, ast.Arithmetic) and expr.op == "*":
        return times(make, highest(make, expr.left), highest(make, expr.right))
    return expr


def limit_columns(line: Line, first: str, last: str) -> list[Pending]:
    """Each limit in the order written, from the column `first`; what is left of the claim stands in `last`."""
    make, found = Build(line.item.span), list[Pending]()
    for ending in ("", IF_ALL) if line.reserves else ("",):
        value: Expr = make.name(line.name(f"{first}{ending}"))
        quantity: Expr = make.name(line.name("quantity"))
        for limit in line.item.limits:
            found += _limited(line, limit, value, quantity, ending)
            value = make.or_else(make.name(line.name(f"after {limit.name}{ending}")), dollars(make))
            if limit.of_quantity:
                quantity = make.or_else(make.name(line.name(f"quantity after {limit.name}{ending}")), make.number(0))
        if not line.item.prorates_first:
            value = rounded_claim(line, make, value)
        found.append(column(line, line.item.claim.text, f"{last}{ending}", value, ROLE, "limits"))
    return found


def rounded_claim(line: Line, make: Build, value: Expr) -> Expr:
    """A claim rounded where the line rounds claims."""
    rounding = line.item.rounding
    return rounded(make, value, rounding.places, rounding.how, "half_up") if rounding.what == "claim" else value


def _limited(line: Line, limit: Limit, value: Expr, quantity: Expr, ending: str) -> list[Pending]:
    """What a limit leaves of each claim. A claim of which it cannot be told whether the limit looks at it, or in which
    place, is pending; if all count, it is whole.
    """
    make, entity = Build(limit.span), line.item.claim.text
    path, nothing = f"limits.{limit.name}", dollars(make)
    of = quantity if limit.of_quantity else value
    inside = make.compare(value, ">", nothing)
    none = make.number(0) if limit.of_quantity else nothing
    others: list[tuple[Expr, Expr]] = [(make.compare(value, "=", nothing), none)]
    if limit.where is not None:
        applies = make.name(line.name(f"{limit.name} applies"))
        inside = make.all_of(inside, make.or_else(applies, make.truth(False)))
        others += [(make.known(applies, False), of)] if ending else []
        others.append((make.negated(applies), of))
    counted, left = _counted(line, limit, of, inside, ending)
    others += [(make.known(make.name(counted.name), False), of)] if ending else []
    body = make.choice(*others, (_no_limit(line, limit, make), of), otherwise=left)
    if ending:
        body = make.or_else(body, none)
    role = STEP if ending else ROLE
    if not limit.of_quantity:
        return [counted, column(line, entity, f"after {limit.name}{ending}", body, role, path)]
    made = column(line, entity, f"quantity after {limit.name}{ending}", body, role, path)
    worth = times(make, make.name(line.name(f"rate{ending}")), make.name(made.name))
    after = make.choice((make.compare(value, "=", nothing), nothing), otherwise=call(make, "min", value, worth))
    if ending:
        after = make.or_else(after, nothing)
    return [counted, made, column(line, entity, f"after {limit.name}{ending}", after, role, path)]


def _counted(line: Line, limit: Limit, of: Expr, inside: Expr, ending: str) -> tuple[Pending, Expr]:
    """The place of a claim under a limit, or what it comes to with those before it; and what that leaves of `of`."""
    make, entity, path = Build(limit.span), line.item.claim.text, f"limits.{limit.name}"
    nothing = make.number(0) if limit.of_quantity else dollars(make)
    within = tuple(Build(word.span).name(word.text) for word in limit.within)
    written = limit.by.keys if limit.by is not None else ()
    order = ast.Order(tuple(replace(key, value=own_names(line, key.value, ending)) for key in written), span=limit.span)
    if limit.keep is not None:
        place = ast.Among("rank", None, order, within, inside, by_key=True, span=limit.span)
        counted = column(line, entity, f"{limit.name} place{ending}", place, STEP, path)
        kept = make.compare(make.name(counted.name), "<=", make.name(line.name(f"{limit.name} keeps")))
        return counted, make.choice((kept, of), otherwise=nothing)
    before = ast.Among("running_sum", of, order, within, inside, span=limit.span)
    counted = column(line, entity, f"{limit.name} sum{ending}", before, STEP, path)
    most = make.name(line.name(f"{limit.name} at most"))
    room = make.plus(minus(make, most, make.name(counted.name)), of)
    return counted, call(make, "max", nothing, call(make, "min", of, room))


# -- no limit ---------------------------------------------------------------------------------------------------


def _no_limit(line: Line, limit: Limit, make: Build) -> Expr:
    """Whether the parameter that the limit names says `none`. Before its first value there is a limit, and nobody knows
    which.
    """
    written = limit.keep if limit.keep is not None else limit.at_most
    assert written is not None
    absent = make.known(make.name(line.name(f"{limit.name} {'keeps' if limit.keep is not None else 'at most'}")), False)
    return make.all_of(absent, _says_none(line, written, make.name("as_of"), make))


def _says_none(line: Line, written: Expr, day: Expr, make: Build) -> Expr:
    """Whether a value that is missing is so because a parameter in force on a day says `none`."""
    if isinstance(written, ast.If):
        then, otherwise = (_says_none(line, one, day, make) for one in (written.then, written.otherwise))
        return make.choice((written.test, then), otherwise=otherwise)
    if isinstance(written, ast.AsOf):
        return _says_none(line, written.value, written.date, make)
    name = _dotted(written)
    item = next((one for one in line.parameters if one.name == name.split(".")[0]), None)
    if item is None:
        return make.truth(False)
    members = () if item.by is None else tuple({member for dated in item.values for member, _ in dated.members})
    since = first_day(item, members)
    if since is None:
        return make.truth(False)
    tests = [make.compare(day, ">=", ast.DateLiteral(since, span=make.span))]
    if item.by is not None and "." not in name:
        tests.append(make.known(make.name(item.by.text)))
    return make.all_of(*tests)


def _dotted(expr: Expr) -> str:
    """`cap`, `cap.special_education`; empty for anything but a name."""
    if isinstance(expr, ast.Member):
        return f"{base}.{expr.name}" if (base := _dotted(expr.base)) else ""
    return expr.name if isinstance(expr, ast.Name) else ""
