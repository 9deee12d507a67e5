"""Uncertainty as a scenario writes it: how often is drawn, from which seed, and how columns and parameters spread."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.source import Span
from .cases import Override
from .expr import Expr
from .policy import Word


@dataclass(frozen=True, slots=True)
class Ends:
    """From where to where: of what is missing both ends, of a bound the one that is open (or both)."""

    first: Expr | None
    last: Expr | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ColumnSpread:
    """How the cells of a column spread.

    error         the relative standard error of a value: a percent, or the column (`error_in`) of the table that has it
    bounded       the ends of what is published as a bound only
    missing       the ends of what is not published, where the data give this `reason` (any reason where it is empty)
    exact         whether nothing is drawn, whatever the data say of their error
    """

    table: Word
    column: Word
    exact: bool = False
    error: Expr | None = None
    error_in: Word | None = None
    bounded: Ends | None = None
    missing: Ends | None = None
    reason: str = ""
    because: str = ""
    span: Span = field(kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A value that a parameter may have, and how often it comes beside the others."""

    value: Override
    weight: int


@dataclass(frozen=True, slots=True)
class ParameterSpread:
    """How a parameter (or a `member` of one) spreads: one of `values`; or `kind` says how, and `numbers` are those that
    it takes, by their keys.

    even          any number `from` one `to` another
    triangular    the same, most often near the `likely` one
    normal        about `mean`, with `standard_deviation`, held where there are ends
    """

    parameter: Word
    member: Word | None
    kind: str
    numbers: tuple[tuple[str, Expr], ...] = ()
    values: tuple[Listed, ...] = ()
    because: str = ""
    span: Span = field(kw_only=True, compare=False, repr=False)

    def number(self, key: str) -> Expr | None:
        """What is written under a key."""
        return dict(self.numbers).get(key)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The key `uncertainty` of a scenario; columns and parameters by name, since their order says nothing."""

    draws: int
    seed: int
    columns: tuple[ColumnSpread, ...]
    parameters: tuple[ParameterSpread, ...]
    span: Span = field(compare=False, repr=False)
