"""What a value can be: its kind, unit, digits, range, and whether it may be missing, a bound or not applicable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from .units import COUNT, PLAIN, Unit

MAX_DIGITS = 37
"""Digits that every backend can hold exactly in one integer."""

QUOTIENT_SCALE = 12
"""Decimals that a division keeps."""

SNAP_SCALE = 9
"""Decimals that whatever observes a quotient sees."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value.

    kind      `number`, `truth`, `text`, `date`, `enum`, `year`, `duration`, `row` (a row of entity `name`), `nothing`
              (the literal `missing`) or `unknown` (a complaint has been made; fits everything)
    unit      of a number
    whole     decimal digits before the point, `scale` those after it; the value is an integer / 10**scale
    quotient  a division has touched it: whatever observes it sees it snapped to 9 decimals
    low/high  the range that the data contract and the operators guarantee, where known (inclusive)
    name      of an enum, of a year (`school_year`, `fiscal_year`, `class`), of the entity of a row
    values    of an enum, `ordered` where `<` means something
    nullable  it may be missing; `bounded`: it may be an interval; `excusable`: it may be *not applicable*
    literal   it is a number written bare, which takes the unit of the other side
    """

    kind: str
    unit: Unit = PLAIN
    whole: int = 0
    scale: int = 0
    quotient: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    name: str = ""
    values: tuple[str, ...] = ()
    ordered: bool = False
    nullable: bool = False
    bounded: bool = False
    excusable: bool = False
    literal: bool = False

    @property
    def digits(self) -> int:
        """All decimal digits of a number."""
        return self.whole + self.scale

    def maybe(self, nullable: bool = True) -> Type:
        """The same type that may (also) be missing."""
        return self if self.nullable or not nullable else replace(self, nullable=True)

    def certain(self) -> Type:
        """The same type, neither missing, nor a bound, nor not applicable."""
        if not (self.nullable or self.bounded or self.excusable):
            return self
        return replace(self, nullable=False, bounded=False, excusable=False)

    def __str__(self) -> str:
        if self.kind == "number":
            return _kind_of_number(self.unit)
        if self.kind == "row":
            return f"a row of {self.name}"
        if self.kind == "enum":
            return f"one of {{{', '.join(self.values[:4])}{', …' if len(self.values) > 4 else ''}}}"
        return {
            "truth": "true or false",
            "text": "text",
            "date": "a date",
            "year": f"a {self.name}",
            "duration": "a length of time",
            "nothing": "missing",
        }.get(self.kind, "unknown")


def _kind_of_number(unit: Unit) -> str:
    if unit.kind != "measure":
        return {"plain": "a plain number", "count": "a count", "ratio": "a ratio"}[unit.kind]
    named = str(unit)
    return f"a number of {named}{'s' if named in ('hour', 'year', 'week', 'day', 'credit_hour') else ''}"


UNKNOWN = Type("unknown", nullable=True)
NOTHING = Type("nothing", nullable=True)
TRUTH = Type("truth")
TEXT = Type("text")
DATE = Type("date")

ROUNDING_MODES = ("half_up", "half_even", "up", "down", "floor", "ceiling")
"""half_up: to the nearest, ties away from zero; up: away from zero; down: towards zero."""

ROUNDING_MODE = Type("enum", name="rounding_mode", values=ROUNDING_MODES)


def number(unit: Unit, whole: int, scale: int, low: Fraction | None = None, high: Fraction | None = None) -> Type:
    """A certain number of a unit with its digits before and after the point and its range."""
    return Type("number", unit=unit, whole=whole, scale=scale, low=low, high=high)


def counting(digits: int = 9) -> Type:
    """How many rows there are."""
    return number(COUNT, digits, 0, Fraction(0))


def digits_before_point(value: Fraction) -> int:
    """How many decimal digits stand before the point of a number (0 for less than one)."""
    whole = abs(value.numerator) // value.denominator
    return len(str(whole)) if whole else 0
