"""Values that scenarios put in the place of parameters, always or from a day on, and the cells that come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date

from ...plan.in_force import Binding, CellValue, bind
from ...plan.overrides import check_overrides
from ...types.checked import CheckedPolicy
from ...types.datatypes import Type
from .axis import value_text


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in the place of a parameter's. `starts` is the day from which it holds; nothing where it always does."""

    path: str
    type: Type
    value: CellValue
    starts: Date | None = None

    @property
    def text(self) -> str:
        """What is set, in words."""
        since = f" from {self.starts.isoformat()}" if self.starts else ""
        return f"{self.path.removeprefix('parameters.')} {value_text(self.value, self.type)}{since}"


def bound(checked: CheckedPolicy, as_of: Date, settings: Iterable[Setting]) -> Binding:
    """The input cells of a policy on a day with values set: as `bind` has them, and a value that holds from a day on
    follows those of the policy before that day and takes the place of the later ones. Raises PolicyError (X018).
    """
    given = [one for one in settings if not _is_of_later(checked, as_of, one)]
    always: dict[str, CellValue] = {one.path: one.value for one in given if one.starts is None}
    dated = {one.path: one for one in given if one.starts is not None}
    found = bind(checked, as_of, always)
    if not dated:
        return found
    check_overrides(checked, {path: one.value for path, one in dated.items()})
    in_force = {path: one.value for path, one in dated.items() if one.starts is not None and one.starts <= as_of}
    return replace(
        found,
        cells={**found.cells, **in_force},
        schedules=_schedules(found.schedules, dated),
        not_in_force={path: day for path, day in found.not_in_force.items() if path not in in_force},
    )


def _is_of_later(checked: CheckedPolicy, as_of: Date, one: Setting) -> bool:
    """Whether a parameter is one that a scenario adds on a later day."""
    name = one.path.removeprefix("parameters.").partition(".")[0]
    return one.starts is not None and one.starts > as_of and name not in checked.parameters


def _schedules(
    known: Mapping[str, tuple[tuple[Date, CellValue], ...]], dated: Mapping[str, Setting]
) -> dict[str, tuple[tuple[Date, CellValue], ...]]:
    found = dict(known)
    for path, one in dated.items():
        assert one.starts is not None
        before = tuple((day, value) for day, value in known.get(path, ()) if day < one.starts)
        found[path] = (*before, (one.starts, one.value))
    return found
