"""Which rows of a run are about persons."""

from __future__ import annotations

from .replay import is_personal
from .run import Run


def personal_entities(run: Run) -> frozenset[str]:
    """The entities whose rows or labels are about one person."""
    found = run.epoch.world.entities.values()
    return frozenset(one.name for one in found if is_personal(run, one.name) or one.label in one.personal)
