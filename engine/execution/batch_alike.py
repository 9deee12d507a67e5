"""Scenarios that are alike to a step: what it reads is the same for them, so that it is done once for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .sql_batch import SCENARIO


@dataclass(frozen=True, slots=True)
class Alike:
    """Scenarios in groups. `of`: scenario → the number of its group; `firsts`: group → its first scenario."""

    of: tuple[int, ...]
    firsts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.firsts)

    def seen_by(self, other: Alike) -> list[int]:
        """For each group of another grouping, which divides these further, the group here."""
        return [self.of[first] for first in other.firsts]


def alike(keys: Iterable[Hashable]) -> Alike:
    """Scenarios in groups of those with equal keys, in the order of their firsts."""
    numbers: dict[Hashable, int] = {}
    firsts: list[int] = []
    of: list[int] = []
    for place, key in enumerate(keys):
        if key not in numbers:
            numbers[key] = len(firsts)
            firsts.append(place)
        of.append(numbers[key])
    return Alike(tuple(of), tuple(firsts))


def merged(groups: Alike, rows: Any) -> list[Hashable]:
    """For each scenario, what tells whether its rows are those of another: `rows` are those of each group, sorted, with
    the group in `#scenario`.
    """
    plain = rows.drop_columns([SCENARIO]).combine_chunks()
    told = [_bytes(part) for part in split(rows, groups.count, plain)]
    return [told[group] for group in groups.of]


def _bytes(rows: Any) -> bytes:
    """Rows that have the same bytes are the same; those that are the same may have others."""
    own = rows.take(pa.array(range(rows.num_rows), pa.int64()))  # a slice has bits of its neighbors
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(own)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def split(rows: Any, count: int, parts: Any = None) -> Iterator[Any]:
    """The rows of each of `count` groups, which stand together in their order; of `parts` where they are others with
    the same places.
    """
    found = pc.value_counts(rows.column(SCENARIO)).to_pylist()
    sizes = {one["values"]: one["counts"] for one in found}
    start = 0
    for number in range(count):
        size = sizes.get(number, 0)
        yield (rows if parts is None else parts).slice(start, size)
        start += size


def stacked(tables: Sequence[Any]) -> Any:
    """The rows of all groups under each other."""
    return pa.concat_tables(
        table.append_column(SCENARIO, pa.repeat(pa.scalar(number, pa.int32()), table.num_rows))
        for number, table in enumerate(tables)
    )
