"""L011: a line that pays for credentials without asking whether they are on the policy's own list."""

from __future__ import annotations

from .linted import Linted
from .reads import bodies_of, reads

OF_LIST = {"tier", "is_listed", "list_status", "list_rank", "listed"}


def paid_unlisted(of: Linted) -> None:
    """Report each line that pays for attainments, in a policy with a list of credentials, and reads nothing of it:
    neither itself nor in what it names.
    """
    listed, policy = of.policy.priority_list, of.policy
    if listed is None or listed.entity.text != "credential":
        return
    bodies = bodies_of(of)
    for line in policy.funding:
        if line.claim.text == "attainment" and not reads(OF_LIST, [line.when, line.amount, line.quantity], bodies):
            help = "add `listed(credential as of award_date)` to `when:`"
            of.report(f"funding.{line.name}", "L011", line.span, help=help, name=line.name)
