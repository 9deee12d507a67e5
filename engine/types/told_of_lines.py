"""Complaints of what a line of funding is lowered to, said of what its author wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..syntax.funding import Funding
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostic, Diagnostics
from .datatypes import MAX_DIGITS

_DIGITS = "could need "


def of_lines(found: Iterable[Diagnostic], policy: Policy) -> Iterator[Diagnostic]:
    """The same complaints, but those that stand on a whole line are told of its amount: one that, times its quantity,
    is not in dollars (F009 for T001), and payments that could have too many digits (T008).
    """
    lines = {(item.span.source.name, item.span.start, item.span.end): item for item in policy.funding}
    for told in found:
        span = told.span
        item = lines.get((span.source.name, span.start, span.end))
        yield (_of_line(told, item) or told) if item is not None else told


def _of_line(told: Diagnostic, item: Funding) -> Diagnostic | None:
    said = Diagnostics()
    if told.code == "T001" and item.quantity is not None:
        units = [label.message for label in told.labels if label.message and label.message != "USD"]
        if len(units) == 1:
            help = "the amount is in dollars for one of `quantity:`, such as USD/FTE for a quantity in FTE"
            found = f"{units[0]} with its quantity"
            said.report("F009", item.amount.span, help=help, line=item.name, found=found)
    elif told.code == "T008" and _DIGITS in told.message:
        digits = told.message.rpartition(_DIGITS)[2].split()[0]
        cures = (
            "round the amount in whole dollars or cents, and give the columns that it reads a range: `at_most: 99999`",
            "a count of rows may be large: `min(n, 99999)`",
        )
        said.report("T008", item.amount.span, help=cures, text=item.name, digits=digits, most=MAX_DIGITS)
    return next(iter(said.sorted()), None)
