"""Trying a policy's cases on small changes of it: which changes no case notices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...syntax.cases import CaseFile
from ...syntax.load import load_policy
from ...syntax.policy import Policy
from ...text.diagnostic import Diagnostics
from ...types.checked import CheckedPolicy
from .cases import GENERATED, case_files, read_cases
from .mutants import Dropped, Mutant, mutants
from .trial import trials
from .tries import IDLE, NOTICED, REFUSED, SURVIVED, Tries

MANY = 120
"""From how many changes on a second process saves more time than it takes to start."""

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


@dataclass(frozen=True, slots=True)
class _Work:
    """A policy with its cases, and the changes to try: all, or those that a seed has chosen. `written` is the policy as
    it was read.
    """

    path: Path
    file: CaseFile
    checked: CheckedPolicy
    written: Policy
    chosen: tuple[Mutant, ...]
    left_out: int

    def outcomes(self, part: int = 0, of: int = 1) -> Iterator[str]:
        """What is told of each change, or of every so many. Cases that do not pass, or cannot be run, try nothing."""
        tries = Tries(self.checked, self.written, trials(self.file, self.checked))
        return map(tries.outcome, self.chosen[part::of])


def mutate_all(
    paths: Iterable[str | Path],
    most: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    processes: int = 1,
) -> tuple[PolicyMutation, ...]:
    """Try the cases of files, as `run_cases` finds them, on changes of their policies: on all, or on `most` of each,
    chosen by `seed`. Files at fault try nothing.

    The processes start afresh, on every system alike, and import the module that the program was started as: one that
    asks for more than one must do its work under `if __name__ == "__main__"`.
    """
    files = [path for path in case_files(paths, Diagnostics()) if not path.name.endswith(GENERATED)]
    works = [work for path in files if (work := _work(path, most, seed)) is not None]
    if processes < 2 or sum(len(one.chosen) for one in works) < MANY:
        return tuple(_report(one, list(_told(one, one.outcomes(), progress))) for one in works)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    parts = 1 if len(works) > processes else processes  # of a policy: each part runs all of its cases first
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        running = [[pool.submit(_part, one.path, most, seed, at, parts) for at in range(parts)] for one in works]
        found = []
        for work, each in zip(works, running, strict=True):
            told = [""] * len(work.chosen)
            for at, part in enumerate(each):
                told[at::parts] = part.result()
            found.append(_report(work, list(_told(work, iter(told), progress))))
    return tuple(found)


def _part(path: Path, most: int | None, seed: int, part: int, of: int) -> list[str]:
    """What is told of every so many changes of a policy, in a process of its own."""
    work = _work(path, most, seed)
    return list(work.outcomes(part, of)) if work is not None else []


def _work(path: Path, most: int | None, seed: int) -> _Work | None:
    """What there is to try of a file of cases; nothing where it is at fault."""
    file, checked = read_cases(path, Diagnostics())
    written = load_policy(checked.policy.source.name, Diagnostics()) if checked is not None else None
    if file is None or checked is None or written is None:
        return None
    found = mutants(checked.policy)
    # what is dropped stands in the policy as it was read
    dropped = {(one.span.start, one.now): one for one in mutants(written)}
    found = [dropped.get((one.span.start, one.now), one) if isinstance(one.change, Dropped) else one for one in found]
    chosen = _chosen(found, most, seed)
    return _Work(path, file, checked, written, tuple(chosen), len(found) - len(chosen))


def _told(work: _Work, outcomes: Iterator[str], progress: Progress | None) -> Iterator[str]:
    for at, one in enumerate(outcomes):
        if progress is not None:
            progress(work.checked.policy.id, at + 1, len(work.chosen))
        yield one


def _report(work: _Work, told: Sequence[str]) -> PolicyMutation:
    policy = work.checked.policy
    survivors = tuple(one for one, said in zip(work.chosen, told, strict=True) if said == SURVIVED)
    return PolicyMutation(
        policy.id, policy.source.name, told.count(NOTICED) + len(survivors), survivors, told.count(REFUSED),
        told.count(IDLE), work.left_out,
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
