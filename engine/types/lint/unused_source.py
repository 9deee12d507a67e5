"""L002: a source that nothing cites."""

from __future__ import annotations

from .linted import Linted
from .taken_out import taken_out


def unused_sources(of: Linted) -> None:
    """Report each source that no citation and no note names."""
    cited = {word.strip(",;:.()") for cite in of.cites for word in cite.split()}
    for item in of.policy.sources:
        if item.name not in cited:
            of.report(
                f"sources.{item.name}",
                "L002",
                item.span,
                help="cite it where it was used, or take it out",
                fix=taken_out(item.span),
                name=item.name,
            )
