"""What a person should look at before money is paid: lines that fail, wait, or leave money over."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..types.lower.line import Line
from .allocation import drawing_on, fund_amount, set_asides
from .dollars import dollars
from .line import cells, lines_of_run, of_state, total
from .pending import REPLAYED, least, shortfall
from .run import Run

Said = tuple[str, str]
"""The kind of a finding and its sentence."""


def funding_findings(run: Run) -> Iterator[Said]:
    """What is worth a look on the lines of a run. None of it names a claim, since claims may be about persons."""
    lines = lines_of_run(run)
    for line in lines:
        yield from _unpaid(run, line)
        yield from _waiting(run, line)
        yield from _left_by_limits(run, line, lines)
        yield from _not_settled(run, line)
    for fund in run.checked.policy.appropriations:
        amount, aside = fund_amount(run, fund.name), sum(set_asides(run, fund.name).values(), Fraction(0))
        if amount is not None and aside > amount:
            said = f"set aside from `{fund.name}` is {dollars(aside)}, more than the {dollars(amount)} that it holds"
            yield "unpaid", f"{said}: nothing is left for its lines"


def _unpaid(run: Run, line: Line) -> Iterator[Said]:
    """Lines that pay nobody: the least amounts exceed the money, a payment is not known, all or nobody, blocked."""
    called = f"`{line.item.name}`"
    paid = cells(run, line.payee, line.item.name)
    if None in paid:
        short, lows, pot = shortfall(run, line), least(run, line), of_state(run, line.name("pot"))
        if short is not None and lows is not None and pot is not None:
            said = f"the least amounts on {called} come to {dollars(lows)}, {dollars(short)} more than the"
            yield "failed", f"{said} {dollars(max(pot, Fraction(0)))} that there is: nobody is paid (F001)"
        else:
            unknown = sum(1 for one in paid if one is None)
            yield "pending", f"{unknown:,} payments on {called} cannot be told: see the table held"
        return
    available, wanted = of_state(run, line.name("available")), of_state(run, line.name("entitlements"))
    if line.how == "none" and available is not None and wanted is not None and available < wanted:
        said = f"{dollars(wanted)} is wanted on {called} and there is {dollars(available)}"
        yield "unpaid", f"{said}: nobody is paid, since all or nobody is"
    count = of_state(run, line.name("pending claims"))
    if line.fund is not None and line.fund.pending_claims == "block" and count:
        yield "unpaid", f"nobody is paid on {called} until its {_claims(count, 'pending ')} {_are(count)} decided"


def _waiting(run: Run, line: Line) -> Iterator[Said]:
    """Pending claims: how many, what is kept back for them, and how many were not looked into."""
    count = of_state(run, line.name("pending claims"))
    if not count:
        return
    said = f"{_claims(count)} on `{line.item.name}` {_are(count)} pending"
    kept = of_state(run, line.name("reserved"))
    if kept:
        said += f", and {dollars(kept)} is kept back for {'it' if count == 1 else 'them'}"
    if count > REPLAYED:
        said += f"; the table held has the first {REPLAYED:,}"
    yield "pending", said


def _not_settled(run: Run, line: Line) -> Iterator[Said]:
    """Payees of which it is not known what they were paid before."""
    if line.item.settle_up:
        unknown = cells(run, line.payee, line.name("paid before")).count(None)
        if unknown:
            said = (
                f"what was paid before on `{line.item.name}` is not known of {unknown:,} payees: they are not settled"
            )
            yield "pending", said


def _left_by_limits(run: Run, line: Line, lines: tuple[Line, ...]) -> Iterator[Said]:
    """Where the appropriation comes before the limits: what these leave over of money that was wanted."""
    if not line.item.prorates_first or line.fund is None:
        return
    prorated, paid, status = (
        cells(run, line.item.claim.text, line.name(part)) for part in ("prorated", "paid", "status")
    )
    decided = [row for row, state in enumerate(status) if state in ("paid", "limited")]
    lost = total([prorated[row] for row in decided]) - total([paid[row] for row in decided])
    if lost > 0:
        last = drawing_on(lines, line.fund.name)[-1] is line
        left = "is left unspent" if last else "is left to the lines that follow"
        yield (
            "unspent",
            f"the limits of `{line.item.name}` come after the appropriation, and {dollars(lost)} that they cut {left}",
        )


def _claims(count: Fraction, which: str = "") -> str:
    return f"{count} {which}claim" if count == 1 else f"{int(count):,} {which}claims"


def _are(count: Fraction) -> str:
    return "is" if count == 1 else "are"
