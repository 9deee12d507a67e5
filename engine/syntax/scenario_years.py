"""Years ahead as a scenario writes them: until when, what grows, and what responds to an incentive."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ..text.source import Span
from .expr import Expr
from .policy import Word

Shares = tuple[tuple[int | None, Fraction], ...]
"""A share for each year, or one from each school year on (by the year in which it begins), in their order."""


@dataclass(frozen=True, slots=True)
class WrittenGrowth:
    """Rows of which there are more (or fewer) each year: all rows of `of`, or those for which `where` holds."""

    of: Word
    where: Expr | None
    by: Shares


@dataclass(frozen=True, slots=True)
class WrittenResponse:
    """Rows of which there are more (or fewer) as a parameter is greater (or less) than in the policy as it is."""

    elasticity: Fraction
    of: Word
    where: Expr | None
    parameter: Word
    member: Word | None
    lag: int
    because: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenYears:
    """School years ahead. Either `until`, the year in which the last one begins, or `ahead`, how many."""

    until: int | None = None
    ahead: int | None = None
    cohorts: Shares = ()
    growths: tuple[WrittenGrowth, ...] = ()
    wages: Shares = ()
    move: tuple[Word, ...] = ()
    responses: tuple[WrittenResponse, ...] = ()
    span: Span = field(compare=False, repr=False)
