"""A case that passes, made ready to be tried on one changed plan after the other."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from ...execution.dataset_rows import DatasetRows
from ...execution.reference import Interpreter
from ...execution.values import Key, Value
from ...plan.in_force import CellValue
from ...plan.plan import Column, Plan
from ...syntax.cases import Case, CaseFile
from ...text.diagnostic import Diagnostics
from ...text.errors import EngineBug, PolicyError
from ...types.checked import CheckedPolicy
from ..decode import MISSING, as_seen
from ..run import Run
from .expectation import Expectation, holds
from .failure import expectations
from .replanned import ChangedPlan, row_makers
from .runner import CaseRunner, Prepared


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
    before: Interpreter

    def notices(self, after: ChangedPlan) -> bool:
        """Whether the case sees a change of the plan: only what is made otherwise can come out otherwise."""
        binding, columns = self.ready.binding, after.columns
        wanted = tuple(one for one in self.wanted if columns is None or one.at in columns)
        if not wanted:
            return False
        if columns is None:
            return sees(Interpreter(after.plan, self.rows, binding.cells, binding.schedules), after.plan, wanted)
        return sees(self._beside(after.plan, columns, binding.cells, binding.schedules), after.plan, wanted)

    def notices_moved(self, cell: str, cells: Mapping[str, CellValue], schedules: Mapping[str, Any]) -> bool:
        """Whether the case sees other values of a parameter: only what reads it can come out otherwise."""
        plan = self.ready.plan
        columns = {(one.id.entity, one.id.name) for one in plan.columns if cell in one.cells}
        if not columns.isdisjoint(row_makers(plan)):
            return sees(Interpreter(plan, self.rows, cells, schedules), plan, self.wanted)
        wanted = tuple(one for one in self.wanted if one.at in columns)
        if not wanted:
            return False
        return sees(self._beside(plan, columns, cells, schedules), plan, wanted)

    def _beside(
        self, plan: Plan, columns: Set[tuple[str, str]], cells: Mapping[str, CellValue], schedules: Mapping[str, Any]
    ) -> _Beside:
        """An interpreter of a changed plan that takes from before what is not among the columns made otherwise."""
        kept = {
            (one.id.entity, one.id.name) for one in self.ready.plan.columns if not one.id.name.startswith("~")
        } - columns  # fmt: skip
        entities = {one.name for one in self.ready.plan.entities}
        return _Beside(plan, self.rows, cells, schedules, self.before, kept, entities)


class _Beside(Interpreter):
    """An interpreter that takes the rows of tables, and columns that are the same, from another one."""

    def __init__(
        self, plan: Plan, rows: DatasetRows, cells: Mapping[str, CellValue], schedules: Mapping[str, Any],
        before: Interpreter, kept: Set[tuple[str, str]], entities: Set[str],
    ) -> None:  # fmt: skip
        super().__init__(plan, rows, cells, schedules)
        self._before, self._kept, self._same = before, kept, entities

    def keys(self, entity: str) -> tuple[Key, ...]:
        """The keys of every row of an entity."""
        return self._before.keys(entity) if entity in self._same else super().keys(entity)

    def value(self, entity: str, name: str, key: Key) -> Value:
        """The value of a stored column, a column of the data or a key column, for one row."""
        if (entity, name) in self._kept:
            return self._before.value(entity, name, key)
        return super().value(entity, name, key)


def sees(interpreter: Interpreter, plan: Plan, wanted: tuple[Wanted, ...]) -> bool:
    """Whether something comes out otherwise than expected, or nothing does any more."""
    columns = {(one.id.entity, one.id.name): one for one in plan.columns}
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
    rows, binding = DatasetRows(ready.dataset.tables), ready.binding
    before = Interpreter(ready.plan, rows, binding.cells, binding.schedules)
    if told.has_errors or sees(before, ready.plan, wanted):
        return None
    return Trial(ready, rows, wanted, before)
