"""A simulation: the policy as it is, with what scenarios set, with each value that they try, and what they look for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from fractions import Fraction
from itertools import product

from ...execution.dataset import Dataset
from ...model.school_year import school_year_text
from ...plan.in_force import CellValue
from ...types.checked import CheckedPolicy
from ..reruns import Reruns, Variant
from .checked_scenario import CheckedScenario, CheckedSearch
from .equity import EquityChange, equity_change
from .ground import Ground
from .grounds import Grounds
from .journal import Journal, Reading
from .measure import Measures, measured, measured_columns, measures_of
from .monotone import direction
from .moves import AS_IT_IS, WHAT_IS_SET, Moved, moved, moves_of_points
from .rows_read import measured_with_rows, numbers_of
from .search import Answer, search
from .sensitivity.frontier import WeighedRuns, weighed
from .sensitivity.stability import Stability, stability
from .sensitivity.tornado import Tornado, tornado
from .setting import Setting
from .trials import Trial, tried
from .uncertainty.uncertain import Uncertain, uncertain
from .years.years_ahead import YearsAhead, years_ahead


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
    """What came out. `baseline` is of the policy as it is, `scenario` with what is set, without what is tried.
    `moves` has who moves by what is set, and from point to point where that is asked.
    """

    checked: CheckedPolicy
    dataset: Dataset
    as_of: Date
    asked: CheckedScenario
    baseline: Measures
    scenario: Measures
    points: tuple[Point, ...]
    found: tuple[Found, ...]
    school_year: str
    grounds: Grounds
    equity: EquityChange | None = None
    moves: tuple[Moved, ...] = ()
    sensitivity: Tornado | None = None
    frontier: WeighedRuns | None = None
    uncertain: Uncertain | None = None
    stability: Stability | None = None
    years: YearsAhead | None = None

    @property
    def kinds(self) -> dict[str, str]:
        """The numbers of its runs with their kinds: those of the policy, and those that scenarios add on any day."""
        return _kinds(self.checked, self.grounds.changed, self.asked)

    @property
    def is_moved(self) -> bool:
        """Whether scenarios set or change anything in all runs but the first."""
        return bool(self.asked.settings) or self.grounds.moved


def simulate(
    checked: CheckedPolicy, dataset: Dataset, as_of: Date, asked: CheckedScenario, journal: Journal | None = None,
    grounds: Grounds | None = None,
) -> Simulation:  # fmt: skip
    """Run a policy on data as scenarios say. It is planned once for all values that are tried, and what does not hang
    on these is computed once. Every run but the baseline stands on the ground that scenarios make: `grounds` has it
    where they change rules or data. Raises PolicyError where a run fails as a run of its own would.
    """
    book = journal or Journal()
    plain = Ground(checked, dataset, as_of)
    both = grounds or Grounds(plain, replace(plain, settings=asked.settings))
    ground, is_moved = both.changed, bool(asked.settings) or both.moved
    grid = list(product(*(one.axis.values for one in asked.sweeps))) if asked.sweeps else []
    kinds = _kinds(checked, ground, asked)
    baseline, *rest = _read(both, asked, grid, book)
    scenario, *swept = rest if is_moved else (baseline, *rest)
    points = [Point(values, _numbers(kinds, one)) for values, one in zip(grid, swept, strict=True)]
    moves = [moved(AS_IT_IS, WHAT_IS_SET, baseline, scenario)] if is_moved else []
    moves += moves_of_points(asked, grid, baseline, swept)
    found = tuple(_search(ground, one, book) for one in asked.searches)
    year = plain.binding().cells["school_year"]
    assert isinstance(year, int)
    measures = [one.measures for one in points]
    unsure = uncertain(plain, ground, asked.uncertainty, book) if asked.uncertainty else None
    return Simulation(
        checked, dataset, as_of, asked, _numbers(kinds, baseline), _numbers(kinds, scenario),
        tuple(points), found, school_year_text(year), both,
        equity=equity_change(plain, ground) if asked.equity else None,
        moves=tuple(moves),
        sensitivity=tornado(ground, asked.sensitivity, book) if asked.sensitivity else None,
        frontier=weighed(asked.frontier, _numbers(kinds, baseline), measures) if asked.frontier else None,
        uncertain=unsure,
        stability=stability(plain, unsure, book),
        years=years_ahead(both, asked, book) if asked.years else None,
    )  # fmt: skip


def _read(
    grounds: Grounds, asked: CheckedScenario, grid: Sequence[tuple[CellValue, ...]], journal: Journal
) -> list[Reading]:
    """What is read of the policy as it is, of what is set and changed where anything is, and of each point."""
    rows = measured_with_rows if asked.settings or asked.moves or grounds.moved else measured
    alone, whole = Trial(AS_IT_IS, read=rows), Trial(WHAT_IS_SET, asked.settings, read=rows)
    points = [_point(asked, values) for values in grid]
    if grounds.moved:
        baseline = tried(grounds.plain, "as it is", [alone], journal)
        return [*baseline, *tried(grounds.changed, "sweep", [whole, *points], journal)]
    return tried(grounds.plain, "sweep", [alone, *([whole] if asked.settings else []), *points], journal)


def _kinds(checked: CheckedPolicy, ground: Ground, asked: CheckedScenario) -> dict[str, str]:
    later = {name: kind for one in asked.overlays for name, kind in measures_of(one.checked).items()}
    return measures_of(checked) | measures_of(ground.checked) | later


def _numbers(kinds: Mapping[str, str], read: Reading) -> Measures:
    """The numbers of a run; those that it does not have are nothing."""
    return {**dict.fromkeys(kinds), **numbers_of(read)}


def _point(asked: CheckedScenario, values: Sequence[CellValue]) -> Trial:
    settings = tuple(
        Setting(one.axis.path, one.axis.type, value, one.starts)
        for one, value in zip(asked.sweeps, values, strict=True)
    )
    read = measured_with_rows if asked.moves else None
    return Trial("; ".join(one.text for one in settings), (*asked.settings, *settings), read=read)


def _search(ground: Ground, one: CheckedSearch, journal: Journal) -> Found:
    """One search: what is set stays, and one parameter takes value after value."""
    axis, goal = one.axis, one.goal
    way = direction(ground.checked, axis.path, goal.left) if goal.right is None else 0
    seen: dict[Fraction, Measures] = {}
    part = f"find {one.name}"
    reads = measured_columns(ground.checked, ground.as_of)
    with Reruns(ground.checked, ground.dataset, ground.as_of, {axis.path}, reads=reads) as reruns:

        def ahead(values: Sequence[Fraction]) -> None:
            settings = [Setting(axis.path, axis.type, value, one.starts) for value in values]
            waiting = [setting for setting in settings if journal.known(part, setting.text) is None]
            variants = (Variant(ground.binding((setting,))) for setting in waiting)
            for setting, run in zip(waiting, reruns.many(variants), strict=True):
                journal.keep(part, setting.text, measured(run))

        def gap_at(value: Fraction) -> Fraction | None:
            ahead([value])
            known = journal.known(part, Setting(axis.path, axis.type, value, one.starts).text)
            assert known is not None
            seen[value] = known
            journal.told(part, len(seen), 0)
            return goal.gap(known)

        answer = search(goal, one.steps, way if one.steps.step > 0 else -way, gap_at, ahead)
    ends = [value for each in answer.plateaus for value in dict.fromkeys((each.first, each.last))]
    return Found(one, answer, tuple((value, seen[value]) for value in (ends or answer.nearest)))
