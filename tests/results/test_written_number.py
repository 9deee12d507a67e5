"""Numbers out of files that anybody may have written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from engine.results.written_number import written_decimal, written_fraction


def test_what_is_written_here_is_read() -> None:
    assert [written_fraction(one) for one in ("7", "-2/3", "0")] == [7, Fraction(-2, 3), 0]
    assert [written_decimal(one) for one in ("7", "-0.125", Decimal("1E-9"), Decimal("-2.50"))] == [
        7, Fraction(-1, 8), Fraction(1, 10**9), Fraction(-5, 2)
    ]  # fmt: skip
    assert written_fraction(str(Fraction(10**199, 3))) == Fraction(10**199, 3)


@pytest.mark.parametrize(
    "said",
    [
        "1e999999999",
        "1E-999999999",
        "1_000",
        " 1",
        "1\n",
        "+1",
        "",
        "nan",
        "inf",
        "\u0661",
        "9" * 201,
        1,
        1.5,
        None,
        True,
    ],
)
def test_all_else_is_refused(said: object) -> None:
    for read in (written_fraction, written_decimal):
        with pytest.raises(ValueError, match="not a number that was written here"):
            read(said)


@pytest.mark.parametrize("said", ["1/3", "0." + "1" * 61, Decimal("1E+999999"), Decimal("1E-999999"), Decimal("NaN")])
def test_no_decimal_has_so_many_places(said: object) -> None:
    with pytest.raises(ValueError, match="not a number that was written here"):
        written_decimal(said)
