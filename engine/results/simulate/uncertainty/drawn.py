"""What is drawn, held to the policy: columns with their errors and ends, parameters with what they may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction

from ....model.table import Column
from ....plan.in_force import CellValue
from ....text.source import NOWHERE, Span
from ....types.datatypes import Type
from ..axis import value_text
from ..setting import Setting
from .lot import Lot
from .spread import Spread, chosen


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column and how its cells spread. Ends are integers at the scale of the column.

    error      the relative standard error of a value as a ratio, or the column of the table that has it
    bounded    the ends of bounds that are open; nothing where bounds stay
    missing    the ends of cells without a value, where `reason` is the one that the data give (any where it is empty)
    exact      nothing is drawn
    declared   the data say so, and no scenario
    """

    table: str
    column: Column
    error: Fraction | str | None = None
    bounded: tuple[int | None, int | None] | None = None
    missing: tuple[int, int] | None = None
    reason: str = ""
    exact: bool = False
    declared: bool = False
    because: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The table and the column."""
        return f"{self.table}.{self.column.name}"

    def number(self, value: int) -> Fraction:
        """What an integer at the scale of the column stands for."""
        return Fraction(value, 10**self.column.scale)


@dataclass(frozen=True, slots=True)
class DrawnParameter:
    """A parameter by its path: it spreads as integers at its `scale`, or is one of `values` with their weights.

    `kind` and `numbers` are what the scenario says, by its keys; `starts` is the day from which what is drawn holds.
    """

    path: str
    type: Type
    kind: str
    scale: int = 0
    spread: Spread | None = None
    values: tuple[tuple[CellValue, int], ...] = ()
    numbers: tuple[tuple[str, Fraction], ...] = ()
    starts: Date | None = None
    because: str = ""

    @property
    def name(self) -> str:
        """The parameter, and its member where it has several."""
        return self.path.removeprefix("parameters.")

    def at(self, seed: int, draw: int) -> Setting:
        """The value of a draw."""
        word = Lot(seed, ("parameter", self.path)).word(draw)
        if self.spread is None:
            value = self.values[chosen([weight for _, weight in self.values], word)][0]
        else:
            value = Fraction(self.spread.at(word), 10**self.scale)
        return Setting(self.path, self.type, value, self.starts)

    @property
    def text(self) -> str:
        """How it spreads, in words."""
        if self.spread is None:
            said = [f"{value_text(value, self.type)}{_times(weight)}" for value, weight in self.values]
            return f"one of {', '.join(said)}"
        given = {key: value_text(value, self.type) for key, value in self.numbers}
        ends = [f"{word} {given[key]}" for key, word in (("from", "from"), ("to", "to")) if key in given]
        if self.kind == "normal":
            held = f", held {' '.join(ends)}" if ends else ""
            return f"normal, mean {given['mean']}, standard deviation {given['standard_deviation']}{held}"
        return " ".join(ends) + (f", most likely {given['likely']}" if "likely" in given else "")


def _times(weight: int) -> str:
    return f" ({weight} times)" if weight > 1 else ""


@dataclass(frozen=True, slots=True)
class CheckedUncertainty:
    """How often is drawn, from which seed, and what, by name. What the data declare comes beside `columns`."""

    draws: int
    seed: int
    columns: tuple[DrawnColumn, ...]
    parameters: tuple[DrawnParameter, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def welcome(self) -> dict[str, set[str]]:
        """The columns that hold errors, by table: these are read though no rule names them."""
        found: dict[str, set[str]] = {}
        for one in self.columns:
            if isinstance(one.error, str):
                found.setdefault(one.table, set()).add(one.error)
        return found
