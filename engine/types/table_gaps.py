"""Gaps in a decision table: combinations of inputs that no row fits. They are known where the table is used, since only
there the types of its inputs are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from ..syntax.choice_tables import Cell, Interval, TableVersion
from .check_parameters import literal_value
from .checker import Checker
from .datatypes import Type

MOST_CASES = 20_000
"""Combinations that are looked at; a larger table is not searched for gaps."""


@dataclass(frozen=True, slots=True)
class Case:
    """A value that stands for all values which every cell of an input treats alike, and how to name them."""

    value: object
    shown: str


def report_gaps(checker: Checker, name: str, table: TableVersion, types: Sequence[Type]) -> None:
    """Report the first combinations of inputs of these types that no row of a version of a table fits (T021)."""
    cases = [_cases(table, place, found) for place, found in enumerate(types)]
    count = 1
    for one in cases:
        count *= len(one)
    if not count or count > MOST_CASES:
        return
    if any(_is_unknown(cell, found) for row in table.rows for cell, found in zip(row.cells, types, strict=True)):
        return  # a cell that is misspelt has been reported; which gap it leaves is not known
    if not table.rows:
        return
    rows = [row.cells for row in table.rows]
    gaps = [
        combination
        for combination in product(*cases)
        if not any(all(_fits(cell, case.value) for cell, case in zip(row, combination, strict=True)) for row in rows)
    ]
    if not gaps:
        return
    first = " and ".join(f"{word.text} {case.shown}" for (word, _), case in zip(table.inputs, gaps[0], strict=True))
    more = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    checker.diagnostics.report(
        "T021",
        table.span,
        help="add a row for it, or a last row of `-` for all others; a result that nobody knows is written `not known`",
        name=name,
        where=f"of {first}{more}",
    )


def _is_unknown(cell: Cell, found: Type) -> bool:
    """Whether a cell names no value of an input that has values."""
    if cell is None or isinstance(cell, Interval) or found.kind != "enum":
        return False
    return literal_value(cell) not in found.values


def _cases(table: TableVersion, place: int, found: Type) -> list[Case]:
    """Values of one input that between them meet every cell in every way; empty where they cannot be listed."""
    if found.kind == "enum":
        return [Case(value, f"`{value}`") for value in found.values]
    if found.kind == "truth":
        return [Case(True, "true"), Case(False, "false")]
    if found.kind == "number":
        return _number_cases(table, place, found)
    return []


def _number_cases(table: TableVersion, place: int, found: Type) -> list[Case]:
    """Each end that the cells name, and a number between each two neighbors and beyond the outermost."""
    ends: set[Fraction] = set()
    for row in table.rows:
        cell = row.cells[place]
        for end in (cell.low, cell.high) if isinstance(cell, Interval) else (cell,):
            value = None if end is None else literal_value(end)
            if isinstance(value, Fraction):
                ends.add(value)
    if not ends:
        return []
    cuts = sorted(ends)
    step = Fraction(1, 10**found.scale)
    cases = [Case(cut, f"at {_plain(cut)}") for cut in cuts]
    cases.append(Case(cuts[0] - 1, f"under {_plain(cuts[0])}"))
    cases.append(Case(cuts[-1] + 1, f"over {_plain(cuts[-1])}"))
    for low, high in pairwise(cuts):
        if high - low > step:  # between neighbors that are one step apart there is no value
            cases.append(Case((low + high) / 2, f"between {_plain(low)} and {_plain(high)}"))
    low_end, high_end = found.low, found.high
    return [
        case
        for case in cases
        if isinstance(case.value, Fraction)
        and (low_end is None or case.value >= low_end)
        and (high_end is None or case.value <= high_end)
    ]


def _plain(value: Fraction) -> str:
    """A number of a policy in decimals (every end is written with some)."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return f"{Decimal(int(value * 10**places)).scaleb(-places):f}"


def _fits(cell: Cell, value: object) -> bool:
    """Whether a value fits an input cell."""
    if cell is None:
        return True
    if not isinstance(cell, Interval):
        return literal_value(cell) == value
    low = None if cell.low is None else literal_value(cell.low)
    high = None if cell.high is None else literal_value(cell.high)
    assert isinstance(value, Fraction)
    above = not isinstance(low, Fraction) or value > low or (value == low and cell.low_in)
    below = not isinstance(high, Fraction) or value < high or (value == high and cell.high_in)
    return above and below
