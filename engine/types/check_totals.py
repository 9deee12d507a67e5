"""Totals over lines of funding before they become columns: they add payments, and all to one kind of payee."""

from __future__ import annotations

from collections.abc import Sequence

from ..syntax.funding import Total
from ..text.diagnostic import Diagnostics
from .lower.line import Line
from .lower.totals import lines_in


def check_totals(totals: Sequence[Total], lines: Sequence[Line], diagnostics: Diagnostics) -> None:
    """Report totals of no payments (F025) and of payments to different kinds of payees (F026)."""
    for item in totals:
        named = lines_in(item, lines)
        payees = {line.payee: line.item.name for line in reversed(named)}
        if not named:
            known = ", ".join(f"`{line.item.name}`" for line in lines)
            help = f"add lines by their names: {known}" if known else "a total adds lines of `funding:`"
            diagnostics.report("F025", item.span, help=help, total=item.name)
        elif len(payees) > 1:
            (one, first), (other, second) = list(payees.items())[:2]
            help = f"`{first}` pays a {one}, `{second}` a {other}: make two totals of it"
            diagnostics.report("F026", item.span, help=help, total=item.name)
