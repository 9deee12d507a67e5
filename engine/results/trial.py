"""A case that passes, made ready to be tried on one changed plan after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter
from ..execution.values import Key, Value
from ..plan.in_force import CellValue
from ..plan.plan import Column, Plan
from ..syntax.cases import Case, CaseFile
from ..text.diagnostic import Diagnostics
from ..text.errors import EngineBug, PolicyError
from ..types.checked import CheckedPolicy
from .case_failure import expectations
from .case_runner import CaseRunner, Prepared
from .decode import MISSING, as_seen
from .expectation import Expectation, holds
from .replanned import ChangedPlan
from .run import Run


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a case expects: of which column and row (none: the total of all), and what."""

    column: Column
    key: Key | None
    value: Expectation

    @property
    def at(self) -> tuple[str, str]:
        """Entity and name of the column."""
        return self.column.id.entity, self.column.id.name


@dataclass(slots=True)
class Trial:
    """A case that passes, made ready to be tried again and again."""

    ready: Prepared
    rows: DatasetRows
    wanted: tuple[Wanted, ...]

    def notices(self, after: ChangedPlan) -> bool:
        """Whether the case sees a change of the plan: only what is made otherwise can come out otherwise."""
        binding, columns = self.ready.binding, after.columns
        wanted = tuple(one for one in self.wanted if columns is None or one.at in columns)
        return bool(wanted) and self._sees(wanted, after.plan, binding.cells, binding.schedules)

    def notices_moved(
        self, cell: str, cells: Mapping[str, CellValue], schedules: Mapping[str, Any]
    ) -> bool:  # fmt: skip
        """Whether the case sees other values of a parameter: only what reads it can come out otherwise."""
        wanted = tuple(one for one in self.wanted if cell in one.column.cells)
        return bool(wanted) and self._sees(wanted, self.ready.plan, cells, schedules)

    def passes(self) -> bool:
        """Whether everything comes out as expected without a change."""
        binding = self.ready.binding
        return not self._sees(self.wanted, self.ready.plan, binding.cells, binding.schedules)

    def _sees(
        self, wanted: tuple[Wanted, ...], plan: Plan, cells: Mapping[str, CellValue], schedules: Mapping[str, Any]
    ) -> bool:
        """Whether something comes out otherwise than expected, or nothing does any more."""
        columns = {(one.id.entity, one.id.name): one for one in plan.columns}
        interpreter = Interpreter(plan, self.rows, cells, schedules)
        try:
            for one in wanted:
                column = columns.get(one.at)
                if column is None or not holds(one.value, _got(interpreter, column, one.key)):
                    return True
        except (PolicyError, EngineBug, KeyError):
            return True
        return False


def _got(interpreter: Interpreter, column: Column, key: Key | None) -> Value:
    entity, name = column.id.entity, column.id.name
    if key is not None:
        if key not in interpreter.keys(entity):
            raise KeyError(key)
        return as_seen(interpreter.value(entity, name, key), column.type)
    found: Any = 0
    for each in interpreter.keys(entity):
        value: Any = as_seen(interpreter.value(entity, name, each), column.type)
        if not isinstance(value, int | type(found)) and not hasattr(value, "numerator"):
            return MISSING
        found += value
    total: Value = found
    return total


def trials(file: CaseFile, checked: CheckedPolicy) -> list[Trial]:
    """The cases of a file that pass, with what they expect."""
    runner = CaseRunner(file, checked)
    return [trial for case in file.cases if (trial := _trial(runner, case)) is not None]


def _trial(runner: CaseRunner, case: Case) -> Trial | None:
    own = Diagnostics()
    ready = runner.prepared(case, own)
    run: Run | None = runner.run(case, own) if ready is not None else None
    if ready is None or run is None or own.has_errors:
        return None
    told = Diagnostics()
    wanted = tuple(Wanted(*one) for one in expectations(run, case, told))
    trial = Trial(ready, DatasetRows(ready.dataset.tables), wanted)
    return trial if not told.has_errors and trial.passes() else None
