"""Many runs of a program in one: each step that hangs on what varies is done once, for all scenarios.

A scenario is what one run has: its input cells, its dated values, its rows of tables of the data. Tables that hang on
these get the column `#scenario`; all others stay as the first run left them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ..plan.plan import Path
from .inputs import Cells, Schedules
from .physical import column_table
from .reference_entities import check_crossing
from .run_program import Database, call, check_bound, loaded, pairs, result, schedule_table, shares
from .sql_batch import SCENARIO, SCENARIO_CELLS, SCENARIOS, Spread, Unknown
from .sql_program import CheckCrossing, Closure, HostFunction, Load, Make, Program, Result, ShareOut, Step

if TYPE_CHECKING:
    from .dataset import Dataset


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one of many runs has of its own."""

    cells: Cells
    schedules: Schedules
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Batch:
    """A program spread over scenarios.

    steps      its steps, each with whether it has rows of each scenario
    schedules  dated values that differ from scenario to scenario
    read       the tables each of whose rows is read for each scenario
    """

    program: Program
    steps: tuple[tuple[Step, bool], ...]
    schedules: frozenset[Path]
    read: frozenset[str]


def batch(program: Program, varied: Collection[Path]) -> Batch | None:
    """The steps of a program that is run again with other input cells `varied`, for many scenarios at once; nothing
    where one of them has a form that is not known here.
    """
    schedules = frozenset(path for path in varied if path in program.schedules)
    tables = {program.schedules[path][0] for path in schedules} | {SCENARIOS, SCENARIO_CELLS}
    spread = Spread(tables, {program.cells[path][0] for path in varied if path in program.cells})
    try:
        steps = tuple(_spread(step, spread) for step in program.steps)
    except Unknown:
        return None
    return Batch(program, steps, schedules, frozenset(spread.read))


def _spread(step: Step, spread: Spread) -> tuple[Step, bool]:
    match step:
        case Load():
            spread.tables.add(step.table)
            return step, True
        case Make():
            query, many = spread.query(step.query)
            spread.tables |= {step.table} if many else set()
            return replace(step, query=query), many
        case Result():
            query, many = spread.query(step.query, order=True)
            return replace(step, query=query), many
        case CheckCrossing():
            query, many = spread.counts(step.query)
            return replace(step, query=query), many
        case HostFunction():
            return replace(step, query=spread.operands(step.query)), False
        case Closure():
            if not spread.reads(step.edges, step.itself):
                return step, False
            spread.tables.add(step.table)
            edges, itself = (text and spread.query(text, everywhere=True)[0] for text in (step.edges, step.itself))
            return replace(step, edges=edges, itself=itself), True
        case ShareOut():
            if not spread.reads(step.rows, step.pot):
                return step, False
            spread.tables |= {step.payments, step.factors}
            rows, pot = (spread.query(text, everywhere=True, order=True)[0] for text in (step.rows, step.pot))
            return replace(step, rows=rows, pot=pot), True


def run_batch(many: Batch, database: Database, scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Entity → its Arrow table as `run_program` gives it, of each scenario in their order; of entities without a step
    that hangs on what varies there is none.
    """
    found: list[dict[str, Any]] = [{} for _ in scenarios]
    _bind(many, database, scenarios)
    for step, spread in many.steps:
        match step:
            case Load():
                database.register(step.table, _joined([loaded(step, one.dataset) for one in scenarios]))
            case Make():
                database.make(step.table, step.query)
                if step.replaces:
                    database.drop(step.replaces)
            case CheckCrossing():
                for counts in database.fetch(step.query).to_pylist():
                    check_crossing(step.entity, step.crossing.at_most, [int(count) for count in counts.values()])
            case HostFunction():
                database.register(step.table, call(step, database.fetch(step.query)))
            case Closure():
                edges = database.fetch(step.edges)
                itself = database.fetch(step.itself) if step.itself else None
                database.register(step.table, _closed(step, edges, itself, len(scenarios) if spread else 0))
            case ShareOut():
                rows, pot = database.fetch(step.rows), database.fetch(step.pot)
                _share_out(step, database, rows, pot, len(scenarios) if spread else 0)
            case Result():
                fetched = database.fetch(step.query)
                made = result(step, fetched)
                parts = split(fetched, len(scenarios), made) if spread else (made for _ in scenarios)
                for one, part in zip(found, parts, strict=True):
                    one[step.entity] = part
    return found


def _bind(many: Batch, database: Database, scenarios: Sequence[Scenario]) -> None:
    """The tables of what the scenarios have."""
    program = many.program
    for one in scenarios:
        check_bound(program, one.cells, one.schedules)
    numbers = pa.array(range(len(scenarios)), pa.int32())
    database.register(SCENARIOS, pa.table([numbers], names=[SCENARIO]))
    if program.cells:
        rows = [[one.cells[path] for path in program.cells] for one in scenarios]
        table = column_table(list(program.cells.values()), rows)
        database.register(SCENARIO_CELLS, table.append_column(SCENARIO, numbers))
    for path in many.schedules:
        name, type = program.schedules[path]
        database.register(name, _joined([schedule_table(type, one.schedules[path]) for one in scenarios]))


def _joined(tables: Sequence[Any]) -> Any:
    """The rows of all scenarios under each other."""
    return pa.concat_tables(
        table.append_column(SCENARIO, pa.repeat(pa.scalar(number, pa.int32()), table.num_rows))
        for number, table in enumerate(tables)
    )


def split(rows: Any, count: int, parts: Any = None) -> Iterator[Any]:
    """The rows of each of `count` scenarios, which stand together in their order; of `parts` where they are others with
    the same places.
    """
    found = pc.value_counts(rows.column(SCENARIO)).to_pylist()
    sizes = {one["values"]: one["counts"] for one in found}
    start = 0
    for number in range(count):
        size = sizes.get(number, 0)
        yield (rows if parts is None else parts).slice(start, size)
        start += size


def _closed(step: Closure, edges: Any, itself: Any, count: int) -> Any:
    if not count:
        return pairs(step, edges, itself)
    by = pc.field(SCENARIO)
    return _joined(
        [
            pairs(step, edges.filter(by == number), None if itself is None else itself.filter(by == number))
            for number in range(count)
        ]
    )


def _share_out(step: ShareOut, database: Database, rows: Any, pot: Any, count: int) -> None:
    if not count:
        payments, factors = shares(step, rows, pot)
    else:
        each = [shares(step, *both) for both in zip(split(rows, count), split(pot, count), strict=True)]
        payments, factors = (_joined(list(tables)) for tables in zip(*each, strict=True))
    database.register(step.payments, payments)
    database.register(step.factors, factors)
