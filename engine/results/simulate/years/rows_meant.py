"""Which rows a scenario means by `of` and `where`: asked of the policy on the data of the very year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....execution.dataset import Dataset
from ....plan.from_checked import plan_policy
from ....plan.part import part_of_plan
from ....plan.plan import Plan
from ..ground import Ground
from .asked_rows import TEST, Asked
from .programs import Programs


@dataclass(frozen=True, slots=True)
class Meant:
    """Of a test, the rows for which it holds, by their places, and how many there are of which nobody can tell."""

    rows: tuple[int, ...]
    unknown: int


def rows_meant(ground: Ground, asked: Sequence[Asked], programs: Programs) -> list[Meant]:
    """The rows for which each test holds, on the data of a ground whose policy is one of `asking`."""
    if not asked:
        return []
    names = {(one.table, f"{TEST} {number}") for number, one in enumerate(asked)}

    def planned() -> Plan:
        plan = plan_policy(ground.checked, ground.checked.epoch(ground.as_of))
        return part_of_plan(plan, lambda column: (column.id.entity, column.id.name) in names)

    binding = ground.binding()
    _, program = programs.of(ground.checked, ground.as_of, TEST, planned)
    columns = program.run(ground.dataset, binding.cells, binding.schedules)
    found = []
    for number, one in enumerate(asked):
        values = columns[one.table].column(f"{TEST} {number}").to_pylist()
        found.append(Meant(tuple(row for row, value in enumerate(values) if value is True), values.count(None)))
    return found


def rows_in(dataset: Dataset, table: str) -> Meant:
    """All rows of a table."""
    return Meant(tuple(range(dataset.tables[table].row_count)), 0)
