"""Reconciliation: from the claims in the data to what is paid, step by step, in counts and dollars that add up."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from ..syntax.print import print_expr
from ..types.lower.line import Line
from .claim_arrays import ClaimArrays, Column, claim_arrays, read_array
from .limit_text import limit_text
from .line import cells, of_state, out_of_force, total
from .pending import deciding_parts
from .run import Run
from .table import Cell, ResultTable, table

STUDENT, VERIFICATION = "student", "verification"

Row: TypeAlias = tuple[str, str, int | None, int | None, Fraction | None, str]
"""Step, kind (`total`, `change` or `what_if`), claims, students, dollars, note."""


@dataclass(frozen=True, slots=True)
class _Left:
    """The claims of which something is left, as a mask, and how much of each."""

    rows: Any
    amounts: Column


def reconciliation_table(run: Run, lines: Sequence[Line]) -> ResultTable:
    """`reconciliation`: line × step. A `total` is the total before it with the `change` rows between them.

    Dollars are those of claims whose amount is known. Students are counted once in every total. The `what_if` rows say
    what a stricter level of verification would leave out of what is paid, other things being equal.
    """
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        made = claim_arrays(run, line)
        for step, kind, count, students, amount, note in (*_waterfall(made), *_stricter(made)):
            counted = [None if one is None else Fraction(one) for one in (count, students)]
            rows.append((line.item.name, step, kind, *counted, amount, note))
    return table("reconciliation", "line step kind claims:number students:number amount:number note", rows)


def _total(made: ClaimArrays, step: str, left: _Left, note: str = "") -> Row:
    return step, "total", made.count(left.rows), _students(made, left.rows), left.amounts.total(left.rows), note


def _students(made: ClaimArrays, rows: Any) -> int | None:
    """How many students claims are of; nothing where the data does not say."""
    if made.line.item.claim.text == STUDENT:
        return made.count(rows)
    students = read_array(made.run, made.line.item.claim.text, STUDENT)
    return None if students is None else made.distinct(students, rows)


def _waterfall(made: ClaimArrays) -> Iterator[Row]:
    """The steps of a line in the order in which they are taken."""
    amount = made.column("amount")
    yield _total(made, "in the data", _Left(made.everything, amount))
    rejected = made.status("rejected")
    for check in made.line.checks:
        failed = made.both(rejected, made.column(check.part).false())
        rejected = made.but(rejected, failed)
        note = f"{check.item.name}" + (f": {check.item.title}" if check.item.title else "")
        yield "rejected", "change", -made.count(failed), None, -amount.total(failed), note
    if made.line.item.paid_in is not None:
        others = made.status("other_year")
        note = f"paid in another year than that of the run: {print_expr(made.line.item.paid_in)}"
        yield "of another year", "change", -made.count(others), None, -amount.total(others), note
    if made.line.timed:
        out = made.status("not_in_force")
        yield "not in force", "change", -made.count(out), None, -amount.total(out), out_of_force(made.line.item)
    denied = made.status("denied")
    yield "denied", "change", -made.count(denied), None, -amount.total(denied), ""
    waiting = made.status("pending")
    for part, what in deciding_parts(made.line).items():
        unknown = made.both(waiting, made.column(part).missing())
        waiting = made.but(waiting, unknown)
        if count := made.count(unknown):
            blank = made.count(made.both(unknown, amount.missing()))
            note = f"not known: {what}" + (f"; of {blank:,} no amount is known" if blank else "")
            yield "pending", "change", -count, None, -amount.total(unknown), note
    left = _Left(made.either(made.status("paid"), made.status("limited")), amount)
    yield _total(made, "counting", left)
    if made.line.item.prorates_first:
        yield from _prorated_first(made, left)
    else:
        yield from _limited_first(made, left)


def _limited_first(made: ClaimArrays, left: _Left) -> Iterator[Row]:
    left = yield from _limits(made, left)
    left = yield from _step(made, "rounding of claims", left, made.column("claim amount"))
    yield _total(made, "claimed", left, "sum of the claims of all payees")
    yield from _payments(made, left)


def _prorated_first(made: ClaimArrays, left: _Left) -> Iterator[Row]:
    left = yield from _step(made, "rounding of claims", left, made.column("claim amount"))
    yield _total(made, "claimed", left, "sum of the claims of all payees")
    note = "before the limits, as written"
    left = yield from _step(made, "not paid for want of money", left, made.column("prorated"), note)
    left = yield from _limits(made, left)
    yield from _paid(made, left, left.amounts.total(left.rows))


def _limits(made: ClaimArrays, left: _Left) -> Generator[Row, None, _Left]:
    """The steps of the limits; gives what is left after all of them."""
    for limit in made.line.item.limits:
        after = made.column(f"after {limit.name}")
        cut = made.count(made.both(left.rows, after.below(left.amounts)))
        note = f"{limit_text(limit)}; {cut:,} claims cut" if cut else limit_text(limit)
        left = yield from _step(made, f"limit {limit.name}", left, after, note, always=True)
    return left


def _step(
    made: ClaimArrays, step: str, left: _Left, after: Column, note: str = "", always: bool = False
) -> Generator[Row, None, _Left]:
    """A change, left out where it changes nothing; gives the claims of which anything is left."""
    kept = _Left(made.both(left.rows, after.positive()), after)
    change = after.total(left.rows) - left.amounts.total(left.rows)
    gone = made.count(left.rows) - made.count(kept.rows)
    if always or change or gone:
        yield step, "change", -gone, None, change, note
    return kept


def _payments(made: ClaimArrays, left: _Left) -> Iterator[Row]:
    """From the sum of the claims to what is paid: minimum, maximum, hold harmless, and the appropriation."""
    line, run = made.line, made.run
    claimed = left.amounts.total(left.rows)
    entitled = cells(run, line.payee, line.name("entitlement"))
    if line.guards and None not in entitled:
        claims, limits = (cells(run, line.payee, line.name(part)) for part in ("claim", "maximum"))
        most = total([one if limit is None else min(one, limit) for one, limit in zip(claims, limits, strict=True)])
        if line.item.maximum is not None:
            yield "maximum", "change", 0, None, most - claimed, "payees held down"
        yield "minimum and hold harmless", "change", 0, None, total(entitled) - most, "payees raised, and rounding"
        claimed = total(entitled)
        yield "entitlements", "total", made.count(left.rows), _students(made, left.rows), claimed, ""
    yield from _paid(made, left, claimed)


def _paid(made: ClaimArrays, left: _Left, before: Fraction) -> Iterator[Row]:
    """The last step: what the payees are paid, and the claims of which anything is."""
    line = made.line
    payments = cells(made.run, line.payee, line.item.name)
    if None in payments:
        yield "paid", "total", None, None, None, "the payments of this line are not known"
        return
    kept = made.both(left.rows, made.column("paid").positive())
    whole, gone = total(payments), made.count(left.rows) - made.count(kept)
    gross = cells(made.run, line.payee, line.before_owed)
    off = total(gross) - whole
    if total(gross) != before or (gone and not off):
        yield (
            _unpaid(made, any(gross), total(gross) > before),
            "change",
            0 if off else -gone,
            None,
            total(gross) - before,
            "",
        )
    if off:
        yield "owed back, taken off", "change", -gone, None, -off, "for stages that were missed"
    yield "paid", "total", made.count(kept), _students(made, kept), whole, ""


def _unpaid(made: ClaimArrays, any_paid: bool, more: bool) -> str:
    """What the difference between entitlements and payments is for."""
    fund, line = made.line.fund, made.line
    over, under = (of_state(made.run, line.name(part)) for part in ("numerator", "denominator"))
    if fund is None or (over is not None and over == under):
        return "rounding of payments"
    if fund.pending_claims == "block" and not any_paid:
        return "kept back while claims are pending"
    return "paid beyond the claims" if more else "not paid for want of money"


def _stricter(made: ClaimArrays) -> Iterator[Row]:
    """What each stricter level of verification would leave out of what is paid."""
    entity = made.line.item.claim.text
    type = made.run.epoch.world.entities[entity].columns.get(VERIFICATION)
    levels = read_array(made.run, entity, VERIFICATION)
    if type is None or levels is None or levels.null_count == len(levels):
        return
    paid = made.column("paid")
    for place, level in enumerate(type.values[1:], 1):
        out = made.but(paid.positive(), made.among(levels, type.values[place:]))
        note = "left out if this were the least level"
        yield f"verification {level}", "what_if", -made.count(out), None, -paid.total(out), note
