"""Every row of the specification, on every engine."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib import import_module

import pytest

from engine.execution.reference_run import Columns
from tests.spec.harness import ERRORS, WORDS, Row, Table, check, given, prepared, reasons, run, tables

ENGINES = {
    "reference": ("engine.execution.reference_run", "run_reference"),
    "duckdb": ("engine.execution.on_duckdb", "run_duckdb"),
    "spark": ("engine.execution.on_spark", "run_spark"),
}

NAMES = [table.name for table in tables()]
EVALUATED = [
    pytest.param(table.name, row, id=f"{table.name}: {row.name}") for table in tables() for row in table.evaluated
]
REFUSED = [
    pytest.param(table, row, id=f"{table.name}: {row.name}") for table in tables() for row in table.rows if row.error
]
EXPLAINED = [
    pytest.param(table.name, row, id=f"{table.name}: {row.name}") for table in tables() for row in table.rows if row.why
]


@cache
def results(engine: str, name: str) -> Columns:
    if engine == "spark":
        pytest.importorskip("pyspark")
    module, function = ENGINES[engine]
    return run(prepared(name), getattr(import_module(module), function))


def test_the_tables_are_there() -> None:
    names = [(table.name, row.name) for table in tables() for row in table.rows]
    assert len(names) > 600
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("name", "row"), EVALUATED)
def test_the_reference(name: str, row: Row) -> None:
    assert given(row, prepared(name), results("reference", name)) == row.expects


@pytest.mark.parametrize(("name", "row"), EVALUATED)
def test_duckdb(name: str, row: Row) -> None:
    assert given(row, prepared(name), results("duckdb", name)) == row.expects


@pytest.mark.spark
@pytest.mark.parametrize(("name", "row"), EVALUATED)
def test_spark(name: str, row: Row) -> None:
    assert given(row, prepared(name), results("spark", name)) == row.expects


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_engines_agree(engine: str, name: str) -> None:
    """Each definition is there for the things of all rows of the file: equal tables, not just the expected cells."""
    expected, found = results("reference", name), results(engine, name)
    assert {entity: found[entity].column_names for entity in expected} == {
        entity: expected[entity].column_names for entity in expected
    }
    different = [
        (entity, column, place)
        for entity, table in expected.items()
        for column in table.column_names
        for place, (one, two) in enumerate(
            zip(table[column].to_pylist(), found[entity][column].to_pylist(), strict=True)
        )
        if one != two
    ]
    assert different == []
    assert all(found[entity].schema == table.schema for entity, table in expected.items())


@pytest.mark.parametrize("name", NAMES)
def test_results_are_of_their_types(name: str) -> None:
    """What the checker promises of a column holds for every row: its digits, its range, whether it may be missing."""
    table, held = prepared(name), results("reference", name)
    for column in table.plan.columns:
        if column.id.role == "internal":
            continue
        type_ = column.type
        names = (f"{column.id.name}__low", f"{column.id.name}__high") if type_.bounded else (column.id.name,)
        ends = [held[column.id.entity].column(name).to_pylist() for name in names]
        assert type_.nullable or all(any(end is not None for end in row) for row in zip(*ends, strict=True)), column
        if type_.kind == "number":
            known = [Fraction(int(value), 10**type_.scale) for end in ends for value in end if value is not None]
            assert all(abs(value) < 10**type_.whole for value in known), column
            assert type_.low is None or all(value >= type_.low for value in known), column
            assert type_.high is None or all(value <= type_.high for value in known), column


@pytest.mark.parametrize(("name", "row"), EXPLAINED)
def test_why_it_is_missing(name: str, row: Row) -> None:
    found = reasons(row, prepared(name))
    assert found == [{WORDS.get(row.why, row.why)}] * len(row.expects)


@pytest.mark.parametrize(("table", "row"), REFUSED)
def test_what_must_not_compile(table: Table, row: Row) -> None:
    _, errors = check(table, (row,))
    found = {one.code for one in errors}
    assert found and found <= set(ERRORS[row.error]), [f"{one.code} {one.message}" for one in errors]
