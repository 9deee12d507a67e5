"""By how much a parameter is moved: which other values are tried in the place of the one in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from fractions import Fraction

from ....plan.in_force import CellValue
from ....plan.overrides import check_overrides
from ....text.errors import PolicyError
from ....types.checked import CheckedPolicy
from ....types.datatypes import Type
from ..checked_sensitivity import CheckedSensitivity

LOWER, HIGHER, OTHER = "-", "+", "other"

CALENDAR = 1000
"""A number of years that is so great counts them from the birth of Christ, and is moved by one."""


@dataclass(frozen=True, slots=True)
class Move:
    """Another value of a parameter: a step lower (`-`) or higher (`+`), or another one of those that there are.
    `refused` says why it is not tried; it is empty where it is.
    """

    side: str
    value: CellValue
    refused: str = ""


def moves_of(
    checked: CheckedPolicy, path: str, now: CellValue, type: Type, asked: CheckedSensitivity
) -> tuple[Move, ...]:
    """The values that are tried in the place of one; none where there is no step from it."""
    return tuple(
        Move(side, value, _refusal(checked, path, value)) for side, value in _values(now, type, asked) if value != now
    )


def no_step(now: CellValue, type: Type) -> str:
    """Why a value is not moved."""
    if now is None:
        return "it has no limit"
    return "it is nothing, and so is each part of it" if now == 0 and type.kind == "number" else f"it is {type}"


def _values(now: CellValue, type: Type, asked: CheckedSensitivity) -> Iterator[tuple[str, CellValue]]:
    if isinstance(now, bool):
        yield OTHER, not now
    elif isinstance(now, (Fraction, int)) and type.kind in ("number", "duration"):
        yield from _numbers(Fraction(now), type, asked)
    elif isinstance(now, Date):
        for side, days in ((LOWER, -asked.days), (HIGHER, asked.days)):
            if Date.min.toordinal() <= now.toordinal() + days <= Date.max.toordinal():
                yield side, now + timedelta(days)
    elif type.kind == "enum" and now is not None:
        for other in type.values:
            yield OTHER, other


def _numbers(now: Fraction, type: Type, asked: CheckedSensitivity) -> Iterator[tuple[str, CellValue]]:
    """One lower, one higher, of the digits of the type. What is not below nothing does not come below it, and a share
    that is a part does not become more than the whole.
    """
    step = step_of(now, type, asked)
    low, high = now - step, now + step
    if now >= 0:
        low = max(low, Fraction(0))
    if type.unit.kind == "ratio" and now <= 1:
        high = min(high, Fraction(1))
    yield LOWER, low
    yield HIGHER, high


def step_of(now: Fraction, type: Type, asked: CheckedSensitivity) -> Fraction:
    """The distance to the next lower and higher value: points of a share, else a part of the number itself, to the
    nearest of its digits, halves up; whole numbers and lengths of time are moved by 1 at least.
    """
    scale = 0 if type.kind == "duration" else type.scale
    unit = Fraction(1, 10**scale)
    if type.unit.kind == "ratio":
        return _rounded(asked.points, unit)
    if type.unit.powers == (("year", 1),) and now >= CALENDAR:
        return Fraction(1)
    step = _rounded(abs(now) * asked.step, unit)
    return max(step, Fraction(1)) if not scale else step


def _rounded(value: Fraction, unit: Fraction) -> Fraction:
    return (value / unit + Fraction(1, 2)) // 1 * unit


def _refusal(checked: CheckedPolicy, path: str, value: CellValue) -> str:
    """Why a value does not fit the parameter (X018); empty where it does."""
    try:
        check_overrides(checked, {path: value})
    except PolicyError as error:
        return error.diagnostics[0].message
    return ""
