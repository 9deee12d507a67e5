"""DuckDB, the embedded database. The one file that speaks with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb

from ..plan.plan import UNKEPT, Path, Plan
from .batch import Scenario
from .inputs import Cells, Schedules
from .rerun import ROOM, Rerun
from .run_program import run_program
from .spelling_duckdb import DUCKDB
from .sql_program import Program
from .sql_stage import program

if TYPE_CHECKING:
    from .dataset import Dataset

_SETTINGS = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Data and policies come from others: no query may read a file, open a connection or load code."""


@contextmanager
def _interruptible() -> Iterator[None]:
    """DuckDB says of Ctrl-C during a query that this failed; here it is what it is everywhere else."""
    try:
        yield
    except RuntimeError as problem:
        if str(problem) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None


class _DuckDB:
    """A database in memory for one run."""

    def __init__(self, threads: int) -> None:
        self._connection = duckdb.connect(":memory:", config={**_SETTINGS})
        if threads:
            self._connection.execute(f"SET threads = {threads:d}")
        self._connection.execute("SET lock_configuration = true")
        self._made: set[str] = set()

    def register(self, table: str, rows: Any) -> None:
        """Make an Arrow table known under a name."""
        self._connection.register(table, rows)

    def make(self, table: str, query: str) -> None:
        """Make a table from a query."""
        with _interruptible():
            self._connection.execute(DUCKDB.temporary.format(name=table, query=query))
        self._made.add(table)

    def drop(self, table: str) -> None:
        """Forget a table that `make` made; nothing happens where it is not there."""
        if table in self._made:
            self._made.remove(table)
            self._connection.execute(DUCKDB.drop.format(name=table))

    def fetch(self, query: str) -> Any:
        """The rows of a query as an Arrow table."""
        with _interruptible():
            return self._connection.sql(query).to_arrow_table()

    def close(self) -> None:
        """Free everything."""
        self._connection.close()


def run_duckdb(plan: Plan, dataset: Dataset, cells: Cells, schedules: Schedules, *, threads: int = 0) -> dict[str, Any]:
    """Entity → its Arrow table with the key and every column that is not internal, sorted by key.

    `threads` is how many threads work (0: as many as there are cores); the results are the same with any number.
    Raises PolicyError (X005) for a crossing that is too large.
    """
    return DuckDBProgram(plan).run(dataset, cells, schedules, threads=threads)


class DuckDBProgram:
    """A plan that is put into SQL once, for several runs each with a database of its own."""

    def __init__(self, plan: Plan) -> None:
        self._program = _program(plan)

    def run(self, dataset: Dataset, cells: Cells, schedules: Schedules, *, threads: int = 0) -> dict[str, Any]:
        """As `run_duckdb` of the plan."""
        database = _DuckDB(threads)
        try:
            return run_program(self._program, database, dataset, cells, schedules)
        finally:
            database.close()


def _program(plan: Plan) -> Program:
    """The program of a plan, made once for all plans that are equal: as those of two versions of a policy, of which one
    has other values of its parameters.
    """
    return _program_of(plan, tuple(one.id.role in UNKEPT for one in plan.columns))


@lru_cache(maxsize=16)
def _program_of(plan: Plan, unkept: tuple[bool, ...]) -> Program:
    """Plans are equal whatever the roles of their columns, so that what is no result is told beside them."""
    return program(plan, DUCKDB)


class DuckDBRerun:
    """A plan run again and again with other values of the cells `varied` and other rows of `tables`; to be closed. The
    results are those of the entities `rows`, of all without it; `tried` are the cells of all runs, if they are known;
    `alike` says whether rows that are alike are looked for, which takes a while and makes each run quicker.
    """

    def __init__(
        self, plan: Plan, dataset: Dataset, varied: Collection[Path], tables: Collection[str] = (), *,
        rows: Collection[str] | None = None, tried: Sequence[Cells] = (), threads: int = 0, room: int = ROOM,
        alike: bool = True,
    ) -> None:  # fmt: skip
        self._database = _DuckDB(threads)
        self._rerun = Rerun(_program(plan), self._database, dataset, varied, tables, rows, tried, room, alike)

    @property
    def share(self) -> tuple[int, int]:
        """How many steps are made anew in each run, and of how many."""
        return self._rerun.share

    def run(self, cells: Cells, schedules: Schedules, dataset: Dataset | None = None) -> dict[str, Any]:
        """As `run_duckdb`; `dataset` has the rows of the tables that vary."""
        return self._rerun.run(cells, schedules, dataset)

    @property
    def at_once(self) -> int:
        """How many scenarios there is room for; to be asked after the first run."""
        return self._rerun.at_once

    def many(self, scenarios: Iterable[Scenario]) -> Iterator[dict[str, Any]]:
        """What `run` gives for each scenario, in their order; as many at once as there is room for."""
        return self._rerun.many(scenarios)

    def close(self) -> None:
        """Free everything."""
        self._database.close()
