"""The quotas of a priority list in an explanation: a row's place within each, how many it takes, its cut score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from ...execution.values import Key, Missing
from ...syntax.policy import PriorityList, Quota
from ...syntax.print import print_expr
from ..list_order import ListOrder, list_order
from ..replay import Replay, key_text, source_title, written_trace
from .explanation import Item, Note, Step
from .items import items_of


def quota_steps(replay: Replay, item: PriorityList, key: Key) -> Iterator[Item]:
    """Each quota in the order written, up to the one beyond which the row is or where its place cannot be told."""
    for quota in item.quotas:
        order = list_order(replay.run, item, quota)
        group = order.group(key)
        if group is None:
            yield Note(f"quota {quota.name}: its {_within(quota)} is not known")
            return
        inside = replay.interpreter.value(item.entity.text, f"{quota.name}: within", key)
        yield _step(replay, item, order, quota, key)
        if inside is not True:
            return


def _step(replay: Replay, item: PriorityList, order: ListOrder, quota: Quota, key: Key) -> Step:
    entity, group = item.entity.text, cast("Key", order.group(key))
    place = replay.interpreter.trace(entity, order.place_column, key)
    steps: list[Item] = []
    found = written_trace(replay, entity, f"{quota.name}: within", key, quota.limit)
    if found is not None:
        steps.append(Step("limit", found.value, found.node.type, items_of(replay, found, 1)))
    for name, text in (
        ("ranked_rows", "ranked within it"),
        ("cut_score", "cut score: the score of the last within it"),
    ):
        column = replay.columns[quota.name, name]
        steps.append(Step(text, replay.interpreter.value(quota.name, name, group), column.type))
    source = source_title(replay, quota.cite)
    law = f"; {quota.cite}" + (f": {source}" if source else "") if quota.cite else ""
    said = f"place within the quota {quota.name}, {_within(quota)} {key_text(replay, quota.name, group)}{law}"
    return Step(said, place.value, replay.columns[entity, order.place_column].type, tuple(steps))


def _within(quota: Quota) -> str:
    return " and ".join(word.text for word in quota.within)


def beyond_quota(replay: Replay, item: PriorityList, key: Key) -> str:
    """How a row that is beyond a quota stands to it: `place 3 of 4 in per_sector health, beyond the 2 it takes`."""
    name = replay.interpreter.value(item.entity.text, "list_quota", key)
    quota = next((one for one in item.quotas if one.name == name), None)
    if quota is None:
        return ""
    order = list_order(replay.run, item, quota)
    group, limit = cast("Key", order.group(key)), order.limit(key)
    place = replay.interpreter.value(item.entity.text, order.place_column, key)
    ranked = replay.interpreter.value(quota.name, "ranked_rows", group)
    of = quota.title or quota.name.replace("_", " ")
    takes = print_expr(quota.limit) if limit is None or isinstance(limit, Missing) else str(limit)
    return f"place {place} of {ranked} {of} ({key_text(replay, quota.name, group)}), beyond the quota of {takes}"
