"""L046: a source that was read more than three years before the school year of the policy begins."""

from __future__ import annotations

from datetime import timedelta

from .linted import Linted, first_day_of

TOO_LONG = timedelta(days=3 * 365)


def sources_read_long_ago(of: Linted) -> None:
    """Report each source whose `read` lies three years and more before the first day of the policy's school year."""
    begins = first_day_of(of.policy)
    for item in of.policy.sources if begins is not None else ():
        if item.read is not None and begins is not None and begins - item.read > TOO_LONG:
            help = "look whether it still says so, and write the day under `read:`"
            year = of.policy.school_year.text if of.policy.school_year else ""
            of.report(f"sources.{item.name}", "L046", item.span, help=help, name=item.name, read=item.read, year=year)
