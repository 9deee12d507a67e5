"""Years that a policy names: those of a row, and none that another key says."""

from __future__ import annotations

from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics

ELSEWHERE = {
    "amounts_of": (
        "the year of an amount is said where the amount is read",
        ("read it as of a day of that year: `rate as of award_date`", "the year of payment is `paid_in:` of the line"),
    ),
    "list_of": (
        "the year of a list is said where the list is asked",
        ("ask for the list of a day: `listed(credential as of award_date)`",),
    ),
}
"""Names that would be taken for the year of something else: what is wrong, and what to write instead."""


def check_years(policy: Policy, diagnostics: Diagnostics) -> None:
    """Report years that seem to say which amounts or which list hold (F030): no rule would read them."""
    for item in policy.years:
        if item.name in ELSEWHERE:
            problem, help = ELSEWHERE[item.name]
            diagnostics.report("F030", item.span, help=help, name=item.name, problem=problem)
