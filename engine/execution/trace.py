"""How a cell came about: the tree of everything that was evaluated for it, with the values seen on the way."""

from __future__ import annotations

from dataclasses import dataclass

from ..plan.plan import Node
from .values import Key, Value


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows that an aggregate or a window saw: in, out and possible ones, and how many rows the trace leaves out."""

    rows_in: int
    rows_out: int
    possible: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One node, evaluated for the row `key` of `entity`, with its value.

    `children` are the nodes that were read for it, in the order of reading; a branch not taken is not there. A stored
    column (`Reference`) has none: ask for its own trace. Those of an aggregate belong to the rows that decided, as
    their own `key` says, and `seen` counts all of them.
    """

    node: Node
    entity: str
    key: Key
    value: Value
    children: tuple[Trace, ...] = ()
    seen: Seen | None = None
