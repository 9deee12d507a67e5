"""L036: an appropriation that has no amount for the fiscal year of the policy."""

from __future__ import annotations

from datetime import date as Date

from ...syntax.policy import Policy
from .linted import Linted, first_day_of


def money_of_another_year(of: Linted) -> None:
    """Report each appropriation, drawn on by a line in force, whose latest amount is of a fiscal year before the one in
    which the school year of the policy begins: the old money would be handed out once more.
    """
    begins, first = _fiscal_year_begins(of.policy), first_day_of(of.policy)
    if begins is None or first is None:
        return
    drawn = {one.draws_on.text for one in of.policy.funding if one.draws_on is not None and one.holds(first)}
    for fund in of.policy.appropriations:
        dated = [one.starts for one in fund.amount.values]
        if fund.name in drawn and dated and max(dated) < begins:
            help = f"add the amount from {begins} on; `$0`, where there is none"
            of.report(f"appropriations.{fund.name}", "L036", fund.span, help=help, name=fund.name, latest=max(dated))


def _fiscal_year_begins(policy: Policy) -> Date | None:
    """The first day of the fiscal year that holds the first day of the school year of a policy."""
    first = first_day_of(policy)
    if first is None:
        return None
    own = Date(first.year, policy.fiscal_year.month, policy.fiscal_year.day)
    return own if own <= first else own.replace(year=first.year - 1)
