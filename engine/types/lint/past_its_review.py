"""L047: a parameter that somebody should have looked at again before the school year of the policy."""

from __future__ import annotations

from .linted import Linted, first_day_of


def past_their_review(of: Linted) -> None:
    """Report each parameter whose `review_by` is the first day of the policy's school year or an earlier one."""
    begins, year = first_day_of(of.policy), of.policy.school_year
    for item in of.policy.parameters:
        if item.review_by is not None and begins is not None and year is not None and item.review_by <= begins:
            help = "look whether its values still hold, and write the day of the next review"
            of.report(
                f"parameters.{item.name}",
                "L047",
                item.span,
                help=help,
                name=item.name,
                day=item.review_by,
                year=year.text,
            )
