"""Going through a tree: its children, all its nodes, and a changed copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeAlias, TypeVar, get_args

from .expr import Expr, Order, OrderKey, Place, Rows, Sentence

Node: TypeAlias = Expr | Rows | Order | OrderKey | Sentence
"""Whatever the parser makes."""

N = TypeVar("N", bound=Node)


CONTENTS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.name not in ("span", "id")) for kind in get_args(Node)
}
"""The fields of each kind of node that may hold nodes: all but its place and its id."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below, as they are declared: mostly the order in which they are written."""
    found: list[Any] = []
    for name in CONTENTS[type(node)]:
        value = getattr(node, name)
        if isinstance(value, Place):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(item for item in value if isinstance(item, Place))
    return tuple(found)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before its children, from left to right."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(children(found)))


def transform(node: N, change: Callable[[Node], Node]) -> N:
    """The tree with `change` applied to every node from the leaves up; `change` returns a node of the same slot.

    A node whose children stay the same is handed to `change` as it is, so an unchanged tree is the same object. A
    node with new children keeps its place and its id.
    """
    changed: dict[str, Any] = {}
    for name in CONTENTS[type(node)]:
        value = getattr(node, name)
        after = value
        if isinstance(value, Place):
            after = transform(value, change)  # type: ignore[type-var]
        elif isinstance(value, tuple):
            items = tuple(transform(item, change) if isinstance(item, Place) else item for item in value)  # type: ignore[type-var]
            after = value if all(a is b for a, b in zip(items, value, strict=True)) else items
        if after is not value:
            changed[name] = after
    return change(replace(node, **changed) if changed else node)  # type: ignore[return-value]


def depth(node: Node) -> int:
    """How many nodes stand one within the other at the deepest place; measured without recursion."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        found, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(found))
    return deepest
