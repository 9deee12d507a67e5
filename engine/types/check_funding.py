"""Lines of funding before they become columns: payees, what they draw on, and steps that do not go together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.funding import Appropriation, Funding
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from ..text.source import Span
from . import complaints
from .check_lists import needs_one_key
from .datatypes import UNKNOWN, Type
from .line_types import YEARS, LineTypes
from .units import PLAIN, RATIO, USD
from .world import World


def with_amounts(policy: Policy) -> Policy:
    """The policy with the amount of each appropriation as a parameter of its name (once, however often it is
    checked).
    """
    amounts = [item.amount for item in policy.appropriations]
    own = [one for one in policy.parameters if not any(one is amount for amount in amounts)]
    return replace(policy, parameters=(*own, *amounts))


def check_funding(policy: Policy, world: World, found: LineTypes, diagnostics: Diagnostics) -> None:
    """Report claims of no entity (N001), payees that are no single row (F007, F008, N017), appropriations and lines
    that do not name each other (N001, F005, F011), steps that do not go together (F002, F003, F004, F006), and
    years that are none (F022).
    """
    funds = {item.name: item for item in policy.appropriations}
    for item in policy.funding:
        if item.claim.text not in world.entities:
            complaints.unknown_name(diagnostics, item.claim.span, item.claim.text, "among the entities", world.entities)
            continue
        _check_payee(item, world, found.payees[item.name], diagnostics)
        _check_year(item.paid_in, found.years.get(item.name), diagnostics)
        for stage in item.stages:
            _check_year(stage.paid_in, found.years.get(f"{item.name}.{stage.name}"), diagnostics)
        fund = None
        if item.draws_on is not None:
            fund = funds.get(item.draws_on.text)
            if fund is None:
                complaints.unknown_name(
                    diagnostics, item.draws_on.span, item.draws_on.text, "among the appropriations", funds
                )
        _check_steps(item, fund, diagnostics)
    astray = {one.name for one in policy.funding if one.draws_on is not None and one.draws_on.text not in funds}
    for fund in policy.appropriations:
        _above("the parts that are set aside", [one.amount for one in fund.set_aside], diagnostics)
        _check_order(fund, policy.funding, astray, diagnostics)


def _check_payee(item: Funding, world: World, payee: Type, diagnostics: Diagnostics) -> None:
    place = item.pay.span if item.pay is not None else item.claim.span
    if payee.kind == "row":
        info = world.entities[payee.name]
        if len(info.key) != 1:
            needs_one_key(info, place, "a payment", diagnostics)
        minimum = item.minimum
        if minimum is not None and minimum.each is not None and minimum.each.text != payee.name:
            help = f"write `each: {payee.name}`"
            diagnostics.report("F008", minimum.each.span, help=help, found=minimum.each.text, payee=payee.name)
    elif payee.kind != "unknown":
        help = "walk from the claim to one row, such as `school.district`"
        diagnostics.report("F007", place, help=help, text=complaints.text_of(item.pay) if item.pay else "", found=payee)


def _check_year(written: Expr | None, found: Type | None, diagnostics: Diagnostics) -> None:
    if written is None or found is None or found.kind == "unknown":
        return
    if found.kind != "year" or found.name not in YEARS:
        help = "write a year, such as `fiscal_year of award_date + 1 year`"
        text = complaints.text_of(written)
        diagnostics.report("F022", written.span, help=help, text=text, found=found)


def _check_steps(item: Funding, fund: Appropriation | None, diagnostics: Diagnostics) -> None:
    rounding, guard = item.rounding, _guard(item)
    how = next((one.how for one in fund.pay_in_order if one.name == item.name), "prorate") if fund else ""
    down = isinstance(rounding.how, ast.Name | ast.Text) and _word(rounding.how) in ("down", "floor")
    leaves = rounding.remainder == "unspent" or rounding.what == "rate"
    if fund is not None and rounding.how is not None and rounding.what != "claim" and leaves and not down:
        help = "write `how: down`, or `remainder: largest_remainder`"
        diagnostics.report("F002", rounding.how.span, help=help, fund=fund.name)
    if rounding.what == "rate" and fund is not None:
        if guard is not None:
            _exclusive(guard, "rounding the rate", "a minimum, a maximum or hold harmless", diagnostics)
        if rounding.remainder == "largest_remainder":
            help = "write `remainder: unspent`, or round the payment"
            diagnostics.report("F003", rounding.remainder_span, help=help)
    if guard is not None and (how in ("first_come", "none") or item.prorates_first):
        what = "appropriation before limits" if item.prorates_first else f"`{how}`"
        _exclusive(guard, what, "a minimum, a maximum or hold harmless", diagnostics)
    if item.prorates_first and how in ("first_come", "none"):
        _exclusive(item.order[0].span, f"`{how}`", "`order:` with the appropriation first", diagnostics)
    _check_limits(item, diagnostics)
    _check_stages(item, how, diagnostics)
    _check_shares(item, diagnostics)
    rests = [one for one in item.split if one.share is None]
    if item.split and len(rests) != 1:
        help = "let one part be `the rest`, so that the parts sum to the payment"
        diagnostics.report("F006", (rests[1] if rests else item.split[0]).span, help=help, count=len(rests))


def _check_limits(item: Funding, diagnostics: Diagnostics) -> None:
    for limit in item.limits:
        if isinstance(limit.keep, ast.Number | ast.Negate) and not _is_whole(limit.keep):
            help = "write a whole number, 0 or more, such as `keep: 1`"
            diagnostics.report("F028", limit.keep.span, help=help, text=complaints.text_of(limit.keep))
        if limit.of_quantity and item.quantity is None:
            help = "write `quantity:`, and the amount for one of them"
            diagnostics.report("F020", limit.span, help=help, limit=limit.name, line=item.name)
        elif limit.of_quantity and item.prorates_first:
            _exclusive(limit.span, "a limit of the quantity", "`order:` with the appropriation first", diagnostics)


def _check_shares(item: Funding, diagnostics: Diagnostics) -> None:
    """Shares that are written out come to 100% at most."""
    for share in (*(one.at_least for one in item.pass_on), *(one.at_least for one in item.spend)):
        _above("the parts to be passed on or spent", [share], diagnostics)
    _above("the shares of the split", [one.share for one in item.split if one.share is not None], diagnostics)


def _above(what: str, shares: Sequence[Expr], diagnostics: Diagnostics) -> None:
    written = [one.value for one in shares if isinstance(one, ast.Percent)]
    if sum(written) > 100:
        help = "write shares that come to 100% at most"
        diagnostics.report("F027", shares[-1].span, help=help, what=what, found=f"{sum(written)}%")


def _check_stages(item: Funding, how: str, diagnostics: Diagnostics) -> None:
    """What is owed back are earlier stages (F031 where there are none); money is kept back for stages in a share, not
    in a queue.
    """
    for place, stage in enumerate(item.stages):
        earlier = [one.name for one in item.stages[:place]]
        for back in stage.owes_back:
            if back.text not in earlier:
                complaints.unknown_name(diagnostics, back.span, back.text, "among the stages before this one", earlier)
    if item.owed is not None and not any(stage.owes_back for stage in item.stages):
        help = "say at a stage what is owed back when it is missed: `if_missed: owes back enrollment`"
        diagnostics.report("F031", item.owed.span, help=help, line=item.name)
    elif item.owed is not None and item.subtracts and item.prorates_first:
        _exclusive(item.owed.span, "`owed: subtract`", "`order:` with the appropriation first", diagnostics)
    elif item.owed is not None and item.subtracts and item.rounding.what == "rate":
        _exclusive(item.owed.span, "`owed: subtract`", "rounding the rate", diagnostics)
    if item.stages and how == "first_come":
        _exclusive(item.stages[0].span, "`stages:`", "`first_come`", diagnostics)
    if item.stages and any(limit.of_quantity for limit in item.limits):
        _exclusive(item.stages[0].span, "`stages:`", "a limit of the quantity", diagnostics)


def _is_whole(value: Expr) -> bool:
    return isinstance(value, ast.Number) and value.value == value.value.to_integral_value()


def _guard(item: Funding) -> Span | None:
    """Where the first of minimum, maximum and hold harmless stands."""
    if item.minimum is not None:
        return item.minimum.span
    return next((one.span for one in (item.maximum, item.hold_harmless) if one is not None), None)


def _exclusive(place: Span, one: str, other: str, diagnostics: Diagnostics) -> None:
    help = "take one of them out, or make two lines of it"
    diagnostics.report("F004", place, help=help, one=one, other=other)


def _check_order(
    fund: Appropriation, lines: tuple[Funding, ...], astray: Collection[str], diagnostics: Diagnostics
) -> None:
    """Each line that draws on an appropriation has its place in the order, and nothing else has. Lines that are
    `astray` draw on one that there is not: that has been said, and which was meant is not known.
    """
    drawing = [item for item in lines if item.draws_on is not None and item.draws_on.text == fund.name]
    names = {one.name for one in fund.pay_in_order}
    unknown = set[str]()
    for one in fund.pay_in_order:
        if one.name not in {item.name for item in drawing} and one.name not in astray:
            unknown.add(one.name)
            known = [item.name for item in drawing]
            is_line = any(item.name == one.name for item in lines)
            cure = (f"add `draws_on: {fund.name}` to `funding.{one.name}`",) if is_line else ()
            where = f"among the lines that draw on {fund.name}"
            complaints.unknown_name(diagnostics, one.span, one.name, where, known, *cure)
    if not drawing and not astray:
        help = f"a line draws on it with `draws_on: {fund.name}`"
        diagnostics.report("F011", fund.span, help=help, fund=fund.name)
    if len(drawing) < 2 and not names:
        return
    for item in drawing:
        meant = any(complaints.did_you_mean(name, [item.name]) for name in unknown)
        if item.name not in names and item.draws_on is not None and not meant:
            help = f"add `- {item.name}: prorate` to `pay_in_order:` of {fund.name}"
            diagnostics.report("F005", item.draws_on.span, help=help, line=item.name, fund=fund.name)


def _word(expr: ast.Name | ast.Text) -> str:
    return expr.name if isinstance(expr, ast.Name) else expr.value


def in_dollars(line: str, place: Span, found: Type, diagnostics: Diagnostics, in_coins: bool) -> Type:
    """The type of the amount of a claim, or `unknown` and a complaint: where it is not in dollars (F009), or a quotient
    where whole coins are shared out (F010).
    """
    if found.kind == "number" and found.unit == USD and found.quotient and in_coins:
        cures = ("round it: `round(…, 2)`", "or write `round:` with `what: claim`")
        diagnostics.report("F010", place, help=cures, line=line)
        return UNKNOWN
    if found.kind in ("unknown", "nothing") or (found.kind == "number" and found.unit == USD):
        return found
    help = "multiply a rate by what it is paid for, under `quantity:`"
    text = place.text.strip()
    if found.kind == "number" and found.literal and text.replace(",", "").replace(".", "").isdigit():
        help = f"write `${Decimal(text.replace(',', '')):,}`"
    elif found.kind == "number" and found.unit == RATIO:
        help = f"say of what: `{text} of appropriation`, `{text} of prior.payment`"
    diagnostics.report("F009", place, help=help, line=line, found=found)
    return UNKNOWN


def in_unit_of(quantity: Type, place: Span, found: Type, diagnostics: Diagnostics) -> Type:
    """The type of what a limit leaves of a quantity, or `unknown` and a complaint where it is in another unit (F021). A
    number that is written bare takes the unit of the quantity.
    """
    if "unknown" in (quantity.kind, found.kind) or found.kind == "nothing":
        return UNKNOWN if quantity.kind == "unknown" else found
    if quantity.kind == found.kind == "number":
        if quantity.unit == found.unit:
            return found
        if found.literal and found.unit == PLAIN and quantity.unit != RATIO and not quantity.unit.is_money:
            return replace(found, unit=quantity.unit, literal=False)
    help = ("give it the unit of `quantity:`", "a limit in dollars has no `of: quantity`")
    diagnostics.report("F021", place, help=help, found=found, quantity=quantity)
    return UNKNOWN
