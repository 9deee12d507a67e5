"""The values of a parameter that are tried: a list as written, or a range."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...plan.in_force import CellValue
from ...syntax.cases import Override
from ...syntax.policy import Word
from ...syntax.scenario import Range, Sweep
from ...text.diagnostic import Diagnostics
from ...types.checked import CheckedPolicy
from ...types.datatypes import UNKNOWN, Type
from ..cases.parameters import override_cells
from ..quantity import shown

MOST = 1_000_000_000
"""Values that a range may have; a search looks at few of them."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbers at one distance, counted from 0."""

    first: Fraction
    step: Fraction
    count: int

    def at(self, place: int) -> Fraction:
        """The number at a place."""
        return self.first + place * self.step


@dataclass(frozen=True, slots=True)
class Axis:
    """A parameter by its path and name, its type, and the values that are tried, in their order."""

    path: str
    name: str
    type: Type
    values: tuple[CellValue, ...]

    def text(self, value: CellValue) -> str:
        """A value as people write it."""
        return value_text(value, self.type)


def value_text(value: CellValue, type: Type) -> str:
    """The value of a parameter as people write it; `none` where there is no limit."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Fraction(value)
    return "none" if value is None else shown(value, type)


def path_of(parameter: Word, member: Word | None) -> str:
    """The path of a parameter's cell."""
    return f"parameters.{parameter.text}" + (f".{member.text}" if member else "")


def type_of(checked: CheckedPolicy, parameter: Word) -> Type:
    """The type of a parameter; unknown where the policy has none of this name."""
    found = checked.parameters.get(parameter.text)
    return UNKNOWN if found is None else found.type


def cells_of(checked: CheckedPolicy, one: Override, diagnostics: Diagnostics) -> dict[str, CellValue]:
    """The cell that a value of a scenario puts in the place of a parameter's; none where it does not fit (X018, T015,
    N005).
    """
    members = () if one.parameter.text not in checked.parameters else checked.parameters[one.parameter.text].members
    if members and one.member is None:
        help = f"name one of them, such as `{one.parameter.text}.{members[0]}`"
        path, value = path_of(one.parameter, None), f"`{one.span.text.strip()}`"
        diagnostics.report("X018", one.span, help=help, path=path, value=value, problem="it has several values")
        return {}
    return override_cells(checked, (one,), diagnostics)


def axis_of(checked: CheckedPolicy, sweep: Sweep, most: int, diagnostics: Diagnostics) -> Axis | None:
    """The values of a sweep, at most so many; nothing where one does not fit (X018, T015, N005, X063 to X065)."""
    path = path_of(sweep.parameter, sweep.member)
    name, type = path.removeprefix("parameters."), type_of(checked, sweep.parameter)
    if sweep.range is None:
        return _listed(checked, sweep, Axis(path, name, type, ()), diagnostics)
    steps = steps_of(checked, sweep.parameter, sweep.member, sweep.range, diagnostics)
    if steps is None:
        return None
    if steps.count > most:
        help = "make the step longer, or the way shorter"
        diagnostics.report("X064", sweep.range.span, help=help, count=f"{steps.count:,}", most=f"{most:,}")
        return None
    return Axis(path, name, type, tuple(steps.at(place) for place in range(steps.count)))


def _listed(checked: CheckedPolicy, sweep: Sweep, axis: Axis, diagnostics: Diagnostics) -> Axis | None:
    found: dict[CellValue, None] = {}
    own = Diagnostics()
    for one in sweep.values:
        for value in cells_of(checked, one, own).values():
            found[value] = None
        if own.has_errors:
            break
    diagnostics.extend(own.sorted())
    return None if own.has_errors or not found else Axis(axis.path, axis.name, axis.type, tuple(found))


def steps_of(
    checked: CheckedPolicy, parameter: Word, member: Word | None, written: Range, diagnostics: Diagnostics
) -> Steps | None:
    """The numbers of a range; nothing where it has none or they do not fit the parameter."""
    type, path = type_of(checked, parameter), path_of(parameter, member)
    if type.kind not in ("number", "duration", "unknown"):
        help = "list the values, each on a line of its own after `-`"
        diagnostics.report("X065", written.span, help=help, name=path.removeprefix("parameters."), type=type)
        return None
    own = Diagnostics()
    numbers = []
    for literal in (written.first, written.last, written.step):
        cells = cells_of(checked, Override(parameter, member, literal, literal.span), own)
        if own.has_errors:
            diagnostics.extend(own.sorted())
            return None
        numbers += [Fraction(value) for value in cells.values() if isinstance(value, (Fraction, int))]
    first, last, step = numbers
    if not step or (last - first) / step < 0:
        help = "`step` leads from `from` to `to`: it is not zero, and negative where `to` is less than `from`"
        texts = [value_text(one, type) for one in (first, last, step)]
        diagnostics.report("X063", written.span, help=help, first=texts[0], last=texts[1], step=texts[2])
        return None
    count = (last - first) // step + 1
    if count > MOST:
        diagnostics.report("X064", written.span, help="make the step longer", count=f"{count:,}", most=f"{MOST:,}")
        return None
    return Steps(first, step, int(count))
