"""Trying a policy's cases on small changes of it: which changes no case notices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from ..model.standard import STANDARD
from ..plan.from_checked import plan_policy
from ..syntax.cases import CaseFile
from ..syntax.load import load_policy
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from ..types.check_policy import check_policy
from ..types.checked import CheckedEpoch, CheckedPolicy
from .cases import GENERATED, case_files, read_cases
from .mutants import Dropped, Moved, Mutant, Rewritten, changed_policy, mutants
from .replanned import ChangedPlan, Replanner
from .trial import Trial, trials

NOTICED, SURVIVED, IDLE, REFUSED = "noticed", "survived", "idle", "refused"

Progress = Callable[[str, int, int], None]
"""Told the policy, how many changes have been tried, and of how many."""


@dataclass(frozen=True, slots=True)
class PolicyMutation:
    """What the cases of one policy noticed. `refused` changes were found by the check, `idle` ones change nothing on
    any day, `left_out` were not tried because a bound was asked for; none of these count.
    """

    policy: str
    file: str
    tried: int
    survivors: tuple[Mutant, ...]
    refused: int = 0
    idle: int = 0
    left_out: int = 0


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


def mutate_all(
    paths: Iterable[str | Path], most: int | None = None, seed: int = 0, progress: Progress | None = None
) -> tuple[PolicyMutation, ...]:
    """Try the cases of files, as `run_cases` finds them, on changes of their policies; files at fault try nothing."""
    found = []
    for path in case_files(paths, Diagnostics()):
        if path.name.endswith(GENERATED):
            continue
        file, checked = read_cases(path, Diagnostics())
        if file is None or checked is None:
            continue
        written = load_policy(checked.policy.source.name, Diagnostics())
        if written is not None:
            found.append(mutate(file, checked, written, most, seed, progress))
    return tuple(found)


def mutate(
    file: CaseFile,
    checked: CheckedPolicy,
    written: Policy,
    most: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> PolicyMutation:
    """Try the cases of a file on changes of its policy: on all, or on `most`, chosen by `seed`.

    `written` is the policy as it was read. Cases that do not pass, or cannot be run, try nothing.
    """
    tries = Tries(checked, written, trials(file, checked))
    found = mutants(checked.policy)
    # what is dropped and what is rewritten for a check stands in the policy as it was read
    dropped = {(one.span.start, one.now): one for one in mutants(written)}
    found = [dropped.get((one.span.start, one.now), one) if isinstance(one.change, Dropped) else one for one in found]
    chosen = _chosen(found, most, seed)
    counts = dict.fromkeys((NOTICED, SURVIVED, IDLE, REFUSED), 0)
    survivors = []
    for at, one in enumerate(chosen):
        if progress is not None:
            progress(checked.policy.id, at, len(chosen))
        told = tries.outcome(one)
        counts[told] += 1
        if told == SURVIVED:
            survivors.append(one)
    return PolicyMutation(
        checked.policy.id, checked.policy.source.name, counts[NOTICED] + counts[SURVIVED], tuple(survivors),
        counts[REFUSED], counts[IDLE], len(found) - len(chosen),
    )  # fmt: skip


def _chosen(found: Sequence[Mutant], most: int | None, seed: int) -> list[Mutant]:
    """At most so many, in the order written; which ones depends on the seed alone."""
    if most is None or len(found) <= most:
        return list(found)

    def drawn(at: int) -> bytes:
        one = found[at]
        return hashlib.sha256(f"{seed} {one.path} {one.span.start} {one.was} {one.now}".encode()).digest()

    kept = sorted(sorted(range(len(found)), key=drawn)[:most])
    return [found[at] for at in kept]
