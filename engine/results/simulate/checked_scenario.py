"""Scenarios held to a policy, and put together: what is set, tried and looked for, as cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from math import prod

from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.source import Span
from ...types.checked import CheckedPolicy
from .axis import Axis, Steps, axis_of, cells_of, path_of, steps_of, type_of
from .checked_moves import CheckedMoves, check_moves
from .checked_sensitivity import CheckedFrontier, CheckedSensitivity, check_frontier, check_sensitivity
from .checked_uncertainty import check_uncertainty
from .overlay.overlay import Overlay, check_overlays
from .setting import Setting
from .target import Goal, goal_of
from .uncertainty.drawn import CheckedUncertainty
from .years.checked_years import CheckedYears, check_years

MOST_POINTS = 10_000
"""Runs that a sweep may take."""


@dataclass(frozen=True, slots=True)
class CheckedSweep:
    """An axis, with the day from which its values hold; nothing where they always do."""

    axis: Axis
    starts: Date | None


@dataclass(frozen=True, slots=True)
class CheckedSearch:
    """What is looked for: the goal, and the values of a parameter among which it is looked for. The axis has none of
    them; `starts` is as in a sweep.
    """

    name: str
    axis: Axis
    steps: Steps
    goal: Goal
    starts: Date | None


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """All scenarios of a simulation as one. Of several sweeps each value of one is tried with each of the others."""

    scenarios: tuple[Scenario, ...]
    settings: tuple[Setting, ...]
    sweeps: tuple[CheckedSweep, ...]
    searches: tuple[CheckedSearch, ...]
    equity: bool = False
    moves: CheckedMoves | None = None
    sensitivity: CheckedSensitivity | None = None
    frontier: CheckedFrontier | None = None
    uncertainty: CheckedUncertainty | None = None
    overlays: tuple[Overlay, ...] = ()
    years: CheckedYears | None = None


def check_scenarios(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics
) -> CheckedScenario | None:
    """The scenarios as one; nothing where one of them is at fault, or two of them do not go together (X018, X056 to
    X075, X077 to X079, X087, X098, X099, T015, N005, and what is said of policies and data).
    """
    own, first = Diagnostics(), Diagnostics()
    base = checked
    overlays = check_overlays(checked, scenarios, first)
    diagnostics.extend(first.sorted())
    if first.has_errors:  # what is set or tried may be added there
        return None
    checked = overlays[-1].checked if overlays else checked
    settings, sweeps, searches = [], [], []
    for one in scenarios:
        if one.policy is not None and one.policy.text != base.policy.id:
            help = f"write `policy: {base.policy.id}`, or name the other policy"
            own.report("X062", one.policy.span, help=help, named=one.policy.text, found=base.policy.id)
        for written in one.settings:
            for path, value in cells_of(checked, written, own).items():
                settings.append(
                    (one, written.span, Setting(path, type_of(checked, written.parameter), value, one.starts))
                )
        for sweep in one.sweeps:
            axis = axis_of(checked, sweep, MOST_POINTS, own)
            if axis is not None:
                sweeps.append((one, sweep.parameter.span, CheckedSweep(axis, one.starts)))
        for search in one.searches:
            steps = steps_of(checked, search.parameter, search.member, search.range, own)
            goal = goal_of(checked, search.target, own)
            if steps is not None and goal is not None:
                path = path_of(search.parameter, search.member)
                axis = Axis(path, path.removeprefix("parameters."), type_of(checked, search.parameter), ())
                searches.append((search.parameter.span, CheckedSearch(search.name.text, axis, steps, goal, one.starts)))
    kept = _settings(settings, own)
    _together(kept, sweeps, searches, own)
    moves = check_moves(scenarios, [one.axis for *_, one in sweeps], own)
    sensitivity = check_sensitivity(checked, scenarios, own)
    frontier = check_frontier(checked, scenarios, any(one.sweeps for one in scenarios), own)
    uncertainty = check_uncertainty(checked, scenarios, kept, own)
    years = check_years(checked, scenarios, own)
    diagnostics.extend(own.sorted())
    if own.has_errors:
        return None
    return CheckedScenario(
        tuple(scenarios),
        tuple(kept.values()),
        tuple(one for *_, one in sweeps),
        tuple(one for _, one in searches),
        equity=any(one.equity for one in scenarios),
        moves=moves,
        sensitivity=sensitivity,
        frontier=frontier,
        uncertainty=uncertainty,
        overlays=overlays,
        years=years,
    )


def _settings(given: list[tuple[Scenario, Span, Setting]], diagnostics: Diagnostics) -> dict[str, Setting]:
    """What is set, by path; that two scenarios set a parameter otherwise is reported (X061)."""
    found: dict[str, tuple[Scenario, Setting]] = {}
    for scenario, span, one in given:
        other, known = found.setdefault(one.path, (scenario, one))
        if known != one:
            help = "leave one of the scenarios out, or take the value out of it"
            diagnostics.report(
                "X061", span, help=help, one=one.text, other=known.text, scenario=other.name.text,
            )  # fmt: skip
    return {path: one for path, (_, one) in found.items()}


def _together(
    settings: dict[str, Setting],
    sweeps: list[tuple[Scenario, Span, CheckedSweep]],
    searches: list[tuple[Span, CheckedSearch]],
    diagnostics: Diagnostics,
) -> None:
    """A parameter that is set is neither tried nor looked for, and none is tried twice (X066); a grid has at most
    MOST_POINTS (X064).
    """
    tried: set[str] = set()
    for _, span, one in sweeps:
        doing = "set" if one.axis.path in settings else "swept by another scenario" if one.axis.path in tried else ""
        if doing:
            help = "take it out of one of them"
            diagnostics.report("X066", span, help=help, name=one.axis.name, one=doing, other="swept")
        tried.add(one.axis.path)
    for span, search in searches:
        if search.axis.path in settings:
            help = "take it out of `set:`"
            diagnostics.report("X066", span, help=help, name=search.axis.name, one="set", other="looked for")
    count = prod(len(one.axis.values) for *_, one in sweeps)
    if sweeps and count > MOST_POINTS and len(sweeps) > 1:
        help = "try fewer values of one of the parameters"
        diagnostics.report("X064", sweeps[-1][1], help=help, count=f"{count:,}", most=f"{MOST_POINTS:,}")
