"""Unions: rows of several tables side by side as an entity of their own, each with the way back to what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.policy import DerivedEntity, Policy, Word
from ..text.diagnostic import Diagnostics
from ..text.source import Span
from . import complaints
from .datatypes import TEXT, Type
from .lower.build import Build
from .world import EntityInfo, Relation, World

KIND = "kind"
"""The column of a union that names the table of a row."""

ANOTHER_KIND = "another kind"
"""Why what only rows of one table have is missing in the others."""


def add_unions(world: World, policy: Policy, diagnostics: Diagnostics) -> World:
    """`world` with the policy's unions. Reports N001, N010, N017 and N090; what cannot be a member is left out."""
    entities = dict(world.entities)
    made_of_others = {item.name for item in policy.entities}
    for item in policy.entities:
        if item.union and item.name in world.entities:
            diagnostics.report("N010", item.span, name=item.name, what="an entity")
        elif item.union:
            members: dict[str, EntityInfo] = {}
            for word in item.union:
                if word.text in made_of_others:
                    _refuse(word, "it is itself made of other things", diagnostics)
                elif word.text not in world.entities:
                    complaints.unknown_name(diagnostics, word.span, word.text, "among the tables", world.entities)
                elif _can_stand(world.entities[word.text], word, item, diagnostics):
                    members[word.text] = world.entities[word.text]
            if members:
                entities[item.name] = made = _union(item, tuple(members.values()))
                _give_back(entities, made, tuple(members.values()))
    return World(entities, {info.rows_name: name for name, info in entities.items() if info.rows_name})


def _can_stand(info: EntityInfo, word: Word, item: DerivedEntity, diagnostics: Diagnostics) -> bool:
    """Whether rows of a table can be told apart in a union by one text each."""
    if len(info.key) != 1:
        complaints.needs_one_key(diagnostics, word.span, "a union", info.name, len(info.key))
        return False
    key = info.columns[info.key[0]]
    if info.name == "state" or key.kind != "text":
        found = "it is not a table" if info.name == "state" else f"its key `{info.key[0]}` is {key}, not a code"
        _refuse(word, found, diagnostics)
        return False
    if word.text in (KIND, key_of(item.name)):
        diagnostics.report("N010", word.span, name=word.text, what=f"part of the key of {item.name}")
        return False
    return True


def _refuse(word: Word, problem: str, diagnostics: Diagnostics) -> None:
    help = "put tables of the data side by side, each with a code of its own as its key"
    diagnostics.report("N090", word.span, help=help, name=word.text, problem=problem)


def key_of(union: str) -> str:
    """The column of a union that holds the code that a row has in its own table."""
    return f"{union}_id"


def _union(item: DerivedEntity, members: Sequence[EntityInfo]) -> EntityInfo:
    names, key = tuple(member.name for member in members), key_of(item.name)
    columns = {KIND: Type("enum", name=KIND, values=names, ordered=True), key: TEXT}
    make = Build(item.span)

    def itself(member: EntityInfo) -> Relation:
        is_one = make.compare(make.name(KIND), "=", make.text(member.name))
        code = make.choice((is_one, make.name(key)), otherwise=make.missing(ANOTHER_KIND))
        where = ((member.key[0], code),)
        return Relation(member.name, member.name, where=where, optional=True, complete=member.complete, span=item.span)

    return EntityInfo(
        item.name,
        f"{item.name}s",
        (KIND, key),
        columns,
        {member.name: itself(member) for member in members},
        item.title,
        complete=all(member.complete for member in members),
        derived=True,
        personal=frozenset((key,) if any(member.key[0] in member.personal for member in members) else ()),
        members=names,
    )


def _give_back(entities: dict[str, EntityInfo], union: EntityInfo, members: Sequence[EntityInfo]) -> None:
    """Each entity to which all members refer by one name has the rows of the union as a *many* relation, where no
    other name of theirs leads there too, or the name is the entity's own.
    """
    leads: dict[str, list[str]] = {}
    for name, found in members[0].columns.items():
        if found.kind == "row" and all(same(found, member.columns.get(name)) for member in members):
            leads.setdefault(found.name, []).append(name)
    for to, names in leads.items():
        parent, chosen = entities[to], names[0] if len(names) == 1 else (to if to in names else "")
        if chosen and len(parent.key) == 1 and union.rows_name not in parent.relations:
            by = ((parent.key[0], ast.Name(chosen, span=union_span(union))),)
            rows = Relation(union.rows_name, union.name, many=True, by=by, complete=union.complete, on_demand=True)
            entities[to] = replace(parent, relations={**parent.relations, union.rows_name: rows})


def union_span(union: EntityInfo) -> Span:
    """Where the policy declares a union."""
    return union.relations[union.members[0]].span


def same(one: Type, other: Type | None) -> bool:
    """Whether values of two members are alike, so that the union has them under one name."""
    if other is None or one.kind != other.kind or one.kind == "unknown":
        return False
    if one.kind == "number":
        return one.unit == other.unit
    return (one.name, one.values, one.ordered) == (other.name, other.values, other.ordered)
