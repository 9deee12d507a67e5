"""Values as people write them: $43,900/year, 60%, 12.5 points, ≥ $239,200/year, 2026-27."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

from ..execution.values import NOT_APPLICABLE, Bound, Missing, Value
from ..model.school_year import school_year_text
from ..types.datatypes import Type
from ..types.units import Unit

DECIMALS = 4
"""Decimals shown of a number that has more than `LONGEST`."""

LONGEST = 6
"""Decimals that are shown whole. Longer numbers are cut, never rounded, so that 59.9999…% is not read as 60%."""


def shown(value: Value | None, type: Type) -> str:
    """The text of a value of a type: exact, or cut with `…`; a missing one as the word `missing`."""
    if value is None or isinstance(value, Missing):
        return "missing"
    if value is NOT_APPLICABLE:
        return "not applicable"
    if isinstance(value, Bound):
        return _bound(value, type)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Date):
        return value.isoformat()
    if type.kind == "year" and isinstance(value, Fraction | int):
        return _year(int(value), type.name)
    if type.kind == "duration" and isinstance(value, Fraction | int):
        return _with_word(_digits(Fraction(value)), type.name, value == 1)
    if isinstance(value, Fraction | int):
        return _number(Fraction(value), type)
    return str(value)


def _bound(value: Bound, type: Type) -> str:
    if value.low is None:
        assert value.high is not None
        return f"≤ {_number(value.high, type)}"
    if value.high is None:
        return f"≥ {_number(value.low, type)}"
    return f"{_number(value.low, type)} to {_number(value.high, type)}"


def _year(value: int, name: str) -> str:
    if name == "school_year":
        return school_year_text(value)
    return f"FY{value}" if name == "fiscal_year" else f"class of {value}"


def _number(value: Fraction, type: Type) -> str:
    unit = type.unit
    if unit.kind == "ratio":
        return f"{_digits(value * 100)}%"
    if unit.is_money:
        return _money(value, unit)
    if unit.kind != "measure":
        return _digits(value)
    if unit.powers == (("year", 1),) and type.low is not None and type.low >= 1000:
        return str(value)  # a calendar year, which is kept as a number of years
    words, under = _words(unit)
    return _with_word(_digits(value), words, abs(value) == 1) + under


def _money(value: Fraction, unit: Unit) -> str:
    sign, digits = ("-" if value < 0 else ""), _digits(abs(value), least=2)
    rest = Unit("measure", tuple((base, power - (base == "USD")) for base, power in unit.powers))
    words, under = _words(Unit("measure", tuple(pair for pair in rest.powers if pair[1])))
    return f"{sign}${digits}{' ' + words if words else ''}{under}"


def _words(unit: Unit) -> tuple[str, str]:
    """What stands behind a number: the words over the bar, and the bar with what is under it."""
    over = " ".join(base.replace("_", " ") for base, power in unit.powers for _ in range(power))
    under = "/".join(base.replace("_", " ") for base, power in unit.powers for _ in range(-power))
    return over, f"/{under}" if under else ""


def _with_word(digits: str, word: str, one: bool) -> str:
    if not word:
        return digits
    if one:
        word = word.removesuffix("s")
    elif not word.endswith("s") and word != "FTE":
        word += "s"
    return f"{digits} {word}"


def _digits(value: Fraction, least: int = 0) -> str:
    """The decimal digits of a number with commas; `least` decimals where it is not whole."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    places = _places(value)
    cut = places is None or places > LONGEST
    kept = DECIMALS if cut or places is None else places
    scaled = value * 10**kept
    whole, part = divmod(scaled.numerator // scaled.denominator, 10**kept)
    decimals = f"{part:0{kept}d}" if kept else ""
    if not cut and decimals:
        decimals = decimals.ljust(least, "0")
    return f"{sign}{whole:,}" + (f".{decimals}" if decimals else "") + ("…" if cut else "")


def _places(value: Fraction) -> int | None:
    """How many decimals write a number exactly; nothing where none do."""
    left, twos, fives = value.denominator, 0, 0
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    return max(twos, fives) if left == 1 else None
