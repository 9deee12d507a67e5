"""What cost against reach leaves behind: a table with a row for each run, and its part of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from ....plan.in_force import CellValue
from ...table import Cell, ResultTable
from ..axis import Axis
from ..exact import cut_share, exact_text
from ..measure import RATIO
from .frontier import Weighed, WeighedRuns


class Point(Protocol):
    """A run of a sweep: the values of its axes."""

    @property
    def values(self) -> tuple[CellValue, ...]:
        """The values in the order of the axes."""


def frontier_table(
    one: WeighedRuns, axes: Sequence[Axis], points: Sequence[Point], kinds: Mapping[str, str]
) -> ResultTable:
    """`frontier`: a row for each run whose cost and reach are known, by cost. `one_more_costs` is cut to 12 decimals,
    as shares are; the record has it exactly.
    """
    columns = (
        ("run", "text"), *((axis.name, "text") for axis in axes), ("cost", "number"), ("reach", "number"),
        ("on_the_frontier", "truth"), ("one_more_costs", "number"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for run in one.runs:
        values = [None] * len(axes) if run.place is None else [exact_text(each) for each in points[run.place].values]
        cost, reach = _cell(run.cost, kinds[one.asked.cost]), _cell(run.reach, kinds[one.asked.reach])
        name = "as it is" if run.place is None else "tried"
        rows.append((name, *values, cost, reach, run.is_best, cut_share(run.each)))
    return ResultTable("frontier", columns, tuple(rows))


def _cell(value: Fraction, kind: str) -> Cell:
    return cut_share(value) if kind == RATIO else value


def frontier_record(one: WeighedRuns, axes: Sequence[Axis], points: Sequence[Point]) -> dict[str, Any]:
    """Every run that is weighed, exactly."""
    return {
        "cost": one.asked.cost,
        "reach": one.asked.reach,
        "not_known": one.unknown,
        "runs": [_run(run, axes, points) for run in one.runs],
    }


def _run(run: Weighed, axes: Sequence[Axis], points: Sequence[Point]) -> dict[str, Any]:
    values = None
    if run.place is not None:
        values = {axis.name: exact_text(value) for axis, value in zip(axes, points[run.place].values, strict=True)}
    return {
        "values": values,
        "cost": exact_text(run.cost),
        "reach": exact_text(run.reach),
        "on_the_frontier": run.is_best,
        "one_more_costs": exact_text(run.each),
    }
