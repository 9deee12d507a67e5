"""What a cell can hold: an exact value, a bound, nothing with its reasons, or *not applicable*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date as Date
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

Scalar: TypeAlias = Fraction | int | bool | str | Date
"""A known value: Fraction for numbers, int for years, bool, str (text, enum, row key), Date."""

Key: TypeAlias = tuple[Scalar, ...]
"""The key of a row: the values of its entity's key columns, in order."""

BLANK: Final = "blank"
BOUND: Final = "bound"
LEFT_OUT: Final = "left out"
NO_LIMIT: Final = "no limit"
NO_ROW: Final = "no row"
NO_ROWS: Final = "no rows"
NO_ROWS_REPORTED: Final = "no rows reported"
NOT_APPLICABLE_SEEN: Final = "not applicable"
NOT_KNOWN: Final = "not known"

DIVISION_BY_ZERO: Final = "X001"
OUT_OF_RANGE: Final = "X002"
BEFORE_FIRST_VALUE: Final = "X003"
SEVERAL_ROWS: Final = "X004"
MINIMUMS_EXCEED: Final = "F001"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is missing: a word such as `blank`, or an X or F code, and the place that is responsible.

    `column` is a column of the data or the path of an input cell; with `entity` and `key` it names one cell. Where no
    single cell is responsible (a division by zero) the column is empty.
    """

    code: str
    column: str = ""
    entity: str = ""
    key: Key = ()

    @property
    def failed(self) -> bool:
        """Whether it is a failure (an X or F code) and not merely a gap."""
        return self.code[:1] in ("X", "F") and self.code[1:].isdigit()


Reasons: TypeAlias = frozenset[Reason]


@dataclass(frozen=True, slots=True)
class Missing:
    """No value; `reasons` are the responsible ones only: what was overruled, not taken or filtered out is not there."""

    reasons: Reasons = frozenset()

    @property
    def failed(self) -> bool:
        """Whether a failure is among the reasons."""
        return any(reason.failed for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number known to lie from `low` to `high` (inclusive, None is open); never open at both ends, never one point.

    Make it with `bound`. `reasons` say what would have to be known to know the number.
    """

    low: Fraction | None
    high: Fraction | None
    reasons: Reasons = field(default=frozenset(), compare=False)


class NotApplicable(Enum):
    """The verdict of a rule that does not concern a row; its one member is `NOT_APPLICABLE`."""

    NOT_APPLICABLE = "not applicable"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE

Value: TypeAlias = Scalar | Bound | Missing | NotApplicable


def missing(code: str, column: str = "", entity: str = "", key: Key = ()) -> Missing:
    """Missing for one reason."""
    return Missing(frozenset((Reason(code, column, entity, key),)))


_BOUND_REASONS: Final = frozenset((Reason(BOUND),))


def bound(low: Fraction | None, high: Fraction | None, reasons: Reasons = frozenset()) -> Fraction | Bound | Missing:
    """The number between two ends: exact where they meet, missing (*bound*) where both are open."""
    if low is None and high is None:
        return Missing(reasons or _BOUND_REASONS)
    if low is not None and low == high:
        return low
    return Bound(low, high, reasons)


def reasons_of(value: Value) -> Reasons:
    """Why a value is not exactly known; empty for a known one."""
    if isinstance(value, Missing):
        return value.reasons
    if isinstance(value, Bound):
        return value.reasons or _BOUND_REASONS
    if value is NOT_APPLICABLE:
        return frozenset((Reason(NOT_APPLICABLE_SEEN),))
    return frozenset()


def is_known(value: Value) -> bool:
    """Whether it is an exact value: not missing, not a bound, not *not applicable*."""
    return not isinstance(value, Missing | Bound | NotApplicable)


def unite(values: Iterable[Value]) -> Missing:
    """Missing for the reasons of all of them."""
    return Missing(frozenset().union(*(reasons_of(value) for value in values)))


def settled(value: Value) -> Value:
    """The value as anything but logic sees it: *not applicable* is missing there."""
    return missing(NOT_APPLICABLE_SEEN) if value is NOT_APPLICABLE else value


def placed(value: Value, entity: str, name: str, key: Key) -> Value:
    """The value with a cell as the place of every reason that has none yet, such as a division by zero there."""
    if not isinstance(value, Missing | Bound) or all(reason.column or reason.entity for reason in value.reasons):
        return value
    reasons = (
        reason if reason.column or reason.entity else Reason(reason.code, name, entity, key) for reason in value.reasons
    )
    return replace(value, reasons=frozenset(reasons))
