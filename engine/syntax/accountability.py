"""Accountability as written: which indicators are worked out for schools, districts and the state, and what follows.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import NOWHERE, Span
from .choice_tables import Cell
from .expr import Expr, Rows
from .policy import Item, Word

UNDETERMINED = ("pending", "not_met", "leave_out")
"""What a row of a cohort of which the data cannot tell does to an indicator."""

NOT_RATED = "not_rated"
"""The rating of what is not rated, and the last step of a minimum n."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """Whole earlier years are added, latest first, until there are `until` rows, at most `up_to_years` with this
    one; then there have to be `at_least` so many, the minimum itself where that is nothing. With `together` all the
    years are taken at once.
    """

    until: Expr
    up_to_years: int
    at_least: Expr | None = None
    together: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumN:
    """How many rows (`of` cohort) or how large a denominator (`of` denominator) an indicator needs; where there
    are fewer,
    earlier years are pooled, if the policy says so, and what is still too small is not rated.
    """

    count: Expr
    of: str = "cohort"
    pooling: Pooling | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverYears:
    """The indicator is that of several years: `how` is `pooled` (all numerators over all denominators) or
    `mean_of_years` (the mean of the rates, each rounded to `round` decimals), of at least `at_least` calculated years.
    """

    years: int
    how: str
    at_least: int
    round: int | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Item):
    """Of the rows in the numerator for which `when` holds, `at_most` so many count, as a group."""

    when: Expr
    at_most: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Item):
    """A number on the way to the score of an indicator."""

    value: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Item):
    """A number of a school, a district or the state: from the rows of a cohort (`rate`, `mean`, `numerator` and
    `denominator`) or as reported (`value`).

    cohort        the rows; `cohort_year` is the year of a row, `at` the school that answers for it
    rate_round    decimals of the rate before `scale`, the bands that turn it into points; `round` those of the
    indicator
    how           the rounding mode, an expression
    caps          of how many rows of a kind no more than so many count
    score         the points that are made of the rate, by way of `steps`; `zero_when` is when they are nothing
    at_least, at_most   between what the indicator is held before it is rounded
    unweighted    the policy says that it has no weight
    """

    cohort: Rows | None = None
    cohort_year: Expr | None = None
    rated_year: Expr | None = None
    at: Expr | None = None
    rate: Expr | None = None
    mean: Expr | None = None
    numerator: Expr | None = None
    denominator: Expr | None = None
    value: Expr | None = None
    undetermined: str = UNDETERMINED[0]
    rate_round: int | None = None
    scale: Word | None = None
    round: int | None = None
    how: Expr | None = None
    applies_when: Expr | None = None
    weight: Expr | None = None
    unweighted: bool = False
    minimum_n: MinimumN | None = None
    over_years: OverYears | None = None
    caps: tuple[Cap, ...] = ()
    steps: tuple[Step, ...] = ()
    score: Expr | None = None
    zero_when: Expr | None = None
    at_least: Expr | None = None
    at_most: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRow:
    """A line of a table of weights: cells in the order of the inputs, weights in the order of the indicators; nothing
    stands where the indicator has no part.
    """

    cells: tuple[Cell, ...]
    weights: tuple[Expr | None, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable:
    """Weights by the configuration of a school: inputs with the expressions that they read, a column per indicator. A
    chart, for when indicators are missing, has no inputs.
    """

    inputs: tuple[tuple[Word, Expr], ...] = ()
    indicators: tuple[Word, ...] = ()
    rows: tuple[WeightRow, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingIndicator:
    """What holds where an indicator is not rated: the chart, where a line of it fits, else `then`: `proportional` or
    `not_rated`.
    """

    then: str = NOT_RATED
    chart: WeightTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """How the index is rounded; `how` is the rounding mode, an expression."""

    round: int | None = None
    how: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Item):
    """A line of `ratings`; `when` is nothing for `otherwise`."""

    when: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Item):
    """A rating that is given when `when` holds, whatever the index says."""

    rating: Word
    when: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountability(Item):
    """Indicators at each of `levels`, and from them an index and a rating. `extent` is the place of the whole
    section.
    """

    levels: tuple[Word, ...]
    rated_when: Expr | None = None
    student_groups: tuple[Word, ...] = ()
    minimum_n: MinimumN | None = None
    indicators: tuple[Indicator, ...] = ()
    weights: WeightTable | None = None
    missing: MissingIndicator = MissingIndicator()
    index: Index | None = None
    ratings: tuple[Rating, ...] = ()
    overrides: tuple[Override, ...] = ()
    extent: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def cited(self) -> tuple[Item, ...]:
        """What may carry a citation: the section, its indicators and their caps, its overrides."""
        return (self, *self.indicators, *(cap for one in self.indicators for cap in one.caps), *self.overrides)
