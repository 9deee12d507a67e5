"""Values that are worth trying in the place of one: what a condition asks for, a step beside it, the other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date as Date
from datetime import timedelta
from fractions import Fraction
from typing import TypeAlias

from ...execution.values import Bound, Missing, Value
from ...types.datatypes import Type

Turns: TypeAlias = Callable[[Value], bool]
"""Whether a value turns the verdict, by replay."""

FAR = 1000
"""How many times a number that knows no range is tried to be larger."""

YEARS = 40
"""How far a date is moved."""


def turning_value(now: Value, type: Type, asked: tuple[Value, ...], turns: Turns) -> Value | None:
    """The nearest value that turns the verdict, if one does: of a number or a date to the last digit or day."""
    match type.kind:
        case "truth":
            options = [one for one in (True, False) if one is not now]
            return next((one for one in options if turns(one)), None)
        case "enum":
            return _word(now, type, turns)
        case "text":
            return next((one for one in asked if isinstance(one, str) and one != now and turns(one)), None)
        case "year" if isinstance(now, int):
            near = [now + step for step in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5)]
            return next((one for one in near if turns(one)), None)
        case "number" | "date":
            return _along(now, type, asked, turns)
    return None


def _word(now: Value, type: Type, turns: Turns) -> Value | None:
    """Another word of a list of words: of an ordered one the nearest."""
    words: list[str] = [one for one in type.values if one != now]
    if type.ordered and now in type.values:
        here = type.values.index(str(now))
        words.sort(key=lambda one: abs(type.values.index(one) - here))
    return next((one for one in words[:40] if turns(one)), None)


def step_of(type: Type) -> Fraction:
    """The smallest step of a number: its last decimal."""
    return Fraction(1, 10 ** min(type.scale, 6))


def moved(value: Value, steps: int, type: Type) -> Value:
    """A number or a date some steps on."""
    if isinstance(value, Date):
        return value + timedelta(days=steps)
    assert isinstance(value, Fraction)
    return value + steps * step_of(type)


def steps_between(one: Value, other: Value, type: Type) -> int:
    """How many steps lie from a value to another."""
    if isinstance(one, Date) and isinstance(other, Date):
        return (other - one).days
    assert isinstance(one, Fraction) and isinstance(other, Fraction)
    return int((other - one) / step_of(type))


def _along(now: Value, type: Type, asked: tuple[Value, ...], turns: Turns) -> Value | None:
    if isinstance(now, Missing | Bound):
        return next((one for one in asked if turns(one)), None)
    if not isinstance(now, Fraction | Date):
        return None
    near = sorted(set(_beside(asked, type)) - {now}, key=lambda one: abs(steps_between(now, one, type)))
    found = next((one for one in near if turns(one)), None)
    if found is not None:
        return found if found in asked else _nearest(now, found, type, turns)
    ends = [end for end in _ends(now, type) if end != now]
    turned = [_nearest(now, end, type, turns) for end in ends if turns(end)]
    return min(turned, key=lambda one: abs(steps_between(now, one, type)), default=None)


def _beside(asked: tuple[Value, ...], type: Type) -> Iterator[Fraction | Date]:
    """What is asked for and the values next to it, within the range of the column."""
    for one in asked:
        if isinstance(one, Fraction | Date):
            for step in (0, 1, -1):
                value = moved(one, step, type)
                if _within(value, type) and isinstance(value, Fraction | Date):
                    yield value


def _within(value: Value, type: Type) -> bool:
    if not isinstance(value, Fraction):
        return True
    return (type.low is None or value >= type.low) and (type.high is None or value <= type.high)


def _ends(now: Fraction | Date, type: Type) -> Iterator[Fraction | Date]:
    """The furthest values that are tried, the larger one first."""
    if isinstance(now, Date):
        yield now + timedelta(days=365 * YEARS)
        yield now - timedelta(days=365 * YEARS)
        return
    far = max(abs(now), Fraction(1)) * FAR
    yield type.high if type.high is not None else now + far
    low = type.low if type.low is not None else (Fraction(0) if now >= 0 else now - far)
    yield low


def _nearest(now: Value, turned: Value, type: Type, turns: Turns) -> Value:
    """Between a value that does not turn the verdict and one that does, the first that does, by halving."""
    steps = steps_between(now, turned, type)
    sign, low, high = (1 if steps > 0 else -1), 0, abs(steps)
    while high - low > 1:
        middle = (low + high) // 2
        if turns(moved(now, sign * middle, type)):
            high = middle
        else:
            low = middle
    return moved(now, sign * high, type)
