"""What leaves ratings open: rows of a cohort counted by the column that they lack, never named."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.results import cohort_gaps
from engine.results.held import held, held_table
from tests.accountable import Rows, ran, schools
from tests.results.graded import graded, graded_outcome
from tests.results.made import texts
from tests.test_accountability import INDIANA, graduates, recorded

COLUMNS = ("key", "rule", "responsible_table", "responsible_row", "responsible_column", "reason")


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_rows_are_counted_by_column(backend: str) -> None:
    found = texts(graded_outcome(backend).table("held"), *COLUMNS)
    assert found == [
        ("bravo", "accountability.indicators.graduation", "student", "", "on_time_diploma",
         "1 of 4 students of graduation has none"),
        ("bravo", "accountability.indicators.strength", "student", "", "exam_pass",
         "1 of 4 students of strength has none"),
        ("bravo", "accountability.indicators.strength", "student", "", "on_time_diploma",
         "1 of 4 students of strength has none"),
        *[
            ("foxtrot", "accountability.ratings", "student", "", "on_time_diploma", f"1 of 3 students of {name} has none{why}")
            for name in ("graduation", "strength")
            for why in ("", ": no record")
        ],
    ]  # fmt: skip


def test_very_many_rows_are_counted_from_their_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohort_gaps, "LOOKED_AT", 3)
    run = graded()
    found = texts(held_table(run, held(run)), *COLUMNS)
    assert ("bravo", "accountability.indicators.graduation", "student", "", "on_time_diploma",
            "1 of 4 students of graduation has none") in found  # fmt: skip
    assert ("foxtrot", "accountability.ratings", "student", "", "on_time_diploma",
            "2 of 3 students of graduation have none") in found  # fmt: skip
    assert (
        "foxtrot",
        "accountability.ratings",
        "student",
        "",
        "",
        "some students of strength are undetermined",
    ) in found


def test_an_earlier_year_that_nobody_knows(tmp_path: Path) -> None:
    rows: Rows = {
        **schools("small", "unknown"),
        "student": [*graduates("small", 2027, 4, 6), *graduates("unknown", 2027, 4, 6)],
        "prior_indicator": [recorded("small", "2025-26", 3, 5)],
    }
    run = ran(INDIANA, rows, tmp_path, "reference")
    found = texts(held_table(run, held(run)), *COLUMNS)
    assert found == [
        ("unknown", "accountability.indicators.college_and_career", "school", "unknown", "prior_indicators",
         "no rows reported")
    ]  # fmt: skip
