"""What the cases of policies have seen of them, as text for a terminal and as JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from textwrap import wrap
from typing import Any

from ..results.cases.condition_coverage import Gap, PolicyCoverage, percent

NAME = 34
"""Columns for the name of a policy; a longer one has a line of its own."""


def whole(found: Sequence[PolicyCoverage]) -> Fraction:
    """The share of everything in all policies that a case has seen, in percent."""
    return percent(sum(one.seen for one in found), sum(one.of for one in found))


def render_coverage(found: Sequence[PolicyCoverage], width: int = 80) -> str:
    """A line of percents for each policy and one for all, then what no case has seen, by policy and place."""
    lines = [_row("policy", "conditions", "rules", "dated", "all")]
    for one in found:
        lines += _named(one.policy, *_percents([one]))
    if len(found) != 1:
        lines += _named("all", *_percents(found))
    for one in found:
        if one.gaps:
            lines += ["", *_wrapped(f"{one.file}: never seen by a case", width)]
            for gap in one.gaps:
                lines += _wrapped(_told(gap), width, "  ")
    return "\n".join(lines) + "\n"


def coverage_record(found: Sequence[PolicyCoverage]) -> dict[str, Any]:
    """The same for machines: counts by kind, percents as text with one decimal, and everything that was not seen."""
    policies = [
        {
            "policy": one.policy,
            "file": one.file,
            "percent": decimal(percent(one.seen, one.of)),
            "counts": {tally.kind: {"seen": tally.seen, "of": tally.of} for tally in one.tallies},
            "conditions_undetermined": one.undetermined,
            "never_seen": [
                {
                    "kind": gap.kind,
                    "rule": gap.path,
                    "text": gap.text,
                    "never": gap.never,
                    "undetermined": gap.undetermined,
                    "line": gap.span.source.position(gap.span.start)[0],
                }
                for gap in one.gaps
            ],
        }
        for one in found
    ]
    return {"percent": decimal(whole(found)), "policies": policies}


def _percents(found: Sequence[PolicyCoverage]) -> tuple[str, str, str, str]:
    """The percents of conditions, of rules with their rows, tiers and limits, of dated values, and of everything."""
    sums = {kind: [0, 0] for kind in ("conditions", "rules", "dated values")}
    for tally in (tally for one in found for tally in one.tallies):
        into = sums.get(tally.kind, sums["rules"])
        into[0] += tally.seen
        into[1] += tally.of
    parts = [f"{decimal(percent(seen, of))}%" if of else "-" for seen, of in sums.values()]
    return parts[0], parts[1], parts[2], f"{decimal(whole(found))}%"


def _named(name: str, *cells: str) -> list[str]:
    return [_row(name, *cells)] if len(name) <= NAME else [name, _row("", *cells)]


def _row(name: str, *cells: str) -> str:
    return (name.ljust(NAME) + "".join(cell.rjust(11) for cell in cells)).rstrip()


def _told(gap: Gap) -> str:
    line, _ = gap.span.source.position(gap.span.start)
    text = f" `{gap.text}`" if gap.text and gap.kind != "dated values" else f" {gap.text}" if gap.text else ""
    beside = " (undetermined in some case)" if gap.undetermined else ""
    return f"line {line}: {gap.path}{text}: {gap.never}{beside}"


def decimal(value: Fraction) -> str:
    """A percent with one decimal, cut."""
    tenths = value.numerator * 10 // value.denominator
    return f"{tenths // 10}.{tenths % 10}"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return wrap(
        text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False,
        break_long_words=False,
    ) or [indent]  # fmt: skip
