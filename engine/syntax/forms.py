"""What a day, a year or a name not in its form was meant to be: `July 1, 2026`, `2026/27`, `Good Job`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date

from .slips import KEYWORDS
from .words import MONTHS

_LONGEST = 60
_YEAR = r"((?:19|20)\d\d)"
_MONTH = r"([A-Za-z]{3,9})\.?"
_DAYS = (
    (re.compile(rf"{_YEAR}[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?", re.ASCII), "ymd"),
    (re.compile(rf"{_YEAR}(\d\d)(\d\d)", re.ASCII), "ymd"),
    (re.compile(rf"(\d\d?)[-/](\d\d?)[-/]{_YEAR}", re.ASCII), "mdy"),
    (re.compile(r"(\d\d?)/(\d\d?)/(\d\d)", re.ASCII), "mdy"),
    (re.compile(rf"(\d\d?)\.\s?(\d\d?)\.\s?{_YEAR}", re.ASCII), "dmy"),
    (re.compile(rf"{_MONTH} (\d\d?)(?:st|nd|rd|th)?,? {_YEAR}", re.ASCII), "mdy"),
    (re.compile(rf"(\d\d?)\.? {_MONTH},? {_YEAR}", re.ASCII), "dmy"),
)
_DAYS_OF_A_YEAR = (
    (re.compile(r"(?:--)?(\d\d?)[-/](\d\d?)", re.ASCII), "md"),
    (re.compile(rf"{_MONTH} (\d\d?)(?:st|nd|rd|th)?", re.ASCII), "md"),
    (re.compile(rf"(\d\d?)\.? {_MONTH}", re.ASCII), "dm"),
)
_SCHOOL_YEARS = re.compile(r"(?:SY ?)?(\d{4}|\d\d)(?: ?(?:[-–—/]|to) ?(\d{4}|\d\d))?", re.ASCII | re.IGNORECASE)
_FISCAL_YEAR = re.compile(r"(?:(?:FY|fiscal year)[ -]*'?)?(\d{4}|\d\d)(?: FY)?", re.ASCII | re.IGNORECASE)


def intended(text: str, pattern: str) -> tuple[str, ...]:
    """What fits `pattern` and may have been meant by `text`: one thing, or none, or two where it may be two years."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return ()
    times = tuple(dict.fromkeys(found for found in _times(text) if re.search(pattern, found)))
    if times:
        return times
    names = (found for found in _names(text) if found not in KEYWORDS and re.search(pattern, found))
    return tuple(found for found in names)[:1]


def _times(text: str) -> Iterator[str]:
    for form, order in _DAYS:
        if found := form.fullmatch(text):
            yield from _day(dict(zip(order, found.groups(), strict=True)))
    for form, order in _DAYS_OF_A_YEAR:
        if found := form.fullmatch(text):
            yield from (day[5:] for day in _day({"y": "2001", **dict(zip(order, found.groups(), strict=True))}))
    if found := _SCHOOL_YEARS.fullmatch(text):
        first = _full(found[1])
        if found[2] is None or int(found[2]) % 100 == (first + 1) % 100:
            yield f"{first}-{(first + 1) % 100:02}"
    if found := _FISCAL_YEAR.fullmatch(text):
        yield f"FY{_full(found[1])}"
    if re.fullmatch(r"\d{1,3}([, ]\d{3})+|\d+\.0+", text, re.ASCII):
        yield re.sub(r"[, ]|\.0+$", "", text)
    if found := re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,9})?)( ?(?:%|percent|per cent))?", text, re.ASCII):
        if not found[2] and (share := re.fullmatch(r"0?\.(\d\d?)", found[1], re.ASCII)):
            yield f"{int(share[1].ljust(2, '0'))}%"
        yield f"{found[1]}%"


def _day(parts: dict[str, str]) -> Iterator[str]:
    """The day with these parts, if there is one; a month that can be none only is the day."""
    month, day = parts["m"], parts["d"]
    if month.isdecimal() and int(month) > 12:
        month, day = day, month
    names = [name[: len(month)].lower() for name in MONTHS]
    number = int(month) if month.isdecimal() else names.index(month.lower()) + 1 if month.lower() in names else 0
    try:
        yield Date(_full(parts["y"]), number, int(day)).isoformat()
    except ValueError:
        return


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _names(text: str) -> Iterator[str]:
    """The text as an id, with `-`, as a path, with `_`, in small letters, and as the code of a place."""
    if any(char.isalpha() and not char.isascii() for char in text):
        return
    if "/" in text:
        yield re.sub(r"[^a-z0-9/]+", "-", text.removesuffix(".yaml").lower()).strip("-/")
    dashed = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-")
    yield dashed
    yield re.sub(r"[/:>\s]+", ".", text)
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    yield plain
    yield re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()
    yield dashed.lower()
    yield dashed.upper().replace("_", "-")
