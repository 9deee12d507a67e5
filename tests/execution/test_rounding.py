from __future__ import annotations

from fractions import Fraction as F

import pytest

from engine.execution.rounding import divide, round_to, snap


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("63.65", 1, "63.7"),
        ("-63.65", 1, "-63.7"),
        ("1.005", 2, "1.01"),
        ("50.85", 1, "50.9"),
        ("2.449", 0, "2"),
        ("0.4999999995", 0, "0"),
        ("1250", -2, "1300"),
        ("-0.4", 0, "0"),
    ],
)
def test_half_up(value: str, places: int, expected: str) -> None:
    assert round_to(F(value), places) == F(expected)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        # of      2.5  -2.5  3.5  2.1  -2.1  2
        ("half_up", [3, -3, 4, 2, -2, 2]),
        ("half_even", [2, -2, 4, 2, -2, 2]),
        ("up", [3, -3, 4, 3, -3, 2]),
        ("down", [2, -2, 3, 2, -2, 2]),
        ("floor", [2, -3, 3, 2, -3, 2]),
        ("ceiling", [3, -2, 4, 3, -2, 2]),
    ],
)
def test_modes(mode: str, expected: list[int]) -> None:
    values = [F("2.5"), F("-2.5"), F("3.5"), F("2.1"), F("-2.1"), F(2)]
    assert [round_to(value, 0, mode) for value in values] == expected


def test_an_unknown_mode() -> None:
    with pytest.raises(ValueError, match="sideways"):
        round_to(F(1), 0, "sideways")


def test_division_keeps_twelve_decimals_half_away_from_zero() -> None:
    assert divide(F(2), F(3)) == F("0.666666666667")
    assert divide(F(-2), F(3)) == F("-0.666666666667")
    assert divide(F(1), F(2 * 10**12)) == F(1, 10**12)
    assert divide(F(-1), F(2 * 10**12)) == F(-1, 10**12)


def test_three_thirds_are_seen_as_the_whole() -> None:
    marks = divide(F(100), F(3)) + divide(F(85), F(3)) + divide(F(85), F(3))
    assert marks == F("89.999999999999")
    assert snap(marks) == 90
