"""Findings about a priority list: ties that decide, rows that wait and could take a place, exceptions about nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias, cast

from ..execution.values import Key
from ..syntax.policy import PriorityList
from .decode import key_text, keys_of, labels_of
from .list_names import list_names
from .list_order import ListOrder, orders_with_limits
from .priority_list import list_columns
from .run import Run

SHOWN = 6
"""Keys of a tie that are named."""

Said: TypeAlias = tuple[str, str, str, str]
"""Kind, key, name, message."""


def list_findings(run: Run, item: PriorityList) -> Iterator[Said]:
    """What a person should look at before a list is used."""
    orders = orders_with_limits(run, item)
    for order in orders:
        yield from _ties(order)
    yield from _could_take_a_place(run, item, orders)
    names = list_names(run, item)
    places = [tuple(str(key[place]) for place in names.places) for key in keys_of(run, item.entity.text)]
    known = {*places, *((thing,) for thing, *_ in places)}
    for one in item.exceptions:
        if ((one.key, one.area) if one.area else (one.key,)) not in known:
            yield "exception", one.key, "", f"the exception `{one.name}` is about a row that is not in the data"


def _ties(order: ListOrder) -> Iterator[Said]:
    """Ties at the limit, of a quota or of the list, that the policy does not break: the only ones that decide who is on
    the list.
    """
    run, entity = order.run, order.item.entity.text
    shared: dict[tuple[str, Fraction], list[Key]] = {}
    for key, place in order.places().items():
        shared.setdefault((group_text(order, key), place), []).append(key)
    where = "on the list" if order.quota is None else "within the quota"
    for (group, place), rows in sorted(shared.items()):
        limit = order.limit(rows[0])
        if limit is not None and place <= limit < place + len(rows) - 1:
            keys = [key_text(run, entity, key) for key in rows]
            named = ", ".join(keys[:SHOWN]) + (f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else "")
            so = "all of them are" if order.item.on_tie_at_limit == "include" else "none of them is"
            of = f" of {group}" if group else ""
            said = f"{len(keys)} rows share place {place}{of}, the limit is {limit}, and {so} {where}: {named}"
            yield "tie", keys[0], "", said


def group_text(order: ListOrder, key: Key) -> str:
    """The quota and the group in which a row is ranked, such as `per_sector health`; empty for the whole list."""
    if order.quota is None:
        return ""
    group = order.group(key)
    return order.quota.name + ("" if group is None else f" {key_text(order.run, order.quota.name, cast('Key', group))}")


def _could_take_a_place(run: Run, item: PriorityList, orders: list[ListOrder]) -> Iterator[Said]:
    """Undetermined rows that would stand within the limit, and within each quota, if they qualified: so few are surely
    before them.
    """
    entity, columns, keys = item.entity.text, list_columns(run), keys_of(run, item.entity.text)
    waiting = [
        row
        for row, status in enumerate(columns["list_status"])
        if status in ("pending_review", "left_off") and columns["qualifies"][row] is not False
    ]
    if not waiting or not orders:
        return
    names, rooms = labels_of(run, entity), [_room(order) for order in orders]
    for row in waiting:
        found = [room(keys[row]) for room in rooms]
        if True in found and False not in found:
            status = str(columns["list_status"][row]).replace("_", " ")
            message = f"is {status} and would stand within the limit if it qualified"
            yield "pending", key_text(run, entity, keys[row]), names.get(keys[row], ""), message


def _room(order: ListOrder) -> Callable[[Key], bool | None]:
    """Whether there may be room for a row among those that have a place; nothing where nothing is limited."""
    ranked = [(order.group(key), order.values(key)) for key in order.places()]

    def room(key: Key) -> bool | None:
        limit, group, mine = order.limit(key), order.group(key), order.values(key)
        if limit is None:
            return None
        return group is None or sum(of == group and order.surely_before(one, mine) for of, one in ranked) < limit

    return room
