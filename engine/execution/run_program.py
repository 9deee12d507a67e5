"""A program run on a database: its steps one after the other, with what only the host does between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from ..text.errors import EngineBug
from ..types.datatypes import DATE, Type
from .allocate import Allocation, allocate
from .inputs import Cells, Schedules
from .physical import arrow_fields, arrow_type, column_table, physical_names
from .reference_entities import check_crossing, closed
from .roots import ln, sqrt, stdev
from .sql_program import CELLS, CheckCrossing, Closure, HostFunction, Load, Make, Program, Result, ShareOut
from .values import Scalar

if TYPE_CHECKING:
    from .dataset import Dataset
    from .frame import Frame


class Database(Protocol):
    """What a database does for a program; names of tables are plain letters, digits and underscores."""

    def register(self, table: str, rows: Any) -> None:
        """Make an Arrow table known under a name."""

    def make(self, table: str, query: str) -> None:
        """Make a table from a query."""

    def drop(self, table: str) -> None:
        """Forget a table that `make` made; nothing happens where it is not there."""

    def fetch(self, query: str) -> Any:
        """The rows of a query as an Arrow table."""


def run_program(
    program: Program, database: Database, dataset: Dataset, cells: Cells, schedules: Schedules
) -> dict[str, Any]:
    """Entity → its Arrow table, sorted by key, in the physical layout.

    Raises PolicyError (X005) for a crossing that is too large.
    """
    results: dict[str, Any] = {}
    _bind_inputs(program, database, cells, schedules)
    for step in program.steps:
        match step:
            case Load():
                database.register(step.table, loaded(step, dataset))
            case Make():
                database.make(step.table, step.query)
                if step.replaces:
                    database.drop(step.replaces)
            case CheckCrossing():
                (counts,) = database.fetch(step.query).to_pylist()
                check_crossing(step.entity, step.crossing.at_most, [int(count) for count in counts.values()])
            case Closure():
                itself = database.fetch(step.itself) if step.itself else None
                database.register(step.table, pairs(step, database.fetch(step.edges), itself))
            case HostFunction():
                database.register(step.table, call(step, database.fetch(step.query)))
            case ShareOut():
                payments, factors = shares(step, database.fetch(step.rows), database.fetch(step.pot))
                database.register(step.payments, payments)
                database.register(step.factors, factors)
            case Result():
                results[step.entity] = result(step, database.fetch(step.query))
    return results


def _bind_inputs(program: Program, database: Database, cells: Cells, schedules: Schedules) -> None:
    """The one row of input cells, and the schedules with the last day of each entry."""
    check_bound(program, cells, schedules)
    if program.cells:
        columns = list(program.cells.values())
        database.register(CELLS, column_table(columns, [[cells[path] for path in program.cells]]))
    for path, (table, type) in program.schedules.items():
        database.register(table, schedule_table(type, schedules[path]))


def check_bound(program: Program, cells: Cells, schedules: Schedules) -> None:
    """Raises EngineBug where a program reads an input cell that has no value."""
    unbound = [path for path in program.cells if path not in cells]
    unbound += [path for path in program.schedules if path not in schedules]
    if unbound:
        raise EngineBug(f"the input cell `{unbound[0]}` has not been bound")


def schedule_table(type: Type, entries: Sequence[tuple[Date, Scalar | None]]) -> Any:
    """The entries of a schedule with the last day of each."""
    following = [start for start, _ in entries[1:]]
    lasts = [*(start - timedelta(days=1) if start > Date.min else start for start in following), Date.max]
    rows = [(start, last, value) for (start, value), last in zip(entries, lasts, strict=False)]
    return column_table([("start", DATE), ("last", DATE), ("value", type)], rows)


def loaded(step: Load, dataset: Dataset) -> Any:
    """The columns of a table under the names that the program gives them; a table that is not there has no rows."""
    frame = dataset.tables.get(step.entity)
    arrays: list[Any] = []
    names: list[str] = []
    for places, name, type in step.columns:
        names += places
        if frame is None:
            arrays += [pa.array([], field.type) for field in arrow_fields([(name, type)])]
            continue
        if name not in frame.columns:
            raise EngineBug(f"the table `{step.entity}` has been read without its column `{name}`")
        data = frame.columns[name]
        arrays.append(data.values)
        if type.bounded:
            arrays.append(data.values if data.high is None else data.high)
        elif len(places) > 1:
            raise EngineBug(f"a column of the data is never not applicable: `{name}`")
    numbers = pa.array([], pa.int64()) if frame is None else _numbers(frame)
    return pa.table([*arrays, numbers], names=[*names, step.number])


def _numbers(frame: Frame) -> Any:
    """The place of each row in the order of the key: a frame that was read is in that order, one made by hand may not
    be.
    """
    keys = [frame.columns[name].values for name in frame.keys]
    rows = pa.array(range(frame.row_count), pa.int64())
    if len(keys) == 1 and pc.all(pc.less(keys[0][:-1], keys[0][1:])).as_py() is not False:
        return rows
    table = pa.table(keys, names=[str(place) for place in range(len(keys))])
    order = pc.sort_indices(table, [(name, "ascending") for name in table.column_names])
    return pc.sort_indices(order).cast(pa.int64())


def pairs(step: Closure, edges: Any, itself: Any) -> Any:
    """What is reached along edges, as pairs."""
    ends = [(row["start"], row["end"]) for row in edges.to_pylist()]
    known = [(start, end) for start, end in ends if start is not None and end is not None]
    found = closed(known, [] if itself is None else [row["start"] for row in itself.to_pylist()])
    columns = [("start", step.entity.key[0][1]), ("end", step.entity.key[1][1])]
    types = [type.certain() for _, type in columns]
    schema = arrow_fields([(name, type) for (name, _), type in zip(columns, types, strict=True)])
    arrays = [pa.array([pair[place] for pair in found], schema.field(place).type) for place in (0, 1)]
    return pa.table(arrays, schema=schema)


HOST_FUNCTIONS: Mapping[str, Callable[..., Fraction | None]] = {
    "ln": ln,
    "sqrt": sqrt,
    "stdev_sample": lambda count, total, squares: stdev(int(count), total, squares, sample=True),
    "stdev_population": lambda count, total, squares: stdev(int(count), total, squares, sample=False),
}
"""Function → how it is computed from exact numbers."""


def call(step: HostFunction, operands: Any) -> Any:
    """The results for distinct operands, beside these."""
    names = [f"a{place}" for place in range(1, len(step.operands) + 1)]
    columns = [operands.column(name).to_pylist() for name in names]
    exact = [
        [Fraction(int(number), 10**type.scale) for number in column]
        for column, type in zip(columns, step.operands, strict=True)
    ]
    function = HOST_FUNCTIONS[step.function]
    rows = [[*numbers, function(*numbers)] for numbers in zip(*exact, strict=True)]
    types: list[tuple[str, Type]] = [*zip(names, step.operands, strict=True), ("value", step.type)]
    return column_table(types, rows)


def shares(step: ShareOut, rows: Any, pot: Any) -> tuple[Any, Any]:
    """The shares of a pot and the factor of claims; none where an operand is missing or the lows exceed the pot."""
    node = step.node
    parts = (node.claim, node.low, node.high, node.pot)
    scale = max(node.places, *(part.type.scale for part in parts))
    columns = [rows.column(name) for name in ("claim", "low", "high")] + [pot.column("pot")]
    found = None
    if not any(column.null_count for column in columns):
        claims, lows, highs, (whole,) = (
            [number * 10 ** (scale - part.type.scale) for number in _whole(column)]
            for column, part in zip(columns, parts, strict=True)
        )
        found = allocate(claims, lows, highs, whole, 10 ** (scale - node.places), node.remainder, node.short)
    made = found if isinstance(found, Allocation) else None
    coins = [payment // 10 ** (scale - node.places) for payment in made.payments] if made else []
    keys = [rows.column(place).combine_chunks()[: len(coins)] for place in range(len(step.keys))]
    arrays = [key.cast(arrow_type(type)) for key, type in zip(keys, step.keys, strict=True)]
    names = [f"k{place}" for place in range(1, len(keys) + 1)]
    narrow = all(-_NARROW < coin < _NARROW for coin in coins)
    paid = pa.array(coins, pa.int64()) if narrow else pa.array(map(Decimal, coins), pa.decimal128(38, 0))
    paid = paid.cast(arrow_type(step.paid))
    factor = [[Fraction(made.numerator), Fraction(made.denominator)]] if made else []
    both = [(name, step.factor) for name in ("numerator", "denominator")]
    return pa.table([*arrays, paid], names=[*names, "value"]), column_table(both, factor)


_NARROW = 2**63


def _whole(column: Any) -> list[int]:
    """Whole numbers of a column, of which those that fit are faster as narrow ones."""
    try:
        found: list[int] = column.cast(pa.int64()).to_pylist()
    except pa.ArrowInvalid:
        return [int(number) for number in column.to_pylist()]
    return found


def result(step: Result, rows: Any) -> Any:
    """The fetched rows under their own names and in exactly the types of the layout."""
    schema = arrow_fields(step.columns)
    names: Sequence[str] = [part for name, type in step.columns for part in physical_names(name, type)]
    arrays = [rows.column(place).combine_chunks().cast(field.type) for place, field in enumerate(schema)]
    return pa.table(arrays, names=names)
