"""Whatever the checker accepts, what is run again with other values gives what the reference gives with them: rows that
are alike are collapsed where only some entities' rows are wanted, and nothing is where all are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from engine.execution.batch import Scenario
from engine.execution.on_duckdb import DuckDBRerun
from engine.execution.reference_run import run_reference
from engine.plan.in_force import CellValue
from engine.plan.part import part_of_plan
from engine.plan.plan import UNKEPT, Column, Plan
from tests.property.policies import Prepared, generated
from tests.property.test_backends import differences

WANTED: tuple[tuple[str, ...], ...] = ((), ("state", "kind"), ("thing",), ("state",), ("batch", "kind", "pair"))
"""Entities whose rows are wanted, all of them first."""


def part(plan: Plan, rows: tuple[str, ...]) -> Plan:
    """What the columns of some entities need."""

    def is_wanted(column: Column) -> bool:
        return column.id.entity in rows and column.id.role not in UNKEPT

    return part_of_plan(plan, is_wanted) if rows else plan


def tried(chance: Random, prepared: Prepared) -> list[Mapping[str, CellValue]]:
    """Some values of the numbers among the cells, more or less than they are."""
    numbers = [
        (one.path, one.type.scale)
        for one in prepared.plan.cells
        if one.type.kind == "number" and isinstance(prepared.bound.cells.get(one.path), Fraction)
    ]
    chosen = chance.sample(numbers, chance.choice((1, 1, len(numbers)))) if numbers else []
    steps = [Fraction(0), Fraction(1), Fraction(-1), Fraction(3), Fraction(7, 2)]
    found: list[Mapping[str, CellValue]] = []
    for step in chance.sample(steps, 3):
        values: dict[str, CellValue] = {}
        for path, scale in chosen:
            now = prepared.bound.cells[path]
            assert isinstance(now, Fraction)
            values[path] = now + (Fraction(int(step)) if scale == 0 else step)
        found.append(values)
    return found


def wrong(prepared: Prepared, rows: tuple[str, ...], values: list[Mapping[str, CellValue]], told: bool) -> list[str]:
    """Every column that differs from the reference; with the values `told` beforehand. They are run one
    after the other, then together.
    """
    plan = part(prepared.plan, rows)
    bound = [replace(prepared.bound, cells={**prepared.bound.cells, **one}) for one in values]
    varied = [path for path in values[0] if path in {one.path for one in plan.cells}]
    known = [one.cells for one in bound] if told else []
    reruns = DuckDBRerun(plan, prepared.dataset, varied, rows=rows or None, tried=known)
    said = []
    wanted = []
    try:
        for one in (*bound, bound[0]):
            full = run_reference(plan, prepared.dataset, one.cells, one.schedules)
            other = {entity: table for entity, table in full.items() if rows and entity not in rows}
            found = reruns.run(one.cells, one.schedules) | other
            said += differences(lambda *_, found=found: found, replace(prepared, plan=plan, bound=one))
            wanted.append(other)
        many = reruns.many(Scenario(one.cells, one.schedules, prepared.dataset) for one in bound)
        for one, other, made in zip(bound, wanted[:-1], many, strict=True):
            found = made | other
            said += differences(lambda *_, found=found: found, replace(prepared, plan=plan, bound=one))
    finally:
        reruns.close()
    return said


def compared(seed: int, size: int) -> int:
    """Compare one generated policy; how many runs that were."""
    prepared, _ = generated(Random(seed), size)
    chance = Random(seed)
    values = tried(chance, prepared)
    if not values[0]:
        return 0
    rows = WANTED[seed % len(WANTED)]
    assert wrong(prepared, rows, values, seed % 2 == 0) == [], f"seed {seed}, {rows}, {values}\n{prepared.text}"
    return len(values)


def test_what_is_run_again() -> None:
    assert sum(compared(seed, 25) for seed in range(20)) > 40


@pytest.mark.long
@pytest.mark.parametrize("ten", range(20))
def test_what_is_run_again_many_times(ten: int) -> None:
    assert sum(compared(1000 + 10 * ten + seed, 25) for seed in range(10)) > 10
