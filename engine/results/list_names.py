"""How the rows of a priority list are named in its tables: key and name, and on a regional list the area and its."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from ..execution.values import Key
from ..syntax.policy import ListException, PriorityList
from ..types.list_key import AREA, ListKey, list_key
from .decode import labels_of
from .run import Run


@dataclass(frozen=True, slots=True)
class ListNames:
    """The columns that name a row, and the cells in them."""

    key: ListKey
    places: tuple[int, ...]
    things: dict[Key, str]
    areas: dict[Key, str]

    @property
    def columns(self) -> str:
        """The columns, as `table` takes them."""
        return "key name area area_name" if self.key.area else "key name"

    def cells(self, key: Key) -> tuple[str, ...]:
        """The cells of a row."""
        return self.of_record(*(str(key[place]) for place in self.places))

    def exception(self, item: PriorityList, key: Key, day: Date) -> ListException | None:
        """The exception of people that holds for a row on a day: the first that does."""
        thing, *area = (str(key[place]) for place in self.places)
        about = [one for one in item.exceptions if one.key == thing and one.area in ("", *area)]
        began = [one for one in about if one.starts is None or one.starts <= day]
        return next((one for one in began if one.ends is None or day < one.ends), None)

    def of_record(self, thing: str, area: str = "") -> tuple[str, ...]:
        """The cells of a thing, in an area on a regional list."""
        named = (thing, self.things.get((thing,), ""))
        return (*named, area, self.areas.get((area,), "")) if self.key.area else named


def list_names(run: Run, item: PriorityList) -> ListNames:
    """How the rows of a run's list are named."""
    info = run.epoch.world.entities[item.entity.text]
    key = list_key(info)
    assert key is not None
    areas = labels_of(run, AREA) if key.area and run.plan_has(AREA) else {}
    things = labels_of(run, key.thing_entity) if run.plan_has(key.thing_entity) else {}
    return ListNames(key, tuple(info.key.index(name) for name in key.columns), things, areas)
