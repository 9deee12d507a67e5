"""A simulation: the policy as it is, with what scenarios set, with each value that they try, and what they look for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from itertools import product

from ...execution.dataset import Dataset
from ...plan.in_force import CellValue
from ...types.checked import CheckedPolicy
from ..reruns import Reruns
from ..run import Run
from .checked_scenario import CheckedScenario, CheckedSearch
from .measure import Measures, measured
from .monotone import direction
from .search import Answer, search
from .setting import Setting, bound

Progress = Callable[[int, int], None]
"""Called with how many runs of a sweep are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Point:
    """One run of a sweep: the values of the axes in their order, and the numbers that come out."""

    values: tuple[CellValue, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and the numbers of the runs at the ends of what it found, or nearest to it, by value."""

    search: CheckedSearch
    answer: Answer
    measures: tuple[tuple[Fraction, Measures], ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came out. `baseline` is of the policy as it is, `scenario` with what is set, without what is tried."""

    checked: CheckedPolicy
    dataset: Dataset
    as_of: Date
    asked: CheckedScenario
    baseline: Measures
    scenario: Measures
    points: tuple[Point, ...]
    found: tuple[Found, ...]
    school_year: str


def simulate(
    checked: CheckedPolicy, dataset: Dataset, as_of: Date, asked: CheckedScenario, progress: Progress | None = None
) -> Simulation:
    """Run a policy on data as scenarios say. It is planned once for all values that are tried, and what does not hang
    on these is computed once. Raises PolicyError where a run fails as a run of its own would.
    """
    sweeps, settings = asked.sweeps, asked.settings
    varied = {one.path for one in settings} | {one.axis.path for one in sweeps}
    grid = list(product(*(one.axis.values for one in sweeps))) if sweeps else []
    with Reruns(checked, dataset, as_of, varied) as reruns:
        first = _run(reruns, checked, as_of, ())
        baseline, school_year = measured(first), first.school_year
        scenario = measured(_run(reruns, checked, as_of, settings)) if settings else baseline
        points = []
        for values in grid:
            tried = (
                Setting(one.axis.path, one.axis.type, value, one.starts)
                for one, value in zip(sweeps, values, strict=True)
            )
            points.append(Point(values, measured(_run(reruns, checked, as_of, (*settings, *tried)))))
            if progress is not None:
                progress(len(points), len(grid))
    found = tuple(_search(checked, dataset, as_of, settings, one, reruns) for one in asked.searches)
    return Simulation(checked, dataset, as_of, asked, baseline, scenario, tuple(points), found, school_year)


def _run(reruns: Reruns, checked: CheckedPolicy, as_of: Date, settings: Iterable[Setting]) -> Run:
    return reruns.bound(checked, bound(checked, as_of, settings))


def _search(
    checked: CheckedPolicy,
    dataset: Dataset,
    as_of: Date,
    settings: Sequence[Setting],
    one: CheckedSearch,
    planned: Reruns,
) -> Found:
    """One search: what is set stays, and one parameter takes value after value."""
    axis, goal = one.axis, one.goal
    way = direction(checked, axis.path, goal.left) if goal.right is None else 0
    seen: dict[Fraction, Measures] = {}
    with Reruns(checked, dataset, as_of, {axis.path}, planned.plan) as reruns:

        def gap_at(value: Fraction) -> Fraction | None:
            tried = Setting(axis.path, axis.type, value, one.starts)
            seen[value] = measured(_run(reruns, checked, as_of, (*settings, tried)))
            return goal.gap(seen[value])

        answer = search(goal, one.steps, way if one.steps.step > 0 else -way, gap_at)
    ends = [value for each in answer.plateaus for value in dict.fromkeys((each.first, each.last))]
    return Found(one, answer, tuple((value, seen[value]) for value in (ends or answer.nearest)))
