"""Stored columns as values, and keys and names as people write them."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest

from engine.execution.values import NOT_APPLICABLE, Bound
from engine.results.decode import MISSING, decoded, key_text, keys_of, labels_of
from engine.types.datatypes import TRUTH, Type
from tests.results.made import run_of
from tests.results.small import small_run

NUMBER = Type("number", whole=5, scale=2)


def column(**cells: list[object]) -> pa.Table:
    return pa.table(cells)


def test_numbers_are_scaled_integers() -> None:
    assert decoded(column(x=[150, None, -1]), "x", NUMBER) == [Fraction(3, 2), MISSING, Fraction(-1, 100)]


@pytest.mark.parametrize(
    ("kept", "seen"),
    [(333333333333, "0.333333333"), (666666666667, "0.666666667"), (500, "0.000000001"), (499, "0"), (-500, "-0.000000001")],
)  # fmt: skip
def test_a_quotient_is_seen_with_nine_decimals_half_away_from_zero(kept: int, seen: str) -> None:
    type = Type("number", whole=1, scale=12, quotient=True)
    assert decoded(column(x=[kept]), "x", type) == [Fraction(seen)]


def test_bounds_are_two_columns() -> None:
    type = Type("number", whole=5, scale=0, bounded=True)
    cells = column(x__low=[5, 5, None, None, 1], x__high=[5, None, 7, None, 2])
    five, seven = Fraction(5), Fraction(7)
    assert decoded(cells, "x", type) == [five, Bound(five, None), Bound(None, seven), MISSING, Bound(Fraction(1), Fraction(2))]  # fmt: skip


def test_what_does_not_apply_is_a_flag() -> None:
    type = TRUTH.maybe()
    cells = column(x=[True, None, None], x__na=[False, False, True])
    assert decoded(cells, "x", type) == [True, MISSING, MISSING]
    excusable = Type("truth", nullable=True, excusable=True)
    assert decoded(cells, "x", excusable) == [True, MISSING, NOT_APPLICABLE]


def test_keys_and_names() -> None:
    run = small_run()
    assert keys_of(run, "credential")[:2] == [("CODE-1",), ("EX-1",)]
    assert labels_of(run, "credential")["CODE-1",] == "Programming I"
    assert key_text(run, "credential", ("CODE-1",)) == "CODE-1"
    key = ("51-4121", "US-XX")
    assert key_text(run, "labor_market", key) == "occupation=51-4121,area=US-XX"
    assert labels_of(run, "labor_market")[key] == "Welders, State of XX"


def test_a_year_in_a_key_is_written_as_a_year() -> None:
    text = """
    data:
      pupil:
        key: [pupil, year]
        columns:
          pupil: {type: text}
          year: {type: school_year}
    definitions:
      pupil:
        one: 1
    """.replace("    data:\n", "")
    run = run_of(text, [{"a": "1"}])
    assert key_text(run, "pupil", ("p1", 2026)) == "pupil=p1,year=2026-27"
    assert labels_of(run, "pupil") == {}
