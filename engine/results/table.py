"""A table of results: names, kinds and rows of plain values, in an order that the data alone decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ..execution.values import Bound, Missing, NotApplicable, Value

Cell: TypeAlias = str | bool | int | Fraction | Date | None
"""What stands in a cell of a result; nothing is a blank."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """`columns` are (name, kind) with kind text, number, money, truth or date; every row has a cell for each.

    Money is a number of dollars, of which the record of a run says the total.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)

    def column_cells(self, *names: str) -> list[tuple[Cell, ...]]:
        """The cells of the columns named, row by row."""
        places = [self.names.index(name) for name in names]
        return [tuple(row[place] for place in places) for row in self.rows]

    def by(self, *names: str) -> dict[tuple[Cell, ...], dict[str, Cell]]:
        """The rows, each with its cells by column, by the cells of the columns named, which tell rows apart."""
        places = [self.names.index(name) for name in names]
        return {tuple(row[place] for place in places): dict(zip(self.names, row, strict=True)) for row in self.rows}


def is_number(kind: str) -> bool:
    """Whether the cells of a column of this kind are numbers."""
    return kind in ("number", "money")


def number_of(cell: Cell) -> Fraction | None:
    """The number in a cell of a column of numbers or money; nothing for a blank."""
    if cell is None:
        return None
    assert isinstance(cell, Fraction | int), cell
    return Fraction(cell)


def table(name: str, columns: str, rows: Iterable[Sequence[Cell]]) -> ResultTable:
    """A table whose columns are written `key name place:number`; a kind that is not said is text."""
    named = tuple((column.partition(":")[0], column.partition(":")[2] or "text") for column in columns.split())
    return ResultTable(name, named, tuple(tuple(row) for row in rows))


def decimal_text(value: Fraction) -> str:
    """An exact number in plain decimals, without zeros at the end and never with an exponent.

    A value that no decimal writes exactly cannot come out of a run, whose numbers all have a scale.
    """
    if value.denominator == 1:
        return str(value.numerator)
    places, unit = 1, 10
    while unit % value.denominator:
        places += 1
        unit *= 10
        assert places <= 60, value
    digits = str(abs(value.numerator) * unit // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def cell_text(value: Cell) -> str:
    """A cell as a file writes it: plain decimals, ISO dates, `true` and `false`, nothing for a blank."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Fraction():
            return decimal_text(value)
        case Date():
            return value.isoformat()
        case _:
            return str(value)


def value_text(value: Value) -> str:
    """A value of a column as text: a bound as `>=239200`, `<=5` or `5..6`; blank where missing or not applicable."""
    match value:
        case Missing() | NotApplicable():
            return ""
        case Bound(low=low, high=None) if low is not None:
            return f">={decimal_text(low)}"
        case Bound(low=None, high=high) if high is not None:
            return f"<={decimal_text(high)}"
        case Bound(low=low, high=high):
            assert low is not None and high is not None
            return f"{decimal_text(low)}..{decimal_text(high)}"
        case _:
            return cell_text(value)
