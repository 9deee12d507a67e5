"""Digits and scaled integers of columns, against numbers worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.model.digits import digits, scaled, scaled_range
from engine.model.table import Column


@pytest.mark.parametrize(
    ("value", "scale", "expected"), [("12.5", 2, 1250), ("-0.05", 2, -5), ("1.00", 0, 1), ("0", 6, 0)]
)
def test_scaled(value: str, scale: int, expected: int) -> None:
    assert scaled(Decimal(value), scale) == expected


def test_scaled_refuses_what_does_not_sit_on_the_scale() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        scaled(Decimal("0.05"), 1)


def test_digits_come_from_the_range() -> None:
    column = Column(name="n", scale=2, at_least=Decimal(-5), at_most=Decimal(1000))
    assert scaled_range(column) == (-500, 100_000)
    assert digits(column) == 6
    assert digits(Column(name="n", scale=4)) == 18, "without a range, what fits a 64-bit integer"
    assert digits(Column(name="n", at_most=Decimal(10) ** 25)) == 26
