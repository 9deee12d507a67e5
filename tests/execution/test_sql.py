"""What the emitted SQL never holds, and how long it gets."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
import sqlglot
from sqlglot import exp

from engine.execution import sql_tree as sql
from engine.execution.inputs import Cells
from engine.execution.on_duckdb import run_duckdb
from engine.execution.spelling import Spelling
from engine.execution.spelling_duckdb import DUCKDB
from engine.execution.spelling_spark import SPARK
from engine.execution.sql_stage import explain_sql, program
from engine.plan.plan import Cell, ColumnId, Cross, Entity, InForce, Node, Reference, Scan
from engine.text.errors import EngineBug, PolicyError
from engine.types.datatypes import TEXT
from tests.execution.backend_columns import across, aggregates, do, num, scalars, windows
from tests.execution.backend_shares import shares
from tests.execution.backend_world import ENTITIES, N, S, X, dataset, plan

BOTH = pytest.mark.parametrize("spelling", [DUCKDB, SPARK], ids=["duckdb", "spark"])
EVERYTHING: list[dict[str, dict[str, Node]]] = [
    {"thing": scalars("thing")},
    {"part": windows()},
    across(),
    {"thing": aggregates()},
    shares(),
]
BANNED = (
    r"\b(AVG|MEAN|MEDIAN|PERCENTILE\w*|QUANTILE\w*|ROUND\w*|BROUND|CEIL\w*|FLOOR|TRUNC\w*|LN|LOG\w*|SQRT|POW\w*|STDDEV\w*"
    r"|VAR_\w*|DOUBLE|FLOAT|REAL|TRY\w*|BOOL_AND|BOOL_OR|EVERY|ANY_VALUE|NOW|RANDOM|RAND|CURRENT_\w*(?<!CURRENT_ROW))\b"
)


def bare(text: str) -> str:
    """SQL without comments, quoted names and texts."""
    text = re.sub(r"--[^\n]*", "", text)
    return re.sub(r"\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|'(?:[^'\\]|''|\\.)*'", "_", text)


@BOTH
@pytest.mark.parametrize("columns", EVERYTHING, ids=["scalars", "windows", "across", "aggregates", "shares"])
def test_nothing_that_is_not_exact_is_asked_of_a_database(
    columns: dict[str, dict[str, Node]], spelling: Spelling
) -> None:
    text = bare(explain_sql(plan(columns), spelling))
    assert re.findall(BANNED, text.replace("CURRENT ROW", "")) == []
    if spelling is DUCKDB:
        assert "DECIMAL" not in text
        assert re.findall(r"(?<!/)/(?!/)", text) == []
    else:
        assert set(re.findall(r"DECIMAL\([^)]*\)", text)) <= {"DECIMAL(38, 0)"}
        # the one quotient of wide numbers is (n - n % d) / d
        operand = r"(_|CAST\(\d+ AS DECIMAL\(38, 0\)\))"
        exact = rf"\( {operand} - \1 % {operand} \) / \2"
        flat = re.sub(r"\s+", " ", text)
        assert len(re.findall(exact, flat)) == flat.count(" / ")


@BOTH
def test_a_spelling_is_printed_as_it_is_written(spelling: Spelling) -> None:
    for word in ("quotient_narrow", "quotient_wide", "remainder", "year", "month", "day", "date_of_parts"):
        line = getattr(spelling, word)
        assert sqlglot.parse_one(line, dialect=spelling.dialect).sql(dialect=spelling.dialect) == line.replace(
            "INTEGER", "INT"
        )


@BOTH
def test_no_value_of_a_cell_is_in_the_text(spelling: Spelling) -> None:
    nodes: dict[str, Node] = {
        "a": do("eq", Scan("thing", "s", S), Cell("parameters.word", S)),
        "b": InForce("parameters.amount", Scan("thing", "d", scalars("thing")["as of"].type), X),
    }
    text = explain_sql(plan({"thing": nodes}), spelling)
    assert "parameters.word" in text
    assert "725" not in text


def test_a_value_that_is_used_twice_is_written_once() -> None:
    """Doubling thirty times would otherwise be a text of 2**30 names."""
    node: Node = Scan("thing", "n", N)
    for _ in range(20):
        node = do("add", node, node, type=num(25, 0))
    assert len(explain_sql(plan({"thing": {"a": node}}), DUCKDB)) < 20_000


def test_columns_that_use_one_another_share_one_query() -> None:
    first = do("div", Scan("thing", "n", N), Scan("thing", "m", N), type=num(12, 12))
    second = do("add", Reference(ColumnId("thing", "a"), first.type), Scan("thing", "n", N), type=num(13, 12))
    made = plan({"thing": {"a": first, "b": second}})
    assert explain_sql(made, DUCKDB).count("_thing AS") == 2  # the data, and the columns


def test_a_crossing_that_is_too_large() -> None:
    entities = [*(e for e in ENTITIES if e.name != "pair")]
    pair = Entity("pair", (("thing", TEXT), ("row", TEXT), ("place", TEXT)), Cross(("thing", "seat"), 35))
    made = replace(plan({}), entities=(*entities, pair))
    with pytest.raises(PolicyError):
        run_duckdb(made, dataset(1), {}, {})  # 6 things by 6 seats


def test_a_cell_that_is_not_bound() -> None:
    made = plan({"thing": {"a": Cell("parameters.floor", X)}})
    cells: Cells = {}
    with pytest.raises(EngineBug, match=r"parameters\.floor"):
        run_duckdb(made, dataset(1), cells, {})


def test_an_unknown_operator_is_a_fault_of_ours() -> None:
    with pytest.raises(EngineBug, match="cube"):
        program(plan({"thing": {"a": do("cube", Scan("thing", "n", N))}}), DUCKDB)


def test_the_reference_does_not_load_the_databases() -> None:
    script = "import sys, engine.execution.reference_run; print({'duckdb', 'sqlglot', 'pyspark'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_many_layers_are_written_out() -> None:
    rows: sql.Tree = sql.table("thing")
    for number in range(300):
        query = exp.Select(expressions=[exp.Star()])
        query.set("from_", exp.From(this=rows))
        rows = exp.Subquery(this=query, alias=exp.TableAlias(this=sql.name(f"layer {number}")))
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(1_000)  # as it is where nothing has raised it
        assert sql.render(rows, DUCKDB).count("SELECT") == 300
        assert sys.getrecursionlimit() == 1_000
    finally:
        sys.setrecursionlimit(limit)
