"""From a plan to a program: which columns are made together, from which tables, in which order.

Each entity has one working table. A batch makes as many of an entity's columns as can be made at once and writes them
beside those that are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..plan.plan import UNKEPT, Aggregate, Allocate, Column, Compute, Entity, Over, Plan, Window
from ..text.errors import EngineBug
from ..types.datatypes import Type
from . import sql_tree as sql
from .spelling import Spelling
from .sql_aggregate import aggregate, moments
from .sql_allocate import share
from .sql_entities import Building, make_entity
from .sql_layout import layout
from .sql_live import Live
from .sql_members import Gathered, gather, looks_back
from .sql_needs import Needs, Stored, entity_needs, host_function, needs
from .sql_number import retyped
from .sql_program import HostFunction, Program, Result
from .sql_ranks import with_counted_ranks
from .sql_rows import Rows, output
from .sql_scope import Scope
from .sql_text import program_text
from .sql_tree import Tree
from .sql_value import Value, bound, each, given, number
from .sql_window import window


def program(plan: Plan, spelling: Spelling, pretty: bool = False) -> Program:
    """The program of a plan in a dialect, for people where it is `pretty`. Raises EngineBug for a plan that cannot be
    written.
    """
    wanted = plan
    plan = with_counted_ranks(plan)
    building = Building(plan, spelling, layout(plan), pretty=pretty)
    waiting = list(plan.columns)
    needed = {id(column): needs(column) for column in waiting}
    entities = list(plan.entities)
    live = Live(plan)
    while waiting or entities:
        made = _make_entities(building, entities)
        batch = _next_batch(building, waiting, needed)
        if batch:
            done = _Batch(building, batch, live.dead(building.layout, batch, waiting)).make()
            made_now = {id(column) for column in done}
            waiting = [column for column in waiting if id(column) not in made_now]
        elif not made:
            raise EngineBug("the columns of the plan wait for one another")
    for entity in plan.entities:
        building.steps.append(_result(building, wanted, entity))
    return Program(spelling.dialect, tuple(building.steps), building.layout.cells, building.layout.schedules)


def _make_entities(building: Building, waiting: list[Entity]) -> bool:
    """Make the entities whose rows can be made; whether there were any."""
    made = False
    for entity in tuple(waiting):
        if _is_met(building, entity_needs(entity), set()):
            make_entity(building, entity)
            waiting.remove(entity)
            made = True
    return made


def _is_met(building: Building, need: Needs, batch: set[Stored]) -> bool:
    tables = building.layout.tables
    return (
        all(entity in tables for entity in need.entities)
        and all(_is_stored(building, wanted) for wanted in need.before)
        and all(wanted in batch or _is_stored(building, wanted) for wanted in need.beside)
    )


def _is_stored(building: Building, wanted: Stored) -> bool:
    layout = building.layout
    return wanted in building.ready or (wanted not in layout.columns and wanted[0] in layout.tables)


def _stored(column: Column) -> Stored:
    return column.id.entity, column.id.name


def _waits_for_host(building: Building, column: Column) -> bool:
    return bool(host_function(column.node)) and _stored(column) not in building.hosted


def _next_batch(building: Building, waiting: Sequence[Column], needed: dict[int, Needs]) -> list[Column]:
    """The columns to make next: of an entity that can be finished now, else of the one that can be taken furthest."""
    best: list[Column] = []
    for entity in dict.fromkeys(column.id.entity for column in waiting):
        batch: list[Column] = []
        places: set[Stored] = set()
        rest = [column for column in waiting if column.id.entity == entity]
        for column in rest:
            if _stored(column) in building.hosted or _is_met(building, needed[id(column)], places):
                batch.append(column)
                if not _waits_for_host(building, column):
                    places.add(_stored(column))
        if batch and len(batch) == len(rest):
            return batch
        best = max(best, batch, key=len)
    return best


@dataclass(slots=True)
class _Batch:
    """Columns of one entity that are made in one query; `dead` are columns of its table that nothing reads any more."""

    building: Building
    columns: Sequence[Column]
    dead: frozenset[str]
    gathered: list[tuple[Over, bool, Gathered]] = field(default_factory=list)

    def make(self) -> list[Column]:
        """Add the query; the columns that it makes, which leaves out those that now wait for the host."""
        building, layout = self.building, self.building.layout
        entity = self.columns[0].id.entity
        rows = building.rows(entity)
        done = [column for column in self.columns if not _waits_for_host(building, column)]
        rows.batch = {column.id.name: column for column in done}
        rows.special = lambda column: self._special(rows, column)
        kept = layout.kept[entity]
        outputs: dict[str, Tree] = {name: sql.column(name) for name in kept}
        for column in done:
            outputs.update(output(layout, entity, column.id.name, rows.column(column.id.name)))
        outputs = {name: tree for name, tree in outputs.items() if name not in self.dead}
        calls = [(column, self._operands(rows, column)) for column in self.columns if _waits_for_host(building, column)]
        places = []
        for column, operands in calls:
            words = [f"{column.id.name}.{place}" for place in range(1, len(operands) + 1)]
            places.append([layout.place(entity, "host", word) for word in words])
            outputs.update((place, operand.main) for place, operand in zip(places[-1], operands, strict=True))
        building.add(entity, rows.scope.select(outputs), list(outputs))
        building.ready.update(_stored(column) for column in done)
        for (column, operands), names in zip(calls, places, strict=True):
            self._call_host(column, operands, names)
        return done

    def _special(self, rows: Rows, column: Column) -> Value | None:
        """The value of a column that no single row gives: an aggregate, a window, a share, a result of the host."""
        if _stored(column) in self.building.hosted:
            return self._from_host(rows, column)
        if isinstance(column.node, Allocate):
            return share(self.building, rows, column.node)
        if isinstance(column.node, Window):
            return window(rows, column.node)
        if isinstance(column.node, Aggregate):
            return aggregate(self._gathered(rows, column.node), column.node)
        return None

    def _gathered(self, rows: Rows, node: Aggregate) -> Gathered:
        """The rows of an aggregate, shared by all of the same entity and match."""
        back = looks_back(node)
        for over, known_back, gathered in self.gathered:
            if (over.entity, over.match, known_back) == (node.over.entity, node.over.match, back):
                return gathered
        found = gather(rows, node.over, back)
        self.gathered.append((node.over, back, found))
        return found

    def _operands(self, rows: Rows, column: Column) -> list[Value]:
        """What the host needs for a column, in the narrowest type of its digits."""
        node = column.node
        if isinstance(node, Aggregate):
            found = moments(self._gathered(rows, node), node)
            return [_tight(rows, value) for value in found]
        if not isinstance(node, Compute):
            raise EngineBug("the host computes operators and aggregates only")
        value = rows.value(node.args[0])
        return [_tight(rows, Value(value.type.certain(), rows.exact(node.args[0])))]

    def _call_host(self, column: Column, operands: Sequence[Value], names: Sequence[str]) -> None:
        """Ask for the distinct operands, and remember the table that the results will be in."""
        building, entity = self.building, column.id.entity
        scope = building.rows(entity).scope
        columns: dict[str, Tree] = {f"a{place}": sql.column(name) for place, name in enumerate(names, 1)}
        known = sql.every(sql.is_not_null(sql.column(name)) for name in names)
        query = building.text(scope.select(columns, where=known, distinct=True))
        table = building.layout.next_table(f"host_{column.id.name}")
        types = tuple(operand.type for operand in operands)
        building.steps.append(HostFunction(table, host_function(column.node), query, types, column.node.type.certain()))
        building.hosted[_stored(column)] = (table, tuple(names))

    def _from_host(self, rows: Rows, column: Column) -> Value:
        """The result that the host found for the operands of the row."""
        table, names = self.building.hosted[_stored(column)]
        scope = Scope(table, rows.scope.spelling, rows.scope.names)
        on = [(sql.column(name), "=", sql.column(f"a{place}")) for place, name in enumerate(names, 1)]
        joined = rows.scope.join(scope, on)
        found = given("value", column.node.type.certain(), rows.scope.spelling)
        return each(found, lambda tree: rows.scope.expose(joined, tree))


def _tight(rows: Rows, value: Value) -> Value:
    """An exact number, bound, with a type of exactly its width."""
    found = number(value)
    kind: Type = replace(value.type.certain(), kind="number", whole=found.digits - found.scale, scale=found.scale)
    return bound(rows.scope, Value(kind, retyped(found, found.digits, found.scale, rows.scope.spelling)))


def _result(building: Building, wanted: Plan, entity: Entity) -> Result:
    """All columns of an entity that the plan has, but for internal ones, sorted by key."""
    layout = building.layout
    keys = [name for name, _ in entity.key]
    columns: list[tuple[str, Type]] = [(name, type.certain()) for name, type in entity.key]
    trees: list[Tree] = [value.main for value in layout.key_columns(entity.name)]
    for column in wanted.columns:
        name = column.id.name
        if column.id.entity == entity.name and column.id.role not in UNKEPT and name not in keys:
            columns.append((name, column.type))
            trees += layout.stored(entity.name, name).trees
    scope = Scope(layout.tables[entity.name], building.spelling, building.rows(entity.name).scope.names)
    outputs = {f"r{place}": tree for place, tree in enumerate(trees, 1)}
    order = layout.in_order(entity.name)
    return Result(entity.name, building.text(scope.select(outputs, order_by=order)), tuple(columns))


def explain_sql(plan: Plan, spelling: Spelling) -> str:
    """Everything that a plan asks of a database, as text: SQL, with what the host does between as comments."""
    return program_text(program(plan, spelling, pretty=True), spelling)
