"""L058: indicators that are called or counted alike, over different rows."""

from __future__ import annotations

from ...syntax.accountability import Indicator
from ...text.diagnostic import Label
from .linted import Linted


def denominators_differ(of: Linted) -> None:
    """Report each indicator that has the title of one above it, and is divided by something else: another cohort, or
    another denominator. Where the one ends before the other begins, the law has changed, and nothing is said.
    """
    section = of.policy.accountability
    above: dict[str, list[Indicator]] = {}
    for item in section.indicators if section is not None else ():
        called = " ".join(item.title.casefold().split())
        if item.cohort is None or not called:
            continue
        for other in above.setdefault(called, []):
            if (item.cohort, item.denominator) != (other.cohort, other.denominator) and _together(item, other):
                help = "divide both by the same, or let the titles tell them apart"
                others = (Label(other.span, "has the same title"),)
                path = f"accountability.indicators.{item.name}"
                of.report(path, "L058", item.span, others=others, help=help, name=item.name, other=other.name)
        above[called].append(item)


def _together(one: Indicator, other: Indicator) -> bool:
    """Whether there is a day on which both hold."""
    begins = max((day for day in (one.starts, other.starts) if day is not None), default=None)
    ends = min((day for day in (one.ends, other.ends) if day is not None), default=None)
    return begins is None or ends is None or begins < ends
