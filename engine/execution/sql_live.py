"""Which columns of a working table nothing reads any more: each query that carries them on would write them anew."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan.plan import UNKEPT, Column, Plan, Reference, Scan
from .sql_layout import Layout, parts
from .sql_needs import Stored, host_function


class Live:
    """What each column of a plan reads, and what its derived entities read."""

    def __init__(self, plan: Plan) -> None:
        self._reads = {id(column): _reads(column.node) for column in plan.columns}
        self._sources = {place for entity in plan.entities for place in _reads(entity.source)}

    def dead(self, layout: Layout, batch: Sequence[Column], waiting: Sequence[Column]) -> frozenset[str]:
        """The places in the table of the batch's entity that need not be written: columns of the data, and columns of
        the plan that are not among the results, which neither a derived entity nor a column that waits beyond the
        batch reads.
        """
        entity, finished = batch[0].id.entity, {id(column) for column in batch if not host_function(column.node)}
        live = set(self._sources)
        for column in waiting:
            if id(column) not in finished:
                live |= self._reads[id(column)]
        found: list[str] = []
        for name, type in layout.scans.get(entity, {}).items():
            if (entity, name) not in live:
                found += layout.places(entity, "data", name, type)
        for (owner, name), column in layout.columns.items():
            if owner == entity and column.id.role in UNKEPT and (entity, name) not in live:
                found += layout.places(entity, "", name, column.type)
        return frozenset(found)


def _reads(part: object) -> set[Stored]:
    found: set[Stored] = set()
    ahead: list[object] = [part]
    while ahead:
        one = ahead.pop()
        if isinstance(one, Scan):
            found.add((one.entity, one.column))
        elif isinstance(one, Reference):
            found.add((one.column.entity, one.column.name))
        ahead += parts(one) if one is not None else []
    return found
