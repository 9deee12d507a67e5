"""The steps of a payment, read off the columns of a run by replay: what each adds or takes away, to the last cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..execution.values import Key
from ..syntax.print import print_expr
from ..types.lower.line import Line
from .allocation import floored
from .dollars import dollars, factor_text
from .explain.explanation import Entry
from .limit_text import limit_text
from .line import STATE
from .pending import least
from .replay import Replay, checked_trace, source_title

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Paid:
    """The payment of a line to one payee, and the claims that it is made of, where it is replayed."""

    replay: Replay
    line: Line
    key: Key
    claims: tuple[Key, ...]

    def payee(self, part: str) -> Fraction | None:
        """A column of the payee; nothing where it is missing or the line has none."""
        return number_at(self.replay, self.line.payee, self.line.name(part) if part else self.line.item.name, self.key)

    @property
    def before_owed(self) -> Fraction | None:
        """The payment before what is owed back is taken off."""
        return self.payee("before owed" if self.line.item.subtracts else "")

    def state(self, part: str) -> Fraction | None:
        """A column of the line on the state."""
        return number_at(self.replay, STATE, self.line.name(part), (STATE,))

    def claim(self, part: str, key: Key) -> Fraction:
        """A column of a claim; no money where it is missing."""
        found = self.replay.interpreter.value(self.line.item.claim.text, self.line.name(part), key)
        return found if isinstance(found, Fraction) else NOTHING

    def of_claims(self, part: str) -> Fraction:
        """The sum of a column over the claims that count."""
        return sum((self.claim(part, key) for key in self.counting), NOTHING)

    @property
    def counting(self) -> tuple[Key, ...]:
        """The claims that count: paid, or cut by a limit."""
        return tuple(key for key in self.claims if self.status(key) in ("paid", "limited"))

    def status(self, key: Key) -> str:
        """What became of a claim."""
        return str(self.replay.interpreter.value(self.line.item.claim.text, self.line.name("status"), key))


def number_at(replay: Replay, entity: str, name: str, key: Key) -> Fraction | None:
    """The number in a stored cell, replayed and held against what the run stored (X900)."""
    if (entity, name) not in replay.columns:
        return None
    found = checked_trace(replay, entity, name, key).value
    return found if isinstance(found, Fraction) else None


def paid_of(replay: Replay, line: Line, key: Key) -> Paid:
    """The payment of a line to the payee `key`, with its claims."""
    entity, payee = line.item.claim.text, line.name("payee")
    claims = replay.interpreter.keys(entity)
    own = tuple(one for one in claims if (replay.interpreter.value(entity, payee, one),) == key)
    return Paid(replay, line, key, own)


def _law(paid: Paid, cite: str) -> tuple[str, str]:
    return cite, source_title(paid.replay, cite)


def _change(paid: Paid, text: str, amount: Fraction, cite: str, *notes: str) -> Entry:
    return Entry(text, amount, False, *_law(paid, cite), notes)


def claims_word(count: int) -> str:
    """`1 claim`, `1,200 claims`."""
    return f"{count:,} claim{'' if count == 1 else 's'}"


def payment_steps(paid: Paid) -> tuple[Entry, ...]:
    """Full amount, limits, claim, maximum, minimum, proration, coins, payment; in the order in which they are taken."""
    item, count = paid.line.item, len(paid.counting)
    full = paid.of_claims("amount")
    text = f"{claims_word(count)} that count{'s' if count == 1 else ''}, in full" if count else "no claim that counts"
    found = [Entry(text, full, True, *_law(paid, item.cite))]
    if item.prorates_first:
        found += _rounded_claims(paid, full)
        found += _shared_out(paid, paid.of_claims("claim amount"), paid.of_claims("prorated"))
        found += _limits(paid, "prorated", paid.of_claims("prorated"))
        found += _blocked(paid, paid.of_claims("paid"))
    else:
        found += _limits(paid, "amount", full)
        last = paid.of_claims(f"after {item.limits[-1].name}") if item.limits else full
        found += _rounded_claims(paid, last)
        claim = paid.payee("claim") or NOTHING
        found += _guards(paid, claim)
        if paid.line.fund is not None:
            found += _shares(paid)
    whole = paid.payee("")
    assert whole is not None
    if off := paid.payee("taken off"):
        found.append(_change(paid, "owed back for stages that were missed, taken off", -off, item.cite))
    title = f"payment on {item.title or item.name}"
    return (*found, Entry(title, whole, True))


# -- limits and rounding ----------------------------------------------------------------------------------------


def _limits(paid: Paid, before: str, amount: Fraction) -> Iterator[Entry]:
    """What each limit takes away, with what there would be without the only one that does."""
    limits, first, cut = paid.line.item.limits, amount, list[str]()
    remains = "what is left here" if paid.line.item.rounding.what == "claim" else "the claim"
    remains = "the payment" if paid.line.item.prorates_first else remains
    made = []
    for limit in limits:
        after = paid.of_claims(f"after {limit.name}")
        names = [key for key in paid.counting if paid.claim(f"after {limit.name}", key) < paid.claim(before, key)]
        many = f"{claims_word(len(names))} cut" if names else "cuts nothing here"
        cite = limit.cite or paid.line.item.cite
        entry = _change(paid, f"limit {limit.name}", after - amount, cite, f"{limit_text(limit)}; {many}")
        cut += [limit.name] if names else []
        made.append(entry)
        before, amount = f"after {limit.name}", after
    for entry in made:
        alone = [entry.text.removeprefix("limit ")] == cut
        more = (f"without it {remains} would be {dollars(first)}",) if alone else ()
        yield Entry(entry.text, entry.amount, False, entry.cite, entry.source, (*entry.notes, *more))


def _rounded_claims(paid: Paid, before: Fraction) -> Iterator[Entry]:
    rounding = paid.line.item.rounding
    claim = paid.of_claims("claim amount")
    if claim != before:
        yield _change(paid, f"each claim rounded to the {rounding.to}", claim - before, "")
    said = f"claim of {paid.line.payee.replace('_', ' ')} {paid.key[0]}"
    yield Entry(said, claim, True)


# -- minimum, maximum, hold harmless ----------------------------------------------------------------------------


def _guards(paid: Paid, claim: Fraction) -> Iterator[Entry]:
    """From the claim to the entitlement."""
    line, item = paid.line, paid.line.item
    entitled, low = paid.payee("entitlement"), paid.payee("low") or NOTHING
    assert entitled is not None
    most, maximum = claim, paid.payee("maximum")
    if maximum is not None and maximum < claim:
        assert item.maximum is not None
        text = f"held down to the maximum of {dollars(maximum)}"
        yield _change(paid, text, maximum - claim, item.cite, f"maximum: {print_expr(item.maximum)}")
        most = maximum
    if low > most:
        harmless = paid.payee("hold harmless")
        if harmless is not None and item.hold_harmless is not None and harmless >= low:
            text, rule = f"raised to {dollars(low)}, held harmless", f"hold_harmless: {print_expr(item.hold_harmless)}"
        else:
            assert item.minimum is not None
            text, rule = f"raised to the minimum of {dollars(low)}", f"minimum: {print_expr(item.minimum.amount)}"
        yield _change(paid, text, low - most, item.cite, rule)
        most = low
    if entitled != most:
        yield _change(paid, f"rounded to the {item.rounding.to}", entitled - most, "")
    if entitled != claim and line.fund is not None:
        yield Entry("entitlement", entitled, True)


# -- the appropriation ------------------------------------------------------------------------------------------


def _shares(paid: Paid) -> Iterator[Entry]:
    """From the entitlement to the payment."""
    line, entitled, whole = paid.line, paid.payee("entitlement"), paid.before_owed
    assert entitled is not None and whole is not None
    if line.how == "first_come":
        yield from _queued(paid, entitled, whole)
        return
    if line.item.rounding.what == "rate":
        yield from _shared_out(paid, entitled, paid.of_claims("paid"))
        yield from _blocked(paid, paid.of_claims("paid"))
        return
    over, under = paid.state("numerator"), paid.state("denominator")
    claim, low, pot = paid.payee("claim"), paid.payee("low"), paid.state("pot")
    assert over is not None and under is not None and claim is not None and low is not None
    lows = least(paid.replay.run, line)
    share = floored(line, claim, low, entitled, over, under, pot, lows)
    unit = Fraction(1, 10**line.item.rounding.places)
    own = min(entitled, claim * over / under // unit * unit)
    if share < low:
        said = f"the least amounts come to {dollars(lows or NOTHING)} and are prorated to the money that there is"
        yield _change(paid, "least amounts prorated", share - entitled, line.fund.cite if line.fund else "", said)
    elif share == entitled:
        yield from _shared_out(paid, entitled, entitled)
    else:
        yield from _shared_out(paid, entitled, own)
        if share > own:
            yield _change(paid, f"not below the least amount of {dollars(low)}", share - own, line.item.cite)
    coin = whole - share
    if coin > 0:
        said = "one of the coins left over after rounding down: largest remainder, then larger claim, then key"
        yield _change(paid, f"a {line.item.rounding.to} of the remainder", coin, "", said)
    elif coin < 0:
        yield from _blocked(paid, share)


def _shared_out(paid: Paid, before: Fraction, after: Fraction) -> Iterator[Entry]:
    """The proration, with the factor and how it came about."""
    line = paid.line
    over, under = paid.state("numerator"), paid.state("denominator")
    assert line.fund is not None and over is not None and under is not None
    if line.how == "none" and not over:
        said = f"{wanted_text(paid, paid.state('entitlements') or NOTHING)} and there is "
        said += f"{dollars(paid.state('available') or NOTHING)}: it is all or nobody"
        yield _change(paid, "nobody is paid", after - before, line.fund.cite, said)
    elif over == under:
        if after != before:
            yield _change(paid, f"rounded to the {line.item.rounding.to}", after - before, "")
        else:
            yield _change(paid, "not prorated: the money covers everybody", NOTHING, line.fund.cite)
    elif after == before and before > 0:
        least_already = before <= (paid.payee("low") or NOTHING)
        why = "it is the least amount" if least_already else "the maximum is below the claim at that factor"
        text = f"not cut by the factor of {factor_text(over, under)}: {why}"
        yield _change(paid, text, NOTHING, line.fund.cite, *factor_notes(paid))
    else:
        each = "each claim " if line.item.prorates_first or line.item.rounding.what == "rate" else ""
        text = f"{each}prorated at {factor_text(over, under)} and rounded down to the {line.item.rounding.to}"
        claim = paid.of_claims("claim amount")
        of = (f"of the claim: {dollars(claim)} × {factor_text(over, under)} is {dollars(after)}",)
        yield _change(paid, text, after - before, line.fund.cite, *(of if claim != before else ()), *factor_notes(paid))


def factor_notes(paid: Paid) -> Iterator[str]:
    """How the factor came about."""
    available, wanted = paid.state("available"), paid.state("entitlements")
    over, under = paid.state("numerator"), paid.state("denominator")
    assert available is not None and wanted is not None and over is not None and under is not None
    said = f"{wanted_text(paid, wanted)}; there is {dollars(available)}"
    exact = f"{over}/{under}" if over.denominator == 1 and len(f"{over}{under}") < 30 else factor_text(over, under)
    if wanted and available / wanted == over / under:
        yield f"{said}; {dollars(available)} / {dollars(wanted)} = {exact}"
    else:
        yield said
        yield f"one factor for all, {exact}, so that the payments come to what there is"


def wanted_text(paid: Paid, wanted: Fraction) -> str:
    """What all payees together ask for, in words."""
    what = "entitlements" if paid.line.guards else "claims"
    pending = ", pending ones with them," if paid.line.reserves and paid.state("pending claims") else ""
    return f"{what} of all{pending} come to {dollars(wanted)}"


def _queued(paid: Paid, before: Fraction, after: Fraction) -> Iterator[Entry]:
    line = paid.line
    assert line.fund is not None and line.draw is not None and line.draw.by is not None
    unserved = [key for key in paid.counting if paid.claim("paid", key) < paid.claim("claim amount", key)]
    said = f"first come, first served, by {print_expr(line.draw.by)}"
    if after == before:
        yield _change(paid, "all claims were reached", NOTHING, line.fund.cite, said)
        return
    there = dollars(paid.state("available") or NOTHING)
    short = f"of {claims_word(len(unserved))} part or all was not reached by the {there} that there was"
    if line.fund.pending_claims == "block" and not after and paid.state("pending claims"):
        yield from _blocked(paid, before)
    else:
        yield _change(paid, "the money was gone", after - before, line.fund.cite, said, short)


def _blocked(paid: Paid, before: Fraction) -> Iterator[Entry]:
    """What pending claims keep from being paid."""
    line, whole, count = paid.line, paid.before_owed or NOTHING, paid.state("pending claims") or NOTHING
    if whole == before:
        return
    if line.fund is not None and line.fund.pending_claims == "block" and not whole:
        said = f"{claims_word(int(count))} of the line {'is' if count == 1 else 'are'} pending"
        yield _change(paid, "kept back: pending claims block the payments", whole - before, line.fund.cite, said)
    else:
        yield _change(paid, "not above its share with all pending claims counted", whole - before, "")
