"""From a checked epoch to a plan: columns in order, entities, input cells, and what each column depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from ..syntax.expr import Call, Comparison, Expr
from ..syntax.policy import DerivedEntity
from ..types.checked import CheckedDefinition, CheckedEpoch, CheckedPolicy
from ..types.datatypes import TEXT, TRUTH, Type
from ..types.lower.which import WHICH
from ..types.world import EntityInfo
from .from_expr import fitted, make_node, truth
from .plan import (
    Cell,
    CellDeclaration,
    Close,
    Column,
    ColumnId,
    Compute,
    Const,
    Cross,
    Entity,
    Group,
    InForce,
    Named,
    Node,
    Plan,
    Reference,
    Scan,
    Union,
)
from .planner import Planner, seen, settled
from .same import Same


def plan_policy(checked: CheckedPolicy, epoch: CheckedEpoch, planner: Planner | None = None) -> Plan:
    """The plan of a checked policy in one of its epochs. Pure: no data, no parameter values, no as-of date; the same
    is made once for all who ask.

    `planner` is one of that epoch that makes some nodes otherwise.
    """
    return _planned(Same(checked), Same(epoch)) if planner is None else _plan_of(checked, epoch, planner)


@lru_cache(maxsize=16)
def _planned(checked: Same[CheckedPolicy], epoch: Same[CheckedEpoch]) -> Plan:
    return _plan_of(checked.thing, epoch.thing, Planner(checked.thing.policy, epoch.thing, make_node))


def _plan_of(checked: CheckedPolicy, epoch: CheckedEpoch, planner: Planner) -> Plan:
    plan_columns(planner)
    entities = _entities(planner)
    columns = _with_dependencies(planner.columns)
    scans = _scans(planner, columns, entities)
    return Plan(checked.policy.id, epoch.starts, entities, columns, _cells(columns), scans)


def plan_columns(planner: Planner) -> None:
    """Give a planner the columns of its epoch, each after those that it uses; always the same in the same order."""
    for definition in planner.epoch.definitions:
        planner.path, planner.span = definition.path, definition.span
        node = _definition(planner, definition)
        column = ColumnId(definition.entity, definition.name, definition.role, definition.path)
        planner.add(Column(column, node, definition.type, definition.span))
    for definition in planner.epoch.definitions:  # a sentence may speak of any rule, its own among them
        planner.path, planner.span = definition.path, definition.span
        _add_reasons(planner, definition)


def _definition(planner: Planner, definition: CheckedDefinition) -> Node:
    scope = (definition.entity,)
    if definition.expr is None:
        if definition.type.excusable:
            return Compute("criterion", (Const(None, TRUTH.maybe()), Const(True, TRUTH)), definition.type)
        return Const(None, definition.type, "not in force")
    node = fitted(planner.node(definition.expr, scope), definition.type)
    if definition.type.kind == "truth":
        node = truth(node)
    if definition.excuse is not None:
        excuse = settled(truth(planner.node(definition.excuse, scope)))
        return Compute("criterion", (node, excuse), definition.type)
    return node


def _add_reasons(planner: Planner, definition: CheckedDefinition) -> None:
    """The values that a rule's sentence names and, where it compares two numbers, both sides: columns beside it,
    so that
    every row can say why and by how much.
    """
    if definition.role not in ("criterion", "eligibility") or definition.expr is None:
        return
    scope, path = (definition.entity,), definition.path
    for place, part in enumerate(sentence_values(definition)):
        node = seen(settled(planner.node(part, scope)))
        column = ColumnId(definition.entity, f"{definition.name}: value {place + 1}", "sentence", path)
        planner.add(Column(column, node, node.type, part.span))
    if isinstance(definition.expr, Comparison) and planner.type(definition.expr.left).kind == "number":
        for side, expr in (("measured", definition.expr.left), ("required", definition.expr.right)):
            node = seen(planner.node(expr, scope))
            if node.type.kind == "number":
                column = ColumnId(definition.entity, f"{definition.name}: {side}", "sentence", path)
                planner.add(Column(column, node, node.type, expr.span))


def sentence_values(definition: CheckedDefinition) -> tuple[Expr, ...]:
    """The expressions in the sentence of a rule, in order."""
    found: list[Expr] = []
    for part in definition.because.parts if definition.because else ():
        if isinstance(part, Call) and part.function == WHICH:
            found += part.arguments  # the names, and how many there are
        elif not isinstance(part, str):
            found.append(part)
    return tuple(found)


def _entities(planner: Planner) -> tuple[Entity, ...]:
    """Entities of the data, then unions and what else is derived in the order written, then closures."""
    world = planner.epoch.world
    written = planner.policy.entities
    derived = {item.name: item for item in sorted(written, key=lambda item: not item.union)}
    plain = [
        Entity(info.name, tuple((key, info.columns[key].certain()) for key in info.key), None, info.label, info.title)
        for info in world.entities.values()
        if not info.derived and info.name != "state"
    ]
    made = [
        Entity(
            name, tuple((key, world.entities[name].columns[key].certain()) for key in world.entities[name].key),
            _source(planner, item), "", item.title,
        )
        for name, item in derived.items()
        if name in world.entities
    ]  # fmt: skip
    if "student_group" in {of.text for item in written for of in item.cross} and "student_group" in world.entities:
        made.insert(0, _student_groups(world.entities["student_group"]))
    state = Entity("state", (("state", TEXT),), None, "", "the whole")
    return (state, *plain, *made, *planner.closures.values())


def _student_groups(info: EntityInfo) -> Entity:
    """The rows that student groups are."""
    ((name, type),) = info.columns.items()
    return Entity(info.name, ((name, type),), Named(type.values), "", info.title)


def _source(planner: Planner, item: DerivedEntity) -> Group | Cross | Union:
    if item.union:
        return Union(planner.epoch.world.entities[item.name].members)
    if item.group is None:
        return Cross(tuple(word.text for word in item.cross), item.at_most)
    of = item.group.text
    by = tuple((word.text, seen(planner.node(value, (of,)))) for word, value in item.by)
    return Group(of, by)


# -- dependencies -----------------------------------------------------------------------------------------------


def parts(node: Any) -> tuple[Any, ...]:
    """The nodes (and `Over`, `OrderBy` records) directly inside a node, in order."""
    found: list[Any] = []
    for name in _contents(node):
        value = getattr(node, name)
        for one in value if isinstance(value, tuple) else (value,):
            for each in one if isinstance(one, tuple) else (one,):
                if _contents(each):
                    found.append(each)
    return tuple(found)


_CONTENTS: dict[type, tuple[str, ...]] = {Type: (), ColumnId: ()}


def _contents(part: Any) -> tuple[str, ...]:
    """The names of the fields of a record of the plan; none of anything else."""
    kind = type(part)
    if kind not in _CONTENTS:
        holds = is_dataclass(part) and not isinstance(part, type)
        _CONTENTS[kind] = tuple(field.name for field in fields(part)) if holds else ()
    return _CONTENTS[kind]


def nodes_in(node: Any) -> list[Any]:
    """A node and everything inside it."""
    found, todo = [], [node]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += parts(one)
    return found


def _with_dependencies(columns: list[Column]) -> tuple[Column, ...]:
    """Each column with its digest and, through everything that it uses, its input cells and data columns."""
    done: dict[tuple[str, str], Column] = {}
    for column in columns:
        done[column.id.entity, column.id.name] = with_dependencies(column, done)
    return tuple(done.values())


def with_dependencies(column: Column, done: Mapping[tuple[str, str], Column]) -> Column:
    """A column with its digest, cells and data columns, given those that it uses, by entity and name."""
    cells: set[str] = set()
    reads: set[tuple[str, str]] = set()
    for node in nodes_in(column.node):
        match node:
            case Cell(path=path) | InForce(path=path):
                cells.add(path)
            case Scan(entity=entity, column=name):
                reads.add((entity, name))
            case Reference(column=used):
                other = done[used.entity, used.name]
                cells |= other.cells
                reads |= other.reads
    digest = hashlib.sha256(_normal(column.node, done).encode()).hexdigest()
    return replace(column, cells=frozenset(cells), reads=frozenset(reads), digest=digest)


def _normal(node: Any, done: Mapping[tuple[str, str], Column]) -> str:
    """A text of a node in which the columns that it uses stand as their digests, so that names do not matter."""
    if isinstance(node, Reference):
        return f"#{done[node.column.entity, node.column.name].digest}"
    inside = []
    for field in fields(node):
        if field.name == "type":
            continue
        inside.append(_normal_value(getattr(node, field.name), done))
    return f"{type(node).__name__}({','.join(inside)})"


def _normal_value(value: Any, done: Mapping[tuple[str, str], Column]) -> str:
    if isinstance(value, tuple):
        return f"[{','.join(_normal_value(one, done) for one in value)}]"
    if is_dataclass(value) and not isinstance(value, type):
        return _normal(value, done)
    return repr(value)


def _cells(columns: tuple[Column, ...]) -> tuple[CellDeclaration, ...]:
    """Every input cell that some column reads, by path."""
    found: dict[str, Type] = {}
    for column in columns:
        for node in nodes_in(column.node):
            if isinstance(node, (Cell, InForce)):
                found.setdefault(node.path, node.type)
    return tuple(CellDeclaration(path, found[path]) for path in sorted(found))


def _scans(
    planner: Planner, columns: tuple[Column, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which columns of which tables are read: those used, with the keys and labels of their tables."""
    world = planner.epoch.world
    wanted: dict[str, set[str]] = {}
    roots: list[Any] = [column.node for column in columns]
    roots += [node for entity in entities if isinstance(entity.source, Group) for _, node in entity.source.by]
    for root in roots:
        for node in nodes_in(root):
            if isinstance(node, Scan):
                wanted.setdefault(node.entity, set()).add(node.column)
            elif hasattr(node, "entity"):
                wanted.setdefault(node.entity, set())
    for column in columns:
        wanted.setdefault(column.id.entity, set())
    for entity in entities:
        if isinstance(entity.source, Close):
            wanted.setdefault(entity.source.edges, set()).update((entity.source.start, entity.source.end))
            if entity.source.or_itself:
                wanted.setdefault(entity.source.or_itself, set())
        elif isinstance(entity.source, Group):
            wanted.setdefault(entity.source.of, set())
        elif isinstance(entity.source, Cross | Union):
            for name in entity.source.of:
                wanted.setdefault(name, set())
    found = []
    for name in sorted(wanted):
        info = world.entities.get(name)
        if info is None or info.derived or name == "state":
            continue
        extra = {*info.key, *([info.label] if info.label else []), *([info.area] if info.area else [])}
        found.append((name, tuple(sorted(wanted[name] | extra))))
    return tuple(found)
