"""L006: a rate whose test every row of the cohort passes by definition."""

from __future__ import annotations

from .linted import Linted, conjuncts


def rates_of_their_cohort(of: Linted) -> None:
    """Report each rate whose test is one of those that make the cohort: it is always 100."""
    section = of.policy.accountability
    for item in section.indicators if section is not None else ():
        if item.cohort is not None and item.rate is not None and item.rate in tuple(conjuncts(item.cohort.where)):
            help = "let the cohort be those who could: all who began, not only those who made it"
            of.report(f"accountability.indicators.{item.name}", "L006", item.rate.span, help=help, name=item.name)
