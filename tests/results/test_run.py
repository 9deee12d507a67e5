"""A run: its day, its year, its plan; other values change no plan; each backend gives the same."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.results.decode import values_of
from engine.results.run import BACKENDS, backend_of, run_policy
from tests.results.small import AS_OF, ROWS, checked_policy, small_run


def test_the_day_and_the_year() -> None:
    run = small_run()
    assert (run.as_of, run.school_year, run.backend) == (AS_OF, "2026-27", "reference")
    assert run.plan_has("credential") and not run.plan_has("nothing")


@pytest.mark.parametrize(
    ("day", "year"), [("2026-06-30", "2025-26"), ("2026-07-01", "2026-27"), ("2099-07-01", "2099-00")]
)
def test_the_school_year_holds_the_day(day: str, year: str) -> None:
    checked = checked_policy()
    dataset = dataset_from_rows(checked.tables, ROWS, jurisdiction="US-XX")
    assert run_policy(checked, dataset, Date.fromisoformat(day), "reference").school_year == year


def test_another_value_is_bound_and_nothing_is_planned_anew() -> None:
    checked = checked_policy()
    dataset = dataset_from_rows(checked.tables, ROWS, jurisdiction="US-XX")
    other = run_policy(checked, dataset, AS_OF, "reference", {"parameters.wage_floor": Fraction(50_000)})
    assert other.plan == small_run().plan
    column = other.plan.column("credential", "good_job")
    before, after = values_of(small_run(), column), values_of(other, column)
    at = [key["credential_id"] for key in other.columns["credential"].to_pylist()].index("WELD-1")
    assert (before[at], after[at]) == (True, False), "$47,000 is enough for $43,900 and not for $50,000"


def test_backends_are_found_by_name() -> None:
    found = [backend_of(name) for name in BACKENDS if name != "spark"]
    assert len(set(found)) == len(found)


def test_duckdb_gives_the_same_columns() -> None:
    checked = checked_policy()
    dataset = dataset_from_rows(checked.tables, ROWS, jurisdiction="US-XX")
    run = run_policy(checked, dataset, AS_OF)
    assert run.backend == "duckdb"
    for column in run.plan.columns:
        if column.id.role == "internal":
            continue
        assert values_of(run, column) == values_of(small_run(), column), column.id
