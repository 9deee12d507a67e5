"""Accountability as written: which indicators are worked out for schools, districts and the state, and what follows.

Records in the manner of `policy.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import NOWHERE, Span
from .cut_scores import CutScores
from .domain import Domain
from .expr import Expr, Rows
from .policy import Item, Timed, Word
from .weight_table import MissingIndicator, WeightTable

UNDETERMINED = ("pending", "not_met", "leave_out")
"""What a row of a cohort of which the data cannot tell does to an indicator."""


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
class Indicator(Timed):
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
class Blend:
    """The weights of the index of all students and of the mean of those of the student groups; `only_if_alone` are the
    groups that count where no other has one.
    """

    all_students: Expr
    student_groups: Expr
    only_if_alone: tuple[Word, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """How the index is put together and rounded; `how` is the rounding mode, an expression."""

    blend: Blend | None = None
    round: int | None = None
    how: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Timed):
    """A line of `ratings`; `when` is nothing for `otherwise`."""

    when: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Timed):
    """A rating that is given when `when` holds, whatever the index says; of a `gate` it is the best that may be given
    then.
    """

    rating: Word
    when: Expr
    gate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountability(Item):
    """Indicators at each of `levels`, and from them an index and a rating. `weights` are tables by
    the days from which they hold; `extent` is the place of the whole section.
    """

    levels: tuple[Word, ...]
    rated_when: Expr | None = None
    student_groups: tuple[Word, ...] = ()
    minimum_n: MinimumN | None = None
    indicators: tuple[Indicator, ...] = ()
    weights: tuple[WeightTable, ...] = ()
    missing: MissingIndicator = field(default_factory=MissingIndicator)
    domains: tuple[Domain, ...] = ()
    index: Index | None = None
    cut_scores: CutScores | None = None
    ratings: tuple[Rating, ...] = ()
    overrides: tuple[Override, ...] = ()
    extent: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def cited(self) -> tuple[Item, ...]:
        """What may carry a citation: the section, its indicators and their caps, domains, cut scores, overrides."""
        cuts = (self.cut_scores,) if self.cut_scores is not None else ()
        caps = (cap for one in self.indicators for cap in one.caps)
        return (self, *self.indicators, *caps, *self.domains, *cuts, *self.overrides)

    @property
    def both(self) -> tuple[Indicator | Domain, ...]:
        """The indicators, then the domains."""
        found: list[Indicator | Domain] = [*self.indicators, *self.domains]
        return tuple(found)

    @property
    def parted(self) -> tuple[Indicator | Domain, ...]:
        """What the index may be made of: indicators and domains that are part of no domain."""
        parts = {word.text for domain in self.domains for word in domain.parts}
        return tuple(one for one in self.both if one.name not in parts)
