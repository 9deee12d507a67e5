"""Allocation: what there is of each appropriation, and what each line makes of it, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..types.lower.line import IF_ALL, Line
from .dollars import factor_of
from .line import cells, of_state
from .payments import fiscal_year
from .pending import least
from .run import Run
from .table import Cell, ResultTable, table

COLUMNS = (
    "appropriation fiscal_year line how amount:number set_aside:number available:number claims:number payees:number "
    "entitlements:number factor:number factor_numerator:number factor_denominator:number paid:money reserved:money "
    "stays:number left:number remainder:money remainder_coins:number pending_claims:number unspent:money "
    "unspent_is"
)


def allocation_table(run: Run, lines: Sequence[Line]) -> ResultTable:
    """`allocation`: appropriation × line in the order in which they are paid; lines that draw on none last.

    paid + reserved + stays + left = available: `stays` are coins that rounding leaves over and that no later line
    gets, and what one line leaves is what the next finds. `unspent` stands on the last line of an appropriation: what
    that leaves, and what stays of all of them. `set_aside` is all that is taken off first. `entitlements` are those by
    which the money is divided: pending claims are in them where money is kept back for them. `remainder` are the coins
    that were handed out after rounding down. Where a line settles up, `paid_before` and `settlement` sum those of its
    payees.
    """
    rows: list[tuple[Cell, ...]] = []
    settled = ("paid before", "settlement") if any(line.item.settle_up for line in lines) else ()

    def totals(line: Line) -> tuple[Cell, ...]:
        return tuple(of_state(run, line.name(part)) for part in settled)

    for fund in run.checked.policy.appropriations:
        drawing = drawing_on(lines, fund.name)
        amount = fund_amount(run, fund.name)
        aside = sum(set_asides(run, fund.name).values(), Fraction(0))
        unspent = of_state(run, f"{fund.name}: unspent")
        for line in drawing:
            last = line is drawing[-1]
            end: tuple[Cell, ...] = (unspent, fund.unspent) if last else (None, "")
            rows.append((fund.name, fiscal_year(run), *_line(run, line, amount, aside), *end, *totals(line), fund.cite))
        if not drawing:
            nothing: tuple[Cell, ...] = ("", "", amount, aside, of_state(run, f"{fund.name}: available"))
            rows.append(
                (
                    fund.name,
                    fiscal_year(run),
                    *nothing,
                    *[None] * 13,
                    unspent,
                    fund.unspent,
                    *(None for _ in settled),
                    fund.cite,
                )
            )
    for line in lines:
        if line.fund is None:
            rows.append(("", fiscal_year(run), *_line(run, line, None, None), None, "", *totals(line), line.item.cite))
    more = "".join(f"{part.replace(' ', '_')}:money " for part in settled)
    return table("allocation", f"{COLUMNS} {more}cite", rows)


def drawing_on(lines: Sequence[Line], fund: str) -> list[Line]:
    """The lines that draw on an appropriation, in the order in which they are paid."""
    drawing = [line for line in lines if line.fund is not None and line.fund.name == fund]
    order = [one.name for line in drawing[:1] if line.fund is not None for one in line.fund.pay_in_order]
    return sorted(drawing, key=lambda one: order.index(one.item.name) if one.item.name in order else len(order))


def fund_amount(run: Run, fund: str) -> Fraction | None:
    """The amount of an appropriation as of the run; nothing where it has none yet."""
    found = run.binding.cells.get(f"parameters.{fund}")
    return found if isinstance(found, Fraction) else None


def set_asides(run: Run, fund: str) -> dict[str, Fraction]:
    """What is taken off an appropriation first, by name."""
    policy = run.checked.policy
    names = next(([one.name for one in item.set_aside] for item in policy.appropriations if item.name == fund), [])
    found = {name: of_state(run, f"{fund}: set aside {name}") for name in names}
    return {name: amount for name, amount in found.items() if amount is not None}


def _line(run: Run, line: Line, amount: Fraction | None, aside: Fraction | None) -> tuple[Cell, ...]:
    def of(part: str) -> Fraction | None:
        return of_state(run, line.name(part))

    numerator, denominator = of("numerator"), of("denominator")
    available, paid, reserved = of("available"), of("paid"), of("reserved")
    stays = of("stays") if line.keeps_coins else Fraction(0)
    parts = (paid, reserved, stays)
    taken = [one for one in parts if one is not None]
    left = available - sum(taken) if available is not None and len(taken) == len(parts) else None
    handed = remainder(run, line)
    coins = None if handed is None else handed * 10**line.item.rounding.places
    payees = sum(1 for one in cells(run, line.payee, line.item.name) if one)
    return (
        line.item.name, line.how or "in full", amount, aside, available, of("claims"), Fraction(payees),
        of("entitlements"), factor_of(numerator, denominator), numerator, denominator, paid, reserved, stays, left,
        handed, coins, of("pending claims"),
    )  # fmt: skip


def remainder(run: Run, line: Line) -> Fraction | None:
    """What was handed out in coins after shares were rounded down; nothing where no coins are handed out."""
    over, under = (of_state(run, line.name(part)) for part in ("numerator", "denominator"))
    if line.how in ("", "first_come") or over is None or not under:
        return None
    ending = IF_ALL if line.reserves else ""
    parts = (f"claim{ending}", f"low{ending}", f"entitlement{ending}", "allocated")
    found = Fraction(0)
    pot, lows = of_state(run, line.name("pot")), least(run, line)
    counted: dict[tuple[Any, ...], int] = {}
    for row in zip(*(cells(run, line.payee, line.name(part)) for part in parts), strict=True):
        counted[row] = counted.get(row, 0) + 1
    for (claim, low, high, share), count in counted.items():
        down = floored(line, claim, low, high, over, under, pot, lows)
        found += (share - down) * count
    return found


def floored(
    line: Line, claim: Fraction, low: Fraction, high: Fraction, over: Fraction, under: Fraction, pot: Fraction | None,
    lows: Fraction | None,
) -> Fraction:  # fmt: skip
    """The share of a payee before coins that are left over are handed out, as `plan.Allocate` says."""
    unit = Fraction(1, 10**line.item.rounding.places)
    if not over and lows and pot is not None and lows > pot:
        return low * max(pot, Fraction(0)) / lows // unit * unit
    return max(low, min(high, claim * over / under // unit * unit))
