"""L006: a rate whose test every row of the cohort passes by definition."""

from __future__ import annotations

from ...text.diagnostic import Label
from .linted import Linted, conjuncts


def rates_of_their_cohort(of: Linted) -> None:
    """Report each rate whose test is one of those that make the cohort: it is always 100."""
    section = of.policy.accountability
    for item in section.indicators if section is not None else ():
        if item.cohort is None or item.rate is None:
            continue
        for part in conjuncts(item.cohort.where):
            if part == item.rate:
                help = "let the cohort be those who could: all who began, not only those who made it"
                others = (Label(item.rate.span, "the test that all of them pass"),)
                path = f"accountability.indicators.{item.name}"
                of.report(path, "L006", part.span, others=others, help=help, name=item.name)
                break
