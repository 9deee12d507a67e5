"""The two grounds of a simulation: the policy and the data as they are, and as scenarios have them on the day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import TypeAlias

from ...execution.memory_tables import MemoryTables
from ...text.diagnostic import Diagnostics
from ...types.checked import CheckedPolicy
from ..columns_read import columns_read
from ..equity.student_groups import NEEDED, welcome_of_groups
from ..policy_data import completed, day_of_run, read_data
from .checked_scenario import CheckedScenario
from .ground import Ground
from .overlay.changed_data import ChangedData, changed_data
from .overlay.overlay import Overlay, overlay_on

WELCOME = {"student": {"class_of"}}
"""What tells, beside references, to whom a copied attainment may go."""


Columns: TypeAlias = dict[str, set[str]]
"""Names of columns by table."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """`plain` is what there is, `changed` what scenarios make of it: the same where they change nothing but values."""

    plain: Ground
    changed: Ground
    rows: ChangedData | None = None

    @property
    def moved(self) -> bool:
        """Whether there are other rules or other data."""
        return self.plain.checked is not self.changed.checked or self.plain.dataset is not self.changed.dataset


def grounds_of(
    checked: CheckedPolicy,
    data: str | Path | MemoryTables,
    asked: CheckedScenario,
    as_of: Date | None,
    diagnostics: Diagnostics,
) -> Grounds | None:
    """Read the data once for both; nothing where they are at fault, or do not go with what scenarios change."""
    own = Diagnostics()
    any_day = as_of is None or asked.years is not None
    overlays = [one for one in asked.overlays if any_day or one.starts is None or one.starts <= (as_of or Date.max)]
    besides, welcome = _columns(checked, asked, overlays)
    dataset = read_data(
        checked, data, own, welcome, besides, ties=any(one.rows for one in overlays) or asked.years is not None
    )
    day = None if dataset is None else day_of_run(checked, dataset, as_of, own)
    if dataset is None or day is None or own.has_errors:
        diagnostics.extend(own.sorted())
        return None
    diagnostics.extend(own.sorted())
    plain = Ground(completed(checked, dataset), dataset, day)
    overlay = overlay_on(overlays, day)
    if overlay is None:
        return Grounds(plain, Ground(plain.checked, dataset, day, asked.settings))
    return _changed(plain, overlay, data, asked, diagnostics)


def _columns(checked: CheckedPolicy, asked: CheckedScenario, overlays: Sequence[Overlay]) -> tuple[Columns, Columns]:
    """The columns that are needed besides those of the policy, and those that are welcome."""
    policies = [one.checked for one in overlays] + [one.rows.choices.checked for one in overlays]
    needed = [columns_read(one) for one in policies if one is not checked and one.tables == checked.tables]
    groups = welcome_of_groups(checked) if asked.equity else {}
    drawn = asked.uncertainty.welcome() if asked.uncertainty is not None else {}
    ahead = dict(asked.years.reads) if asked.years is not None else {}
    return _united(*needed, ahead, NEEDED if asked.equity else {}), _united(WELCOME, groups, drawn)


def _united(*several: Mapping[str, Collection[str]]) -> Columns:
    found: Columns = {}
    for one in several:
        for table, columns in one.items():
            found.setdefault(table, set()).update(columns)
    return found


def _changed(
    plain: Ground, overlay: Overlay, data: str | Path | MemoryTables, asked: CheckedScenario, diagnostics: Diagnostics
) -> Grounds | None:
    own = Diagnostics()
    dataset = plain.dataset
    if overlay.checked.tables != plain.checked.tables:  # it adds columns, or has others
        besides, welcome = _columns(overlay.checked, asked, ())
        read = read_data(overlay.checked, data, own, welcome, besides, ties=bool(overlay.rows))
        if read is None or own.has_errors:
            diagnostics.extend(own.sorted())
            return None
        dataset = read
    moved = None
    if overlay.rows:
        moved = changed_data(overlay.rows, overlay.checked, dataset, plain.dataset, plain.as_of, diagnostics)
        if moved is None:
            return None
        dataset = moved.dataset
    checked = completed(overlay.checked, dataset)
    return Grounds(plain, Ground(checked, dataset, plain.as_of, asked.settings), moved)
