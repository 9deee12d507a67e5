"""Expected values: how each kind is read, and that numbers are compared as they are shown."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Value
from engine.results.cases.expectation import holds, read_expectation, value_words, written_so
from engine.types.datatypes import DATE, TEXT, TRUTH, Type, counting, number
from engine.types.units import PLAIN, POINTS, RATIO, USD, parse_unit

YEARLY = parse_unit("USD/year")
assert YEARLY is not None
DOLLARS, WAGE = number(USD, 9, 2), number(YEARLY, 9, 2)
SHARE, SCORE = number(RATIO, 3, 9), number(POINTS, 3, 2)
TIER = Type("enum", name="tier", values=("premier", "core"))
YEAR, FISCAL = Type("year", name="school_year"), Type("year", name="fiscal_year")


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("met", TRUTH, True), ("yes", TRUTH, True), ("not met", TRUTH, False), ("not_met", TRUTH, False),
        ("no", TRUTH, False), ("undetermined", TRUTH, Missing()), ("missing", TRUTH, Missing()),
        ("not applicable", TRUTH, NOT_APPLICABLE),
        ("12", counting(), 12), ("1,200", counting(), 1200), ("-3.5", number(PLAIN, 3, 1), Fraction(-7, 2)),
        ("$40,500.00", DOLLARS, 40_500), ("$0.05", DOLLARS, Fraction(1, 20)), ("-$3", DOLLARS, -3),
        ("$43,900", WAGE, 43_900), ("$43,900/year", WAGE, 43_900),
        ("60%", SHARE, Fraction(3, 5)), ("33.3333333%", SHARE, Fraction(333333333, 10**9)),
        ("12.5", SCORE, Fraction(25, 2)), ("12.5 points", SCORE, Fraction(25, 2)),
        ("missing", DOLLARS, Missing()), ("undetermined", SHARE, Missing()),
        ("at least $239,200", WAGE, Bound(Fraction(239_200), None)), ("<= 5", counting(), Bound(None, Fraction(5))),
        ("5 to 6", counting(), Bound(Fraction(5), Fraction(6))),
        ("premier", TIER, "premier"), ("missing", TIER, Missing()), ("any text", TEXT, "any text"),
        ("2026-07-01", DATE, Date(2026, 7, 1)), ("2026-27", YEAR, 2026), ("FY2027", FISCAL, 2027), ("2027", FISCAL, 2027),
    ],
)  # fmt: skip
def test_reading(text: str, type: Type, value: Value | int) -> None:
    assert read_expectation(text, type) == value


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("40500", DOLLARS), ("$12", counting()), ("0.6", SHARE), ("60", SHARE), ("60%", counting()),
        ("$18.50/hour", WAGE), ("12 hours", SCORE), ("1,20", counting()), ("12,000,5", counting()), ("twelve", counting()),
        ("not applicable", counting()), ("primer", TIER), ("maybe", TRUTH), ("1 July", DATE), ("2026-02-30", DATE),
        ("26-27", YEAR), ("5 to", counting()), ("1 to x", counting()),
    ],
)  # fmt: skip
def test_what_does_not_fit(text: str, type: Type) -> None:
    assert read_expectation(text, type) is None
    assert written_so(type, None, text)


def test_an_eligibility_has_words_of_its_own() -> None:
    words = {"met": "eligible", "not_met": "not eligible", "undetermined": "cannot tell"}
    assert read_expectation("not eligible", TRUTH, words) is False
    assert read_expectation("not met", TRUTH, words) is False
    assert read_expectation("cannot tell", TRUTH, words) == Missing()
    assert value_words(True, TRUTH, True, words) == "eligible"
    assert value_words(NOT_APPLICABLE, TRUTH, True, words) == "not applicable"
    assert written_so(TRUTH, words, "not eligble") == "did you mean `not eligible`?"


def third(text: str, type: Type, got: Value) -> bool:
    wanted = read_expectation(text, type)
    assert wanted is not None
    return holds(wanted, got)


def test_a_number_may_be_written_in_part() -> None:
    got = Fraction(290_476190476, 10**9)  # 6,100 / 21 as it is shown
    assert third("$290.47…", DOLLARS, got) and third("$290.476190476", DOLLARS, got)
    assert not third("$290.48…", DOLLARS, got) and not third("$290.47", DOLLARS, got)
    share = Fraction(333333333, 10**9)
    assert third("33.3333…%", SHARE, share) and third("33…%", SHARE, share) and not third("33.4…%", SHARE, share)
    assert not third("33…%", SHARE, Missing())


def test_what_holds() -> None:
    assert holds(Missing(), Missing()) and not holds(Missing(), Fraction(0)) and not holds(Fraction(0), Missing())
    assert holds(True, True) and not holds(True, Fraction(1)) and not holds(Fraction(1), True)
    assert holds(NOT_APPLICABLE, NOT_APPLICABLE) and not holds(False, NOT_APPLICABLE)
    assert not holds(Fraction(5), Bound(Fraction(5), Fraction(6)))


def test_what_came_out_is_said_with_every_decimal() -> None:
    assert value_words(Fraction(333333333, 10**9), SHARE, False) == "33.3333…% (0.333333333)"
    assert value_words(Fraction(6600), DOLLARS, False) == "$6,600"
    assert value_words(Missing(), DOLLARS, False) == "missing"
    assert value_words(Missing(), TRUTH, False) == "undetermined"
    assert value_words(False, TRUTH, False) == "no"
