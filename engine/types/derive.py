"""The world with what a policy derives: groups and crosses of entities, and relations that it binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..syntax.expr import Expr
from ..syntax.policy import DerivedEntity, Policy
from ..text.diagnostic import Diagnostics
from . import complaints
from .datatypes import Type
from .list_key import list_key
from .student_groups import GROUP, with_students
from .world import EntityInfo, Relation, World

InferIn = Callable[[Expr, str, Mapping[str, EntityInfo]], Type]
"""The type of an expression on a row of one of the entities that there are so far."""


def derive_world(world: World, policy: Policy, infer_in: InferIn, diagnostics: Diagnostics) -> World:
    """`world` with the policy's derived entities and relations; what names nothing is reported and left out."""
    entities = dict(world.entities)
    for item in policy.entities:
        if item.union:  # it is there already: what others are derived from
            continue
        if item.name in entities:
            diagnostics.report("N010", item.span, name=item.name, what="an entity")
        elif item.group is not None and item.group.text in entities:
            _add_group(entities, item, infer_in)
        elif item.cross and all(word.text in entities for word in item.cross):
            for word in item.cross:
                complaints.needs_one_key(diagnostics, word.span, "a crossing", word.text, len(entities[word.text].key))
            _add_cross(entities, item)
        else:
            for word in (*((item.group,) if item.group else ()), *item.cross):
                if word.text not in entities:
                    complaints.unknown_name(diagnostics, word.span, word.text, "among the entities", entities)
    for relation in policy.relations:
        here, there = entities.get(relation.entity.text), entities.get(relation.to.text)
        for word, info in ((relation.entity, here), (relation.to, there)):
            if info is None:
                complaints.unknown_name(diagnostics, word.span, word.text, "among the entities", entities)
        if here is None or there is None:
            continue
        bound = dict.fromkeys(word.text for word, _ in relation.where)
        for word, _ in relation.where:
            if word.text not in there.key:
                complaints.unknown_name(diagnostics, word.span, word.text, f"in the key of {there.name}", there.key)
        unbound = tuple(column for column in there.key if column not in bound)
        made = Relation(
            relation.name,
            there.name,
            where=tuple((word.text, value) for word, value in relation.where if word.text in there.key),
            unbound=unbound,
            optional=True,
            complete=there.complete,
            span=relation.span,
        )
        if unbound:
            columns = ", ".join(f"`{column}`" for column in unbound)
            free = ", ".join(f"`{column}: …`" for column in unbound)
            help = f"add {free} under `where:`" + (" such as `area: jurisdiction.area`" if "area" in unbound else "")
            diagnostics.report("N011", relation.span, help=help, name=relation.name, to=there.name, columns=columns)
        if relation.name in here.relations or relation.name in here.columns:
            diagnostics.report("N010", relation.span, name=relation.name, what=f"a column or relation of {here.name}")
            continue
        entities[here.name] = replace(here, relations={**here.relations, relation.name: made})
    return World(entities, {info.rows_name: name for name, info in entities.items() if info.rows_name})


def _add_group(entities: dict[str, EntityInfo], item: DerivedEntity, infer_in: InferIn) -> None:
    assert item.group is not None
    of = entities[item.group.text]
    columns = {word.text: infer_in(value, of.name, entities).certain() for word, value in item.by}
    rows = Relation(of.rows_name, of.name, many=True, by=tuple((word.text, value) for word, value in item.by))
    parents = {
        name: Relation(name, found.name, columns=(name,)) for name, found in columns.items() if found.kind == "row"
    }
    entities[item.name] = EntityInfo(
        item.name, f"{item.name}s", tuple(columns), columns, {of.rows_name: rows, **parents}, item.title, derived=True
    )
    _give_back(entities, item.name, columns)


def _add_cross(entities: dict[str, EntityInfo], item: DerivedEntity) -> None:
    columns = {word.text: _of_crossed(entities[word.text]) for word in item.cross}
    parents = {name: Relation(name, name, columns=(name,)) for name, type in columns.items() if type.kind == "row"}
    made = EntityInfo(item.name, f"{item.name}s", tuple(columns), columns, parents, item.title, derived=True)
    entities[item.name] = with_students(made, entities)
    _give_back(entities, item.name, columns)


def _of_crossed(info: EntityInfo) -> Type:
    """What a crossing holds of one that is crossed: the row, or the name of a student group, which is all there is."""
    return info.columns[info.key[0]] if info.derived and info.name == GROUP else Type("row", name=info.name)


def _give_back(entities: dict[str, EntityInfo], name: str, columns: Mapping[str, Type]) -> None:
    """Each parent of a derived entity has its rows as a *many* relation."""
    for column, found in columns.items():
        parent = entities.get(found.name) if found.kind == "row" else None
        if parent is not None and len(parent.key) == 1 and f"{name}s" not in parent.relations:
            rows = Relation(f"{name}s", name, many=True, match=((column, parent.key[0]),))
            entities[parent.name] = replace(parent, relations={**parent.relations, f"{name}s": rows})


def add_records(world: World, entity: str, table: str) -> World:
    """`world` in which rows of `entity` reach, as a *many* relation, the rows of a table that names its subject by
    text, and where the table has an area, the subject and the area.
    """
    info, records = world.entities.get(entity), world.entities.get(table)
    key = list_key(info) if info is not None else None
    if info is None or records is None or key is None or ("area" in records.columns) != bool(key.area):
        return world
    match = tuple(zip(("subject", "area"), key.columns, strict=False))
    made = Relation(records.rows_name, table, many=True, match=match, complete=records.complete)
    changed = replace(info, relations={**info.relations, records.rows_name: made})
    return replace(world, entities={**world.entities, entity: changed})
