"""Trying a policy's cases on small changes of it: which changes no case notices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Any

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter
from ..execution.values import Key, Value
from ..model.standard import STANDARD
from ..plan.from_checked import plan_policy
from ..plan.from_expr import make_node
from ..plan.in_force import CellValue
from ..plan.plan import Column, Node, Plan
from ..plan.planner import Planner, Scope
from ..syntax.cases import CaseFile
from ..syntax.expr import Expr
from ..syntax.load import load_policy
from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from ..text.errors import EngineBug, PolicyError
from ..types.check_policy import check_policy
from ..types.checked import CheckedEpoch, CheckedPolicy
from .case_failure import expectations
from .case_runner import CaseRunner, Prepared
from .cases import GENERATED, case_files, read_cases
from .decode import MISSING, as_seen
from .expectation import Expectation, holds
from .mutants import Dropped, Moved, Mutant, Rewritten, changed_policy, is_target, mutants
from .run import Run
from .statistics import with_counts

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
class _Changing(Planner):
    """Plans as `Planner` does, with another expression in the place of one."""

    change: Rewritten | None = None

    def node(self, expr: Expr, scope: Scope) -> Node:
        """The node of an expression."""
        if self.change is not None and is_target(expr, self.change.expr):
            expr = self.change.make(expr)
        return Planner.node(self, expr, scope)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A value that a case expects: of which column and row (none: the total of all), and what."""

    column: Column
    key: Key | None
    value: Expectation


@dataclass(slots=True)
class _Trial:
    """A case that passes, made ready to be tried again and again."""

    ready: Prepared
    rows: DatasetRows
    wanted: tuple[_Wanted, ...]

    def notices(self, plan: Plan, cells: Mapping[str, CellValue], schedules: Mapping[str, Any]) -> bool:
        """Whether something comes out otherwise than expected, or nothing does any more."""
        columns = {(one.id.entity, one.id.name): one for one in plan.columns}
        interpreter = Interpreter(plan, self.rows, cells, schedules)
        try:
            for one in self.wanted:
                column = columns.get((one.column.id.entity, one.column.id.name))
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


@dataclass(slots=True)
class _Tries:
    """Everything that is the same for all changes of a policy."""

    checked: CheckedPolicy
    written: Policy
    trials: list[_Trial] = field(default_factory=list)

    def plans(self, change: Rewritten | None) -> dict[Date, Plan]:
        """The plan of each epoch that a case uses, with a change."""
        found: dict[Date, Plan] = {}
        for trial in self.trials:
            epoch = trial.ready.epoch
            if epoch.starts not in found:
                found[epoch.starts] = _plan(self.checked, epoch, change)
        return found

    def outcome(self, mutant: Mutant) -> str:
        """`noticed`, `survived`, `idle` or `refused`."""
        if isinstance(mutant.change, Moved):
            return self._moved(mutant.change)
        if isinstance(mutant.change, Rewritten):
            told = self._planned(self.plans(mutant.change))
            if told != "idle":
                return told
        return self._checked_anew(mutant.change)

    def _moved(self, change: Moved) -> str:
        for trial in self.trials:
            binding = trial.ready.binding
            schedule = binding.schedules.get(change.cell, ())
            moved = tuple((day, change.value if day == change.starts else value) for day, value in schedule)
            used = any(change.cell in one.column.cells for one in trial.wanted)
            if moved == schedule or not used:
                continue
            in_force = [value for day, value in moved if day <= binding.as_of]
            cells = {**binding.cells, change.cell: in_force[-1] if in_force else binding.cells[change.cell]}
            if trial.notices(trial.ready.plan, cells, {**binding.schedules, change.cell: moved}):
                return "noticed"
        return "survived"

    def _planned(self, plans: Mapping[Date, Plan]) -> str:
        told = "idle"
        for trial in self.trials:
            before, after = trial.ready.plan, plans[trial.ready.epoch.starts]
            if not _differs(before, after):
                continue
            told = "survived"
            if self._notices(trial, after):
                return "noticed"
        return told

    def _notices(self, trial: _Trial, after: Plan) -> bool:
        digests = {(one.id.entity, one.id.name): one.digest for one in after.columns}
        same = trial.ready.plan.entities == after.entities and all(
            digests.get((one.column.id.entity, one.column.id.name)) == one.column.digest for one in trial.wanted
        )
        binding = trial.ready.binding
        return not same and trial.notices(after, binding.cells, binding.schedules)

    def _checked_anew(self, change: Rewritten | Dropped) -> str:
        found = Diagnostics()
        checked = check_policy(changed_policy(self.written, change), STANDARD, found)
        if found.has_errors:
            return "refused"
        plans: dict[Date, Plan] = {}
        for trial in self.trials:
            epoch = checked.epoch(trial.ready.binding.as_of)
            plans[trial.ready.epoch.starts] = _plan(checked, epoch, None)
        told = self._planned(plans)
        return "survived" if told == "idle" and self._acts_elsewhere(checked) else told

    def _acts_elsewhere(self, checked: CheckedPolicy) -> bool:
        """Whether a changed policy computes something else on days that no case is about."""
        used = {trial.ready.epoch.starts for trial in self.trials}
        if [one.starts for one in checked.epochs] != [one.starts for one in self.checked.epochs]:
            return True
        pairs = zip(self.checked.epochs, checked.epochs, strict=True)
        return any(
            _differs(_plan(self.checked, before, None), _plan(checked, after, None))
            for before, after in pairs
            if before.starts not in used
        )


def _plan(checked: CheckedPolicy, epoch: CheckedEpoch, change: Rewritten | None) -> Plan:
    planner = _Changing(checked.policy, epoch, make_node, change=change)
    return with_counts(plan_policy(checked, epoch, planner))


def _differs(before: Plan, after: Plan) -> bool:
    if before.entities != after.entities or len(before.columns) != len(after.columns):
        return True
    return any(one.digest != two.digest for one, two in zip(before.columns, after.columns, strict=True))


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
    tries = _Tries(checked, written, _trials(file, checked))
    found = mutants(checked.policy)
    # what is dropped and what is rewritten for a check stands in the policy as it was read
    dropped = {(one.span.start, one.now): one for one in mutants(written)}
    found = [dropped.get((one.span.start, one.now), one) if isinstance(one.change, Dropped) else one for one in found]
    chosen = _chosen(found, most, seed)
    counts = dict.fromkeys(("noticed", "survived", "idle", "refused"), 0)
    survivors = []
    for at, one in enumerate(chosen):
        if progress is not None:
            progress(checked.policy.id, at, len(chosen))
        told = tries.outcome(one)
        counts[told] += 1
        if told == "survived":
            survivors.append(one)
    return PolicyMutation(
        checked.policy.id, checked.policy.source.name, counts["noticed"] + counts["survived"], tuple(survivors),
        counts["refused"], counts["idle"], len(found) - len(chosen),
    )  # fmt: skip


def _trials(file: CaseFile, checked: CheckedPolicy) -> list[_Trial]:
    """The cases that pass, with what they expect."""
    runner = CaseRunner(file, checked)
    found = []
    for case in file.cases:
        own = Diagnostics()
        ready = runner.prepared(case, own)
        if ready is None:
            continue
        rows = DatasetRows(ready.dataset.tables)
        run: Run | None = runner.run(case, own)
        if run is None or own.has_errors:
            continue
        told = Diagnostics()
        wanted = tuple(_Wanted(*one) for one in expectations(run, case, told))
        trial = _Trial(ready, rows, wanted)
        if not told.has_errors and not trial.notices(ready.plan, ready.binding.cells, ready.binding.schedules):
            found.append(trial)
    return found


def _chosen(found: Sequence[Mutant], most: int | None, seed: int) -> list[Mutant]:
    """At most so many, in the order written; which ones depends on the seed alone."""
    if most is None or len(found) <= most:
        return list(found)

    def drawn(at: int) -> bytes:
        one = found[at]
        return hashlib.sha256(f"{seed} {one.path} {one.span.start} {one.was} {one.now}".encode()).digest()

    kept = sorted(sorted(range(len(found)), key=drawn)[:most])
    return [found[at] for at in kept]
