from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction as F

import pytest

from engine.execution.roots import ln, sqrt, stdev

NUMBERS = ["0.000001", "0.5", "2", "3", "10", "1234.5678", "999999999999.99", "12345678901234567890123456789012345.67"]


def by_decimal(function: str, text: str) -> F:
    """An independent answer: Decimal with 80 digits, rounded once."""
    with localcontext() as context:
        context.prec = 80
        exact = getattr(Decimal(text), function)()
        return F(exact.quantize(Decimal("1e-9"), rounding=ROUND_HALF_EVEN))


@pytest.mark.parametrize("text", NUMBERS)
def test_against_decimal(text: str) -> None:
    assert sqrt(F(text)) == by_decimal("sqrt", text)
    assert ln(F(text)) == by_decimal("ln", text)


def test_known_digits() -> None:
    assert ln(F(2)) == F("0.693147181")  # 0.69314718055994…
    assert ln(F(10)) == F("2.302585093")  # 2.30258509299404…
    assert ln(F(1, 2)) == F("-0.693147181")
    assert ln(F(1)) == 0
    assert ln(F(1, 3)) == F("-1.098612289")  # 1.09861228866811…: a fraction that no decimal holds
    assert sqrt(F(2)) == F("1.414213562")  # 1.41421356237309…
    assert sqrt(F(144)) == 12
    assert sqrt(F(0)) == 0


def test_a_logarithm_next_to_a_tie_is_computed_further() -> None:
    # e to the power 5e-10, cut after 70 digits: its logarithm is 5e-10 less about 1e-70, so it rounds down
    with localcontext() as context:
        context.prec = 71
        cut = Decimal("5e-10").exp()
    under = F(cut) - F(1, 10**69)
    assert ln(under) == 0
    assert ln(F(cut) + F(1, 10**69)) == F(1, 10**9)


def test_a_root_on_a_tie_goes_to_the_even_digit() -> None:
    assert sqrt(F("0.0000000005") ** 2) == 0
    assert sqrt(F("0.0000000015") ** 2) == F(2, 10**9)
    assert sqrt(F("0.0000000025") ** 2) == F(2, 10**9)


def test_out_of_range_is_nothing() -> None:
    assert ln(F(0)) is None
    assert ln(F(-1)) is None
    assert sqrt(F(-1)) is None
    assert stdev(1, F(7), F(49), sample=True) is None
    assert stdev(0, F(0), F(0), sample=False) is None


def test_stdev() -> None:
    marks = [F(n) for n in (2, 4, 4, 4, 5, 5, 7, 9)]
    total, squares = sum(marks, F(0)), sum((mark * mark for mark in marks), F(0))
    assert stdev(8, total, squares, sample=False) == 2  # root of 32/8
    assert stdev(8, total, squares, sample=True) == F("2.138089935")  # root of 32/7 = 2.13808993529939…
    assert stdev(1, F(7), F(49), sample=False) == 0
