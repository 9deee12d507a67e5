"""Digits and ranges of arithmetic, against all values of small types: the type holds every exact result."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product as pairs

import pytest

from engine.types import arithmetic
from engine.types.datatypes import QUOTIENT_SCALE, SNAP_SCALE, Type, digits_before_point, number
from engine.types.units import COUNT, PLAIN, RATIO, USD

TENTH = Fraction(1, 10)
SMALL = [
    number(PLAIN, 1, 0),
    number(PLAIN, 1, 0, Fraction(0), Fraction(9)),
    number(PLAIN, 1, 0, Fraction(2), Fraction(3)),
    number(PLAIN, 1, 0, Fraction(-3), Fraction(-1)),
    number(PLAIN, 1, 0, Fraction(0), None),
    number(PLAIN, 1, 0, None, Fraction(0)),
    number(PLAIN, 0, 1),
    number(PLAIN, 0, 1, TENTH, 7 * TENTH),
    number(PLAIN, 1, 1, -12 * TENTH, 15 * TENTH),
    number(PLAIN, 1, 0, Fraction(7), Fraction(7)),
]


def values(type: Type) -> Iterator[Fraction]:
    """Every value that a type can hold."""
    unit = 10**type.scale
    for whole in range(1 - 10**type.digits, 10**type.digits):
        value = Fraction(whole, unit)
        if (type.low is None or value >= type.low) and (type.high is None or value <= type.high):
            yield value


def holds(type: Type, value: Fraction) -> bool:
    """Whether a type has the digits, decimals and range for a value."""
    inside = (type.low is None or type.low <= value) and (type.high is None or value <= type.high)
    return inside and abs(value) < 10**type.whole and (value * 10**type.scale).denominator == 1


def half_away(value: Fraction, places: int) -> Fraction:
    shifted = abs(value) * 10**places
    whole = int(shifted) + (shifted - int(shifted) >= Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


@pytest.mark.parametrize(("left", "right"), list(pairs(SMALL, SMALL)))
def test_sums_differences_and_products(left: Type, right: Type) -> None:
    added, less = arithmetic.added(left, right, PLAIN), arithmetic.subtracted(left, right, PLAIN)
    times, either = arithmetic.multiplied(left, right), arithmetic.united(left, right)
    for a, b in pairs(values(left), values(right)):
        assert holds(added, a + b)
        assert holds(less, a - b)
        assert holds(times, a * b)
        assert holds(either, a) and holds(either, b)


@pytest.mark.parametrize(("left", "right"), list(pairs(SMALL, SMALL)))
def test_quotients(left: Type, right: Type) -> None:
    found = arithmetic.divided(left, right)
    seen = arithmetic.snapped(found)
    assert found.quotient and found.scale == QUOTIENT_SCALE and not seen.quotient and seen.scale == SNAP_SCALE
    assert found.nullable == any(b == 0 for b in values(right))
    for a, b in pairs(values(left), values(right)):
        if b:
            stored = half_away(a / b, QUOTIENT_SCALE)
            assert holds(found, stored)
            assert holds(seen, half_away(stored, SNAP_SCALE))


@pytest.mark.parametrize(("low", "high"), list(pairs(SMALL, SMALL)))
def test_a_number_between_two_ends(low: Type, high: Type) -> None:
    wide = number(PLAIN, 15, 3)
    found = arithmetic.clamped(arithmetic.united(arithmetic.united(wide, low), high), [low, high])
    assert found.whole <= max(low.whole, high.whole)
    for least, most in pairs(values(low), values(high)):
        for value in (Fraction(-(10**14)), Fraction(0), Fraction(1, 1000), Fraction(10**14)):
            assert holds(found, max(least, min(value, most)))
            assert holds(found, min(most, max(value, least)))


@pytest.mark.parametrize("type", SMALL)
def test_one_operand(type: Type) -> None:
    negated = arithmetic.negated(type)
    rounded = {places: arithmetic.rounded(type, places) for places in (0, 1, 2)}
    for value in values(type):
        assert holds(negated, -value)
        for places, found in rounded.items():
            assert holds(found, half_away(value, places))
            away = Fraction(-(-abs(value) * 10**places // 1), 10**places)
            assert holds(found, away if value >= 0 else -away)


@pytest.mark.parametrize("type", SMALL)
def test_sums_and_means_over_rows(type: Type) -> None:
    summed, mean = arithmetic.summed(type), arithmetic.averaged(type)
    several = list(values(type))
    for rows in ([several[0]], [several[-1]], [several[0]] * 3, [several[-1]] * 7, several, several[:2] + several[-1:]):
        assert holds(summed, sum(rows, Fraction(0)))
        assert holds(mean, half_away(sum(rows, Fraction(0)) / len(rows), QUOTIENT_SCALE))
    most = max(abs(several[0]), abs(several[-1])) * 10**arithmetic.ROWS_DIGITS
    assert most < 10**summed.whole


def test_a_quotient_that_rounds_up_to_another_digit() -> None:
    # 9.9999999999995 is stored as 10
    over = number(PLAIN, 14, 0, Fraction(0), Fraction(99_999_999_999_995))
    under = number(PLAIN, 14, 0, Fraction(10**13), Fraction(10**13))
    found = arithmetic.divided(over, under)
    assert found.whole == 2 and found.high == 10 and holds(found, Fraction(10))


def test_a_mean_of_many_decimals_that_rounds_up() -> None:
    type = number(PLAIN, 1, 14)
    assert holds(arithmetic.averaged(type), half_away(Fraction(10) - Fraction(1, 10**14), QUOTIENT_SCALE))


def test_what_is_not_always_there_stays_so() -> None:
    sure, absent = SMALL[0], SMALL[1].maybe()
    assert not arithmetic.added(sure, sure, PLAIN).nullable
    assert arithmetic.added(sure, absent, PLAIN).nullable and arithmetic.multiplied(absent, sure).nullable
    assert arithmetic.divided(absent, number(PLAIN, 1, 0, Fraction(1), Fraction(9))).nullable


def test_a_bare_number_takes_the_unit_of_the_other_side() -> None:
    bare = arithmetic.constant(Fraction(5), PLAIN, 0, literal=True)
    counted = number(COUNT, 3, 0)
    assert arithmetic.united(bare, counted).unit == COUNT == arithmetic.united(counted, bare).unit
    assert arithmetic.multiplied(number(RATIO, 1, 2), number(USD, 5, 2)).unit == USD


@pytest.mark.parametrize(("value", "digits"), [("0", 0), ("0.9", 0), ("1", 1), ("9.99", 1), ("10", 2), ("-120.5", 3)])
def test_digits_before_the_point(value: str, digits: int) -> None:
    assert digits_before_point(Fraction(value)) == digits
