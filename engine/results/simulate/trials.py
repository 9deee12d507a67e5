"""Runs of a policy that differ in what is tried: other values of parameters, other rows of some tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from ...execution.dataset import Dataset
from ...plan.in_force import Binding
from ..reruns import Reads, Reruns, Variant
from ..run import Run
from .ground import Ground
from .journal import Journal, Reading
from .measure import measured, measured_columns
from .setting import Setting


@dataclass(frozen=True, slots=True)
class Trial:
    """One run. `name` tells it from the others of its part, whatever their order; `dataset` makes its data where these
    are other rows of the tables that vary; `read` is what is read of it where that is more than of the others.
    """

    name: str
    settings: tuple[Setting, ...] = ()
    dataset: Callable[[], Dataset] | None = None
    read: Callable[[Run], Reading] | None = None


def tried(
    ground: Ground,
    part: str,
    trials: Sequence[Trial],
    journal: Journal,
    *,
    read: Callable[[Run], Reading] = measured,
    tables: Collection[str] = (),
    reads: Reads | None = None,
) -> list[Reading]:
    """What is read of the run of each trial, in their order. What does not hang on the parameters that any of them
    sets, or on `tables`, is computed once; what the journal knows is not run again. `reads` are the columns that are
    read; without it, all where more is read than what is `measured`.

    Raises PolicyError where a run fails as one of its own would.
    """
    waiting = [one for one in trials if journal.known(part, one.name) is None]
    varied = {setting.path for one in trials for setting in one.settings}
    journal.told(part, len(trials) - len(waiting), len(trials))
    if waiting:
        if reads is None and all((one.read or read) is measured for one in waiting):
            reads = measured_columns(ground.checked, ground.as_of)
        bound = [ground.binding(one.settings) for one in waiting]
        with Reruns(
            ground.checked, ground.dataset, ground.as_of, varied, tables=tables, reads=reads, tried=bound
        ) as reruns:
            runs = reruns.many(_variants(bound, waiting))
            for done, (one, run) in enumerate(zip(waiting, runs, strict=True), len(trials) - len(waiting) + 1):
                journal.keep(part, one.name, (one.read or read)(run))
                journal.told(part, done, len(trials))
    return [dict(journal.known(part, one.name) or {}) for one in trials]


def _variants(bound: Sequence[Binding], trials: Sequence[Trial]) -> Iterator[Variant]:
    for binding, one in zip(bound, trials, strict=True):
        yield Variant(binding, one.dataset() if one.dataset else None)
