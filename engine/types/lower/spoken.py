"""Tests that speak of indicators: what is said of one that is not rated, or does not apply, is left out.

`and` and `or` leave out such a part, as they leave out a criterion that does not apply. A part that says itself what
holds then, by `is known`, `is missing` or `or_else`, is read as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.walk import Node, children, transform, walk
from .build import Build

THIS_GROUP = "this_group"
"""How a value names the student group for which it is worked out."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A test without what is not rated, and whether anything is left of it; nothing where it is always whole."""

    test: Expr
    applies: Expr | None


Tables: TypeAlias = Mapping[str, Sequence[Expr]]
"""What the decision tables of a policy look at, by their names."""


def spoken(test: Expr, parts: Collection[str], tables: Tables = MappingProxyType({})) -> Spoken:
    """`test` without what it says of those of `parts` that are not rated or do not apply, itself or by a table."""
    make = Build(test.span)
    if isinstance(test, ast.And | ast.Or):
        each = [spoken(one, parts, tables) for one in test.operands]
        if all(one.applies is None for one in each):
            return Spoken(test, None)
        applies = [one.applies for one in each if one.applies is not None]
        whole = len(applies) < len(each)
        if isinstance(test, ast.Or):
            left = [one.test if one.applies is None else make.all_of(one.applies, one.test) for one in each]
            return Spoken(make.any_of(*left), None if whole else make.any_of(*applies))
        left = [one.test if one.applies is None else make.any_of(make.negated(one.applies), one.test) for one in each]
        return Spoken(make.all_of(*left), None if whole else make.any_of(*applies))
    if isinstance(test, ast.Not):
        inside = spoken(test.operand, parts, tables)
        return Spoken(make.negated(inside.test), inside.applies)
    named = dict.fromkeys(one.name for one in _read(test, tables) if one.name in parts)
    included: list[Expr] = [ast.Name(f"{name}: included", span=test.span) for name in named]
    return Spoken(test, make.all_of(*included) if included else None)


def holds(found: Spoken) -> Expr:
    """A test without what is not rated; false where nothing is left of it."""
    test = found.test
    return found.test if found.applies is None else Build(test.span).all_of(found.applies, found.test)


def read_from(value: Expr, parts: Collection[str]) -> tuple[str, ...]:
    """Those of `parts` that a value reads, and needs."""
    return tuple(dict.fromkeys(one.name for one in _read(value) if one.name in parts))


def _read(node: Node, tables: Tables = MappingProxyType({})) -> Iterator[ast.Name]:
    """The names that are read on the row itself, but for those whose absence is provided for."""
    if isinstance(node, ast.Name):
        yield node
        for read in tables.get(node.name, ()):
            yield from _read(read)
    elif not isinstance(node, ast.IsKnown | ast.OrElse | ast.Aggregate):
        for child in children(node):
            yield from _read(child, tables)


# -- for a student group ----------------------------------------------------------------------------------------------


def speaks_of_group(value: Expr, grouped: Collection[str]) -> bool:
    """Whether a value differs by student group: it names the group, or an indicator that is `grouped`."""
    inner = _inner(value)
    return any(
        isinstance(node, ast.Name) and (node.name == THIS_GROUP or (node.name in grouped and node.id not in inner))
        for node in walk(value)
    )


def for_group(value: Expr, group: str, grouped: Collection[str]) -> Expr:
    """`value` as it is read for a group: `this_group` is its name, and an indicator is that of the group."""
    inner = _inner(value)

    def change(node: Node) -> Node:
        if not isinstance(node, ast.Name):
            return node
        if node.name == THIS_GROUP:
            return ast.Text(group or "all_students", span=node.span)
        if group and node.name in grouped and node.id not in inner:
            return ast.Name(f"{node.name}, {group}", span=node.span)
        return node

    return transform(value, change)


def _inner(value: Expr) -> set[int]:
    """The names inside aggregates, which are those of other rows."""
    rows = (node for node in walk(value) if isinstance(node, ast.Aggregate))
    return {name.id for one in rows for name in walk(one) if isinstance(name, ast.Name)}
