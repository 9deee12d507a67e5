"""Student groups as rows: one for each group of the policy, to be crossed with places, and who is in which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.policy import Policy
from .datatypes import Type
from .lower.build import Build
from .world import EntityInfo, Relation, World, reference

GROUP = "student_group"
"""The entity of student groups, and its key column."""


def add_student_groups(world: World, policy: Policy) -> World:
    """`world` with the policy's student groups as rows, whose key is one of their names."""
    names = tuple(group.name for group in policy.student_groups)
    if not names or GROUP in world.entities:
        return world
    key = Type("enum", name=GROUP, values=names)
    info = EntityInfo(GROUP, "", (GROUP,), {GROUP: key}, {}, title="A group of students", derived=True)
    return replace(world, entities={**world.entities, GROUP: info})


def with_students(crossing: EntityInfo, entities: Mapping[str, EntityInfo]) -> EntityInfo:
    """A crossing of places with student groups that has, as a *many* relation, the students of the place who are in
    the group. Without a way from a student to all that is crossed it stays as it is.
    """
    student = entities.get("student")
    if student is None or GROUP not in crossing.columns or student.rows_name in crossing.relations:
        return crossing
    ways = {column: _way(entities, type.name) for column, type in crossing.columns.items() if column != GROUP}
    if not ways or any(way is None for column, way in ways.items() if column != "state"):
        return crossing
    make = Build()
    groups = crossing.columns[GROUP].values
    rows = Relation(
        student.rows_name,
        student.name,
        many=True,
        by=tuple((column, way) for column, way in ways.items() if way is not None),
        choose=GROUP,
        among=tuple((name, ast.Call("in_group", (make.name(name),))) for name in groups),
        complete=student.complete,
        on_demand=True,
    )
    return replace(crossing, relations={**crossing.relations, rows.name: rows})


def _way(entities: Mapping[str, EntityInfo], to: str) -> Expr | None:
    """What a student reads to know a place: its school, or where that school leads."""
    make, student, school = Build(), entities["student"], entities.get("school")
    at, beyond = reference(student, "school"), reference(school, to) if school is not None else ""
    if at and to == "school":
        return make.name(at)
    if at and beyond:
        return make.name(f"{at}.{beyond}")
    return None


def belonging(relation: Relation, owner: Expr | None, where: Expr | None) -> Expr | None:
    """The filter of rows reached by a relation: those that belong to the value of `choose` of the row that asks (of
    the row `owner` where that is another), and of these those for which `where` holds.
    """
    if not relation.among:
        return where
    make = Build()
    chosen: Expr = ast.Member(owner, relation.choose) if owner is not None else make.name(relation.choose)
    tests: Iterable[Expr] = (
        make.all_of(make.compare(ast.Outward(chosen), "=", make.text(value)), test) for value, test in relation.among
    )
    belongs = make.any_of(*tests)
    return belongs if where is None else make.all_of(belongs, where)
