"""L062: a dated value that stands below a later one."""

from __future__ import annotations

from itertools import pairwise

from ...text.diagnostic import Label
from .linted import Linted


def values_out_of_order(of: Linted) -> None:
    """Report each value of a parameter that begins before the one above it: mostly its year was mistaken."""
    for item in of.policy.parameters:
        written = sorted(item.values, key=lambda dated: dated.span.start)
        for before, dated in pairwise(written):
            if dated.starts < before.starts:
                help = f"see whether {dated.starts} was meant; values stand in the order of their dates"
                others = (Label(before.span, f"from {before.starts} on"),)
                of.report(f"parameters.{item.name}", "L062", dated.span, others=others, help=help, name=item.name)
