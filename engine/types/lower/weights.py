"""Weights of indicators and domains: as written, from a table by configuration, or from the chart for when some are
missing.

`I: weight` is the weight as the policy gives it; `I: weight used` is what remains of it, nothing for an indicator that
is not included, and the weight of the chart where a line of it fits. `index: chart line` is that line, 0 for none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from ...syntax import expr as ast
from ...syntax.accountability import Accountability
from ...syntax.domain import Domain
from ...syntax.expr import Expr
from ...syntax.weight_table import NOT_RATED, MissingIndicator, WeightRow, WeightTable
from ...text.source import Span
from ..cell_test import cell_test
from ..pending import Pending, dated
from .build import Build
from .ground import INDEX, Ground
from .spoken import for_group

CHART_LINE = "chart line"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The parts of the index or of a domain (`whole`, as its columns are called) with the weights that are written at
    them or stand in a table, what holds where one is missing, and what a weight of nothing is: `0%`, or `0` among bare
    numbers.
    """

    whole: str
    names: tuple[str, ...]
    weights: Mapping[str, Expr]
    missing: MissingIndicator
    ratios: bool
    tables: tuple[WeightTable, ...] = ()

    def nothing(self, span: Span) -> Expr:
        """No weight."""
        return ast.Percent(Decimal(0), span=span) if self.ratios else ast.Number(Decimal(0), span=span)


def of_index(section: Accountability, ratios: bool) -> Weighing:
    """The indicators and domains that have a part in the index: those with a weight, or the only one there is."""
    whole = section.parted
    weights = {one.name: one.weight for one in whole if one.weight is not None}
    if section.weights:
        given = {word.text for table in section.weights for word in table.indicators}
        names = tuple(one.name for one in section.both if one.name in given)
        return Weighing(INDEX, names, weights, section.missing, ratios, section.weights)
    alone = [one.name for one in whole if not one.unweighted]
    names = tuple(weights) or (tuple(alone) if len(alone) == 1 else ())
    return Weighing(INDEX, names, weights, section.missing, ratios)


def of_domain(domain: Domain, section: Accountability) -> Weighing:
    """The parts of a domain."""
    weights = {word.text: weight for word, weight in domain.weights}
    ratios = not any(isinstance(weight, ast.Number) for weight in weights.values())
    return Weighing(domain.name, tuple(weights), weights, domain.missing or section.missing, ratios)


def _place(table: WeightTable, name: str) -> int | None:
    return next((at for at, word in enumerate(table.indicators) if word.text == name), None)


def parts_of_weights(section: Accountability, name: str) -> tuple[tuple[Date | None, Expr], ...]:
    """Whether the table of weights gives an indicator a part, from each day on which another table begins; nothing
    where every line of every table does, or there is none.
    """
    if all(name not in {word.text for word in table.indicators} for table in section.weights):
        return ()
    found = []
    for table in section.weights:
        make = Build(table.span)
        lines = [(row, make.truth(_given(table, name, row) is not None)) for row in table.rows]
        whole = all(_given(table, name, row) is not None for row in table.rows)
        found.append((table.starts, make.truth(True) if whole else _choice(table, lines, make)))
    return () if all(isinstance(part, ast.Truth) for _, part in found) else tuple(found)


def _given(table: WeightTable, name: str, row: WeightRow) -> Expr | None:
    """The weight that a line gives an indicator; nothing where it has no part in it."""
    at = _place(table, name)
    return None if at is None else row.weights[at]


def weight_columns(ground: Ground, weighing: Weighing, name: str) -> list[Pending]:
    """The weight of a part, what is used of it, and what it contributes to what it is a part of."""
    make = Build(ground.parts[name].span)
    included = ground.of(name, "included")
    used = make.choice((included, ground.of(name, "weight")), otherwise=weighing.nothing(make.span))
    chart = weighing.missing.chart
    at = _place(chart, name) if chart is not None else None
    if chart is not None:
        given = [row.weights[at] if at is not None else None for row in chart.rows]
        line = of_whole(weighing, CHART_LINE, make)
        lines = [
            (make.compare(line, "=", make.number(number)), weight or weighing.nothing(make.span))
            for number, weight in enumerate(given, 1)
        ]
        used = make.choice(*lines, otherwise=used)
    share = ast.Arithmetic("*", ground.of(name, "weight used"), ground.of(name), span=make.span)
    return [
        _weight(ground, weighing, name),
        ground.column(name, used, "weight used"),
        ground.column(name, make.choice((included, share), otherwise=make.number(0)), "contribution"),
    ]


def _weight(ground: Ground, weighing: Weighing, name: str) -> Pending:
    make = Build(ground.parts[name].span)

    def column(body: Expr) -> Pending:
        return ground.column(name, body, "weight")

    bodies: list[tuple[Date | None, Expr]] = []
    for table in weighing.tables:
        lines = [(row, _given(table, name, row) or weighing.nothing(row.span)) for row in table.rows]
        bodies.append((table.starts, for_group(_choice(table, lines, make), ground.group, ground.parts)))
    if bodies:
        return dated(column(bodies[0][1]), bodies)
    own = weighing.weights.get(name) or ast.Percent(Decimal(100), span=make.span)
    return column(for_group(own, ground.group, ground.parts))


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


def of_whole(weighing: Weighing, part: str, make: Build) -> Expr:
    """A column of what is made of parts."""
    return ast.Name(f"{weighing.whole}: {part}", span=make.span)


def chart_line(ground: Ground, weighing: Weighing) -> Expr | None:
    """Which line of the chart fits: the one that gives weights to the very indicators that are included; 0 for
    none.
    """
    chart, make = weighing.missing.chart, ground.make
    if chart is None:
        return None
    choices = []
    for number, row in enumerate(chart.rows, 1):
        given = dict(zip((word.text for word in chart.indicators), row.weights, strict=True))
        tests: list[Expr] = []
        for name in weighing.names:
            included = ground.of(name, "included")
            tests.append(included if given.get(name) is not None else ast.Not(included, span=row.span))
        choices.append((make.all_of(*tests), make.number(number)))
    return make.choice(*choices, otherwise=make.number(0))


# -- the mean -----------------------------------------------------------------------------------------------------


def enough(ground: Ground, weighing: Weighing) -> list[Expr]:
    """Whether there is anything to weigh, with what may not be missing."""
    make = ground.make
    tests: list[Expr] = []
    if weighing.missing.then == NOT_RATED:
        for name in weighing.names:
            present = not_missing(ground, name)
            if weighing.missing.chart is not None:
                fits = make.compare(of_whole(weighing, CHART_LINE, make), ">", make.number(0))
                present = make.any_of(fits, present)
            tests.append(present)
    return tests


def not_missing(ground: Ground, name: str) -> Expr:
    """Whether a part is rated or does not apply. One with too few rows of which nobody knows whether it applies may be
    missing, though it weighs nothing either way.
    """
    included = ground.of(name, "included")
    if name not in ground.excusable:
        return included
    return ground.make.any_of(included, ground.make.negated(ground.of(name, "applies")))


def total_weight(ground: Ground, weighing: Weighing) -> Expr:
    """The weights that are used, together."""
    return added([ground.of(name, "weight used") for name in weighing.names], ground.make)


def share_at(ground: Ground, name: str, end: str) -> Expr:
    """What a part adds to one end of what it is a part of."""
    make = ground.make
    if name not in ground.two_ended:
        return ground.of(name, "contribution")
    value = ast.Arithmetic("*", ground.of(name, "weight used"), ground.of(name, end), span=make.span)
    return make.choice((ground.of(name, "included"), value), otherwise=make.number(0))


def added(terms: list[Expr], make: Build) -> Expr:
    """The terms added up, half by half: so the sum takes the fewest digits."""
    half = len(terms) // 2
    return terms[0] if not half else make.plus(added(terms[:half], make), added(terms[half:], make))
