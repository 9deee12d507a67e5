"""What a generated policy says of an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F

from tests.property.spans import Test


@dataclass(frozen=True)
class Cap:
    """Rows for which `when` is true count up to `least` or a share of n, whichever is more."""

    when: Test
    least: int
    share: F

    def allowed(self, n: F) -> F:
        return max(F(self.least), F(int(self.share * n)))


@dataclass(frozen=True)
class Minimum:
    """How many rows it takes, and what is done where there are fewer."""

    count: int
    of: str = "cohort"
    then: str = ""
    """`pool`, `average`, or nothing."""
    until: int = 0
    years: int = 1
    enough: int = 0
    """What is enough once all years are added."""


@dataclass(frozen=True)
class Over:
    """Several years always."""

    years: int
    how: str
    at_least: int
    round: int | None


@dataclass(frozen=True)
class Indicator:
    """What a policy says of an indicator."""

    name: str
    kind: str
    """`rate`, `mean`, `over` (a numerator over a denominator), `bonus` (a numerator in values), `value`."""
    test: Test = ("is", "exam_pass")
    denominator: Test | None = None
    column: str = ""
    cohort: Test | None = None
    yearly: bool = False
    undetermined: str = "pending"
    cap: Cap | None = None
    minimum: Minimum | None = None
    over: Over | None = None
    rate_round: int | None = None
    scaled: bool = False
    score: str = ""
    """`linear`, `bands`, `growth`, or nothing."""
    at_least: F | None = None
    at_most: F | None = None
    zero_when: Test | None = None
    round: int | None = None
    how: str = "half_up"
    applies_when: Test | None = None
    weight: F | None = None
