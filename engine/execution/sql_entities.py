"""The working tables of entities: read from the data, gathered by values, crossed, side by side, or followed along
edges.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from ..plan.plan import Close, Cross, Entity, Group, Named, Plan, Union
from . import sql_tree as sql
from .reference_allocate import Shared
from .spelling import Spelling
from .sql_layout import Layout
from .sql_needs import Stored
from .sql_program import CheckCrossing, Closure, Load, Make, ShareOut, Step
from .sql_rows import Rows
from .sql_scope import Names, Scope
from .sql_tree import Tree
from .sql_value import exact, fitted, sql_type

STATE = "state"
"""The entity of the whole jurisdiction: one row, whose key is its name."""


@dataclass(slots=True)
class Building:
    """A program under construction: its steps so far, what is stored, and what the host has computed.

    hosted  column → the table of the host's results, and the columns that hold its operands
    shared  allocation → the step that shares out
    pretty  whether the text of a query is laid out for people
    """

    plan: Plan
    spelling: Spelling
    layout: Layout
    steps: list[Step] = field(default_factory=list)
    ready: set[Stored] = field(default_factory=set)
    hosted: dict[Stored, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    shared: dict[Shared, ShareOut] = field(default_factory=dict)
    pretty: bool = False

    def rows(self, entity: str) -> Rows:
        """The rows of an entity as they are stored now."""
        return Rows(self.layout, entity, Scope(self.layout.tables[entity], self.spelling, Names()))

    def add(self, entity: str, query: Tree, columns: list[str], table: str = "") -> None:
        """A step that makes the next working table of an entity, with these columns."""
        before = self.layout.tables.get(entity, "")
        table = table or self.layout.next_table(entity)
        self.layout.tables[entity] = table
        self.layout.kept[entity] = columns
        self.steps.append(Make(table, self.text(query), before))

    def text(self, query: Tree) -> str:
        """The text of a query."""
        return sql.render(query, self.spelling, pretty=self.pretty)


def make_entity(building: Building, entity: Entity) -> None:
    """Make the first working table of an entity: its keys, and its columns of the data."""
    keys = _key_names(building, entity)
    match entity.source:
        case None if entity.name == STATE:
            building.add(entity.name, exp.Select(expressions=[sql.alias(sql.text(STATE), keys[0])]), keys)
        case None:
            _load(building, entity)
        case Group():
            rows = building.rows(entity.source.of)
            values = [
                fitted(rows.value(node), type.certain(), rows.scope)
                for (_, node), (_, type) in zip(entity.source.by, entity.key, strict=True)
            ]
            outputs = {name: rows.scope.bind(value.main) for name, value in zip(keys, values, strict=True)}
            known = sql.every(sql.is_not_null(tree) for tree in outputs.values())
            building.add(entity.name, rows.scope.select(outputs, where=known, distinct=True), keys)
        case Cross():
            _cross(building, entity, entity.source, keys)
        case Named():
            named = [exp.Select(expressions=[sql.alias(sql.text(one), keys[0])]) for one in entity.source.names]
            building.add(entity.name, _stacked(named), keys)
        case Union():
            building.add(entity.name, _side_by_side(building, entity.source, keys), keys)
        case Close():
            _close(building, entity, entity.source, keys)


def _key_names(building: Building, entity: Entity) -> list[str]:
    return [value.main.name for value in building.layout.key_columns(entity.name)]


def _load(building: Building, entity: Entity) -> None:
    """The table of the data as it is, and the working table with the engine's own types."""
    layout, spelling = building.layout, building.spelling
    loaded = layout.next_table(f"{entity.name}_data")
    columns = [("key", name, type.certain()) for name, type in entity.key]
    columns += [("data", name, type) for name, type in layout.scans.get(entity.name, {}).items()]
    outputs: dict[str, Tree] = {}
    loads = []
    for space, name, type in columns:
        places = layout.places(entity.name, space, name, type)
        loads.append((places, name, type))
        kind = sql_type(type, spelling)
        outputs.update((place, sql.alias(sql.cast(sql.column(place), kind, spelling), place)) for place in places)
    number = layout.numbers[entity.name] = layout.place(entity.name, "row", "number")
    outputs[number] = sql.alias(sql.cast(sql.column(number), spelling.narrow, spelling), number)
    building.steps.append(Load(loaded, entity.name, tuple(loads), number))
    query = exp.Select(expressions=list(outputs.values()))
    query.set("from_", exp.From(this=sql.table(loaded)))
    building.add(entity.name, query, list(outputs))


def _cross(building: Building, entity: Entity, crossing: Cross, keys: list[str]) -> None:
    """Every combination, once the number of rows has been looked at."""
    names = iter(keys)
    counts, query = exp.Select(expressions=[]), exp.Select(expressions=[])
    for place, of in enumerate(crossing.of):
        one = exp.Select(expressions=[exp.Count(this=exp.Star())])
        one.set("from_", exp.From(this=sql.table(building.layout.tables[of])))
        counts.append("expressions", sql.alias(exp.Subquery(this=one), f"n{place + 1}"))
        source = f"e{place + 1}"
        rows = sql.table(building.layout.tables[of])
        rows.set("alias", exp.TableAlias(this=sql.name(source)))
        for key in building.layout.key_columns(of):
            column = exp.Column(this=sql.name(key.main.name), table=sql.name(source))
            query.append("expressions", sql.alias(column, next(names)))
        if place == 0:
            query.set("from_", exp.From(this=rows))
        else:
            query.append("joins", exp.Join(this=rows, kind="CROSS"))
    building.steps.append(CheckCrossing(entity, crossing, building.text(counts)))
    building.add(entity.name, query, keys)


def _stacked(parts: list[exp.Select]) -> Tree:
    """The rows of all queries."""
    return parts[0] if len(parts) == 1 else exp.union(*parts, distinct=False, copy=False)


def _side_by_side(building: Building, union: Union, keys: list[str]) -> Tree:
    """The rows of each member, under the member's name."""
    parts = []
    for of in union.of:
        own = [value.main for value in building.layout.key_columns(of)]
        values = [sql.alias(tree, key) for tree, key in zip((sql.text(of), *own), keys, strict=True)]
        query = exp.Select(expressions=values)
        query.set("from_", exp.From(this=sql.table(building.layout.tables[of])))
        parts.append(query)
    return _stacked(parts)


def _close(building: Building, entity: Entity, close: Close, keys: list[str]) -> None:
    """The host follows the edges and brings the pairs back as a table."""
    rows, spelling = building.rows(close.edges), building.spelling
    start, end = (rows.scope.bind(exact(rows.column(name))) for name in (close.start, close.end))
    edges = building.text(rows.scope.select({"start": start, "end": end}))
    itself = ""
    if close.or_itself:
        of = building.rows(close.or_itself)
        key = building.layout.key_columns(close.or_itself)[0].main
        itself = building.text(of.scope.select({"start": key}))
    pairs = building.layout.next_table(f"{entity.name}_pairs")
    building.steps.append(Closure(pairs, entity, close, edges, itself))
    outputs = {
        place: sql.cast(sql.column(name), sql_type(type, spelling), spelling)
        for place, name, (_, type) in zip(keys, ("start", "end"), entity.key, strict=True)
    }
    building.add(entity.name, Scope(pairs, spelling, Names()).select(outputs), keys)
