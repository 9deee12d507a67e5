"""Spark, the distributed engine. The one file that speaks with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession

from ..plan.plan import Plan
from ..text.errors import EngineBug
from .inputs import Cells, Schedules
from .run_program import run_program
from .spelling_spark import SPARK
from .sql_stage import program

if TYPE_CHECKING:
    from .dataset import Dataset

SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.legacy.integralDivide.returnBigint": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.ansi.doubleQuotedIdentifiers": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.analyzer.maxIterations": "10000",
}
"""What the SQL relies on: an overflow is never silent, an exact quotient keeps 32 digits before the point, and a query
of more than a hundred layers is read to its end.
"""


class _Spark:
    """A session of its own on a running Spark, for one run."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session.newSession()
        self._tables: list[str] = []
        self._cached: dict[str, Any] = {}
        for name, value in SETTINGS.items():
            self._session.conf.set(name, value)
        for name, value in SETTINGS.items():
            if self._session.conf.get(name) != value:
                raise EngineBug(f"Spark does not take the setting {name}={value}")

    def register(self, table: str, rows: Any) -> None:
        """Make an Arrow table known under a name."""
        self._known(table, self._session.createDataFrame(rows))

    def make(self, table: str, query: str) -> None:
        """Make a table from a query; it is computed once, however often it is read.

        A checkpoint cuts off how it came about, but not Spark's guess of its size: the product of the sizes of all that
        was joined, which after some tables is a number of megabytes of digits. What is cached has its real size.
        """
        made = self._session.sql(query).localCheckpoint(eager=True).persist()
        made.count()
        self._cached[table] = made
        self._known(table, made)

    def drop(self, table: str) -> None:
        """Forget a table that `make` made."""
        self._session.catalog.dropTempView(table)
        self._tables.remove(table)
        if table in self._cached:
            self._cached.pop(table).unpersist()

    def fetch(self, query: str) -> Any:
        """The rows of a query as an Arrow table."""
        return self._session.sql(query).toArrow()

    def close(self) -> None:
        """Forget everything; the Spark that was given goes on."""
        for table in tuple(self._tables):
            self.drop(table)

    def _known(self, table: str, frame: Any) -> None:
        frame.createOrReplaceTempView(table)
        self._tables.append(table)


LOCAL_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.buffer.pageSize": "1m",
    "spark.driver.memory": "3g",
}
"""A policy makes wide queries over few rows: for them Spark would compile Java for minutes to run it for seconds.

Each of the dozens of joins, sorts and windows of such a query takes at least one page of memory, and Spark makes a page
8 MB in its usual heap of 1 GB, and more in a larger one: it then mostly collects garbage, or runs out. Pages are small
here, and the heap is larger. (`PYSPARK_SUBMIT_ARGS="--driver-memory 16g pyspark-shell"` still gives another one.)
"""


def local_session(cores: int = 2) -> SparkSession:
    """A Spark on this machine, without its web pages, or the one that is running already."""
    builder = SparkSession.builder.master(f"local[{cores:d}]").appName("specie")
    for name, value in LOCAL_SETTINGS.items():
        builder = builder.config(name, value)
    builder = builder.config("spark.sql.shuffle.partitions", str(cores))
    return builder.config("spark.default.parallelism", str(cores)).getOrCreate()


def run_spark(
    plan: Plan, dataset: Dataset, cells: Cells, schedules: Schedules, *, session: SparkSession | None = None
) -> dict[str, Any]:
    """Entity → its Arrow table with the key and every column that is not internal, sorted by key.

    `session` is the Spark to run on, else one is started on this machine. Raises PolicyError (X005) for a crossing that
    is too large.
    """
    database = _Spark(session or local_session())
    try:
        return run_program(program(plan, SPARK), database, dataset, cells, schedules)
    finally:
        database.close()
