"""Many runs of a program in one: each step that hangs on what varies is done once, for all scenarios.

A scenario is what one run has: its input cells, its dated values, its rows of tables of the data. Tables that hang on
these get the column `#scenario`; all others stay as the first run left them. Where scenarios are alike to a step, it is
done once for all of them, so that the column numbers groups of scenarios, which each step divides further.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ..plan.plan import Path
from .batch_alike import Alike, alike, merged, split, stacked
from .inputs import Cells, Schedules
from .physical import column_table
from .reference_entities import check_crossing
from .run_program import Database, call, check_bound, loaded, pairs, result, schedule_table, shares
from .sql_batch import SCENARIO, SCENARIO_CELLS, SCENARIOS, ManyQuery, Spread, Unknown
from .sql_program import CheckCrossing, Closure, HostFunction, Load, Make, Program, Result, ShareOut, Step

if TYPE_CHECKING:
    from .dataset import Dataset

SMALL = 100_000
"""Tables of so many rows are looked at, whether scenarios are alike in them."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one of many runs has of its own."""

    cells: Cells
    schedules: Schedules
    dataset: Dataset


class TooManyRows(Exception):
    """There is room for `count` scenarios only."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(count)


@dataclass(frozen=True, slots=True)
class Batch:
    """A program spread over scenarios.

    steps      its steps, each with its queries over all scenarios
    schedules  dated values that differ from scenario to scenario
    """

    program: Program
    steps: tuple[tuple[Step, tuple[ManyQuery, ...]], ...]
    schedules: frozenset[Path]


def batch(program: Program, varied: Collection[Path]) -> Batch | None:
    """The steps of a program that is run again with other input cells `varied`, for many scenarios at once; nothing
    where one of them has a form that is not known here.
    """
    schedules = frozenset(path for path in varied if path in program.schedules)
    tables = {program.schedules[path][0] for path in schedules}
    spread = Spread(tables, {program.cells[path][0] for path in varied if path in program.cells})
    try:
        steps = tuple((step, _queries(step, spread)) for step in program.steps)
    except Unknown:
        return None
    return Batch(program, steps, schedules)


def _queries(step: Step, spread: Spread) -> tuple[ManyQuery, ...]:
    match step:
        case Load():
            spread.tables.add(step.table)
            return ()
        case Make():
            query = spread.query(step.query)
            spread.tables |= {step.table} if query.is_many else set()
            return (query,)
        case Result():
            return (spread.query(step.query, order=True),)
        case CheckCrossing():
            return (spread.counts(step.query),)
        case HostFunction():
            return (ManyQuery(spread.operands(step.query)),)
        case Closure():
            texts = [text for text in (step.edges, step.itself) if text]
            if not spread.reads(*texts):
                return tuple(ManyQuery(text) for text in texts)
            spread.tables.add(step.table)
            return tuple(spread.query(text, everywhere=True) for text in texts)
        case ShareOut():
            if not spread.reads(step.rows, step.pot):
                return ManyQuery(step.rows), ManyQuery(step.pot)
            spread.tables |= {step.payments, step.factors}
            return tuple(spread.query(text, everywhere=True, order=True) for text in (step.rows, step.pot))


def run_batch(
    many: Batch, database: Database, scenarios: Sequence[Scenario], room: int, sizes: dict[str, int]
) -> list[dict[str, Any]]:
    """Entity → its Arrow table as `run_program` gives it, of each scenario in their order; of entities without a step
    that hangs on what varies there is none.

    `sizes` are the numbers of rows of tables that stay from batch to batch, as far as they are known. Raises
    TooManyRows where more than `room` rows of a table would be read for all scenarios.
    """
    return _Running(many, database, scenarios, room, sizes).all()


@dataclass(slots=True)
class _Running:
    """A batch on its way.

    groups  table → its scenarios in groups, by the numbers that they have in it
    held    such a table → how many groups it has rows of, and how many rows; some of the groups may have been merged
    """

    many: Batch
    database: Database
    scenarios: Sequence[Scenario]
    room: int
    sizes: dict[str, int]
    groups: dict[str, Alike] = field(default_factory=dict)
    held: dict[str, tuple[int, int]] = field(default_factory=dict)
    cells: Any = None

    def all(self) -> list[dict[str, Any]]:
        """Do all steps."""
        self._bind()
        found: list[dict[str, Any]] = [{} for _ in self.scenarios]
        for step, queries in self.many.steps:
            if isinstance(step, Result):
                for one, part in zip(found, self._result(step, queries[0]), strict=True):
                    one[step.entity] = part
            else:
                self._do(step, queries)
        return found

    def _bind(self) -> None:
        """What the scenarios have."""
        program = self.many.program
        for one in self.scenarios:
            check_bound(program, one.cells, one.schedules)
        if program.cells:
            rows = [[one.cells[path] for path in program.cells] for one in self.scenarios]
            self.cells = column_table(list(program.cells.values()), rows)
        for path in self.many.schedules:
            name, type = program.schedules[path]
            groups = alike(one.schedules[path] for one in self.scenarios)
            tables = [schedule_table(type, self.scenarios[first].schedules[path]) for first in groups.firsts]
            self._brought(name, groups, tables)

    def _brought(self, table: str, groups: Alike, tables: Sequence[Any]) -> None:
        rows = stacked(tables)
        self.groups[table], self.held[table] = groups, (groups.count, rows.num_rows)
        self.database.register(table, rows)

    def _do(self, step: Step, queries: Sequence[ManyQuery]) -> None:
        database = self.database
        match step:
            case Load():
                same = alike(id(one.dataset) for one in self.scenarios)
                self._brought(step.table, same, [loaded(step, self.scenarios[one].dataset) for one in same.firsts])
            case Make():
                self._make(step, queries[0])
            case CheckCrossing():
                _, (query,) = self._over(queries)
                for counts in database.fetch(query).to_pylist():
                    check_crossing(step.entity, step.crossing.at_most, [int(count) for count in counts.values()])
            case HostFunction():
                database.register(step.table, call(step, database.fetch(queries[0].text)))
            case Closure():
                groups, texts = self._over(queries)
                fetched = [database.fetch(text) for text in texts]
                self._closed(step, fetched[0], fetched[1] if len(fetched) > 1 else None, groups)
            case ShareOut():
                groups, (rows, pot) = self._over(queries)
                self._share_out(step, database.fetch(rows), database.fetch(pot), groups)

    def _over(self, queries: Sequence[ManyQuery]) -> tuple[Alike | None, list[str]]:
        """The scenarios in groups of those that are alike to some queries, and the texts over these groups; without
        groups where no scenario has anything of its own there.
        """
        if not any(query.is_many for query in queries):
            return None, [query.text for query in queries]
        groups = self._alike(queries)
        self._check_room(groups, queries)
        numbers = pa.array(range(groups.count), pa.int32())
        self.database.register(SCENARIOS, pa.table([numbers], names=[SCENARIO]))
        if any(query.cells for query in queries):
            table = self.cells.take(pa.array(groups.firsts, pa.int32()))
            self.database.register(SCENARIO_CELLS, table.append_column(SCENARIO, numbers))
        places = {table: self._place(table, groups) for query in queries for table in query.tables}
        return groups, [query.over(places) for query in queries]

    def _alike(self, queries: Sequence[ManyQuery]) -> Alike:
        tables = sorted({table for query in queries for table in query.tables})
        cells = {cell for query in queries for cell in query.cells}
        paths = [path for path, (column, _) in self.many.program.cells.items() if column in cells]
        keys: list[Hashable] = [
            (*(self.groups[table].of[place] for table in tables), *(one.cells[path] for path in paths))
            for place, one in enumerate(self.scenarios)
        ]
        return alike(keys)

    def _place(self, table: str, groups: Alike) -> str:
        """A table in the groups of a step that reads it."""
        seen = self.groups[table].seen_by(groups)
        if seen == list(range(self.held[table][0])):
            return f'"{table}"'
        found = f"seen_{table}"
        numbers = [pa.array(one, pa.int32()) for one in (seen, range(groups.count))]
        self.database.register(found, pa.table(numbers, names=["#seen", "#by"]))
        return (
            f'(SELECT "{table}".* EXCLUDE ("{SCENARIO}"), "#by" AS "{SCENARIO}" FROM "{table}" '
            f'INNER JOIN "{found}" ON "{SCENARIO}" = "#seen")'
        )

    def _check_room(self, groups: Alike, queries: Sequence[ManyQuery]) -> None:
        """Raises TooManyRows where there is no room for what is read."""
        for table in {table for query in queries for table in query.rows}:
            held, rows = self.held[table] if table in self.held else (1, self._size(table))
            rows = -(-rows // max(held, 1))
            if rows * groups.count > self.room and len(self.scenarios) > 1:
                share = self.room * len(self.scenarios) // (rows * groups.count)
                raise TooManyRows(max(1, min(share, len(self.scenarios) // 2)))

    def _size(self, table: str) -> int:
        if table not in self.sizes:
            self.sizes[table] = _count(self.database, table)
        return self.sizes[table]

    def _make(self, step: Make, query: ManyQuery) -> None:
        groups, (text,) = self._over([query])
        self.database.make(step.table, text)
        if step.replaces:
            self.database.drop(step.replaces)
        if groups is None:
            return
        rows = _count(self.database, step.table)
        self.groups[step.table], self.held[step.table] = groups, (groups.count, rows)
        if groups.count > 1 and rows <= SMALL:
            made = f'SELECT "{SCENARIO}", * EXCLUDE ("{SCENARIO}") FROM "{step.table}" ORDER BY ALL'
            found = alike(merged(groups, self.database.fetch(made)))
            of = tuple(groups.of[found.firsts[group]] for group in found.of)
            self.groups[step.table] = Alike(of, found.firsts)

    def _result(self, step: Result, query: ManyQuery) -> list[Any]:
        """The rows of each scenario."""
        groups, (text,) = self._over([query])
        fetched = self.database.fetch(text)
        made = result(step, fetched)
        if groups is None:
            return [made] * len(self.scenarios)
        parts = list(split(fetched, groups.count, made))
        return [parts[group] for group in groups.of]

    def _closed(self, step: Closure, edges: Any, itself: Any, groups: Alike | None) -> None:
        if groups is None:
            self.database.register(step.table, pairs(step, edges, itself))
            return
        by = pc.field(SCENARIO)
        found = [
            pairs(step, edges.filter(by == number), None if itself is None else itself.filter(by == number))
            for number in range(groups.count)
        ]
        self._brought(step.table, groups, found)

    def _share_out(self, step: ShareOut, rows: Any, pot: Any, groups: Alike | None) -> None:
        if groups is None:
            for table, made in zip((step.payments, step.factors), shares(step, rows, pot), strict=True):
                self.database.register(table, made)
            return
        each = [shares(step, *both) for both in zip(split(rows, groups.count), split(pot, groups.count), strict=True)]
        for table, parts in zip((step.payments, step.factors), zip(*each, strict=True), strict=True):
            self._brought(table, groups, parts)


def _count(database: Database, table: str) -> int:
    (row,) = database.fetch(f'SELECT COUNT(*) AS "rows" FROM "{table}"').to_pylist()
    return int(row["rows"])
