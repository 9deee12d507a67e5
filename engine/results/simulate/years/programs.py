"""Plans put into SQL once for all years in which a policy has the same rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from ....execution.on_duckdb import DuckDBProgram
from ....plan.plan import Plan
from ....types.checked import CheckedPolicy


class Programs:
    """Programs by policy, by the day from which its rules hold, and by what they are for."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, Date, str], tuple[CheckedPolicy, Plan, DuckDBProgram]] = {}

    def of(
        self, checked: CheckedPolicy, day: Date, purpose: str, plan: Callable[[], Plan]
    ) -> tuple[Plan, DuckDBProgram]:
        """The plan for a purpose and its program, for the rules in force on a day."""
        key = (id(checked), checked.epoch(day).starts, purpose)
        if key not in self._made:
            made = plan()
            self._made[key] = (checked, made, DuckDBProgram(made))  # the policy is kept, so that its id stays its own
        return self._made[key][1:]
