"""What each result depends on, and that another parameter value is another binding, never another plan."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import bind
from engine.plan.print import input_cells
from engine.results.run import run_policy
from engine.syntax.load import BUNDLED
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.results.small import AS_OF, POLICY, ROWS, checked_policy

BUNDLED_POLICIES = sorted(BUNDLED.rglob("*.yaml"))


def bundled(path: Path) -> CheckedPolicy:
    diagnostics = Diagnostics()
    checked = api.load(path, diagnostics)
    assert checked is not None and not diagnostics.has_errors, diagnostics.sorted()
    return checked


def policies() -> list[object]:
    named = [(path.relative_to(BUNDLED).with_suffix("").as_posix(), path) for path in BUNDLED_POLICIES]
    return [
        pytest.param(None, id="small"),
        *(pytest.param(path, id=name) for name, path in named if ".cases" not in name),
    ]


@pytest.mark.parametrize("path", policies())
def test_each_result_says_which_input_cells_it_depends_on(path: Path | None) -> None:
    checked = checked_policy() if path is None else bundled(path)
    declared = set(bind(checked, AS_OF).cells)
    for epoch in checked.epochs:
        plan = plan_policy(checked, epoch)
        print(f"\n{plan.policy} from {epoch.starts}\n{input_cells(plan)}")
        reads = {(table, column) for table, columns in plan.scans for column in columns}
        for column in plan.columns:
            assert column.cells <= declared
            assert {one for one in column.reads if checked.tables.get(one[0])} <= reads


@pytest.mark.parametrize("path", policies())
def test_another_value_plans_nothing_anew(path: Path | None) -> None:
    checked = checked_policy() if path is None else bundled(path)
    day = AS_OF if path is None else Date(2026, 11, 1)
    plan = plan_policy(checked, checked.epoch(day))
    numbers = {
        one.path: one.value for one in bind(checked, day).resolved if isinstance(one.value, Fraction)
    }  # fmt: skip
    for name, value in numbers.items():
        other = bind(checked, day, {name: value + 1})
        assert other.cells[name] != bind(checked, day).cells[name]
        again = plan_policy(checked, checked.epoch(day))
        assert again == plan
        assert [column.digest for column in again.columns] == [column.digest for column in plan.columns]


def test_the_same_plan_gives_other_results_for_another_value() -> None:
    checked = checked_policy()
    dataset = dataset_from_rows(checked.tables, ROWS, as_of=AS_OF, jurisdiction="US-XX")
    one = run_policy(checked, dataset, AS_OF, "reference")
    other = run_policy(checked, dataset, AS_OF, "reference", {"parameters.wage_floor": Fraction(50000)})
    assert one.plan == other.plan
    before, after = (run.columns["labor_market"].column("high_wage").to_pylist() for run in (one, other))
    assert before == [True, None, False, True] and after == [True, None, False, False]
    # and only what depends on the parameter has changed
    for column in one.plan.columns:
        entity, name = column.id.entity, column.id.name
        if "parameters.wage_floor" in column.cells or name not in one.columns[entity].column_names:
            continue
        assert one.columns[entity].column(name) == other.columns[entity].column(name)


def test_a_text_of_a_policy_with_another_value_has_the_same_plan() -> None:
    checked = checked_policy(POLICY.replace("2026-07-01: $43,900", "2026-07-01: $44,900"))
    plan, other = (plan_policy(one, one.epoch(AS_OF)) for one in (checked_policy(), checked))
    assert plan == other
    assert [column.digest for column in plan.columns] == [column.digest for column in other.columns]


def test_what_a_result_depends_on_goes_through_everything_that_it_uses() -> None:
    checked = checked_policy()
    plan = plan_policy(checked, checked.epoch(AS_OF))
    assert plan.column("credential", "good_job").cells == {"parameters.wage_floor", "jurisdiction.area"}
    assert plan.column("credential", "college_credit").cells == {"parameters.credits_wanted"}
    assert plan.column("labor_market", "high_wage").reads == {("labor_market", "annual_median")}
    assert "parameters.wage_floor" in plan.column("credential", "tier").cells
