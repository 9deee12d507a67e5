"""L063: points whose cap is below what a line gives."""

from __future__ import annotations

from ...syntax.print import print_expr
from ...text.diagnostic import Label
from .linted import Linted
from .written_values import values


def caps_below_lines(of: Linted) -> None:
    """Report a cap of points that a single line is above at all dates: nobody ever gets what the line says."""
    for points in of.policy.points:
        for version in points.versions:
            most = values(of.policy, version.at_most)
            for line in version.lines if version.at_most is not None and most else ():
                given = values(of.policy, line.points)
                if given and min(given) > max(most):
                    assert version.at_most is not None
                    help = "let the cap be the most that a line and the additions may come to, or change the line"
                    others = (Label(line.span, "never given"),)
                    of.report(
                        f"points.{points.name}",
                        "L063",
                        version.at_most.span,
                        others=others,
                        help=help,
                        text=print_expr(version.at_most),
                        points=print_expr(line.points),
                    )
                    break
