"""Reconciliation: from the claims in the data to what is paid, step by step, in counts and dollars that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..types.lower.line import Line
from .claims import counting_amounts
from .limit_text import limit_text
from .line import cells, of_state, total
from .pending import deciding_parts, waiting_parts
from .run import Run
from .table import Cell, ResultTable, table

NOTHING = Fraction(0)
STUDENT, VERIFICATION = "student", "verification"


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims of a line, column by column."""

    run: Run
    line: Line
    status: list[Any]
    amount: list[Any]
    claim: list[Any]
    paid: list[Any]
    students: list[Any]

    def of(self, part: str) -> list[Any]:
        """A column of the line, nothing read as no money."""
        found = cells(self.run, self.line.item.claim.text, self.line.name(part))
        return [NOTHING if one is None else one for one in found]


Row = tuple[str, str, int | None, int | None, Fraction | None, str]
"""Step, kind (`total`, `change` or `what_if`), claims, students, dollars, note."""


def reconciliation_table(run: Run, lines: Sequence[Line]) -> ResultTable:
    """`reconciliation`: line × step. A `total` is the total before it with the `change` rows between them.

    Dollars are those of claims whose amount is known. Students are counted once in every total. The `what_if` rows say
    what a stricter level of verification would leave out of what is paid, other things being equal.
    """
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        made = _claims(run, line)
        for step, kind, count, students, amount, note in (*_waterfall(made), *_stricter(made)):
            counted = [None if one is None else Fraction(one) for one in (count, students)]
            rows.append((line.item.name, step, kind, *counted, amount, note))
    return table("reconciliation", "line step kind claims:number students:number amount:number note", rows)


def _claims(run: Run, line: Line) -> _Claims:
    entity = line.item.claim.text
    parts = (cells(run, entity, line.name(part)) for part in ("status", "amount", "claim amount", "paid"))
    status, amount, claim, paid = parts
    students = data_column(run, entity, STUDENT)
    if entity == STUDENT:
        students = [str(row) for row in range(len(status))]
    return _Claims(run, line, status, amount, claim, paid, students)


def data_column(run: Run, entity: str, name: str) -> list[Any]:
    """A column of the data in the order of the keys; empty where the run has not read one."""
    frame = run.dataset.tables.get(entity)
    if frame is None or name not in frame.columns:
        return []
    keys = [name for name, _ in run.plan.entity(entity).key]
    wanted = list(zip(*(run.columns[entity].column(key).to_pylist() for key in keys), strict=True))
    there = zip(*(frame.columns[key].values.to_pylist() for key in keys), strict=True)
    values = frame.columns[name].values.to_pylist()
    found = dict(zip(there, values, strict=True))
    return [found.get(key) for key in wanted]


def _total(made: _Claims, step: str, rows: Sequence[int], amounts: Sequence[Any], note: str = "") -> Row:
    students = len({made.students[row] for row in rows} - {None}) if made.students else None
    return step, "total", len(rows), students, total([amounts[row] for row in rows]), note


def _waterfall(made: _Claims) -> Iterator[Row]:
    """The steps of a line in the order in which they are taken."""
    everything = range(len(made.status))
    yield _total(made, "in the data", everything, made.amount)
    denied = [row for row in everything if made.status[row] == "denied"]
    yield _change("denied", denied, made.amount)
    waiting = waiting_parts(made.run, made.line)
    for part, what in deciding_parts(made.line).items():
        rows = [row for row in everything if waiting[row] == part]
        if rows:
            unknown = sum(made.amount[row] is None for row in rows)
            note = f"not known: {what}" + (f"; of {unknown:,} no amount is known" if unknown else "")
            yield _change("pending", rows, made.amount, note)
    left = [row for row in everything if made.status[row] in ("paid", "limited")]
    yield _total(made, "counting", left, made.amount)
    if made.line.item.prorates_first:
        yield from _prorated_first(made, left)
    else:
        yield from _limited_first(made, left)


def _change(step: str, rows: Sequence[int], amounts: Sequence[Any], note: str = "") -> Row:
    return step, "change", -len(rows), None, -total([amounts[row] for row in rows]), note


def _limited_first(made: _Claims, left: list[int]) -> Iterator[Row]:
    left, amounts = yield from _limits(made, left, counting_amounts(made.status, made.amount))
    left = yield from _step(made, "rounding of claims", left, amounts, made.of("claim amount"))
    yield _total(made, "claimed", left, made.of("claim amount"), "sum of the claims of all payees")
    yield from _payments(made, left)


def _prorated_first(made: _Claims, left: list[int]) -> Iterator[Row]:
    amounts = made.of("claim amount")
    left = yield from _step(made, "rounding of claims", left, counting_amounts(made.status, made.amount), amounts)
    yield _total(made, "claimed", left, amounts, "sum of the claims of all payees")
    shares = made.of("prorated")
    left = yield from _step(made, "not paid for want of money", left, amounts, shares, "before the limits, as written")
    left, amounts = yield from _limits(made, left, shares)
    yield from _paid(made, left, total([amounts[row] for row in left]))


def _limits(made: _Claims, left: list[int], amounts: list[Any]) -> Any:
    """The steps of the limits; gives the claims of which anything is left, and how much."""
    for limit in made.line.item.limits:
        after = made.of(f"after {limit.name}")
        cut = sum(after[row] < amounts[row] for row in left)
        note = f"{limit_text(limit)}; {cut:,} claims cut" if cut else limit_text(limit)
        left = yield from _step(made, f"limit {limit.name}", left, amounts, after, note, always=True)
        amounts = after
    return left, amounts


def _step(
    made: _Claims, step: str, left: list[int], before: list[Any], after: list[Any], note: str = "", always: bool = False
) -> Any:
    """A change, left out where it changes nothing; gives the claims of which anything is left."""
    kept = [row for row in left if after[row] > 0]
    change = total([after[row] for row in left]) - total([before[row] for row in left])
    if always or change or len(kept) < len(left):
        yield step, "change", len(kept) - len(left), None, change, note
    return kept


def _payments(made: _Claims, left: list[int]) -> Iterator[Row]:
    """From the sum of the claims to what is paid: minimum, maximum, hold harmless, and the appropriation."""
    line, run = made.line, made.run
    claimed = total([made.claim[row] for row in left])
    entitled = cells(run, line.payee, line.name("entitlement"))
    if line.guards and None not in entitled:
        most = [
            claim if limit is None else min(claim, limit)
            for claim, limit in zip(
                cells(run, line.payee, line.name("claim")), cells(run, line.payee, line.name("maximum")), strict=True
            )
        ]
        if line.item.maximum is not None:
            yield "maximum", "change", 0, None, total(most) - claimed, "payees held down"
        yield "minimum and hold harmless", "change", 0, None, total(entitled) - total(most), "payees raised"
        yield "entitlements", "total", len(left), _students(made, left), total(entitled), ""
        claimed = total(entitled)
    yield from _paid(made, left, claimed)


def _students(made: _Claims, rows: Sequence[int]) -> int | None:
    return len({made.students[row] for row in rows} - {None}) if made.students else None


def _paid(made: _Claims, left: list[int], before: Fraction) -> Iterator[Row]:
    """The last step: what the payees are paid, and the claims of which anything is."""
    line = made.line
    payments = cells(made.run, line.payee, line.item.name)
    if None in payments:
        yield "paid", "total", None, None, None, "the payments of this line are not known"
        return
    kept = [row for row in left if (made.paid[row] or 0) > 0]
    whole = total(payments)
    if whole != before or len(kept) < len(left):
        what = "paid beyond the claims" if whole > before else "not paid for want of money"
        if line.fund is None or _in_full(made):
            what = "rounding of payments"
        elif line.fund.pending_claims == "block" and not any(payments):
            what = "kept back while claims are pending"
        yield what, "change", len(kept) - len(left), None, whole - before, ""
    yield "paid", "total", len(kept), _students(made, kept), whole, ""


def _in_full(made: _Claims) -> bool:
    """Whether the money covers everything."""
    over, under = (of_state(made.run, made.line.name(part)) for part in ("numerator", "denominator"))
    return over is not None and over == under


def _stricter(made: _Claims) -> Iterator[Row]:
    """What each stricter level of verification would leave out of what is paid."""
    entity = made.line.item.claim.text
    type = made.run.epoch.world.entities[entity].columns.get(VERIFICATION)
    levels = data_column(made.run, entity, VERIFICATION)
    if type is None or not any(levels):
        return
    paid = [row for row, amount in enumerate(made.paid) if amount]
    for place, level in enumerate(type.values[1:], 1):
        enough = set(type.values[place:])
        out = [row for row in paid if levels[row] not in enough]
        note = "left out if this were the least level"
        yield f"verification {level}", "what_if", -len(out), None, -total([made.paid[row] for row in out]), note
