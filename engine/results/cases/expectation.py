"""What a case expects of one cell: the written value read as the column's type says, and compared as it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ...execution.values import NOT_APPLICABLE, Bound, Missing, Value
from ...model.school_year import school_year_begins
from ...text.suggest import nearest, quoted
from ...types.datatypes import Type
from ...types.units import RATIO, parse_unit
from ..decision import verdict_of
from ..decode import MISSING
from ..quantity import shown
from ..table import value_text


@dataclass(frozen=True, slots=True)
class Cut:
    """A number of which only the first `places` decimals are written, as in `33.3333…%`; `factor` is 100 for
    percent.
    """

    written: Fraction
    places: int
    factor: int


Expectation: TypeAlias = Value | Cut

_NUMBER = re.compile(
    r"(?P<sign>-?)(?P<dollar>\$?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?(?P<cut>…?)"
    r"(?![0-9,.])\s*(?P<behind>.*)",
    re.ASCII,
)
_LOW = re.compile(r"(?:at least|>=|≥)\s*(.+)")
_HIGH = re.compile(r"(?:at most|<=|≤)\s*(.+)")
_BETWEEN = re.compile(r"(.+?)\s+to\s+(.+)")
_YEAR = re.compile(r"(?:FY|class of )?([0-9]{4})")

_TRUTHS: Mapping[str, Value] = {
    "met": True, "yes": True, "true": True, "not met": False, "not_met": False, "no": False, "false": False,
}  # fmt: skip
_NOTHING: Mapping[str, Value] = {
    "missing": MISSING, "undetermined": MISSING, "not applicable": NOT_APPLICABLE, "not_applicable": NOT_APPLICABLE,
}  # fmt: skip


def read_expectation(text: str, type: Type, words: Mapping[str, str] | None = None) -> Expectation | None:
    """The value that a text writes for a column of a type; nothing where it does not fit.

    `missing` and `undetermined` expect no value. A test is `met` or `yes`, `not met` or `no`, or one of `words` (those
    in which an eligibility says its verdicts → verdict). Dollars have their `$` and ratios their `%`; other units may
    be left out. A bound is `at least $239,200`, `at most 5` or `5 to 6`; `33.3333…%` gives the first decimals only.
    """
    if type.kind == "truth":
        verdicts = {word: verdict for verdict, word in (words or {}).items()}
        return {**_TRUTHS, **_NOTHING}.get(verdicts.get(text, text))
    if text in ("missing", "undetermined") and text not in type.values:
        return MISSING
    match type.kind:
        case "number":
            return _bounded(text, type)
        case "enum":
            return text if text in type.values else None
        case "date":
            return _day(text)
        case "year":
            return _year(text, type)
        case "duration":
            found = re.fullmatch(r"([0-9]+)(?:\s+[a-z]+)?", text)
            return Fraction(found[1]) if found else None
        case _:
            return text


def _bounded(text: str, type: Type) -> Expectation | None:
    low, high, between = _LOW.fullmatch(text), _HIGH.fullmatch(text), _BETWEEN.fullmatch(text)
    if not (low or high or between):
        return _number(text, type)
    pair = (between[1], between[2]) if between else (low[1], None) if low else (None, high[1] if high else None)
    ends = [None if end is None else _number(end, type) for end in pair]
    if any(isinstance(end, Cut) or (end is None and said is not None) for end, said in zip(ends, pair, strict=True)):
        return None
    return Bound(*ends)  # type: ignore[arg-type]


def _number(text: str, type: Type) -> Fraction | Cut | None:
    found = _NUMBER.fullmatch(text)
    if found is None or not _unit_fits(found["dollar"], found["behind"], type):
        return None
    factor = 100 if type.unit == RATIO else 1
    written = Fraction(f"{found['sign']}{found['whole'].replace(',', '')}{found['part'] or ''}")
    return Cut(written, len(found["part"] or ".") - 1, factor) if found["cut"] else written / factor


def _unit_fits(dollar: str, behind: str, type: Type) -> bool:
    """Whether the sign before and the word behind a number are those of the column's unit."""
    unit = type.unit
    if unit == RATIO:
        return not dollar and behind == "%"
    if unit.is_money != bool(dollar):
        return False
    if not behind:
        return True
    named = f"USD{behind}" if dollar else behind.replace(" ", "_")
    return parse_unit(named) == unit


def _day(text: str) -> Date | None:
    try:
        return Date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _year(text: str, type: Type) -> int | None:
    if type.name == "school_year" and "-" in text:
        return school_year_begins(text)
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found else None


def holds(expected: Expectation, got: Value) -> bool:
    """Whether what came out is what was expected: the number as it is shown, for a quotient with its 9 decimals."""
    if isinstance(expected, Missing):
        return isinstance(got, Missing)
    if isinstance(expected, Cut):
        return isinstance(got, Fraction) and _truncated(got * expected.factor, expected.places) == expected.written
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    return expected == got


def _truncated(value: Fraction, places: int) -> Fraction:
    size = int(abs(value) * 10**places)
    return Fraction(size if value >= 0 else -size, 10**places)


def value_words(got: Value, type: Type, rule: bool, words: Mapping[str, str] | None = None) -> str:
    """A value as a case would write it: verdicts of a `rule` in words, numbers with every decimal."""
    if type.kind == "truth" and (rule or not isinstance(got, bool)):
        verdict = verdict_of(got)
        return (words or {}).get(verdict) or verdict.replace("_", " ")
    said = shown(got, type)
    return f"{said} ({value_text(got)})" if "…" in said else said


def written_so(type: Type, words: Mapping[str, str] | None = None, asked: str = "") -> str:
    """How a value of a type is written, as a cure."""
    match type.kind:
        case "truth":
            said = ["met", "not met", "undetermined", *(["not applicable"] if type.excusable else [])]
            known = [*said, *(words or {}).values()]
            near = nearest(asked, known)
            return f"did you mean `{near}`?" if near else f"write {quoted(said)}"
        case "enum":
            near = nearest(asked, type.values)
            return f"did you mean `{near}`?" if near else f"its values are {quoted(type.values)}"
        case "number" if type.unit == RATIO:
            return "write a percent such as `60%`, or `missing`"
        case "number" if type.unit.is_money:
            return "write an amount such as `$40,500.00`, or `missing`"
        case "date":
            return "write a date such as `2026-07-01`, or `missing`"
        case "year":
            return "write a year such as `2026-27`, `FY2027` or `2027`, or `missing`"
        case _:
            return "write a number such as `12.5`, or `missing`"
