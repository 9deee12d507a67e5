"""The databases give what the reference interpreter gives, cell by cell, on random tables with gaps and bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from decimal import Decimal
from itertools import product
from typing import Any

import pyarrow as pa
import pytest

from engine.execution.dataset import Dataset
from engine.execution.frame import ColumnData, Frame
from engine.execution.on_duckdb import run_duckdb
from engine.execution.physical import arrow_type
from engine.execution.reference_run import run_reference
from engine.model.table import Column as ModelColumn
from engine.model.table import Table
from engine.plan.operators import OPERATORS
from engine.plan.plan import Aggregate, Column, ColumnId, Compute, Entity, Node, Plan, Scan
from engine.types.datatypes import MAX_DIGITS, TEXT, TRUTH, Type, number
from engine.types.digits import needed
from engine.types.units import PLAIN
from tests.execution.backend_columns import CELLS, SCHEDULES, across, aggregates, scalars, windows
from tests.execution.backend_shares import shares
from tests.execution.backend_world import ENTITIES, X, dataset, plan

Shape = dict[str, dict[str, Node]]
Run = Callable[..., Mapping[str, Any]]

GROUPS: dict[str, Shape] = {
    "scalars": {"thing": scalars("thing")},
    "windows": {"part": windows()},
    "across": across(),
    "aggregates": {"thing": aggregates()},
    "shares": shares(),
}
LONG: dict[str, Shape] = {**GROUPS, "aggregates": {"thing": aggregates(thin=False)}}
SHAPES = {0: (24, 0.15), 1: (24, 0.0), 2: (8, 0.4), 3: (0, 0.2), 4: (60, 0.05)}
"""Seed → how many parts there are, and what share of the cells is missing."""


def differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Columns that are not the same, with the first cell that differs."""
    assert list(wanted) == list(found)
    said = []
    for entity, table in wanted.items():
        if table.schema != found[entity].schema:
            said.append(f"{entity}: {table.schema} and {found[entity].schema}")
            continue
        for name in table.column_names:
            left, right = table.column(name).to_pylist(), found[entity].column(name).to_pylist()
            if left != right:
                at = next((i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), -1)
                said.append(f"{entity}.{name}[{at}]: {left[at:][:1]} and {right[at:][:1]}")
    return said


def agree(run: Run, group: str, seed: int) -> None:
    parts, gaps = SHAPES[seed]
    made, data = plan(GROUPS[group]), dataset(seed, parts=parts, gaps=gaps)
    assert differences(run_reference(made, data, CELLS, SCHEDULES), run(made, data, CELLS, SCHEDULES)) == []


@pytest.mark.parametrize("seed", [0, 2, 3])
@pytest.mark.parametrize("group", GROUPS)
def test_duckdb(group: str, seed: int) -> None:
    agree(run_duckdb, group, seed)


@pytest.mark.long
@pytest.mark.parametrize("group", LONG)
@pytest.mark.parametrize("seed", range(100, 130))
def test_duckdb_at_length(group: str, seed: int) -> None:
    parts, gaps = SHAPES[seed % len(SHAPES)]
    made, data = plan(LONG[group]), dataset(seed, parts=parts, gaps=gaps)
    assert differences(run_reference(made, data, CELLS, SCHEDULES), run_duckdb(made, data, CELLS, SCHEDULES)) == []


@pytest.mark.spark
@pytest.mark.parametrize("group", GROUPS)
def test_spark(group: str) -> None:
    pytest.importorskip("pyspark")
    from engine.execution.on_spark import run_spark

    agree(run_spark, group, 0)


@pytest.mark.spark
@pytest.mark.parametrize("group", ["scalars", "windows", "across"])
def test_spark_with_many_gaps(group: str) -> None:
    pytest.importorskip("pyspark")
    from engine.execution.on_spark import run_spark

    agree(run_spark, group, 2)


def test_every_operator_and_aggregate_is_compared() -> None:
    operators: set[str] = set()
    functions: set[str] = set()
    ahead: list[Any] = [node for group in GROUPS.values() for nodes in group.values() for node in nodes.values()]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Compute):
            operators.add(node.op)
            ahead += node.args
        elif isinstance(node, Aggregate):
            functions.add(node.function)
    assert operators == set(OPERATORS)
    wanted = "any all share count sum mean weighted_mean median percentile stdev_sample stdev_population min max"
    assert functions == {*wanted.split(), "count_distinct", "first", "last", "the"}


def test_the_number_of_threads_changes_nothing() -> None:
    made, data = plan(GROUPS["windows"]), dataset(4, parts=60)
    one, many = (run_duckdb(made, data, CELLS, SCHEDULES, threads=threads) for threads in (1, 4))
    assert differences(one, many) == []


def test_names_are_quoted_and_may_differ_in_case_alone() -> None:
    awkward = ['A"b', "a`b", "a b", "select", "Ä", "ä", "#1", "x", "X", "key.id", "data.x", "; --", "r1"]
    nodes = {name: Scan("thing", "x", X) for name in awkward}
    made, data = plan({"thing": {**nodes}}), dataset(1)
    assert differences(run_reference(made, data, {}, {}), run_duckdb(made, data, {}, {})) == []


def test_a_table_that_the_data_has_not_is_empty() -> None:
    entity = Entity("listing", (("id", TEXT), ("since", TEXT)))
    column = Column(ColumnId("listing", "x"), Scan("listing", "x", X), X)
    made = Plan("test", Date(2026, 7, 1), (*ENTITIES, entity), (column,), (), ())
    assert run_duckdb(made, dataset(1), {}, {})["listing"].num_rows == 0


def test_hand_worked() -> None:
    """Numbers that a double, an engine's decimal or an engine's rounding would get wrong."""
    nodes = {name: node for name, node in scalars("thing").items() if name in ("div wide", "round half_even")}
    data = dataset(1, gaps=0.0)
    found = run_duckdb(plan({"thing": nodes}), data, {}, {})["thing"].to_pylist()
    frame = data.tables["thing"]
    rows = dict(zip(frame.columns["id"].values.to_pylist(), range(frame.row_count), strict=True))
    for row in found:
        place = rows[row["id"]]
        wide, n, x = (frame.columns[name].values[place].as_py() for name in ("w", "n", "x"))
        if n:
            top, under = 2 * abs(int(wide)) * 10**9, 2 * abs(n)
            quotient = (top + abs(n)) // under * (-1 if (wide < 0) != (n < 0) else 1)
            assert row["div wide"] == Decimal(quotient)
        else:
            assert row["div wide"] is None
        tenths, rest = divmod(abs(x), 10)
        tenths += rest > 5 or (rest == 5 and tenths % 2 == 1)
        assert row["round half_even"] == (-tenths if x < 0 else tenths)


def extremes() -> tuple[Plan, Dataset]:
    """Operators on the greatest and the least numbers of many widths, as far as `types.digits` lets them pass."""
    ends: dict[str, ColumnData] = {"id": ColumnData(ModelColumn(name="id", type="text"), pa.array(["a", "b", "c"]))}
    nodes: dict[str, Node] = {}
    types: dict[str, Type] = {}
    for whole, scale in product((1, 9, 17, 18, 20, 30), (0, 3, 12)):
        most = 10 ** (whole + scale) - 1
        wide = arrow_type(number(PLAIN, whole, scale))
        model = ModelColumn(name=f"{whole}.{scale}", scale=scale)
        if whole + scale <= MAX_DIGITS:
            values = [most, -most, most // 3 + 1]
            ends[model.name] = ColumnData(model, pa.array(list(map(Decimal, values)), pa.decimal128(38, 0)).cast(wide))
            types[model.name] = number(PLAIN, whole, scale).maybe()
    for (left, a), (right, b) in product(types.items(), types.items()):
        scale, whole = max(a.scale, b.scale), max(a.whole, b.whole)
        results = {
            "add": number(PLAIN, whole + 1, scale),
            "mul": number(PLAIN, a.whole + b.whole, a.scale + b.scale),
            "div": number(PLAIN, a.whole + b.scale, 12),
            "max": number(PLAIN, whole, scale),
            "lt": TRUTH,
        }
        for op, result in results.items():
            if needed(op, (a, b), result) <= MAX_DIGITS:
                node = Compute(op, (Scan("end", left, a), Scan("end", right, b)), result.maybe())
                nodes[f"{op} {left} {right}"] = node
    table = Table(name="end", rows_name="ends", title="", key=("id",), columns=tuple(c.column for c in ends.values()))
    frame = Frame(table, ends, 3, pa.array([1, 2, 3]))
    columns = tuple(Column(ColumnId("end", name), node, node.type) for name, node in nodes.items())
    made = Plan("test", Date(2026, 7, 1), (Entity("end", (("id", TEXT),)),), columns, (), ())
    return made, Dataset({"end": frame})


def test_numbers_as_wide_as_the_checker_lets_through() -> None:
    made, data = extremes()
    assert len(made.columns) > 300
    assert differences(run_reference(made, data, {}, {}), run_duckdb(made, data, {}, {})) == []


@pytest.mark.spark
def test_numbers_as_wide_on_spark() -> None:
    pytest.importorskip("pyspark")
    from engine.execution.on_spark import run_spark

    made, data = extremes()
    assert differences(run_reference(made, data, {}, {}), run_spark(made, data, {}, {})) == []
