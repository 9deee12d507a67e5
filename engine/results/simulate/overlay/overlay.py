"""What scenarios change of rules and data, by the day from which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from ....syntax.scenario import Scenario
from ....text.diagnostic import Diagnostics
from ....types.checked import CheckedPolicy
from .changed_policy import changed_policy
from .checked_rows import CheckedRows, check_rows
from .set_cells import check_cells


@dataclass(frozen=True, slots=True)
class Overlay:
    """The policy and the changes of data in runs as of `starts` or later; nothing where they always hold."""

    starts: Date | None
    checked: CheckedPolicy
    rows: CheckedRows


def overlay_on(overlays: Sequence[Overlay], day: Date) -> Overlay | None:
    """The overlay that holds in a run as of a day."""
    held = None
    for one in overlays:
        if one.starts is None or one.starts <= day:
            held = one
    return held


def check_overlays(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics
) -> tuple[Overlay, ...]:
    """What scenarios change together, in the order of the days from which it holds; none where they change neither
    rules nor data, or are at fault, which is reported (see `changed_policy`, `check_rows` and `check_cells`).
    """
    changing = [one for one in scenarios if one.rules is not None or one.rows is not None]
    always = any(one.starts is None for one in changing)
    days: list[Date | None] = [None] if always else []
    days += sorted({one.starts for one in changing if one.starts is not None})
    found = []
    for day in days:
        held = [one for one in changing if one.starts is None or (day is not None and one.starts <= day)]
        policy = changed_policy(checked, held, diagnostics)
        rows = check_cells(checked, held, check_rows(checked, held, diagnostics), diagnostics)
        if policy is None or rows is None:
            return ()
        found.append(Overlay(day, policy, rows))
    return tuple(found)
