"""Cells as files write them."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Value
from engine.results.table import Cell, cell_text, decimal_text, table, value_text


def test_a_table_is_written_in_short() -> None:
    made = table("t", "key place:number seen:truth since:date", [["a", Fraction(1), True, None]])
    assert made.columns == (("key", "text"), ("place", "number"), ("seen", "truth"), ("since", "date"))
    assert made.names == ("key", "place", "seen", "since") and made.rows == (("a", Fraction(1), True, None),)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**20), max_value=10**20))
def test_numbers_are_exact_and_plain(value: Decimal) -> None:
    text = decimal_text(Fraction(value))
    assert Fraction(text) == Fraction(value)
    assert "e" not in text.lower() and not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (True, "true"), (False, "false"), (2026, "2026"), ("", ""), ("=1", "=1"), (Fraction(-1, 8), "-0.125"),
        (Fraction(10**30), "1" + "0" * 30), (Fraction(1, 10**12), "0.000000000001"), (Date(2026, 7, 1), "2026-07-01"),
    ],
)  # fmt: skip
def test_cells(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Missing(), ""), (NOT_APPLICABLE, ""), (Bound(Fraction(5), None), ">=5"), (Bound(None, Fraction(5, 2)), "<=2.5"),
        (Bound(Fraction(-1), Fraction(6)), "-1..6"), (True, "true"), ("core", "core"), (Fraction(0), "0"),
    ],
)  # fmt: skip
def test_values(value: Value, text: str) -> None:
    assert value_text(value) == text
