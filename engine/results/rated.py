"""The ratings of a run: its levels, which indicators have which columns there, and their numbers by both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from ..execution.values import NOT_APPLICABLE, Bound, Key, Value
from ..syntax.accountability import Accountability, Indicator, MinimumN
from ..syntax.domain import Domain
from ..syntax.expr import Expr
from ..types.datatypes import SNAP_SCALE
from .decode import keys_of
from .line import cells, column_named, column_values
from .run import Run

Ends: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the most that a number may be: equal where it is known, nothing where that end is open."""

OPEN: Ends = (None, None)
ALL_STUDENTS = "all_students"
UNIT = Fraction(1, 10**SNAP_SCALE)


@dataclass(frozen=True, slots=True)
class Level:
    """The rows of an entity that are rated, such as all schools."""

    run: Run
    section: Accountability
    name: str

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.run.columns[self.name])

    @property
    def keys(self) -> list[Key]:
        """The keys of the rows, in order."""
        return keys_of(self.run, self.name)

    @property
    def weighted(self) -> tuple[Indicator | Domain, ...]:
        """The indicators and domains that have a part in the index."""
        return tuple(one for one in self.section.parted if self.has(f"{one.name}: weight used"))

    @property
    def groups(self) -> tuple[str, ...]:
        """The student groups, after an empty name for everyone."""
        return ("", *(word.text for word in self.section.student_groups))

    @property
    def blended(self) -> tuple[str, ...]:
        """The groups whose indexes are blended, all students first; none where the index is that of everyone."""
        return tuple(group or ALL_STUDENTS for group in self.groups if self.has(f"index, {group or ALL_STUDENTS}"))

    @property
    def spots(self) -> tuple[tuple[str, Indicator], ...]:
        """Student group and indicator of every number of a row; everyone, who comes first, is an empty name."""
        return tuple(
            (group, item)
            for group in self.groups
            for item in self.section.indicators
            if self.has(called(item.name, group, "status"))
        )

    @property
    def domain_spots(self) -> tuple[tuple[str, Domain], ...]:
        """Student group and domain of every domain of a row."""
        return tuple(
            (group, item)
            for group in self.groups
            for item in self.section.domains
            if self.has(called(item.name, group, "status"))
        )

    def whole_of(self, name: str) -> str:
        """What an indicator or domain is a part of: a domain, `index`, or nothing."""
        domain = next((one for one in self.section.domains if any(word.text == name for word in one.parts)), None)
        return domain.name if domain is not None else "index" if self.has(f"{name}: weight used") else ""

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return column_named(self.run, self.name, name) is not None

    def ends(self, name: str) -> list[Ends]:
        """A column of numbers by both ends."""
        values = column_values(self.run, self.name, name)
        return [OPEN] * self.count if values is None else [ends_of(value) for value in values]

    def cells(self, name: str) -> list[Any]:
        """A column of words, truths and exact numbers; nothing where missing or no column."""
        found = cells(self.run, self.name, name)
        return [None if value is NOT_APPLICABLE or isinstance(value, Bound) else value for value in found]

    def excused(self, name: str) -> list[bool]:
        """Of each row, whether a test does not apply to it."""
        values = column_values(self.run, self.name, name)
        return [False] * self.count if values is None else [value is NOT_APPLICABLE for value in values]


def levels_of(run: Run) -> tuple[Level, ...]:
    """The levels that the policy rates, in its order; none without accountability."""
    section = run.checked.policy.accountability
    if section is None:
        return ()
    names = dict.fromkeys(word.text for word in section.levels if word.text in run.columns)
    return tuple(Level(run, section, name) for name in names)


def called(indicator: str, group: str = "", part: str = "") -> str:
    """The name of a column of an indicator: `graduation`, `graduation: n`, `graduation, special_education: n`."""
    base = f"{indicator}, {group}" if group else indicator
    return f"{base}: {part}" if part else base


def ends_of(value: Value) -> Ends:
    """Both ends of a number; of anything else none."""
    if isinstance(value, Bound):
        return value.low, value.high
    return (value, value) if isinstance(value, Fraction) else OPEN


def exact(ends: Ends) -> Fraction | None:
    """The number where it is known."""
    return ends[0] if ends[0] == ends[1] else None


def enough(needs: MinimumN, years: Fraction | None) -> Expr:
    """How many are enough: over several years it may be another number than for one."""
    pooling = needs.pooling
    if pooling is None or pooling.at_least is None or years is None or years == 1:
        return needs.count
    return pooling.at_least


def to_nine(value: Fraction) -> Fraction:
    """A number with 9 decimals, halves rounded up."""
    return (value / UNIT + Fraction(1, 2)) // 1 * UNIT


def adding_up(amounts: Sequence[Fraction], total: Fraction) -> list[Fraction]:
    """The amounts with 9 decimals so that they add up to `total`, their sum with 9 decimals: each is rounded down, and
    the last decimals that are left go to those that lose most.
    """
    down = [amount // UNIT * UNIT for amount in amounts]
    left = int((total - sum(down, Fraction(0))) / UNIT)
    order = sorted(range(len(amounts)), key=lambda at: (down[at] - amounts[at], at))
    for at in order[: max(left, 0)]:
        down[at] += UNIT
    return down
