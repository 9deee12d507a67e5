"""The reference interpreter with something taken to be otherwise: a cell, a parameter, a column, a value of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import Any

from ...execution.inputs import Rows
from ...execution.reference import Interpreter, Row
from ...execution.values import Key, Scalar, Value
from ...plan.from_checked import nodes_in
from ...plan.plan import Aggregate, Cell, Close, Cross, Group, InForce, Lookup, Node, Over, Plan, Reference, Scan, Union
from ..replay import Replay

CellOf = tuple[str, Key, str]
"""Entity, key and column."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is taken to be otherwise.

    `cells` of the data; `parameters` by path, in force on the day of `dates` (the as-of date where there is none);
    `columns` that are computed by another node; `values` that a column has in one row; `answers` of a node, by its
    identity, in one row.
    """

    cells: Mapping[CellOf, Value] = field(default_factory=dict)
    parameters: Mapping[str, Scalar | None] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], Node] = field(default_factory=dict)
    values: Mapping[CellOf, Value] = field(default_factory=dict)
    answers: Mapping[tuple[int, str, Key], bool] = field(default_factory=dict)


class WhatIf(Interpreter):
    """What a run would give: what does not rest on anything that is otherwise is taken from the run's own replay."""

    def __init__(self, replay: Replay, supposed: Supposed) -> None:
        binding, plan = replay.run.binding, replay.run.plan
        cells, schedules = dict(binding.cells), dict(binding.schedules)
        for path, value in supposed.parameters.items():
            day = supposed.dates.get(path, binding.as_of)
            if day == binding.as_of or path not in supposed.dates:
                cells[path] = value
            schedules[path] = _in_force(schedules.get(path, ()), day, value)
        super().__init__(plan, _Rows(replay.rows, supposed.cells), cells, schedules)
        self._replay, self._supposed, self._base = replay, supposed, replay.interpreter
        for at, node in supposed.columns.items():
            self._columns[at] = replace(self._columns[at], node=node)
        self._touched, self._remade = _touched(plan, supposed) if _any(supposed) else (frozenset(), frozenset())

    def keys(self, entity: str) -> tuple[Key, ...]:
        """The keys of every row of an entity."""
        return super().keys(entity) if entity in self._remade else self._base.keys(entity)

    def value(self, entity: str, name: str, key: Key) -> Value:
        """The value of a column for one row, where that is so."""
        supposed = self._supposed.values
        if supposed and (entity, key, name) in supposed:
            return supposed[entity, key, name]
        if (entity, name) in self._touched or entity in self._remade:
            return super().value(entity, name, key)
        return self._base.value(entity, name, key)

    def evaluate(self, node: Node, row: Row) -> Value:
        """The value of a node for a row, or what is supposed of it."""
        answers = self._supposed.answers
        if answers and (id(node), row.entity, row.key) in answers:
            return answers[id(node), row.entity, row.key]
        return super().evaluate(node, row)

    def matching(self, over: Over, row: Row) -> Sequence[Key]:
        """The keys of the rows that an aggregate looks at, before its filter."""
        return self._matching(over, row)

    def _index(self, over: Over) -> dict[Key, list[Key]]:
        read = {place for child, _ in over.match for place in _reads(child)}
        if over.entity in self._remade or read & self._touched:
            return super()._index(over)
        return self._base._index(over)


class _Rows:
    """The rows of the data with some cells otherwise."""

    def __init__(self, rows: Rows, cells: Mapping[CellOf, Value]) -> None:
        self._rows, self._cells = rows, cells

    def keys(self, entity: str) -> Sequence[Key]:
        """The keys of a table: no row comes or goes."""
        return self._rows.keys(entity)

    def cell(self, entity: str, key: Key, column: str) -> Value:
        """What stands in a cell."""
        found = self._cells.get((entity, key, column))
        return self._rows.cell(entity, key, column) if found is None else found

    def source(self, entity: str, key: Key) -> tuple[str, int] | None:
        """Where a row was read."""
        return self._rows.source(entity, key)


def _any(supposed: Supposed) -> bool:
    return any((supposed.cells, supposed.parameters, supposed.columns, supposed.values, supposed.answers))


def _in_force(
    schedule: Sequence[tuple[Date, Scalar | None]], day: Date, value: Scalar | None
) -> tuple[tuple[Date, Scalar | None], ...]:
    """The values by date with another one in force on a day; from the beginning where none is."""
    at = sum(starts <= day for starts, _ in schedule) - 1
    if at < 0:
        return ((Date.min, value), *schedule)
    return (*schedule[:at], (schedule[at][0], value), *schedule[at + 1 :])


def _reads(node: Any) -> set[tuple[str, str]]:
    """The columns, computed ones and those of the data, that a node names."""
    found = set()
    for one in nodes_in(node):
        if isinstance(one, Scan):
            found.add((one.entity, one.column))
        elif isinstance(one, Reference):
            found.add((one.column.entity, one.column.name))
    return found


@dataclass(frozen=True, slots=True)
class _Ties:
    """What a column or the rows of an entity rest on directly."""

    columns: frozenset[tuple[str, str]]
    paths: frozenset[str]
    entities: frozenset[str]


_TIES: list[tuple[Plan, dict[tuple[str, str], _Ties], dict[str, _Ties]]] = []
"""Those of the plan that was asked for last."""


def _ties_of(plan: Plan) -> tuple[dict[tuple[str, str], _Ties], dict[str, _Ties]]:
    for one, columns, entities in _TIES:
        if one is plan:
            return columns, entities
    columns = {(column.id.entity, column.id.name): _ties(column.node) for column in plan.columns}
    entities = {}
    for entity in plan.entities:
        made = entity.source
        match made:
            case Group(of=of, by=by):
                ties = [_ties(node) for _, node in by]
                read = frozenset().union(*(one.columns for one in ties))
                paths = frozenset().union(*(one.paths for one in ties))
                entities[entity.name] = _Ties(read, paths, frozenset((of,)))
            case Close(edges=edges, start=start, end=end, or_itself=itself):
                ends = frozenset(((edges, start), (edges, end)))
                entities[entity.name] = _Ties(ends, frozenset(), frozenset((edges, itself)))
            case Cross(of=parents) | Union(of=parents):
                entities[entity.name] = _Ties(frozenset(), frozenset(), frozenset(parents))
    _TIES[:] = [(plan, columns, entities)]
    return columns, entities


def _ties(node: Any) -> _Ties:
    inside = nodes_in(node)
    paths = frozenset(one.path for one in inside if isinstance(one, Cell | InForce))
    overs = {one.over.entity for one in inside if isinstance(one, Aggregate)}
    looked = {one.entity for one in inside if isinstance(one, Lookup)}
    return _Ties(frozenset(_reads(node)), paths, frozenset(overs | looked))


def _touched(plan: Plan, supposed: Supposed) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """The columns, of the data too, that may come out otherwise, and the entities whose rows may."""
    columns, entities = _ties_of(plan)
    touched = {(entity, column) for entity, _, column in (*supposed.cells, *supposed.values)} | set(supposed.columns)
    asked = {place for place, _, _ in supposed.answers}
    for column in plan.columns if asked else ():
        if any(id(node) in asked for node in nodes_in(column.node)):
            touched.add((column.id.entity, column.id.name))
    paths, remade = set(supposed.parameters), set[str]()
    while True:
        before = len(touched), len(remade)
        for name, ties in entities.items():
            if name not in remade and (ties.columns & touched or ties.paths & paths or ties.entities & remade):
                remade.add(name)
        for at, ties in columns.items():
            if at not in touched and (ties.columns & touched or ties.paths & paths or ties.entities & remade):
                touched.add(at)
        if (len(touched), len(remade)) == before:
            return frozenset(touched), frozenset(remade)
