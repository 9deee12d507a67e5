"""L033: an `until` that is the last day of a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta

from ...syntax.policy import Item, YearBegin
from ...text.source import Span
from .block import value_of
from .linted import Linted

Ended = tuple[str, Item, Date]


def until_last_days(of: Linted) -> None:
    """Report each `until` on the day before a school year or fiscal year begins: that day would be left out."""
    begins = (of.policy.school_year_begins, of.policy.fiscal_year)
    for path, item, ends in _ended(of):
        after = ends + timedelta(days=1)
        if any(_begins(year, after) and not _begins(year, ends) for year in begins):
            span: Span = value_of(item.span, "until") or item.span
            help = f"write `{after}`, if {ends} is the last day on which it holds"
            of.report(path, "L033", span, help=help, ends=ends)


def _begins(year: YearBegin, day: Date) -> bool:
    return (day.month, day.day) == (year.month, year.day)


def _ended(of: Linted) -> Iterator[Ended]:
    """Everything that no longer holds from a day on."""
    policy = of.policy
    for section, rules in (
        ("definitions", policy.definitions),
        ("criteria", policy.criteria),
        ("record_checks", policy.record_checks),
    ):
        for rule in rules:
            for version in rule.versions:
                if version.ends is not None and version is rule.versions[-1]:
                    yield f"{section}.{rule.entity.text}.{rule.name}", rule, version.ends
    timed = [(f"funding.{one.name}", one) for one in policy.funding]
    if (section_ := policy.accountability) is not None:
        timed += [(f"accountability.indicators.{one.name}", one) for one in section_.indicators]  # type: ignore[misc]
        timed += [(f"accountability.ratings.{one.name}", one) for one in section_.ratings]  # type: ignore[misc]
        timed += [(f"accountability.overrides.{one.name}", one) for one in section_.overrides]  # type: ignore[misc]
    for path, item in timed:
        if item.ends is not None:
            yield path, item, item.ends
    if policy.priority_list is not None:
        for exception in policy.priority_list.exceptions:
            if exception.ends is not None:
                yield f"priority_list.exceptions.{exception.name}", exception, exception.ends
    for accepted in policy.lint:
        if accepted.ends is not None:
            yield f"lint.{accepted.name}", accepted, accepted.ends
