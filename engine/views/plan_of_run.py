"""The plan of a run as text, with how many rows each entity has."""

from __future__ import annotations

from ..plan.from_checked import plan_policy
from ..plan.print import print_plan
from ..results.run import Run


def plan_of_run(run: Run) -> str:
    """The plan of the run's policy; of each entity the rows that were read and those that came out."""
    counts = {
        entity.name: (
            run.dataset.tables[entity.name].row_count if entity.name in run.dataset.tables else None,
            len(run.columns[entity.name]) if entity.name in run.columns else None,
        )
        for entity in run.plan.entities
    }
    return print_plan(plan_policy(run.checked, run.epoch), counts)
