"""What a database is asked to do for a plan: the steps, in order, with their SQL. No step holds a value of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..plan.plan import Allocate, Close, Cross, Entity, Path
from ..types.datatypes import Type

CELLS = "cells"
"""The table of one row that holds the input cells."""


@dataclass(frozen=True, slots=True)
class Load:
    """Bring the rows of a table of the data as `table`; `columns`: (names there, column of the data, type); in the
    column `number` the place of each row in the order of the key.
    """

    table: str
    entity: str
    columns: tuple[tuple[tuple[str, ...], str, Type], ...]
    number: str


@dataclass(frozen=True, slots=True)
class Make:
    """Make a working table from a query; `replaces` is one that is then no longer needed."""

    table: str
    query: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class CheckCrossing:
    """Refuse a crossing with too many rows; `query` gives one row with the number of rows of each entity."""

    entity: Entity
    crossing: Cross
    query: str


@dataclass(frozen=True, slots=True)
class Closure:
    """Follow edges on the host: `edges` gives (start, end), `itself` the rows that reach themselves, if any do."""

    table: str
    entity: Entity
    close: Close
    edges: str
    itself: str


@dataclass(frozen=True, slots=True)
class HostFunction:
    """Compute `ln`, `sqrt`, `stdev_sample` or `stdev_population` on the host for the distinct operands of a query.

    The table that comes of it has the operands in columns `a1`, `a2` … and the result in `value`.
    """

    table: str
    function: str
    query: str
    operands: tuple[Type, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class ShareOut:
    """Share a pot on the host: `rows` gives keys (`k1`, `k2` …), `claim`, `low` and `high` by key, `pot` one `pot`.

    payments  the table that comes of it with the keys and `value` (of the type `paid`), without rows where nothing can
              be paid
    factors   likewise, with at most one row of `numerator` and `denominator` (of the type `factor`)
    """

    payments: str
    factors: str
    node: Allocate
    rows: str
    pot: str
    keys: tuple[Type, ...]
    paid: Type
    factor: Type


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of an entity, sorted by key: `columns` are names and types in the order of the query's columns."""

    entity: str
    query: str
    columns: tuple[tuple[str, Type], ...]


Step: TypeAlias = Load | Make | CheckCrossing | Closure | HostFunction | ShareOut | Result


def texts_of(step: Step) -> tuple[str, ...]:
    """The queries of a step."""
    match step:
        case Make() | CheckCrossing() | HostFunction() | Result():
            return (step.query,)
        case Closure():
            return step.edges, step.itself
        case ShareOut():
            return step.rows, step.pot
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Program:
    """The steps of a plan in one dialect.

    cells      the input cells: path → (column, type) of the one row of the table `cells`
    schedules  path → (table, type of `value`): rows `start`, `last`, `value`, the days both in force
    """

    dialect: str
    steps: tuple[Step, ...]
    cells: Mapping[Path, tuple[str, Type]]
    schedules: Mapping[Path, tuple[str, Type]]
