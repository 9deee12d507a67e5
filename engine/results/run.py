"""One official run: a checked policy on a dataset on a day, by one backend, with everything that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..model.school_year import school_year_text
from ..plan.from_checked import plan_policy
from ..plan.in_force import Binding, CellValue, bind
from ..plan.plan import Plan
from ..plan.same import Same
from ..types.checked import CheckedEpoch, CheckedPolicy
from .statistics import with_counts

if TYPE_CHECKING:
    from ..execution.dataset import Dataset

BACKENDS = ("duckdb", "reference", "spark")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was made from and the columns that came out: entity → Arrow table in physical form, sorted by key."""

    checked: CheckedPolicy
    epoch: CheckedEpoch
    plan: Plan
    binding: Binding
    dataset: Dataset
    columns: Mapping[str, Any]
    backend: str

    @property
    def as_of(self) -> Date:
        """The day as of which the run was made."""
        return self.binding.as_of

    @property
    def school_year(self) -> str:
        """The school year that holds the as-of date, such as 2026-27."""
        year = self.binding.cells["school_year"]
        assert isinstance(year, int)
        return school_year_text(year)

    def plan_has(self, entity: str) -> bool:
        """Whether the plan knows an entity."""
        return any(one.name == entity for one in self.plan.entities)


def run_policy(
    checked: CheckedPolicy,
    dataset: Dataset,
    as_of: Date,
    backend: str = "duckdb",
    overrides: Mapping[str, CellValue] | None = None,
) -> Run:
    """Plan the epoch of the day, bind the input cells, compute every column.

    `overrides` binds other values to parameters by path; it never changes the plan.
    """
    return run_bound(checked, dataset, bind(checked, as_of, overrides), backend)


def plan_of_run(checked: CheckedPolicy, epoch: CheckedEpoch) -> Plan:
    """The plan of a run: of the policy, with the counts beside its statistics. It is made once for all who ask."""
    return _plan_of_run(Same(checked), Same(epoch))


@lru_cache(maxsize=16)
def _plan_of_run(checked: Same[CheckedPolicy], epoch: Same[CheckedEpoch]) -> Plan:
    return with_counts(plan_policy(checked.thing, epoch.thing))


def run_bound(checked: CheckedPolicy, dataset: Dataset, binding: Binding, backend: str = "duckdb") -> Run:
    """The same with input cells that are bound."""
    epoch = checked.epoch(binding.as_of)
    plan = plan_of_run(checked, epoch)
    columns = backend_of(backend)(plan, dataset, binding.cells, binding.schedules)
    return Run(checked, epoch, plan, binding, dataset, columns, backend)


def backend_of(name: str) -> Any:
    """The function that runs a plan: imported only when it is asked for."""
    if name == "duckdb":
        from ..execution.on_duckdb import run_duckdb

        return run_duckdb
    if name == "spark":
        from ..execution.on_spark import run_spark

        return run_spark
    from ..execution.reference_run import run_reference

    return run_reference
