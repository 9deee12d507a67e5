"""What a cell of an OEWS table says: a number, a bound, or why there is neither."""

from __future__ import annotations

import re
from typing import TypeAlias

from .standard_form import NOT_PUBLISHED
from .top_codes import TopCode

Cell: TypeAlias = tuple[str, str, str]
"""The cell of the standard form, the reason where it is empty, and under what it is counted (empty: as it stands)."""

TOP = "at or above the top code"
ONLY_YEARLY = "published only by the year"
ONLY_HOURLY = "published only by the hour"
NOT_RELEASED = "not released"
NO_WAGE = "wage not available"
NO_EMPLOYMENT = "employment not available"

NO_ERROR = "error not available"

COUNTS, HOURLY, ANNUAL, ERRORS = "counts", "hourly", "annual", "errors"
"""The kinds of columns: jobs and their share, USD per hour, USD per year, relative standard errors in percent."""

_MEANINGS = {
    (COUNTS, "8"): NOT_RELEASED,
    (COUNTS, "**"): NO_EMPLOYMENT,
    (HOURLY, "8"): NOT_RELEASED,
    (HOURLY, "*"): NO_WAGE,
    (HOURLY, "4"): ONLY_YEARLY,
    (HOURLY, "5"): TOP,
    (HOURLY, "#"): TOP,
    (ANNUAL, "8"): NOT_RELEASED,
    (ANNUAL, "*"): NO_WAGE,
    (ANNUAL, "4"): ONLY_HOURLY,
    (ANNUAL, "5"): TOP,
    (ANNUAL, "#"): TOP,
    **{(ERRORS, mark): NO_ERROR for mark in ("8", "4", "5", "*", "**", "#")},
}
"""By kind and mark: the code of the footnote (8, 4, 5) or, in tables without footnotes, the symbol in the cell."""

_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


def read_cell(kind: str, text: str, footnote: str, top: TopCode) -> Cell | None:
    """The cell, or nothing where its mark is unknown.

    A wage that is published only by the hour or only by the year is missing in the other column: nobody multiplies
    it by 2,080 here, because it is published so where people do not work the whole year.
    """
    if not footnote and _NUMBER.fullmatch(text):
        return text.replace(",", ""), "", ""
    if not footnote and not text:
        return "", NOT_PUBLISHED, NOT_PUBLISHED
    if footnote and text not in ("", "-"):
        return None
    meaning = _MEANINGS.get((kind, footnote or text))
    if meaning == TOP:
        return f">={top.hourly if kind == HOURLY else top.annual}", "", TOP
    return ("", meaning, meaning) if meaning else None


def meanings(kind: str) -> str:
    """The marks that a kind of column may carry, for a message."""
    return ", ".join(f"`{mark}`" for of, mark in _MEANINGS if of == kind)
