"""L037: a proposal whose day has come."""

from __future__ import annotations

from .linted import Linted, first_day_of


def proposed_in_force(of: Linted) -> None:
    """Report each value that is `proposed` and begins before the school year of the policy, unless its source was read
    since it began: then it still was a proposal.
    """
    first = first_day_of(of.policy)
    read = {source.name: source.read for source in of.policy.sources}
    for item in of.policy.parameters:
        for dated in item.values:
            cited = (dated.cite or item.cite).split()[:1]
            looked = read.get(cited[0]) if cited else None
            stale = looked is None or looked < dated.starts
            if dated.standing == "proposed" and first is not None and dated.starts < first and stale:
                help = "look whether it was enacted: then say so, with its `cite`; else take it out"
                of.report(f"parameters.{item.name}", "L037", dated.span, help=help, name=item.name, starts=dated.starts)
