"""From which wage on OEWS publishes "at or above" instead of a number. It differs by release."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopCode:
    """USD per hour and USD per year as they are written in a bound; `source` says where it is published."""

    hourly: str
    annual: str
    source: str


def _named(hourly: str, annual: str, source: str, *years: int) -> dict[int, TopCode]:
    return {year: TopCode(hourly, annual, source) for year in years}


_SHEET = "the sheet Field Descriptions of the May {} files of the Bureau of Labor Statistics"

TOP_CODES: dict[int, TopCode] = {
    **_named("100.00", "208000", _SHEET.format("2016 to 2021"), 2016, 2017, 2018, 2019, 2020, 2021),
    **_named("115.00", "239200", _SHEET.format("2023 and 2024"), 2023, 2024),
    **_named("115.00", "239200", "footnote 5 of the May 2025 release of the Bureau of Labor Statistics", 2025),
}
"""Year of the release (always May) → its top code. Years whose files nobody has looked at are left out."""

_WRITTEN = re.compile(r"\$?([0-9]{1,4}(?:\.[0-9]{1,2})?)/\$?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,8})")


def parse_top_code(text: str) -> TopCode | None:
    """The top code that somebody writes as `115.00/239200`: by the hour, a stroke, by the year."""
    found = _WRITTEN.fullmatch(text.strip())
    return TopCode(found[1], found[2].replace(",", ""), "as given") if found else None
