"""Which rows are about persons: what no public page, table or journal names or tells of one by one."""

from __future__ import annotations

from ..types.world import World
from .run import Run


def is_personal(run: Run, entity: str) -> bool:
    """Whether a row of an entity is about one person: by its own key, or by a person in the key."""
    return is_personal_in(run.epoch.world, entity)


def is_personal_in(world: World, entity: str) -> bool:
    """The same where there is no run yet."""
    info = world.entities.get(entity)
    if info is None:
        return False
    parts = [info.columns[name] for name in info.key if name in info.columns]
    return any(name in info.personal for name in info.key) or any(
        type.kind == "row" and type.name != entity and is_personal_in(world, type.name) for type in parts
    )


def personal_entities(run: Run) -> frozenset[str]:
    """The entities whose rows or labels are about one person."""
    found = run.epoch.world.entities.values()
    return frozenset(one.name for one in found if is_personal(run, one.name) or one.label in one.personal)
