"""Which rows the derived entities have: gathered by values, crossed, put side by side, or followed along a relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import cast

from ..plan.plan import Entity
from ..text.diagnostic import Diagnostics
from ..text.errors import PolicyError
from ..text.source import NOWHERE
from .values import Key, Scalar, Value, is_known


def grouped(values: Iterable[tuple[Value, ...]]) -> tuple[Key, ...]:
    """Each combination of values once; a row with a missing value forms no group."""
    return tuple({parts: None for parts in values if all(is_known(part) for part in parts)})  # type: ignore[misc]


def crossed(keys: Sequence[Sequence[Key]]) -> tuple[Key, ...]:
    """Every combination of the rows of several entities; the key is their keys one after the other."""
    return tuple(tuple(part for key in combination for part in key) for combination in product(*keys))


def joined(members: Iterable[tuple[str, Sequence[Key]]]) -> tuple[Key, ...]:
    """The rows of several entities side by side; the key is the entity's name and then the row's own key."""
    return tuple((name, *key) for name, keys in members for key in keys)


def check_crossing(entity: Entity, at_most: int, counts: Sequence[int]) -> None:
    """Stop before a crossing of so many rows of each entity is built that it would break its own bound.

    Raises PolicyError with X005. Every backend asks before it builds a crossing.
    """
    rows = prod(counts)
    if rows > at_most:
        diagnostics = Diagnostics()
        diagnostics.report(
            "X005",
            NOWHERE,
            help="write a larger `at_most`, or cross fewer rows",
            entity=entity.title or entity.name,
            rows=f"{rows:,}",
            at_most=f"{at_most:,}",
        )
        raise PolicyError(diagnostics.sorted())


def closed(edges: Iterable[tuple[Value, Value]], itself: Iterable[Scalar] = ()) -> tuple[Key, ...]:
    """Pairs (start, reached) by one or more edges, each once; an edge with a missing end leads nowhere.

    `itself`: the rows that reach themselves as well; the others do only on a cycle. Host function of every backend.
    """
    after: dict[Scalar, list[Scalar]] = defaultdict(list)
    for start, end in edges:
        if is_known(start) and is_known(end):
            after[cast("Scalar", start)].append(cast("Scalar", end))
    pairs = {(start, reached) for start in tuple(after) for reached in _reached(after, start)}
    pairs.update((row, row) for row in itself)
    return tuple(sorted(pairs))


def _reached(after: Mapping[Scalar, Sequence[Scalar]], start: Scalar) -> set[Scalar]:
    seen: set[Scalar] = set()
    ahead = list(after[start])
    while ahead:
        at = ahead.pop()
        if at not in seen:
            seen.add(at)
            ahead.extend(after.get(at, ()))
    return seen
