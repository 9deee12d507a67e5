"""Weights of indicators: as written, from a table by configuration, or from the chart for when some are missing.

`I: weight` is the weight as the policy gives it; `I: weight used` is what remains of it, nothing for an indicator that
is not included, and the weight of the chart where a line of it fits. `index: chart line` is that line, 0 for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.accountability import Accountability, Indicator, WeightRow, WeightTable
from ...syntax.expr import Expr
from ...text.source import Span
from ..cell_test import cell_test
from ..pending import Pending
from .build import Build
from .spot import Spot


@dataclass(frozen=True, slots=True)
class Weighing:
    """The indicators that have a part in the index, and what a weight of nothing is: `0%`, or `0` among bare
    numbers.
    """

    section: Accountability
    names: tuple[str, ...]
    ratios: bool

    def nothing(self, span: Span) -> Expr:
        """No weight."""
        return ast.Percent(Decimal(0), span=span) if self.ratios else ast.Number(Decimal(0), span=span)


def weighted(section: Accountability) -> tuple[str, ...]:
    """The indicators that have a part in the index: those with a weight, or the only one there is."""
    if section.weights is not None:
        return tuple(one.name for one in section.indicators if _place(section.weights, one.name) is not None)
    found = tuple(one.name for one in section.indicators if one.weight is not None)
    alone = [one.name for one in section.indicators if not one.unweighted]
    return found or (tuple(alone) if len(alone) == 1 else ())


def _place(table: WeightTable, name: str) -> int | None:
    return next((at for at, word in enumerate(table.indicators) if word.text == name), None)


def part_of(section: Accountability, item: Indicator) -> Expr | None:
    """Whether the table of weights gives an indicator a part; nothing where every line does, or there is none."""
    table = section.weights
    at = _place(table, item.name) if table is not None else None
    if table is None or at is None or all(row.weights[at] is not None for row in table.rows):
        return None
    make = Build(item.span)
    lines = [(row, make.truth(row.weights[at] is not None)) for row in table.rows]
    return _choice(table, lines, make)


def weight_columns(spot: Spot, weighing: Weighing) -> list[Pending]:
    """The weight of an indicator, what is used of it, and what it contributes to the index."""
    item, make = spot.of.item, spot.make
    if item.name not in weighing.names:
        return []
    used = make.choice((spot.name("included"), spot.name("weight")), otherwise=weighing.nothing(make.span))
    chart = weighing.section.missing.chart
    at = _place(chart, item.name) if chart is not None else None
    if chart is not None:
        given = [row.weights[at] if at is not None else None for row in chart.rows]
        lines = [
            (_is_line(number, make), weight if weight is not None else weighing.nothing(make.span))
            for number, weight in enumerate(given, 1)
        ]
        used = make.choice(*lines, otherwise=used)
    share = ast.Arithmetic("*", spot.name("weight used"), spot.name(), span=make.span)
    return [
        spot.column("weight", _weight(weighing, item, make)),
        spot.column("weight used", used),
        spot.column("contribution", make.choice((spot.name("included"), share), otherwise=make.number(0))),
    ]


def _weight(weighing: Weighing, item: Indicator, make: Build) -> Expr:
    table = weighing.section.weights
    at = _place(table, item.name) if table is not None else None
    if table is not None and at is not None:
        lines = [(row, row.weights[at] or weighing.nothing(row.span)) for row in table.rows]
        return _choice(table, lines, make)
    return item.weight if item.weight is not None else ast.Percent(Decimal(100), span=make.span)


def _choice(table: WeightTable, lines: Sequence[tuple[WeightRow, Expr]], make: Build) -> Expr:
    """What the line that fits gives; the last line, where it fits anything, is for all others."""
    chain: Expr = make.missing("no weights")
    for row, result in reversed(lines):
        tests = [
            cell_test(read, cell) for (_, read), cell in zip(table.inputs, row.cells, strict=True) if cell is not None
        ]
        chain = make.choice((make.all_of(*tests), result), otherwise=chain) if tests else result
    return chain


# -- the chart ----------------------------------------------------------------------------------------------------

CHART_LINE = "index: chart line"


def _is_line(number: int, make: Build) -> Expr:
    return make.compare(ast.Name(CHART_LINE, span=make.span), "=", make.number(number))


def chart_line(weighing: Weighing, make: Build) -> Expr | None:
    """Which line of the chart fits: the one that gives weights to the very indicators that are included; 0 for
    none.
    """
    chart = weighing.section.missing.chart
    if chart is None:
        return None
    choices = []
    for number, row in enumerate(chart.rows, 1):
        given = dict(zip((word.text for word in chart.indicators), row.weights, strict=True))
        tests: list[Expr] = []
        for name in weighing.names:
            included: Expr = ast.Name(f"{name}: included", span=row.span)
            tests.append(included if given.get(name) is not None else ast.Not(included, span=row.span))
        choices.append((make.all_of(*tests), make.number(number)))
    return make.choice(*choices, otherwise=make.number(0))
