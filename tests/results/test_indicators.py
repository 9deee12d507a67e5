"""The table of indicators: what is counted, what is rounded, and contributions that add up to the index."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from engine.results.rated import adding_up, to_nine
from engine.results.table import ResultTable
from tests.results.graded import graded_outcome
from tests.results.made import texts

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])


def rows(table: ResultTable, *columns: str) -> dict[tuple[str, str, str], tuple[str, ...]]:
    keyed = texts(table, "key", "student_group", "indicator", *columns)
    return {(one[0], one[1], one[2]): one[3:] for one in keyed}


@BACKENDS
def test_from_the_numerator_to_the_value(backend: str) -> None:
    found = rows(
        graded_outcome(backend).table("indicators"), "status", "n", "numerator", "numerator_at_most", "denominator",
        "years", "unrounded", "value", "lowest", "highest", "reported",
    )  # fmt: skip
    everyone = {(key, name): cells for (key, group, name), cells in found.items() if group == "all_students"}
    third = "66.666666667"
    assert everyone["alpha", "graduation"] == (
        "rated", "3", "2", "2", "3", "1", third, third, third, third, "false",
    )  # fmt: skip
    # 95 + 5, 60 and 0, of three, to two decimals
    assert everyone["alpha", "strength"] == (
        "rated", "3", "160", "160", "3", "1", "53.333333333", "53.33", "53.33", "53.33", "false",
    )  # fmt: skip
    assert everyone["alpha", "climate_index"] == ("rated", *[""] * 5, *["71.5"] * 4, "true")
    # of bravo's four one may have a diploma, one who has may have passed: 60 + 60 + (0 or 60) + (60 or 95)
    assert everyone["bravo", "graduation"] == ("pending", "4", "3", "4", "4", "1", "", "", "75", "100", "false")
    assert everyone["bravo", "strength"] == ("pending", "4", "180", "275", "4", "1", "", "", "45", "68.75", "false")
    assert everyone["bravo", "climate_index"][0] == "not_applicable"
    assert everyone["charlie", "graduation"][:2] == ("not_rated", "2")
    assert found["echo", "learners", "graduation"][:3] == ("not_rated", "1", "0")


def test_weights_after_reweighting() -> None:
    found = rows(graded_outcome().table("indicators"), "weight", "weight_used", "contribution")
    names = ("graduation", "strength", "climate_index")
    of = {key: [found[key, "all_students", name] for name in names] for key in ("bravo", "charlie", "delta")}
    assert of["bravo"] == [("1", "0.5", ""), ("1", "0.5", ""), ("1", "0", "0")]
    assert of["charlie"] == [("1", "0", "0"), ("1", "0", "0"), ("1", "1", "71.5")]
    assert of["delta"] == [("1", "", "")] * 3  # it has no index
    assert found["alpha", "learners", "graduation"] == ("", "", "")


@BACKENDS
def test_contributions_add_up_to_the_unrounded_index(backend: str) -> None:
    result = graded_outcome(backend)
    found = rows(result.table("indicators"), "weight_used", "contribution")
    seen = 0
    for key, index in texts(result.table("ratings"), "key", "index_unrounded"):
        if index:
            of = [cells for (one, group, _), cells in found.items() if one == key and group == "all_students"]
            assert sum(Fraction(share) for share, _ in of) == 1
            assert sum(Fraction(part) for _, part in of) == Fraction(index)
            seen += 1
    assert seen == 3


def test_the_last_decimals_go_to_those_that_lose_most() -> None:
    assert [str(float(one)) for one in adding_up([Fraction(1, 3)] * 3, Fraction(1))] == [
        "0.333333334", "0.333333333", "0.333333333",
    ]  # fmt: skip
    parts = [Fraction(1, 7), Fraction(5, 3), Fraction(0), Fraction(100, 11), Fraction(1, 4)]
    for amounts in product(parts, repeat=3):
        total = to_nine(sum(amounts, Fraction(0)))
        made = adding_up(amounts, total)
        assert sum(made) == total
        assert all(abs(one - amount) < Fraction(1, 10**9) for one, amount in zip(made, amounts, strict=True))
