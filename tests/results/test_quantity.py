"""Values as people write them."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction as F

import pytest

from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Value
from engine.results.quantity import shown
from engine.types.datatypes import DATE, TEXT, TRUTH, Type, number
from engine.types.units import COUNT, PLAIN, POINTS, RATIO, Unit, parse_unit


def of(unit: str | Unit) -> Type:
    found = parse_unit(unit) if isinstance(unit, str) else unit
    assert found is not None
    return number(found, 9, 12)


@pytest.mark.parametrize(
    ("value", "type", "text"),
    [
        (F(43900), of("USD/year"), "$43,900/year"),
        (F(37, 2), of("USD/hour"), "$18.50/hour"),
        (F(-5), of("USD"), "-$5"),
        (F(12345, 1000), of("USD"), "$12.345"),
        (F(300), of("USD/credit_hour"), "$300/credit hour"),
        (F(3, 5), of(RATIO), "60%"),
        (F(5, 1000), of(RATIO), "0.5%"),
        (F(2, 3), of(RATIO), "66.6666…%"),
        (F(599999999, 1000000000), of(RATIO), "59.9999…%"),
        (F(-1, 3), of(PLAIN), "-0.3333…"),
        (F(25, 2), of(PLAIN), "12.5"),
        (F(25, 2), of(POINTS), "12.5 points"),
        (F(1), of("hour"), "1 hour"),
        (F(600), of("hour"), "600 hours"),
        (F(3), of("credit_hour"), "3 credit hours"),
        (F(2), of("FTE"), "2 FTE"),
        (F(1234567), of(COUNT), "1,234,567"),
        (F(2024), number(of("year").unit, 4, 0, F(1900), F(2200)), "2024"),
        (F(2), of("year"), "2 years"),
        (Bound(F(239200), None), of("USD/year"), "≥ $239,200/year"),
        (Bound(None, F(5)), of(COUNT), "≤ 5"),
        (Bound(F(1), F(3)), of(COUNT), "1 to 3"),
        (2026, Type("year", name="school_year"), "2026-27"),
        (2027, Type("year", name="fiscal_year"), "FY2027"),
        (2027, Type("year", name="class"), "class of 2027"),
        (F(1), Type("duration", name="year"), "1 year"),
        (F(90), Type("duration", name="day"), "90 days"),
        (Date(2026, 7, 1), DATE, "2026-07-01"),
        (True, TRUTH, "yes"),
        (False, TRUTH, "no"),
        (NOT_APPLICABLE, TRUTH, "not applicable"),
        (Missing(), TRUTH, "missing"),
        (None, of(COUNT), "missing"),
        ("15-1252", TEXT, "15-1252"),
    ],
)
def test_shown(value: Value | None, type: Type, text: str) -> None:
    assert shown(value, type) == text
