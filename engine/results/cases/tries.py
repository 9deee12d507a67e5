"""Small changes of a policy, tried one after the other on its cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date

from ...model.standard import STANDARD
from ...plan.from_checked import plan_policy
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostics
from ...types.check_policy import check_policy
from ...types.checked import CheckedEpoch, CheckedPolicy
from .mutants import Dropped, Moved, Mutant, Rewritten, changed_policy
from .replanned import ChangedPlan, Replanner
from .trial import Trial

NOTICED, SURVIVED, IDLE, REFUSED = "noticed", "survived", "idle", "refused"


@dataclass(slots=True)
class Tries:
    """Everything that is the same for all changes of a policy: its cases, the one that noticed last first, and the
    plans without a change.
    """

    checked: CheckedPolicy
    written: Policy
    trials: list[Trial]
    _replanners: dict[Date, Replanner] = field(default_factory=dict)

    def outcome(self, mutant: Mutant) -> str:
        """`noticed`, `survived`, `idle` or `refused`."""
        if isinstance(mutant.change, Moved):
            return self._moved(mutant.change)
        if isinstance(mutant.change, Rewritten):
            told = self._rewritten(mutant.change)
            if told == NOTICED or (told == SURVIVED and self._check(mutant.change) is not None):
                return told
        return self._checked_anew(mutant.change)

    def _moved(self, change: Moved) -> str:
        for trial in self.trials:
            binding = trial.ready.binding
            schedule = binding.schedules.get(change.cell, ())
            moved = tuple((day, change.value if day == change.starts else value) for day, value in schedule)
            if moved == schedule:
                continue
            in_force = [value for day, value in moved if day <= binding.as_of]
            cells = {**binding.cells, change.cell: in_force[-1] if in_force else binding.cells[change.cell]}
            if trial.notices_moved(change.cell, cells, {**binding.schedules, change.cell: moved}):
                return self._noticed(trial)
        return SURVIVED

    def _rewritten(self, change: Rewritten) -> str:
        """What is told of a change that the planner can make by itself; `idle` also where it never meets it."""
        plans: dict[Date, ChangedPlan | None] = {}

        def changed(epoch: CheckedEpoch) -> ChangedPlan | None:
            if epoch.starts not in plans:
                plans[epoch.starts] = self._replanner(epoch).changed(change)
            return plans[epoch.starts]

        told = self._planned(lambda trial: changed(trial.ready.epoch))
        acts = told != IDLE or any(changed(epoch) is not None for epoch in self.checked.epochs)
        return told if told != IDLE else SURVIVED if acts else IDLE

    def _planned(self, changed: Callable[[Trial], ChangedPlan | None]) -> str:
        told = IDLE
        for trial in self.trials:
            after = changed(trial)
            if after is None:
                continue
            told = SURVIVED
            if trial.notices(after):
                return self._noticed(trial)
        return told

    def _noticed(self, trial: Trial) -> str:
        """What one case notices, it often notices again."""
        self.trials.remove(trial)
        self.trials.insert(0, trial)
        return NOTICED

    def _replanner(self, epoch: CheckedEpoch) -> Replanner:
        if epoch.starts not in self._replanners:
            self._replanners[epoch.starts] = Replanner(self.checked, epoch)
        return self._replanners[epoch.starts]

    def _check(self, change: Rewritten | Dropped) -> CheckedPolicy | None:
        """The policy with a change, unless the check refuses it."""
        found = Diagnostics()
        checked = check_policy(changed_policy(self.written, change), STANDARD, found)
        return None if found.has_errors else checked

    def _checked_anew(self, change: Rewritten | Dropped) -> str:
        """What is told of a change that acts on what the check makes of a policy."""
        checked = self._check(change)
        if checked is None:
            return REFUSED
        plans: dict[Date, ChangedPlan | None] = {}

        def changed(trial: Trial) -> ChangedPlan | None:
            starts = trial.ready.epoch.starts
            if starts not in plans:
                after = plan_policy(checked, checked.epoch(trial.ready.binding.as_of))
                plans[starts] = self._replanner(trial.ready.epoch).compared(after)
            return plans[starts]

        told = self._planned(changed)
        return SURVIVED if told == IDLE and self._acts_elsewhere(checked, set(plans)) else told

    def _acts_elsewhere(self, checked: CheckedPolicy, seen: set[Date]) -> bool:
        """Whether a changed policy computes something else on days that no case is about."""
        if [one.starts for one in checked.epochs] != [one.starts for one in self.checked.epochs]:
            return True
        pairs = zip(self.checked.epochs, checked.epochs, strict=True)
        return any(
            self._replanner(before).compared(plan_policy(checked, after)) is not None
            for before, after in pairs
            if before.starts not in seen
        )
