"""Payments: what each payee of each line is paid, and every step on the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any

from ..types.datatypes import Type
from ..types.lower.line import Line
from .claims import key_texts
from .decode import keys_of, labels_of
from .dollars import factor_of
from .line import cells, exact_cells, of_state
from .quantity import shown
from .run import Run
from .table import Cell, ResultTable

BEFORE = (
    ("line", "text"), ("title", "text"), ("fiscal_year", "text"), ("appropriation", "text"), ("entity", "text"),
    ("key", "text"), ("name", "text"), ("claim", "money"), ("minimum", "number"), ("maximum", "number"),
    ("hold_harmless", "number"), ("entitlement", "money"), ("held_by", "text"), ("factor", "number"),
    ("allocated", "money"), ("reserved", "money"), ("amount", "money"), ("prior_payment", "money"), ("change", "money"),
)  # fmt: skip


def payment_table(run: Run, lines: Sequence[Line]) -> ResultTable:
    """`payments`: payee × line; `amount` is what is paid and sums to the line's total.

    `claim` is what the payee's claims come to after limits, `entitlement` that held within minimum, maximum and hold
    harmless, and `held_by` says which of them decided. `allocated` is the share of the money with what is `reserved`
    for pending claims. `split NAME` are the parts of the amount, `passed on to NAME` what must be passed on; `owed` is
    what the payee owes back for stages that were missed; of it `taken off` was taken off the amount, and the rest is
    `still owed`, where the line says so. `to spend for NAME` is what
    of the amount it has to spend so. `settlement` is the amount less what was `paid before` in this fiscal year.
    """
    split = list(dict.fromkeys(f"split {one.name}" for line in lines for one in line.item.split))
    passed = list(dict.fromkeys(f"passed on to {one.name}" for line in lines for one in line.item.pass_on))
    owed = ["owed"] if any(line.item.owes for line in lines) else []
    owed += ["taken off", "still owed"] if any(line.item.subtracts for line in lines) else []
    spent = list(dict.fromkeys(f"to spend for {one.name}" for line in lines for one in line.item.spend))
    settled = ["paid before", "settlement"] if any(line.item.settle_up for line in lines) else []
    parts, rows = [*split, *passed, *spent, *owed, *settled], list[tuple[Cell, ...]]()
    for line in lines:
        rows += _rows(run, line, parts)
    return ResultTable("payments", (*BEFORE, *((name, "money") for name in parts), ("cite", "text")), tuple(rows))


def fiscal_year(run: Run) -> str:
    """The fiscal year of the as-of date, such as FY2027."""
    year = run.binding.cells["fiscal_year"]
    assert isinstance(year, int)
    return fiscal_year_text(year)


def fiscal_year_text(year: int) -> str:
    """A fiscal year as people write it: FY2027."""
    return shown(year, Type("year", name="fiscal_year"))


def _rows(run: Run, line: Line, shares: Sequence[str]) -> Iterable[tuple[Cell, ...]]:
    def of(part: str) -> list[Any]:
        return exact_cells(run, line.payee, line.name(part))

    keys, labels = keys_of(run, line.payee), labels_of(run, line.payee)
    paid, prior = exact_cells(run, line.payee, line.item.name), of("prior payment")
    factor = factor_of(of_state(run, line.name("numerator")), of_state(run, line.name("denominator")))
    change = [None if one is None or before is None else one - before for one, before in zip(paid, prior, strict=True)]
    return zip(
        repeat(line.item.name), repeat(line.item.title), repeat(fiscal_year(run)),
        repeat(line.fund.name if line.fund is not None else ""), repeat(line.payee), key_texts(run, line.payee, keys),
        [labels.get(key, "") for key in keys], of("claim"), of("minimum"), of("maximum"), of("hold harmless"),
        of("entitlement"), held_by(run, line), repeat(factor, len(keys)), of("allocated"), of("reserved"), paid, prior,
        change, *(of(part) for part in shares), repeat(line.item.cite),
    )  # fmt: skip


def held_by(run: Run, line: Line) -> list[str]:
    """Of each payee, which of minimum, maximum and hold harmless made the entitlement or the payment what it is."""

    def of(part: str) -> list[Any]:
        return cells(run, line.payee, line.name(part))

    parts = ("claim", "low", "entitlement", "minimum", "maximum", "hold harmless")
    columns = [*(of(part) for part in parts), cells(run, line.payee, line.before_owed)]
    least = line.item.minimum
    beyond = least is not None and least.beyond_claim
    return [holding(*row, beyond_claim=beyond) for row in zip(*columns, strict=True)]


def holding(
    claim: Fraction | None, low: Fraction | None, high: Fraction | None, minimum: Fraction | None,
    maximum: Fraction | None, harmless: Fraction | None, got: Fraction | None, *, beyond_claim: bool,
) -> str:  # fmt: skip
    """The word for what holds a payment up or down: it lies at the low end, or at a high end below the claim.

    A minimum that is not `beyond_claim` holds nothing up beyond the claim, however large it is.
    """
    if got is None or claim is None or low is None or high is None:
        return ""
    if low > 0 and got <= low:
        least = minimum if beyond_claim or minimum is None else min(minimum, claim)
        return "hold harmless" if harmless is not None and harmless >= low and harmless != least else "minimum"
    if maximum is not None and got == high and maximum < claim:
        return "maximum"
    return ""
