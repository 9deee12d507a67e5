"""Record checks before they become columns: they look at rows that some line of funding takes as claims."""

from __future__ import annotations

from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from .world import World


def check_records(policy: Policy, world: World, diagnostics: Diagnostics) -> None:
    """Warn of checks of what no line takes as claims (F029): they reject nothing."""
    claims = {item.claim.text for item in policy.funding}
    taken = claims.union(*(world.entities[name].members for name in claims if name in world.entities))
    for check in policy.record_checks:
        entity = check.entity.text
        if entity in world.entities and entity not in taken:
            help = (
                "a rule that another rule names stands under `criteria:`",
                f"or let a line of funding `claim: {entity}`",
            )
            diagnostics.report("F029", check.span, help=help, check=check.name, entity=entity)
