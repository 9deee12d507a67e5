"""What was paid on a line before, from the table of earlier payments: in the fiscal year before, or in that of the run
when counts were corrected after the payment.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ..pending import Pending
from .build import Build
from .line import Line, column, minus

ROLE = "payment"
FUND = "fund"


def prior_payment(line: Line) -> Pending:
    """What the payee was paid on this line in the fiscal year before."""
    make = Build(line.item.span)
    before = ast.Arithmetic("-", make.name("fiscal_year"), ast.Duration(1, "year", span=make.span), span=make.span)
    return column(line, line.payee, "prior payment", _recorded(line, "the", before, make), ROLE, "hold_harmless")


def settlement_columns(line: Line) -> list[Pending]:
    """What the payee was paid on this line in this fiscal year already, and what is left to settle: below nothing where
    it was paid too much.
    """
    make, path = Build(line.item.span), "settle_up"
    before = _recorded(line, "sum", make.name("fiscal_year"), make)
    found = [column(line, line.payee, "paid before", before, ROLE, path)]
    left = minus(make, make.name(line.item.name), make.name(line.name("paid before")))
    found.append(column(line, line.payee, "settlement", left, ROLE, path))
    for part in ("paid before", "settlement"):
        total = make.over("sum", make.name(line.name(part)), line.payee_rows, None)
        found.append(column(line, "state", part, total, FUND, path))
    return found


def _recorded(line: Line, function: str, fiscal_year: Expr, make: Build) -> Expr:
    """The recorded payment of a fiscal year: `fiscal_year` as the payee reads it."""
    begin = line.fiscal_year
    # a day that lies in the calendar year for which a fiscal year is named, however it begins
    month, day = begin.month, begin.day
    if begin.named_for_end:
        month, day = (Date(2001, begin.month, begin.day) - timedelta(days=1)).month, 1
    year = ast.DayOf(day, month, ast.Outward(fiscal_year, span=make.span), span=make.span)
    of_row = ast.DayOf(day, month, make.name("fiscal_year"), span=make.span)
    mine = make.all_of(
        make.compare(make.name("line"), "=", make.text(line.item.name)),
        make.compare(make.name("entity"), "=", make.text(line.payee)),
        make.compare(of_row, "=", year),
    )
    return make.over(function, make.name("payment"), "prior_payments", mine)
