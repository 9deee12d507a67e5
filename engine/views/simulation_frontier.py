"""Cost against reach as a section: the runs that no other one beats, and what one more costs from each to the next."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.measure import COUNT, MONEY, RATIO
from ..results.simulate.sensitivity.frontier import Weighed, WeighedRuns
from ..results.simulate.simulation import Simulation
from .article import Grid, Section
from .chart import Chart, Mark, Unit
from .measure_text import cut, measure_text

SHOWN = 60
"""Rows up to which all runs are shown; of more only those on the frontier are, this many at most."""

UNITS: dict[str, Unit] = {MONEY: "money", RATIO: "ratio", COUNT: "count"}


def frontier_section(one: Simulation) -> Iterator[Section]:
    """One section, where scenarios ask for it."""
    found = one.frontier
    if found is None:
        return
    kinds, asked = one.kinds, found.asked
    axes = [each.axis for each in one.asked.sweeps]
    best = [run for run in found.runs if run.is_best]
    shown = found.runs if len(found.runs) <= SHOWN else best[:SHOWN]
    head = (*(axis.name for axis in axes), asked.cost, asked.reach, "on the frontier", _each(kinds[asked.reach]))
    rows = []
    for run in shown:
        numbers = (measure_text(run.cost, kinds[asked.cost]), measure_text(run.reach, kinds[asked.reach]))
        rows.append((*_values(one, run), *numbers, "yes" if run.is_best else "no", _more(run, found, kinds)))
    said = [
        f"A run is on the frontier where no other one has as much of {asked.reach} for less of {asked.cost}, or more "
        f"of it for no more: {len(best):,} of {len(found.runs):,} are."
    ]
    if len(shown) < len(found.runs):
        said.append("Those are shown; all are in the files of `--out` and in JSON.")
    if found.unknown:
        said.append(f"Of {found.unknown:,} runs cost or reach is not known.")
    grid = Grid(head, tuple(rows), frozenset({*range(len(axes) + 2), len(axes) + 3}))
    title = f"{asked.cost[0].upper()}{asked.cost[1:]} against {asked.reach}"
    yield Section(title, (" ".join(said),), (grid,), charts=(_chart(one, found, kinds),))


def _values(one: Simulation, run: Weighed) -> tuple[str, ...]:
    """The values of a run; of the policy as it is, that it is."""
    axes = [each.axis for each in one.asked.sweeps]
    if run.place is None:
        return ("as it is", *[""] * (len(axes) - 1))
    return tuple(axis.text(value) for axis, value in zip(axes, one.points[run.place].values, strict=True))


def _each(kind: str) -> str:
    return {MONEY: "one dollar more costs", RATIO: "one point more costs"}.get(kind, "one more costs")


def _more(run: Weighed, found: WeighedRuns, kinds: dict[str, str]) -> str:
    """What one more costs from the run before it on the frontier; money to the cent, half a cent up."""
    if run.each is None:
        return ""
    cost = run.each / 100 if kinds[found.asked.reach] == RATIO else run.each
    kind = kinds[found.asked.cost]
    if kind == MONEY:
        cents = Fraction((cost * 100 + Fraction(1, 2)) // 1, 100)
        return f"{'' if cents == cost else 'about '}{dollars(cents)}"
    return cut(cost) if kind == COUNT else measure_text(cost, kind)


def _chart(one: Simulation, found: WeighedRuns, kinds: dict[str, str]) -> Chart:
    asked = found.asked
    marks = [
        Mark(run.reach, run.cost, "on the frontier" if run.is_best else "another run does more for no more")
        for run in found.runs
    ]
    alt = f"Each point is a run: {asked.reach} to the right, {asked.cost} upwards; those on the frontier are marked."
    return Chart(
        "frontier", "points", f"{asked.cost[0].upper()}{asked.cost[1:]} against {asked.reach}", alt,
        (asked.reach, UNITS[kinds[asked.reach]]), (asked.cost, UNITS[kinds[asked.cost]]), tuple(marks),
    )  # fmt: skip
