from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction as F
from typing import Any

import pyarrow as pa
import pytest

from engine.execution.dataset import Dataset
from engine.execution.dataset_rows import DatasetRows
from engine.execution.frame import ColumnData, Frame
from engine.execution.reference_columns import encode
from engine.execution.reference_run import run_reference
from engine.execution.values import NOT_APPLICABLE, Bound, missing
from engine.model.table import Column as ModelColumn
from engine.model.table import Table
from engine.plan.plan import Column, ColumnId, Compute, Entity, Node, Plan, Reference, Scan
from engine.text.errors import EngineBug
from engine.types.datatypes import DATE, TEXT, TRUTH, Type, number
from engine.types.units import PLAIN
from tests.execution.hand_plan import BOUNDED, MAYBE, VERDICT, YEAR, const, do

ID = ModelColumn(name="id", type="text", required=True)
WAGE = ModelColumn(name="wage", scale=2, bounded=True)
OPEN = ModelColumn(name="open", type="truth")
MONEY = replace(number(PLAIN, 10, 2), nullable=True, bounded=True)
SMALL = number(PLAIN, 4, 1).maybe()


def frame() -> Frame:
    """Three markets: a wage, a wage published as at least, and one that is masked."""
    columns = {
        "id": ColumnData(ID, pa.array(["a", "b", "c"])),
        "wage": ColumnData(
            WAGE,
            pa.array([4_390_000, 23_920_000, None], pa.int64()),
            pa.array([4_390_000, None, None], pa.int64()),
            pa.array([None, None, "published as *"], pa.string()),
        ),
        "open": ColumnData(OPEN, pa.array([True, None, False])),
    }
    table = Table(name="market", rows_name="markets", title="", key=("id",), columns=(ID, WAGE, OPEN))
    return Frame(table, columns, 3, pa.array([2, 3, 4]), "markets.csv")


def test_cells_of_a_dataset() -> None:
    rows = DatasetRows({"market": frame()})
    assert rows.keys("market") == (("a",), ("b",), ("c",))
    assert rows.keys("nothing") == ()
    assert rows.cell("market", ("a",), "wage") == 43900
    assert rows.cell("market", ("b",), "wage") == Bound(F(239200), None)
    assert rows.cell("market", ("c",), "wage") == missing("published as *", "wage", "market", ("c",))
    assert rows.cell("market", ("b",), "open") == missing("blank", "open", "market", ("b",))
    assert rows.source("market", ("b",)) == ("markets.csv", 3)
    assert rows.source("market", ("z",)) is None
    with pytest.raises(EngineBug, match="median"):
        rows.cell("market", ("a",), "median")


def plan(**nodes: Node) -> Plan:
    """Columns of the markets; one whose name begins with an underscore is internal."""
    columns = tuple(
        Column(ColumnId("market", name, "internal" if name.startswith("_") else "definition"), node, node.type)
        for name, node in nodes.items()
    )
    return Plan("test", Date(2026, 7, 1), (Entity("market", (("id", TEXT),)),), columns, (), ())


def test_a_run_gives_physical_columns_sorted_by_key() -> None:
    wage = Scan("market", "wage", MONEY)
    high: Compute = do("ge", wage, const(F(70000)))
    tables = run_reference(
        plan(
            wage=wage,
            _high=high,
            listed=do(
                "criterion", Reference(ColumnId("market", "_high"), MAYBE), Scan("market", "open", MAYBE), type=VERDICT
            ),
        ),
        Dataset({"market": frame().take(pa.array([2, 0, 1]))}),
        {},
        {},
    )
    assert tables["market"].to_pydict() == {
        "id": ["a", "b", "c"],
        "wage__low": [4_390_000, 23_920_000, None],
        "wage__high": [4_390_000, None, None],
        "listed": [None, None, None],
        "listed__na": [True, False, False],
    }


@pytest.mark.parametrize(
    ("type_", "values", "expected", "arrow"),
    [
        (SMALL, [F("1.5"), missing("blank")], [15, None], pa.int64()),
        (number(PLAIN, 20, 2), [F(10) ** 19], [Decimal(10**21)], pa.decimal128(38, 0)),
        (TRUTH, [True, False], [True, False], pa.bool_()),
        (TEXT, ["é"], ["é"], pa.string()),
        (DATE, [Date(2026, 7, 1)], [Date(2026, 7, 1)], pa.date32()),
        (YEAR, [2026, missing("blank")], [2026, None], pa.int64()),
    ],
)
def test_layout(type_: Type, values: list[Any], expected: list[Any], arrow: Any) -> None:
    ((name, array),) = encode("x", type_, values)
    assert (name, array.to_pylist(), array.type) == ("x", expected, arrow)


def test_layout_of_bounds_and_verdicts() -> None:
    found = dict(encode("x", BOUNDED, [F(1), Bound(None, F(5)), missing("blank")]))
    assert {name: array.to_pylist() for name, array in found.items()} == {
        "x__low": [100, None, None],
        "x__high": [100, 500, None],
    }
    found = dict(encode("x", VERDICT, [True, NOT_APPLICABLE, missing("blank")]))
    assert {name: array.to_pylist() for name, array in found.items()} == {
        "x": [True, None, None],
        "x__na": [False, True, False],
    }


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (SMALL, F("1.55")),
        (SMALL, F(10) ** 18),
        (SMALL, Bound(F(1), None)),
        (TRUTH, NOT_APPLICABLE),
    ],
)
def test_what_a_column_cannot_hold_is_a_bug(type_: Type, value: Any) -> None:
    with pytest.raises(EngineBug, match="`x`"):
        encode("x", type_, [value])
