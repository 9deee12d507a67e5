"""L001: a parameter that no rule reads."""

from __future__ import annotations

from .linted import Linted


def unused_parameters(of: Linted) -> None:
    """Report each parameter whose name stands in no expression; that of an appropriation is read by its lines."""
    funds = {fund.name for fund in of.policy.appropriations}
    spoken = {name.split(".")[0] for name in of.names}
    for item in of.policy.parameters:
        if item.name not in spoken and item.name not in funds:
            of.report(
                f"parameters.{item.name}",
                "L001",
                item.span,
                help="take it out, or use it in the rule that the law writes it for",
                name=item.name,
            )
