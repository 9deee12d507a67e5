"""Input cells: which value of each parameter is in force on a day, and why that one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ..syntax import expr as ast
from ..syntax.policy import DatedValue, Deferral, Parameter, Policy, YearBegin
from ..types.check_parameters import literal_value
from ..types.checked import CheckedPolicy
from .overrides import check_overrides

CellValue: TypeAlias = Fraction | int | bool | str | Date | None
"""The value of an input cell; nothing where none is in force (or where there is no limit)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parameter's value as it stands in a run.

    `starts` is the day since when it is in force, `follows` the day on which the next value takes over; `written` is
    the value as the policy writes it. Where no value is in force yet, `starts` is nothing and `note` says so.
    """

    path: str
    name: str
    member: str
    value: CellValue
    written: str
    starts: Date | None
    follows: Date | None
    standing: str
    cite: str
    note: str
    policy: str


@dataclass(frozen=True, slots=True)
class Binding:
    """Everything bound for one run: cells by path, dated values by path, and the parameters as resolved.

    `not_in_force` has the paths of the cells without a value in force on the day, with the day of their first value
    (nothing where they never have one): what reads them fails (X003). A cell without a limit is not among them.
    """

    as_of: Date
    cells: Mapping[str, CellValue]
    schedules: Mapping[str, tuple[tuple[Date, CellValue], ...]]
    resolved: tuple[Resolved, ...]
    not_in_force: Mapping[str, Date | None] = field(default_factory=dict)


def bind(checked: CheckedPolicy, as_of: Date, overrides: Mapping[str, CellValue] | None = None) -> Binding:
    """The input cells of a policy on a day.

    `overrides` puts other values in the place of parameters, by path. Raises PolicyError (X018) for one that names
    no parameter or does not fit its type.
    """
    policy = checked.policy
    jurisdiction = policy.jurisdictions[0].text if len(policy.jurisdictions) == 1 else None
    cells: dict[str, CellValue] = {
        "as_of": as_of,
        "school_year": begun(as_of, policy.school_year_begins),
        "fiscal_year": begun(as_of, policy.fiscal_year),
        "jurisdiction.area": jurisdiction,
    }
    schedules: dict[str, tuple[tuple[Date, CellValue], ...]] = {}
    resolved: list[Resolved] = []
    for parameter in policy.parameters:
        for member in checked.parameters[parameter.name].members or ("",):
            found = _resolve(parameter, member, as_of)
            resolved.append(found)
            cells[found.path] = found.value
            schedules[found.path] = tuple((dated.starts, value) for dated, value in _history(parameter, member))
    if overrides:
        check_overrides(checked, overrides)
    for path, value in (overrides or {}).items():
        cells[path] = value
        schedules[path] = ((Date.min, value),)
    missing = {one.path: one.follows for one in resolved if one.starts is None and one.path not in (overrides or {})}
    return Binding(as_of, cells, schedules, tuple(resolved), missing)


def begun(day: Date, begin: YearBegin) -> int:
    """The year that holds a day: named for the calendar year in which it begins, or for the one in which it ends."""
    first = day.year if (day.month, day.day) >= (begin.month, begin.day) else day.year - 1
    starts_in_january = (begin.month, begin.day) == (1, 1)
    return first + 1 if begin.named_for_end and not starts_in_january else first


def first_day(policy: Policy) -> Date | None:
    """The first day of the policy's own school year: the as-of date where nothing else gives one."""
    if policy.school_year is None:
        return None
    begin = policy.school_year_begins
    return Date(int(policy.school_year.text[:4]), begin.month, begin.day)


def not_yet(first: Date | None) -> str:
    """What is said of a parameter without a value in force, whose first value is of a day or of none."""
    return "no value at any date" if first is None else f"no value before {first}"


def put_off(deferral: Deferral) -> str:
    """What is said of a value that was put off: from when to when, by whom, on which day, why, and where it stands."""
    start, to = deferral.keys
    on = f", {deferral.decided_on.isoformat()}" if deferral.decided_on else ""
    parts = deferral.because.parts if deferral.because else ()
    why = ": " + "".join(part if isinstance(part, str) else part.span.text for part in parts) if parts else ""
    cite = f" ({deferral.cite})" if deferral.cite else ""
    return f"put off from {start} to {to} by {deferral.decided_by}{on}{why}{cite}"


def put_off_to(parameter: Parameter, value: Resolved) -> list[str]:
    """What is said of all that was put off to a value of a parameter, or to the next one."""
    return [put_off(one) for one in parameter.deferred if one.to in (value.starts, value.follows)]


def _history(parameter: Parameter, member: str) -> list[tuple[DatedValue, CellValue]]:
    """The dated values of one member, by date; a later version that leaves a member out leaves its value standing."""
    found: list[tuple[DatedValue, CellValue]] = []
    for dated in sorted(parameter.values, key=lambda value: value.starts):
        for name, literal in dated.members:
            if name == member:
                found.append((dated, None if literal is None else cell_value(literal)))
    return found


def _resolve(parameter: Parameter, member: str, as_of: Date) -> Resolved:
    held: Resolved | None = None
    follows = None
    for one in every_version(parameter, member):
        assert one.starts is not None
        if one.starts <= as_of:
            held = one
        elif follows is None:
            follows = one.starts
    if held is not None:
        return held
    path = _path(parameter, member)
    return Resolved(
        path, parameter.name, member, None, "", None, follows, "not_found", "", not_yet(follows), parameter.policy
    )


def every_version(parameter: Parameter, member: str) -> tuple[Resolved, ...]:
    """All values of a parameter (of one member), by date."""
    history = _history(parameter, member)
    found = []
    for at, (dated, value) in enumerate(history):
        literal = next(literal for name, literal in dated.members if name == member)
        written = "none" if literal is None else literal.span.text or str(value)
        follows = history[at + 1][0].starts if at + 1 < len(history) else None
        found.append(
            Resolved(
                _path(parameter, member), parameter.name, member, value, written, dated.starts, follows, dated.standing,
                dated.cite or parameter.cite, dated.note, parameter.policy,
            )
        )  # fmt: skip
    return tuple(found)


def _path(parameter: Parameter, member: str) -> str:
    return f"parameters.{parameter.name}" + (f".{member}" if member else "")


def cell_value(literal: ast.Expr) -> CellValue:
    """The exact value of a literal; a length of time counts its units."""
    if isinstance(literal, ast.Duration):
        return Fraction(literal.count)
    value = literal_value(literal)
    assert value is None or isinstance(value, (Fraction, bool, str, Date))
    return value
