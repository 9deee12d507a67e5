"""Which rows a scenario means by `of` and `where`: asked of the policy on the data of the very year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....execution.dataset import Dataset
from ....model.standard import STANDARD
from ....model.table import Table
from ....plan.from_checked import plan_policy
from ....plan.part import part_of_plan
from ....plan.plan import Plan
from ....syntax.expr import Expr
from ....syntax.policy import Criterion, RuleVersion, Word
from ....text.diagnostic import Diagnostics
from ....types.check_policy import check_policy
from ....types.checked import CheckedPolicy
from ..ground import Ground
from .programs import Programs

_NAME = "asked in years ahead"
"""What the tests are called in the policy; no text of a policy can name one so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A test on the rows of a table."""

    table: str
    test: Expr


def asking(checked: CheckedPolicy, asked: Sequence[Asked], diagnostics: Diagnostics) -> CheckedPolicy:
    """The policy with tests as criteria of their tables; what is wrong with one is reported at its place."""
    if not asked:
        return checked
    tables: dict[str, Table] = {
        name: replace(table, complete=checked.tables[name].complete) for name, table in STANDARD.items()
    }
    more = tuple(
        Criterion(
            name=f"{_NAME} {number}", span=one.test.span, entity=Word(text=one.table, span=one.test.span),
            versions=(RuleVersion(body=one.test, span=one.test.span),),
        )
        for number, one in enumerate(asked)
    )  # fmt: skip
    policy = checked.policy
    return check_policy(replace(policy, criteria=(*policy.criteria, *more)), tables, diagnostics)


@dataclass(frozen=True, slots=True)
class Meant:
    """Of a test, the rows for which it holds, by their places, and how many there are of which nobody can tell."""

    rows: tuple[int, ...]
    unknown: int


def rows_meant(ground: Ground, asked: Sequence[Asked], programs: Programs) -> list[Meant]:
    """The rows for which each test holds, on the data of a ground whose policy is one of `asking`."""
    if not asked:
        return []
    names = {(one.table, f"{_NAME} {number}") for number, one in enumerate(asked)}

    def planned() -> Plan:
        plan = plan_policy(ground.checked, ground.checked.epoch(ground.as_of))
        return part_of_plan(plan, lambda column: (column.id.entity, column.id.name) in names)

    binding = ground.binding()
    _, program = programs.of(ground.checked, ground.as_of, _NAME, planned)
    columns = program.run(ground.dataset, binding.cells, binding.schedules)
    found = []
    for number, one in enumerate(asked):
        values = columns[one.table].column(f"{_NAME} {number}").to_pylist()
        found.append(Meant(tuple(row for row, value in enumerate(values) if value is True), values.count(None)))
    return found


def rows_in(dataset: Dataset, table: str) -> Meant:
    """All rows of a table."""
    return Meant(tuple(range(dataset.tables[table].row_count)), 0)
