"""What all members of a union have under one name, as columns of the union: made only where a rule reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ..datatypes import Type
from ..pending import Pending, lowered
from ..union import KIND, same, union_span
from ..world import EntityInfo, World
from .build import Build

TypeIn = Callable[[Expr, str], Type]
"""The type of an expression on a row of an entity."""


def union_columns(
    world: World, items: Sequence[Pending], types_with: Callable[[Sequence[Pending]], TypeIn]
) -> list[Pending]:
    """The columns of all unions. `items` are the computed columns that there are; `types_with` gives the types of
    expressions where these and the columns given are computed.

    A name is a column of a union where each member has it, as a column, a relation to one row or a computed column,
    and the values are alike.
    """
    unions = [info for info in world.entities.values() if info.members]
    computed: dict[str, list[str]] = {}
    for item in items:
        computed.setdefault(item.entity, []).append(item.name)
    found: list[Pending] = []
    later: list[tuple[EntityInfo, str]] = []
    for info in unions:
        members = [world.entities[name] for name in info.members]
        stored = [_stored(member) for member in members]
        taken = {*info.columns, *info.relations, *computed.get(info.name, ())}
        for name in dict.fromkeys((*stored[0], *computed.get(members[0].name, ()))):
            if name in taken:
                continue
            if all(name in types for types in stored):
                if all(same(stored[0][name], types[name]) for types in stored):
                    found.append(_column(info, name))
            elif all(name in (*stored[n], *computed.get(one.name, ())) for n, one in enumerate(members)):
                later.append((info, name))
    if later:
        type_in = types_with(found)
        for info, name in later:
            types = [type_in(ast.Name(name), member) for member in info.members]
            if all(same(types[0], found_there) for found_there in types):
                found.append(_column(info, name))
    return found


def _stored(info: EntityInfo) -> dict[str, Type]:
    """The columns of a table and the relations of its rows to one row, with their types."""
    ones = {
        name: Type("row", name=relation.to)
        for name, relation in info.relations.items()
        if not (relation.many or relation.unbound)
    }
    return {**info.columns, **ones}


def _column(info: EntityInfo, name: str) -> Pending:
    """What the row that a row of the union is has under a name: the last member's where it is of no other."""
    make = Build(union_span(info))
    *others, last = [(make.compare(make.name(KIND), "=", make.text(one)), _of(make, one, name)) for one in info.members]
    body = make.choice(*others, otherwise=last[1])
    return replace(lowered(f"entities.{info.name}", info.name, name, body, make.span, role="step"), on_demand=True)


def _of(make: Build, member: str, name: str) -> Expr:
    return ast.Member(make.name(member), name, span=make.span)
