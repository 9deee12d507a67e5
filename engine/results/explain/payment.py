"""Why a payee is paid what it is: a sentence, and the steps as a subtraction that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ...execution.values import MINIMUMS_EXCEED, Key, Missing
from ...plan.plan import Cell
from ...syntax.print import print_expr
from ...types.lower.line import Line, money
from ..allocation import drawing_on, fund_amount, set_asides
from ..dollars import dollars, factor_text
from ..line import line_title, lines_of_run, of_state
from ..payment_steps import NOTHING, Paid, paid_of, payment_steps, wanted_text
from ..payments import holding
from ..pending import least, shortfall
from ..replay import Replay, checked_trace, place_of, source_title
from .explanation import Entry, Explanation, Item, Ledger, Note, Responsible, Rows, SeenRow
from .leaves import given, listed_names, responsible
from .otherwise import MANY
from .sentence import explanation_of, who
from .without import without_each

ROWS = 6
"""Claims that are shown, those first of which something was cut or is not known."""

FIRST = ("limited", "pending", "paid", "denied", "rejected", "other_year", "not_in_force")
OUT = ("denied", "other_year", "not_in_force", "rejected")
"""What keeps a claim from counting."""


def explain_payment(replay: Replay, line: Line, key: Key, otherwise: bool = False) -> Explanation:
    """The payment of a line to one payee. What is replayed is held against what the run stored (X900)."""
    trace = checked_trace(replay, line.payee, line.item.name, key)
    paid = paid_of(replay, line, key)
    open_parts: tuple[Responsible, ...] = ()
    items: list[Item] = []
    if isinstance(trace.value, Missing):
        short = _short(paid)
        open_parts = (Responsible(MINIMUMS_EXCEED, short),) if short else responsible(replay, trace.value, key)
    else:
        items.append(Ledger("how the payment is made up", payment_steps(paid)))
        items += [*_beside(paid), *_parts(paid)]
    items += [*_rules(line), *_money(paid), _claims(paid)]
    sentence = _sentence(paid, trace.value, open_parts)
    place, type = place_of(replay, line.payee, key), replay.columns[line.payee, line.item.name].type
    found = explanation_of(replay, sentence, place, line.item.name, trace.value, type, tuple(items), open_parts)
    if not otherwise or not isinstance(trace.value, Fraction):
        return found
    if len(replay.interpreter.keys(line.item.claim.text)) > MANY:
        said = f"what would be paid without each step is not worked out: there are more than {MANY:,} claims"
        return replace(found, items=(*found.items, Note(said)))
    return replace(found, without=tuple(without_each(replay, line, key, trace.value)))


# -- the sentence -----------------------------------------------------------------------------------------------


def _sentence(paid: Paid, value: object, open_parts: tuple[Responsible, ...]) -> str:
    line, named = paid.line, who(paid.replay, paid.line.payee, paid.key)
    named = named[:1].upper() + named[1:]
    title = line_title(line)
    if isinstance(value, Missing):
        if short := _short(paid):
            return f"{named} is not paid for {title}, and nobody is: {short}."
        reasons = listed_names([one.text for one in open_parts]) or "something that it needs is not known"
        return f"What {named[:1].lower()}{named[1:]} is paid for {title} cannot be told, because {reasons}."
    whole = paid.payee("") or NOTHING
    sum_paid = dollars(whole) if whole else "nothing"
    because = _because(paid, paid.before_owed or NOTHING) + _off(paid)
    return f"{named} is paid {sum_paid} for {title}: {because}.{_waiting(paid)}"


def _short(paid: Paid) -> str:
    """By how much the least amounts exceed the money, where nobody is paid for that."""
    run, line = paid.replay.run, paid.line
    short = shortfall(run, line)
    if short is None:
        return ""
    lows, pot = dollars(least(run, line) or NOTHING), dollars(max(paid.state("pot") or NOTHING, NOTHING))
    return f"the least amounts of all come to {lows}, {dollars(short)} more than the {pot} that there is (F001)"


def _because(paid: Paid, whole: Fraction) -> str:
    """The steps that changed anything, in their order."""
    full, claim = paid.of_claims("amount"), paid.payee("claim") or NOTHING
    entitled = paid.payee("entitlement") or NOTHING
    if not paid.counting and not entitled:
        return "it has no claim that counts"
    said = [f"claims of {dollars(full)}" if paid.counting else "no claim that counts"]
    if paid.line.item.prorates_first:
        shared = paid.of_claims("prorated")
        said += [*_prorated(paid, shared != claim, shared), *_cut(paid, "prorated", shared, paid.of_claims("paid"))]
    else:
        said += _cut(paid, "amount", full, claim)
        if entitled > claim:
            harmless = paid.payee("hold harmless")
            kept = harmless is not None and harmless >= entitled
            most = dollars(entitled)
            said.append(f"raised to {most}, held harmless" if kept else f"raised to the minimum of {most}")
        elif (maximum := paid.payee("maximum")) is not None and maximum < claim:
            said.append(f"held down to {dollars(entitled)}")
        elif entitled < claim:
            said.append(f"rounded to {dollars(entitled)}")
        said += _prorated(paid, whole < entitled, whole)
    if len(said) == 1:
        return f"{said[0]}, in full"
    return ", ".join(said)


def _off(paid: Paid) -> str:
    off = paid.payee("taken off")
    return f", less {dollars(off)} that is owed back" if off else ""


def _cut(paid: Paid, before: str, amount: Fraction, after: Fraction) -> list[str]:
    if after == amount or not paid.line.item.limits:
        return []
    names = []
    for limit in paid.line.item.limits:
        part = f"after {limit.name}"
        if any(paid.claim(part, key) < paid.claim(before, key) for key in paid.counting):
            names.append(limit.name)
        before = part
    return [f"cut to {dollars(after)} by {listed_names(names)}"] if names else []


def _prorated(paid: Paid, less: bool, after: Fraction) -> list[str]:
    line = paid.line
    wanted, available = paid.state("entitlements"), paid.state("available")
    if line.fund is None or not less or wanted is None or available is None:
        return []
    if line.fund.pending_claims == "block" and paid.state("pending claims") and not after:
        return ["kept back until no claim is pending"]
    against = f"{wanted_text(paid, wanted)} and there is {dollars(available)}"
    if line.how == "none":
        return [f"not paid because {against}, and it is all or nobody"]
    if line.how == "first_come":
        reached = f"of which the money reached {dollars(after)}" if after else "which the money did not reach"
        return [f"{reached}, first come, first served"]
    over, under = paid.state("numerator"), paid.state("denominator")
    if over is None or not under or over == under:
        return []
    lows = least(paid.replay.run, line) or NOTHING
    if not over and after and lows > available:
        said = f"the least amounts of all come to {dollars(lows)} and there is {dollars(available)}"
        return [f"cut to {dollars(after)} because {said}"]
    said = f"prorated at {factor_text(over, under)} because {against}"
    parts = ("claim", "low", "entitlement", "minimum", "maximum", "hold harmless")
    beyond = line.item.minimum is not None and line.item.minimum.beyond_claim
    held = holding(*[*(paid.payee(part) for part in parts), paid.before_owed], beyond_claim=beyond)
    claim = paid.payee("claim") or NOTHING
    if held in ("minimum", "hold harmless") and after > claim * over / under:
        name = "the minimum" if held == "minimum" else "what it is held harmless at"
        return [said, f"but not below {name}, {dollars(after)}"]
    return [said]


def _waiting(paid: Paid) -> str:
    count = sum(paid.status(key) == "pending" for key in paid.claims)
    if not count:
        return ""
    kept = paid.payee("reserved") or NOTHING
    blocked = paid.line.fund is not None and paid.line.fund.pending_claims == "block"
    back = f", for which {dollars(kept)} is kept back" if kept and not blocked else ""
    return f" {count:,} more claim{' is' if count == 1 else 's are'} pending{back}."


# -- beside the sum ---------------------------------------------------------------------------------------------


def _beside(paid: Paid) -> Iterator[Item]:
    """The order of the steps where it matters, what is kept back, what was paid the year before."""
    item, fund = paid.line.item, paid.line.fund
    if item.limits and fund is not None:
        if item.prorates_first:
            written = ", ".join(word.text for word in item.order)
            said = "the appropriation first, then the limits, as written"
            yield Note(f"order of the steps: {said}: `order: [{written}]`")
        else:
            written = f"as written: `order: [{', '.join(word.text for word in item.order)}]`"
            why = written if item.order else "as always where the policy writes no `order:`"
            yield Note(f"order of the steps: the limits first, then the appropriation, {why}")
    kept = paid.payee("reserved") or NOTHING
    if kept and fund is not None:
        rule = f"`pending_claims: {fund.pending_claims}`"
        yield Note(f"kept back for pending claims, beside the payment: {dollars(kept)} ({rule})")
    if item.paid_by:
        yield Note(f"paid by: {item.paid_by}")
    if item.settle_up:
        yield Note(_settled(paid))
    prior, whole = paid.payee("prior payment"), paid.payee("")
    if prior is not None and whole is not None:
        more = whole - prior
        change = "as much" if not more else f"{dollars(abs(more))} {'more' if more > 0 else 'less'} now"
        yield Note(f"paid in the fiscal year before: {dollars(prior)}; {change}")


def _settled(paid: Paid) -> str:
    """What was paid in the fiscal year already, and what is left to settle."""
    before, left = paid.payee("paid before"), paid.payee("settlement")
    if before is None or left is None:
        return "what was paid before in this fiscal year is not known, so nothing is settled"
    settled = "nothing is left to settle" if not left else (
        f"{dollars(left)} is still to be paid" if left > 0 else f"{dollars(-left)} was paid too much"
    )  # fmt: skip
    return f"paid before in this fiscal year: {dollars(before)}; {settled}"


def _parts(paid: Paid) -> Iterator[Item]:
    """What is owed back, what must be passed on or spent for something, and the parts of a split."""
    item, replay = paid.line.item, paid.replay
    if owed := paid.payee("owed"):
        off = paid.payee("taken off")
        how = "not taken off the payment" if off is None else f"{dollars(off)} of it is taken off the payment"
        yield Note(f"owed back for stages that were missed: {dollars(owed)}; {how}")
    for one in item.pass_on:
        amount = paid.payee(f"passed on to {one.name}") or NOTHING
        law = f"; {one.cite}" if one.cite else ""
        yield Note(f"to be passed on to {one.name}: at least {dollars(amount)} ({print_expr(one.at_least)}{law})")
    for some in item.spend:
        amount = paid.payee(f"to spend for {some.name}") or NOTHING
        law = f"; {some.cite}" if some.cite else ""
        yield Note(f"to be spent for {some.what}: at least {dollars(amount)} ({print_expr(some.at_least)}{law})")
    if item.split:
        entries = [
            Entry(
                f"{one.name}: {'the rest' if one.share is None else print_expr(one.share)}",
                paid.payee(f"split {one.name}") or NOTHING, False, one.cite, source_title(replay, one.cite),
            )
            for one in item.split
        ]  # fmt: skip
        yield Ledger("how it is split", (*entries, Entry("payment", paid.payee("") or NOTHING, True)))


def _rules(line: Line) -> Iterator[Item]:
    """What counts and for how much, as written."""
    item, claim = line.item, line.item.claim.text.replace("_", " ")
    if item.when is not None:
        article = "an" if claim[0] in "aeiou" else "a"
        yield Note(f"{article} {claim} counts when {print_expr(item.when)}")
    times = f", times {print_expr(item.quantity)}" if item.quantity is not None else ""
    yield Note(f"its amount: {print_expr(item.amount)}{times}")


def _money(paid: Paid) -> Iterator[Item]:
    """What there is for the line: the appropriation, less what is set aside and what earlier lines took."""
    line, run = paid.line, paid.replay.run
    if line.fund is None:
        yield Note("the line draws on no appropriation: entitlements are paid in full")
        return
    fund, whole, available = line.fund, fund_amount(run, line.fund.name), paid.state("available")
    if whole is None or available is None:
        return
    law = fund.cite, source_title(paid.replay, fund.cite)
    entries = [Entry(fund.title or fund.name, whole, True, *law)]
    for one in fund.set_aside:
        amount = set_asides(run, fund.name).get(one.name, NOTHING)
        cite = one.cite, source_title(paid.replay, one.cite)
        text = f"set aside for {one.name.replace('_', ' ')}: {print_expr(one.amount)}"
        entries.append(Entry(text, -amount, False, *cite))
    for other in drawing_on(lines_of_run(run), fund.name):
        if other.item.name == line.item.name:
            break
        parts = [of_state(run, other.name(part)) or NOTHING for part in ("paid", "reserved")]
        kept = (f"of it kept back for pending claims: {dollars(parts[1])}",) if parts[1] else ()
        entries.append(Entry(f"taken by the earlier line {other.item.name}", -sum(parts, NOTHING), False, "", "", kept))
        stays = of_state(run, other.name("stays")) if other.keeps_coins else None
        if stays:
            entries.append(Entry(f"coins that rounding left over on {other.item.name} and that stay", -stays))
    yield Ledger("what there is for the line", (*entries, Entry("available", available, True)))
    path = f"parameters.{fund.name}"
    yield given(paid.replay, Cell(path, money()), whole)


# -- the claims -------------------------------------------------------------------------------------------------


def _claims(paid: Paid) -> Rows:
    """The claims of the payee, some of them shown with what became of them."""
    entity, replay = paid.line.item.claim.text, paid.replay
    status = {key: paid.status(key) for key in paid.claims}
    chosen = sorted(paid.claims, key=lambda key: (FIRST.index(status[key]), key))[:ROWS]
    rows = tuple(
        SeenRow(place_of(replay, entity, key, paid.key), (Note(_said(paid, key, status[key])),), _waits(status[key]))
        for key in chosen
    )
    words = list(status.values())
    claim = paid.of_claims("claim amount")
    return Rows(
        text="claims that count" if paid.line.item.prorates_first else "claims after limits",
        function="sum",
        entity=entity,
        value=claim,
        type=money(),
        rows_in=words.count("paid") + words.count("limited"),
        rows_out=sum(word in OUT for word in words),
        possible=words.count("pending"),
        left_out=len(paid.claims) - len(rows),
        decisive=False,
        rows=rows,
    )


def _waits(status: str) -> bool:
    return status == "pending"


def _said(paid: Paid, key: Key, status: str) -> str:
    entity, name = paid.line.item.claim.text, paid.line.name("limited by")
    if status in OUT or status == "pending":
        return status.replace("_", " ")
    cut = ""
    if status == "limited":
        cut = f" by {paid.replay.interpreter.value(entity, name, key)}"
    full, claim, brings = (dollars(paid.claim(part, key)) for part in ("amount", "claim amount", "paid"))
    known = isinstance(paid.replay.interpreter.value(entity, paid.line.name("paid"), key), Fraction)
    return f"{status}{cut}: {full} in full, claim {claim}" + (f", brings {brings}" if known else "")
