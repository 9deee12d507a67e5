"""Dated values of a parameter: which value is in force on a day in either policy, and which way it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from ...syntax.expr import Expr
from ...syntax.policy import Parameter
from .direction import shift
from .edit import ABSENT, Absent
from .shift import DOWN, SAME, UNKNOWN, UP, Shift
from .term_of_expr import Meanings, term_of


def in_force(parameter: Parameter, member: str, day: Date) -> Expr | Absent | None:
    """The value of a member on a day: an expression, nothing for *no limit*, ABSENT before the first."""
    held: Expr | Absent | None = ABSENT
    for dated in sorted(parameter.values, key=lambda one: one.starts):
        for name, value in dated.members:
            if name == member and dated.starts <= day:
                held = value
    return held


def members(parameter: Parameter) -> tuple[str, ...]:
    """The members that have values."""
    return tuple(dict.fromkeys(name for dated in parameter.values for name, _ in dated.members))


def until(parameters: tuple[Parameter, ...], which: Iterable[str], day: Date) -> Date | None:
    """The day from which all the members named have other values in both policies; nothing where one of them has the
    last.
    """
    ends = [_next_start(parameters, member, day) for member in which]
    known = [end for end in ends if end is not None]
    return max(known, default=None) if len(known) == len(ends) else None


def _next_start(parameters: tuple[Parameter, ...], member: str, day: Date) -> Date | None:
    starts = (
        one.starts
        for each in parameters
        for one in each.values
        if one.starts > day and any(name == member for name, _ in one.members)
    )
    return min(starts, default=None)


def value_shift(old: Expr | Absent | None, new: Expr | Absent | None) -> Shift:
    """How a value moves: *no limit* is above every number; from nothing in force, or to it, is unknown."""
    if isinstance(old, Absent) or isinstance(new, Absent):
        return SAME if old is new else UNKNOWN
    if old is None or new is None:
        return SAME if old is new else UP if new is None else DOWN
    before, after = term_of(old, Meanings()), term_of(new, Meanings())
    return SAME if before == after else shift(before, after, {})
