"""Scenarios of a policy as written: what is set and changed, values to try one after the other, values to look for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from ..text.source import NOWHERE, Source, Span
from .cases import Override
from .expr import Expr
from .policy import Word
from .scenario_changes import RowChanges, RuleChanges
from .scenario_sensitivity import Frontier, Sensitivity
from .scenario_uncertainty import Uncertainty
from .scenario_years import WrittenYears


@dataclass(frozen=True, slots=True)
class Range:
    """Values from one to another, both among them where the step leads there."""

    first: Expr
    last: Expr
    step: Expr
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sweep:
    """A parameter (or a `member` of one) with the values to try: a list, or a range."""

    parameter: Word
    member: Word | None
    values: tuple[Override, ...] = ()
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """`so_that`: a number of a run, a sign (`=`, `>=`, `<=`), and a value or another number of the run.

    `value` is nothing where `right` names a number of the run.
    """

    left: str
    sign: str
    right: str
    value: Expr | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the value of a parameter, out of a range, with which the target is met."""

    name: Word
    parameter: Word
    member: Word | None
    target: Target
    range: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A file with a scenario. `starts` is the day from which it holds; nothing where it always does. With
    `equity`, what comes of it is told by groups of students, too.
    `who_moves` is `yes` or a parameter: of which points of the sweep it is asked who moves.
    """

    source: Source = field(compare=False, repr=False)
    name: Word
    title: str = ""
    because: str = ""
    policy: Word | None = None
    starts: Date | None = None
    settings: tuple[Override, ...] = ()
    rules: RuleChanges | None = None
    rows: RowChanges | None = None
    sweeps: tuple[Sweep, ...] = ()
    searches: tuple[Search, ...] = ()
    equity: bool = False
    who_moves: Word | None = None
    sensitivity: Sensitivity | None = None
    frontier: Frontier | None = None
    uncertainty: Uncertainty | None = None
    years: WrittenYears | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
