"""Weights as written: a table by configuration, a chart for when indicators are missing, what holds without one.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import NOWHERE, Span
from .choice_tables import Cell, Version
from .expr import Expr
from .policy import Word

NOT_RATED = "not_rated"
"""The rating of what is not rated, and the last step of a minimum n."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRow:
    """A line of a table of weights: cells in the order of the inputs, weights in the order of the indicators; nothing
    stands where the indicator has no part.
    """

    cells: tuple[Cell, ...]
    weights: tuple[Expr | None, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable(Version):
    """Weights by the configuration of a school: inputs with the expressions that they read, a column per indicator. A
    chart, for when indicators are missing, has no inputs.
    """

    inputs: tuple[tuple[Word, Expr], ...] = ()
    indicators: tuple[Word, ...] = ()
    rows: tuple[WeightRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingIndicator:
    """What holds where an indicator is not rated: the chart, where a line of it fits, else `then`: `proportional` or
    `not_rated`.
    """

    then: str = NOT_RATED
    chart: WeightTable | None = None
