"""Many runs of a policy with other values of parameters, or other rows of some tables: planned once, what they share
made once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

from ..execution.batch import Scenario
from ..execution.on_duckdb import DuckDBRerun
from ..execution.rerun import ROOM
from ..plan.from_checked import plan_policy
from ..plan.in_force import Binding, CellValue, bind
from ..plan.part import Name, part_of_plan, with_results
from ..plan.plan import UNKEPT, Column, Path, Plan
from ..plan.same import Same
from ..types.checked import CheckedPolicy
from .run import Run

if TYPE_CHECKING:
    from ..execution.dataset import Dataset


Reads: TypeAlias = frozenset[Name]
"""The columns that are read of runs, by entity and name."""


def totals_plan(checked: CheckedPolicy, as_of: Date, reads: Reads | None = None) -> Plan:
    """The plan of what tables of payments, allocations, indicators, ratings and the list show: all columns of rows that
    are no persons, and places and ratings of those that are; of these `reads` alone where they are given, and what they
    are made of.
    """
    return _totals_plan(Same(checked), as_of, reads)


@lru_cache(maxsize=8)
def _totals_plan(same: Same[CheckedPolicy], as_of: Date, reads: Reads | None) -> Plan:
    """The plan, made once for all runs of a simulation."""
    checked = same.thing
    personal = {name for name, table in checked.tables.items() if table.personal_key}
    return part_of_plan(
        plan_policy(checked, checked.epoch(as_of)),
        lambda column: _is_shown(column, personal) and (reads is None or (column.id.entity, column.id.name) in reads),
    )


@lru_cache(maxsize=8)
def _with_results(plan: Same[Plan], reads: Reads | None) -> Plan:
    """The plan of which nothing but `reads` is a result, made once for all runs of a simulation."""
    return plan.thing if reads is None else with_results(plan.thing, reads)


def reads_of(checked: CheckedPolicy, as_of: Date, entities: Collection[str]) -> Reads:
    """All columns of the totals of some entities."""
    columns = totals_plan(checked, as_of).columns
    return frozenset((one.id.entity, one.id.name) for one in columns if one.id.entity in entities)


def _is_shown(column: Column, personal: Collection[str]) -> bool:
    return column.id.role in COUNTED or (column.id.entity not in personal and column.id.role not in UNKEPT)


COUNTED = ("list", "rating")
"""Roles of columns whose rows are counted, persons or not."""


FEW, UNTOLD = 2_000_000, 100
"""Rows of the data times runs up to which it is quicker to compute each row again than to find which are alike, and how
many runs are thought of where their number is not known.
"""


def _row_count(dataset: Dataset) -> int:
    return sum(frame.row_count for frame in dataset.tables.values())


@dataclass(frozen=True, slots=True)
class Variant:
    """One of many runs: its input cells, and the data where these are other rows of the tables that vary."""

    binding: Binding
    dataset: Dataset | None = None


class Reruns:
    """Runs of `checked` on `dataset` as of a day, in which the parameters `varied` take other values and `tables` of
    the data have other rows. Each has the columns of `totals_plan` alone, of which `reads` alone where they are given:
    what is not read of millions of rows need not be made. `tried` are the bindings of all runs that will be asked for,
    where they are known: thresholds are then answered together. Use it as a context: it holds a database.
    """

    def __init__(
        self, checked: CheckedPolicy, dataset: Dataset, as_of: Date, varied: Collection[Path],
        plan: Plan | None = None, tables: Collection[str] = (), *, reads: Reads | None = None,
        tried: Sequence[Binding] = (), threads: int = 0, room: int = ROOM,
    ) -> None:  # fmt: skip
        self._checked, self._dataset, self._as_of = checked, dataset, as_of
        self.plan = totals_plan(checked, as_of, reads) if plan is None else plan
        told, rows = [one.cells for one in tried], None if reads is None else {entity for entity, _ in reads}
        run = _with_results(Same(self.plan), reads)
        alike = _row_count(dataset) * (len(told) or UNTOLD) > FEW
        self._rerun = DuckDBRerun(
            run, dataset, varied, tables, rows=rows, tried=told, threads=threads, room=room, alike=alike
        )

    @property
    def share(self) -> tuple[int, int]:
        """How many steps of the program are made anew in each run, and of how many."""
        return self._rerun.share

    @property
    def at_once(self) -> int:
        """How many runs are made together; to be asked after the first."""
        return self._rerun.at_once

    def run(self, overrides: Mapping[Path, CellValue] | None = None) -> Run:
        """The run with other values of parameters, by path. Raises PolicyError (X018) for one that does not fit."""
        return self.bound(self._checked, bind(self._checked, self._as_of, overrides))

    def many(self, variants: Iterable[Variant]) -> Iterator[Run]:
        """The run of each variant, in their order; as many at once as there is room for."""
        asked: deque[Variant] = deque()

        def scenarios() -> Iterator[Scenario]:
            for one in variants:
                asked.append(one)
                yield Scenario(one.binding.cells, one.binding.schedules, one.dataset or self._dataset)

        for columns in self._rerun.many(scenarios()):
            one = asked.popleft()
            yield self._run(self._checked, one.binding, one.dataset, columns)

    def bound(self, checked: CheckedPolicy, binding: Binding, dataset: Dataset | None = None) -> Run:
        """The run of a policy with the same plan whose cells are bound so, on a dataset with other rows in the tables
        that vary; nothing else may differ.
        """
        return self._run(checked, binding, dataset, self._rerun.run(binding.cells, binding.schedules, dataset))

    def _run(
        self, checked: CheckedPolicy, binding: Binding, dataset: Dataset | None, columns: Mapping[str, Any]
    ) -> Run:
        data = self._dataset if dataset is None else dataset
        return Run(checked, checked.epoch(self._as_of), self.plan, binding, data, columns, "duckdb")

    def __enter__(self) -> Reruns:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rerun.close()
