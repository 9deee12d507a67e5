"""L049: a value that is said to be proposed or second-hand, and nobody says where it stands."""

from __future__ import annotations

from .linted import Linted

FROM_SOMEWHERE = ("proposed", "secondary")


def values_from_nowhere(of: Linted) -> None:
    """Report each such value that has neither a citation nor a note."""
    for item in of.policy.parameters:
        for value in item.values:
            if value.standing in FROM_SOMEWHERE and not (value.cite or value.note):
                help = "add `cite:` with the source, or a `note:` that says how it is known"
                of.report(
                    f"parameters.{item.name}", "L049", value.span, help=help, standing=value.standing, name=item.name
                )
