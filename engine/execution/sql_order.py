"""The values by which rows are put in order; a key at the end is the number of the row, which is less to sort."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan.plan import OrderBy, Scan
from . import sql_tree as sql
from .sql_rows import Rows
from .sql_tree import Tree


def in_order(rows: Rows, order: Sequence[OrderBy]) -> list[tuple[Tree, bool]]:
    """The values of an order with whether they descend. What follows a key of one column decides nothing."""
    number, keys = rows.layout.numbers.get(rows.entity), [name for name, _ in rows.layout.keys[rows.entity]]
    last = next((place for place in range(len(order)) if number and _is_key(order[place:], keys)), None)
    if number is None or last is None:
        return [(rows.exact(by.value), by.descending) for by in order]
    found = [(rows.exact(by.value), by.descending) for by in order[:last]]
    return [*found, (sql.column(number), order[last].descending)]


def _is_key(order: Sequence[OrderBy], keys: Sequence[str]) -> bool:
    """Whether an order begins with all key columns in their order, all one way."""
    ahead = order[: len(keys)]
    return (
        len(ahead) == len(keys)
        and all(isinstance(by.value, Scan) and by.value.column == key for by, key in zip(ahead, keys, strict=True))
        and len({by.descending for by in ahead}) == 1
    )
