from __future__ import annotations

import pytest

from engine.types.datatypes import TRUTH, Type, number
from engine.types.digits import divides_plainly, needed, of_division
from engine.types.units import PLAIN


def n(whole: int, scale: int) -> Type:
    return number(PLAIN, whole, scale)


@pytest.mark.parametrize(
    ("op", "operands", "result", "digits"),
    [
        ("add", [n(3, 0), n(2, 2)], n(4, 2), 7),  # 999 is 99900 beside 9999, and the sum has one more
        ("mul", [n(3, 2), n(4, 1)], n(7, 3), 10),
        ("eq", [n(3, 0), n(20, 9)], TRUTH, 29),
        ("and", [TRUTH, TRUTH], TRUTH, 0),
        ("neg", [n(3, 2)], n(3, 2), 5),
        ("round", [n(3, 2)], n(4, 0), 9),  # cut by a division, whose quotient of 4 digits Spark keeps with 5 more
        ("div", [n(12, 2), n(9, 0)], n(12, 12), 29),  # the quotient's 24 and 5 outweigh 2·10**14·10**10
        ("div", [n(20, 2), n(9, 0)], n(20, 12), 37),
        ("sum", [n(12, 2)], n(21, 2), 23),
        ("mean", [n(12, 2)], n(12, 12), 29),  # 24 and 5 outweigh the remainder by the rows, 9 + 10 + 1
        ("weighted_mean", [n(4, 1), n(3, 0)], n(4, 12), 24),  # the remainder by the weights, 12 + 11 + 1
        ("stdev_sample", [n(6, 2)], n(8, 9), 25),
        ("median", [n(6, 2)], n(6, 3), 10),
        ("percentile", [n(6, 2), n(1, 4)], n(6, 6), 14),  # 9 for the rows and 5 for the level outweigh 8 + 4 + 1
    ],
)
def test_needed(op: str, operands: list[Type], result: Type, digits: int) -> None:
    assert needed(op, operands, result) == digits


def test_a_division_that_is_too_wide_shifts_the_remainder() -> None:
    # 30 digits by 4: the plain way needs 30 + 12 + 1, the other 4 + 12 + 1 and the 30 themselves
    assert not divides_plainly(30, 4, 12)
    assert of_division(30, 4, 12, 33) == 33
    assert divides_plainly(24, 4, 12)
