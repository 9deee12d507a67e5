"""By what a priority list names its rows: the code of a thing, or of a thing and an area (a regional list)."""

from __future__ import annotations

from dataclasses import dataclass

from .world import EntityInfo

AREA = "area"
LISTED_THERE = "listed there"
"""The function `listed(thing in area as of d)` of one area alone. No text parses to it."""


@dataclass(frozen=True, slots=True)
class ListKey:
    """The column that names the `thing`, and on a regional list the one that names the `area`.

    `thing_entity` is what kind of thing it is: the listed entity itself, or on a regional list that of the column.
    """

    thing: str
    thing_entity: str
    area: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the key."""
        return (self.thing, self.area) if self.area else (self.thing,)

    @property
    def records(self) -> str:
        """The table of earlier lists of this kind."""
        return "regional_listing" if self.area else "listing"


def list_key(info: EntityInfo) -> ListKey | None:
    """By what the rows of an entity are listed; nothing where they have neither one code nor those of a thing and an
    area.
    """
    if len(info.key) == 1:
        return ListKey(info.key[0], info.name)
    kinds = {name: info.columns[name] for name in info.key}
    areas = [name for name, type in kinds.items() if type.kind == "row" and type.name == AREA]
    things = [name for name, type in kinds.items() if type.kind == "row" and type.name != AREA]
    if len(info.key) == 2 and len(areas) == 1 and len(things) == 1:
        return ListKey(things[0], kinds[things[0]].name, areas[0])
    return None
