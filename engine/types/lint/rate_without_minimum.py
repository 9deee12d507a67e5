"""L005: a rate of a cohort that is published however few rows it has."""

from __future__ import annotations

from .linted import Linted


def rates_without_minimum(of: Linted) -> None:
    """Report each indicator with a cohort for which neither it nor the section says a minimum n."""
    section = of.policy.accountability
    if section is None or section.minimum_n is not None:
        return
    for item in section.indicators:
        if item.cohort is not None and item.minimum_n is None:
            help = "add `minimum_n:` with a `count:`, to the indicator or to the section"
            of.report(f"accountability.indicators.{item.name}", "L005", item.span, help=help, name=item.name)
