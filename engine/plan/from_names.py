"""Checked names as nodes: columns, cells, and walks along relations to one row."""

from __future__ import annotations

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..types.checked import CellUse, DataUse, DefinitionUse, RelationUse, RowUse, ValueUse
from ..types.datatypes import TEXT
from ..types.world import Relation
from .plan import Cell, Const, Lookup, Node, Scan
from .planner import Planner, Scope, outward


def name(planner: Planner, expr: ast.Name, scope: Scope) -> Node:
    """The node of a bare name."""
    use = planner.epoch.uses[expr.id]
    found = planner.type(expr)
    match use:
        case DataUse(entity=entity, column=column, level=level):
            return outward(Scan(entity, column, found), level)
        case DefinitionUse(entity=entity, name=defined, level=level):
            return outward(planner.stored(entity, defined), level)
        case CellUse(path=path):
            return Cell(path, found)
        case ValueUse(value=value):
            return Const(value, found)
        case RowUse(entity=entity, level=level):
            return outward(planner.key(entity), level)
        case RelationUse(entity=entity, relation=relation, level=level):
            return outward(_row(planner, entity, relation), level)
        case _:
            raise AssertionError(f"no node for {use}")


def member(planner: Planner, expr: ast.Member, scope: Scope) -> Node:
    """The node of `base.name`: a leaf of the row that the base walks to."""
    use = planner.epoch.uses[expr.id]
    match use:
        case CellUse(path=path):
            return Cell(path, planner.type(expr))
        case DataUse(entity=entity, column=column):
            leaf: Node = Scan(entity, column, planner.epoch.world.entities[entity].columns[column])
        case DefinitionUse(entity=entity, name=defined):
            leaf = planner.stored(entity, defined)
        case RelationUse(entity=entity, relation=relation):
            leaf = _row(planner, entity, relation)
        case _:
            raise AssertionError(f"no node for {use}")
    return _at(planner, expr.base, leaf)


def outward_expr(planner: Planner, expr: ast.Outward, scope: Scope) -> Node:
    """The node of an expression that the row outside reads."""
    return outward(planner.node(expr.value, scope[1:]), 1)


def _at(planner: Planner, base: Expr, leaf: Node) -> Node:
    """`leaf` of the row that `base` walks to, as a node of the row where the walk begins."""
    use = planner.epoch.uses[base.id]
    match use:
        case RowUse(level=level):
            return outward(leaf, level)
        case RelationUse(entity=entity, relation=relation, level=level):
            node = _walk(planner, entity, relation, leaf)
            return _at(planner, base.base, node) if isinstance(base, ast.Member) else outward(node, level)
        case DefinitionUse(entity=entity, name=defined, level=level):
            row = planner.stored(entity, defined)
            found = Lookup(row.type.name, ((planner.key(row.type.name).column, row),), leaf, leaf.type.maybe())
            return _at(planner, base.base, found) if isinstance(base, ast.Member) else outward(found, level)
        case CellUse(path=path):
            assert isinstance(base, ast.Member)
            place = planner.type(base).name
            key = planner.key(place)
            return Lookup(place, ((key.column, Cell(path, planner.type(base))),), leaf, leaf.type.maybe())
        case _:
            raise AssertionError(f"no walk along {use}")


def _walk(planner: Planner, entity: str, relation: Relation, leaf: Node) -> Node:
    """`leaf` of the one row to which a relation leads."""
    if relation.to == "state":
        return Lookup("state", (("state", Const("state", TEXT)),), leaf, leaf.type)
    target = planner.epoch.world.entities[relation.to]
    if relation.where:
        bound = dict(relation.where)
        on = tuple((column, planner.node(bound[column], (entity,))) for column in target.key)
    else:
        here = planner.epoch.world.entities[entity]
        on = tuple(
            (column, Scan(entity, source, here.columns[source]))
            for column, source in zip(target.key, relation.columns, strict=True)
        )
    return Lookup(relation.to, on, leaf, leaf.type.maybe())


def _row(planner: Planner, entity: str, relation: Relation) -> Node:
    """A row as a value: its key."""
    if relation.columns and not relation.where:
        source = relation.columns[0]
        return Scan(entity, source, planner.epoch.world.entities[entity].columns[source])
    return _walk(planner, entity, relation, planner.key(relation.to))
