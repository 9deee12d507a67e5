"""An indicator on a level, for everyone or for one student group, and how its columns are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...text.source import Span
from ..pending import Pending, lowered
from .build import Build
from .ground import called
from .measure import Measured
from .spoken import for_group, read_from

RESULTS = (
    "", "n", "numerator", "numerator at most", "denominator", "years", "unrounded", "status", "weight", "weight used",
    "contribution", "rate", "prior rate", "score", "before limits", "zero",
)  # fmt: skip
"""The columns of an indicator that are among the results; the others only lead to them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An indicator on a level, for everyone or for one student group: how its columns are called and where they are."""

    of: Measured
    level: str
    group: str = ""
    grouped: frozenset[str] = frozenset()
    """The indicators that a student group has numbers of as well."""
    indicators: frozenset[str] = frozenset()
    """All indicators that there are."""

    @property
    def make(self) -> Build:
        """Nodes that stand at the indicator."""
        return Build(self.span)

    @property
    def span(self) -> Span:
        """Where the author wrote it."""
        return self.of.item.span

    def called(self, part: str = "") -> str:
        """The name of a column: `graduation: n`, for a group `graduation, english_learner: n`."""
        return called(self.of.item.name, self.group, part)

    def read(self, written: Expr) -> Expr:
        """What the author wrote of the level, as it is read for the group."""
        return for_group(written, self.group, self.grouped)

    def beside(self, written: Expr) -> list[Expr]:
        """Whether the other indicators that are read are there."""
        names = read_from(written, self.indicators)
        groups = {name: self.group if name in self.grouped else "" for name in names}
        return [ast.Name(called(name, group, "included"), span=self.span) for name, group in groups.items()]

    def name(self, part: str = "") -> Expr:
        """A column of this indicator as an expression."""
        return ast.Name(self.called(part), span=self.span)

    def column(self, part: str, body: Expr, slot: str = "value", result: bool = False, **more: object) -> Pending:
        """A column of this indicator on its level."""
        path = f"accountability.indicators.{self.of.item.name}"
        role = "indicator" if part in RESULTS or result else "step"
        made = lowered(path, self.level, self.called(part), body, self.span, role=role, **more)
        return replace(made, slot=slot)


def parts_of(of: Measured) -> tuple[str, ...]:
    """The numbers of a cohort besides how many rows there are."""
    if of.item.value is not None:
        return ()
    return ("numerator", "numerator at most", "denominator") if of.two_ended else ("numerator", "denominator")


def of_year(of: Measured, part: str, years: int) -> str:
    """A number of the rated year (0) or of an earlier one: `n`, `n this year` among several, `n 2 earlier`."""
    if years:
        return f"{part} {years} earlier"
    return f"{part} this year" if of.years > 1 else part


def kept(of: Measured, part: str) -> str:
    """Where a number is kept: a denominator that is not written is the number of rows."""
    return "n" if part == "denominator" and of.item.denominator is None else part
