"""The charts of a simulation: what comes out by the values that are tried, and how far from a target each value is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..plan.in_force import CellValue
from ..results.simulate.axis import Axis
from ..results.simulate.measure import COUNT, MONEY, RATIO
from ..results.simulate.simulation import Found, Simulation
from ..types.datatypes import Type
from .chart import Chart, Kind, Mark, Unit
from .chart_text import exact

MOST_CHARTS = 4
"""Numbers of which a sweep has a chart; the tables have all."""

MOST_SERIES = 12
"""Lines in one chart; a sweep with more has tables alone."""

UNITS: dict[str, Unit] = {MONEY: "money", RATIO: "ratio", COUNT: "count"}


def unit_of(type: Type) -> Unit:
    """What is counted on an axis with values of a parameter; `text` where they are no numbers."""
    if type.kind != "number":
        return "number" if type.kind == "duration" else "text"
    if type.unit.is_money:
        return "money"
    return "ratio" if type.unit.kind == "ratio" else "count" if type.unit.kind == "count" else "number"


def sweep_charts(one: Simulation, names: Sequence[str]) -> tuple[Chart, ...]:
    """A chart of each of the first numbers: by the parameter with the most values, a line for each value of others."""
    axes = [each.axis for each in one.asked.sweeps]
    across = max(range(len(axes)), key=lambda place: (_is_numeric(axes[place]), len(axes[place].values)), default=0)
    series = {tuple(_other(point.values, across)) for point in one.points}
    if not axes or len(series) > MOST_SERIES:
        return ()
    kinds = one.kinds
    return tuple(_swept(one, axes, across, name, UNITS[kinds[name]]) for name in list(names)[:MOST_CHARTS])


def _other(values: Sequence[CellValue], across: int) -> list[CellValue]:
    return [value for place, value in enumerate(values) if place != across]


def _is_numeric(axis: Axis) -> bool:
    return unit_of(axis.type) != "text" and all(_number(value) is not None for value in axis.values)


def _number(value: CellValue) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _swept(one: Simulation, axes: Sequence[Axis], across: int, name: str, unit: Unit) -> Chart:
    axis = axes[across]
    numeric = _is_numeric(axis)
    marks, unknown = [], 0
    for point in one.points:
        found = point.measures[name]
        at = _number(point.values[across]) if numeric else None
        told = [
            f"{each.name} {each.text(value)}"
            for place, (each, value) in enumerate(zip(axes, point.values, strict=True))
            if place != across
        ]
        unknown += found is None
        if found is not None:
            marks.append(Mark(axis.text(point.values[across]) if at is None else at, found, ", ".join(told)))
    others = [each.name for place, each in enumerate(axes) if place != across]
    title = f"{name}, by {axis.name}{f' and {_and(others)}' if others else ''}"
    kind: Unit = unit_of(axis.type) if numeric else "text"
    drawn_as: Kind = "line" if numeric and len(axis.values) > 1 else "bars"
    alt = _said(marks, name, kind, unit, unknown)
    return Chart(f"sweep-{_file(name)}", drawn_as, _cap(title), alt, (axis.name, kind), (name, unit), tuple(marks))


def _said(marks: Sequence[Mark], name: str, kind: Unit, unit: Unit, unknown: int) -> str:
    """What there is to see, in words."""
    gaps = f" It is not known in {unknown:,} {'run' if unknown == 1 else 'runs'}." if unknown else ""
    if not marks:
        return f"{_cap(name)} is not known in any run."
    low, high = min(marks, key=lambda one: one.y), max(marks, key=lambda one: one.y)
    if low.y == high.y:
        return f"{_cap(name)} is {exact(low.y, unit)} in all {len(marks):,} runs.{gaps}"
    ends = [
        f"{exact(one.y, unit)} at {exact(one.x, kind)}{f' with {one.series}' if one.series else ''}"
        for one in (low, high)
    ]
    return f"{_cap(name)} lies between {ends[0]} and {ends[1]}, in {len(marks):,} runs.{gaps}"


def search_chart(found: Found, kinds: dict[str, str]) -> Chart | None:
    """What each value that was tried comes to, beside the target; nothing where no number is known."""
    search, goal = found.search, found.search.goal
    unit, kind = UNITS[kinds[goal.left]], unit_of(search.axis.type)
    known = [(value, gap) for value, gap in found.answer.gaps if gap is not None]
    if len(known) < 2:
        return None
    right = f"{goal.left} less {goal.right}" if goal.right is not None else goal.left
    target = "nothing" if goal.right is not None else exact(goal.value, unit)
    if kind == "text":
        return None
    marks = [Mark(value, gap + goal.value, right) for value, gap in known]
    marks += [Mark(value, goal.value, "the target") for value in (known[0][0], known[-1][0])]
    met = sum(goal.is_met(gap) for _, gap in known)
    alt = f"{met:,} of the {len(known):,} values tried meet {goal.text}; {_said(marks[:-2], right, kind, unit, 0)}"
    title = f"{right} by {search.axis.name}; the target is {target}"
    return Chart(
        f"find-{_file(search.name)}", "line", _cap(title), alt, (search.axis.name, kind), (right, unit), tuple(marks)
    )


def _file(name: str) -> str:
    """A name as that of a file: letters, digits and hyphens."""
    return "-".join("".join(sign if sign.isalnum() and sign.isascii() else " " for sign in name).split()).lower()


def _cap(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
