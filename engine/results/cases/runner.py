"""Running the cases of one file: what is the same for several of them is made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...execution.given_rows import given_dataset
from ...execution.known_names import names_of
from ...plan.in_force import Binding, bind, first_day
from ...plan.plan import Plan
from ...syntax.cases import Case, CaseFile
from ...text.diagnostic import Diagnostics, Label
from ...text.errors import PolicyError
from ...types.checked import CheckedEpoch, CheckedPolicy
from ..run import Run, backend_of, plan_of_run
from .parameters import override_cells

if TYPE_CHECKING:
    from ...execution.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case that can be run: its rows, its day and parameters, and the plan in force."""

    epoch: CheckedEpoch
    plan: Plan
    binding: Binding
    dataset: Dataset


class CaseRunner:
    """Runs the cases of a file against its policy."""

    def __init__(self, file: CaseFile, checked: CheckedPolicy, backend: str = "reference") -> None:
        self.file, self.checked, self.backend = file, checked, backend
        places = [word.text for word in checked.policy.jurisdictions]
        self._place = places[0] if len(places) == 1 else ""
        self._known = names_of(checked)

    def run(self, case: Case, diagnostics: Diagnostics) -> Run | None:
        """The run of a case; nothing where it cannot be run, which is reported."""
        ready = self.prepared(case, diagnostics)
        if ready is None:
            return None
        plan, binding = ready.plan, ready.binding
        try:
            columns = backend_of(self.backend)(plan, ready.dataset, binding.cells, binding.schedules)
        except PolicyError as error:
            diagnostics.extend(replace(one, labels=(Label(case.span),)) for one in error.diagnostics)
            return None
        return Run(self.checked, ready.epoch, plan, binding, ready.dataset, columns, self.backend)

    def prepared(self, case: Case, diagnostics: Diagnostics) -> Prepared | None:
        """A case up to its run; nothing where it is at fault, which is reported (X032)."""
        checked = self.checked
        day = case.as_of or first_day(checked.policy)
        if day is None:
            help = "add `as_of:` to the case, or to the file for all of them"
            diagnostics.report("X032", case.span, help=help, name=case.name, policy=checked.policy.id)
            return None
        overrides = override_cells(checked, case.overrides, diagnostics)
        epoch = checked.epoch(day)
        plan = self.plan(epoch)
        dataset = given_dataset(
            checked.tables, {table: set(columns) for table, columns in plan.scans}, self.file.given, case.given,
            diagnostics, as_of=day, jurisdiction=self._place, known=self._known,
        )  # fmt: skip
        if dataset is None or diagnostics.has_errors:
            return None
        return Prepared(epoch, plan, bind(checked, day, overrides), dataset)

    def plan(self, epoch: CheckedEpoch) -> Plan:
        """The plan of an epoch."""
        return plan_of_run(self.checked, epoch)
