"""The algebra of units, against hand-worked results and against its own laws."""

from __future__ import annotations

from itertools import product as pairs

import pytest

from engine.types.units import COUNT, PLAIN, POINTS, RATIO, USD, Unit, parse_unit, product, quotient


def unit(text: str) -> Unit:
    found = parse_unit(text)
    assert found is not None, text
    return found


MEASURES = [
    unit(text) for text in ("USD", "hour", "year", "credit_hour", "points", "USD/hour", "USD/year", "hour/year")
]
ALL = [PLAIN, COUNT, RATIO, *MEASURES]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("USD", "USD"), ("USD/year", "USD/year"), ("hours", "hour"), ("USD/hours", "USD/hour"), ("point", "points"),
        ("credit_hours", "credit_hour"), ("count", "count"), ("percent", "ratio"), ("number", "a plain number"),
        ("students", "count"), ("USD/student", "USD"), ("USD/FTE", "USD/FTE"), ("hour*USD", "USD*hour"),
    ],
)  # fmt: skip
def test_a_unit_as_written_and_as_shown(text: str, shown: str) -> None:
    assert str(unit(text)) == shown


@pytest.mark.parametrize("text", ["euro", "usd", "dollars", "USD/", "/year", "USD per year", "USD/yr", "$", "%", "s"])
def test_what_is_no_unit(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("USD/hour", "hour", "USD"), ("hour", "USD/hour", "USD"), ("USD/hour", "hour/year", "USD/year"),
        ("USD/year", "year", "USD"), ("USD", "count", "USD"), ("ratio", "USD", "USD"), ("number", "hour", "hour"),
        ("ratio", "ratio", "ratio"), ("ratio", "count", "count"), ("count", "count", "count"),
        ("number", "count", "count"), ("number", "ratio", "ratio"), ("number", "number", "number"),
    ],
)  # fmt: skip
def test_product(left: str, right: str, result: str) -> None:
    assert product(unit(left), unit(right)) == unit(result)


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("USD", "hour", "USD/hour"), ("USD", "USD/hour", "hour"), ("USD/year", "USD/year", "ratio"),
        ("count", "count", "ratio"), ("USD", "count", "USD"), ("USD", "number", "USD"), ("number", "number", "number"),
        ("count", "number", "count"), ("USD", "ratio", "USD"), ("ratio", "ratio", "ratio"),
        ("points", "points", "ratio"),
    ],
)  # fmt: skip
def test_quotient(left: str, right: str, result: str) -> None:
    assert quotient(unit(left), unit(right)) == unit(result)


def test_a_product_does_not_depend_on_the_order() -> None:
    assert all(product(a, b) == product(b, a) for a, b in pairs(ALL, ALL))


def test_measures_multiply_in_any_grouping() -> None:
    scaled = [one for one in MEASURES if one not in (POINTS,)]
    for a, b, c in pairs(scaled, scaled, scaled):
        assert product(product(a, b), c).powers == product(a, product(b, c)).powers


def test_a_quotient_undoes_a_product() -> None:
    for a, b in pairs(MEASURES, MEASURES):
        assert quotient(product(a, b), b).powers == a.powers


def test_money_is_money_over_and_under_a_bar() -> None:
    assert USD.is_money and unit("USD/hour").is_money and not unit("hour").is_money and not RATIO.is_money
