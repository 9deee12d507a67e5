"""Many scenarios in one program: each gets what a run of its own gives, however many are taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction as F
from functools import cache
from typing import Any

import pytest

from engine.execution import rerun as rerun_module
from engine.execution.batch import Scenario
from engine.execution.inputs import Cells, Schedules
from engine.execution.on_duckdb import DuckDBRerun
from engine.execution.reference_run import run_reference
from engine.execution.rerun import ROOM
from engine.execution.spelling_duckdb import DUCKDB
from engine.execution.sql_batch import SCENARIO, Spread, Unknown, parsed
from engine.execution.sql_program import Make
from engine.execution.sql_stage import program
from engine.execution.sql_tree import render
from engine.execution.values import Scalar
from engine.plan.plan import Cross
from engine.text.errors import PolicyError
from tests.execution.backend_columns import CELLS, SCHEDULES
from tests.execution.backend_world import ENTITIES, PAIR, dataset, plan
from tests.execution.test_backends_agree import GROUPS, SHAPES, differences

TABLES = ("thing", "part", "seat", "edge")


def cells(number: int) -> Cells:
    """Other values for other scenarios."""
    changed: dict[str, Scalar | None] = {"parameters.floor": F(number), "parameters.level": F(number, 8)}
    changed["parameters.word"] = "abz"[number % 3]
    return {**CELLS, **changed} if number else CELLS


def schedules(number: int) -> Schedules:
    if number % 2 == 0:
        return SCHEDULES
    amounts = ((Date(1900, 1, 1), F(number)), (Date(2026, 1, 31), None))
    return {**SCHEDULES, "parameters.amount": amounts}


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Other cells and dated values, and other rows of every table, one of which has none."""
    made = []
    for number, (seed, (parts, gaps)) in enumerate(SHAPES.items()):
        made.append(Scenario(cells(number), schedules(number), dataset(seed, parts=parts, gaps=gaps)))
    return tuple(made)


@cache
def apart(group: str) -> list[dict[str, Any]]:
    """What the reference gives for each."""
    made = plan(GROUPS[group])
    return [dict(run_reference(made, one.dataset, one.cells, one.schedules)) for one in scenarios()]


def together(group: str, some: Sequence[Scenario], room: int = ROOM, threads: int = 0) -> list[dict[str, Any]]:
    made = plan(GROUPS[group])
    rerun = DuckDBRerun(made, some[0].dataset, {*CELLS, *SCHEDULES}, TABLES, room=room, threads=threads)
    try:
        found = list(rerun.many(some))
        assert rerun.at_once == 1 if room == 1 else rerun.at_once > 1
        return found
    finally:
        rerun.close()


@pytest.mark.parametrize("group", GROUPS)
def test_each_equals_the_reference(group: str) -> None:
    for wanted, found in zip(apart(group), together(group, scenarios()), strict=True):
        assert differences(wanted, {entity: found[entity] for entity in wanted}) == []


@pytest.mark.parametrize(("room", "threads"), [(1, 1), (150, 2), (4_000_000, 1)])
def test_how_many_are_taken_together_changes_nothing(room: int, threads: int) -> None:
    wanted = together("shares", scenarios())
    for one, other in zip(wanted, together("shares", scenarios(), room=room, threads=threads), strict=True):
        assert one.keys() == other.keys()
        assert all(one[entity].equals(other[entity]) for entity in one)


def test_no_more_are_drawn_than_there_is_memory_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of tables that vary count as soon as they are built, once for scenarios that share them."""
    some = scenarios()
    rows = max(sum(one.dataset.tables[table].row_count for table in TABLES) for one in some)
    monkeypatch.setattr(rerun_module, "VARIED", 2 * rows)
    drawn: list[int] = []

    def drawing(chosen: Sequence[Scenario]) -> Iterator[Scenario]:
        for number, one in enumerate(chosen):
            drawn.append(number)
            yield one

    made = plan(GROUPS["shares"])
    full = max(some, key=lambda one: one.dataset.tables["thing"].row_count)
    own = [replace(full, dataset=replace(full.dataset)) for _ in range(9)]
    for chosen, most in ((own, len(own) - 1), ([full] * 9, 9)):
        drawn.clear()
        rerun = DuckDBRerun(made, full.dataset, {*CELLS, *SCHEDULES}, TABLES)
        try:
            found = rerun.many(drawing(chosen))
            next(found)
            next(found)
            assert 2 < len(drawn) <= most
            assert (len(drawn) == 9) is (chosen is not own)
            assert sum(1 for _ in found) == 7
        finally:
            rerun.close()


def test_cells_alone() -> None:
    """Tables stay what they are, and what hangs on no cell is there once."""
    first = scenarios()[0]
    some = [replace(first, cells=cells(number), schedules=schedules(number)) for number in range(7)]
    made = plan({**GROUPS["scalars"], **GROUPS["windows"]})
    rerun = DuckDBRerun(made, first.dataset, {"parameters.floor", "parameters.amount", "parameters.level"})
    for one, found in zip(some, rerun.many(some), strict=True):
        wanted = run_reference(made, one.dataset, {**CELLS, **_only(one.cells)}, one.schedules)
        if one.cells["parameters.word"] == CELLS["parameters.word"]:
            assert differences(dict(wanted), {entity: found[entity] for entity in wanted}) == []
    rerun.close()


def _only(given: Cells) -> Cells:
    return {path: given[path] for path in ("parameters.floor", "parameters.level")}


def test_one_that_fails_does_so_in_its_turn() -> None:
    """A crossing that is too large stops its own run, after those before it."""
    small = plan({})
    crossing = replace(PAIR, source=Cross(("thing", "seat"), 40))
    made = replace(small, entities=tuple(crossing if one is PAIR else one for one in ENTITIES))
    data = [dataset(1, things=things) for things in (5, 6, 2, 9, 4)]
    rerun = DuckDBRerun(made, data[0], (), TABLES)
    found = []
    with pytest.raises(PolicyError) as raised:
        for columns in rerun.many(Scenario({}, {}, one) for one in data):
            found.append(columns["pair"].num_rows)
    assert raised.value.diagnostics[0].code == "X005"
    assert found == [30, 36, 12]
    assert rerun.run({}, {}, data[4])["pair"].num_rows == 24
    rerun.close()


def test_a_query_of_another_form_is_not_known() -> None:
    for query in (
        'SELECT "a" FROM "t" LIMIT 1',
        'SELECT "a" FROM "t" WHERE EXISTS (SELECT * FROM "t")',
        'SELECT *, (SELECT COUNT(*) FROM "t") AS "n" FROM "t"',
        'SELECT * FROM "u" LEFT JOIN (SELECT * FROM "t") AS "x" ON TRUE',
        'SELECT "a" FROM "t" AS "x" CROSS JOIN "t"',
        'SELECT * FROM "cells"',
    ):
        with pytest.raises(Unknown):
            Spread({"t"}, {"c1"}).query(query)


@pytest.mark.parametrize(
    ("query", "spread"),
    [
        ('SELECT "a" FROM "u"', ""),
        ('SELECT "c2" FROM "cells"', ""),
        ('SELECT "c1" FROM "cells"', 'SELECT "c1", "#scenario" FROM "scenario_cells"'),
        ('SELECT *, 1 AS "b" FROM "t"', 'SELECT *, 1 AS "b" FROM "t"'),
        ('SELECT SUM("a") AS "b" FROM "t"', 'SELECT SUM("a") AS "b", "#scenario" FROM "t" GROUP BY "#scenario"'),
        (
            'SELECT "b" FROM "u" LEFT JOIN (SELECT "a" FROM "t") AS "x" ON "b" = "a"',
            'SELECT "b", "#scenario" FROM "u" CROSS JOIN "scenarios" LEFT JOIN (SELECT "a", "#scenario" AS "#scenario1"'
            ' FROM "t") AS "x" ON ("#scenario" = "#scenario1") AND ("b" = "a")',
        ),
        (
            'SELECT "b" FROM "u" LEFT JOIN (SELECT "c1" AS "a" FROM "cells") AS "x" ON TRUE',
            'SELECT "b", "#scenario" FROM "u" LEFT JOIN (SELECT "c1" AS "a", "#scenario" FROM "scenario_cells") AS "x"'
            " ON TRUE",
        ),
        (
            'SELECT RANK() OVER (ORDER BY "a") AS "r" FROM "t"',
            'SELECT RANK() OVER (PARTITION BY "#scenario" ORDER BY "a") AS "r", "#scenario" FROM "t"',
        ),
    ],
)
def test_what_becomes_of_a_query(query: str, spread: str) -> None:
    found = Spread({"t"}, {"c1"}).query(query)
    assert found.over({"t": '"t"'}) == (spread or query)
    assert found.is_many is bool(spread)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_read_is_what_was_written(group: str) -> None:
    for step in program(plan(GROUPS[group]), DUCKDB).steps:
        if isinstance(step, Make):
            assert render(parsed(step.query), DUCKDB) == step.query
            assert SCENARIO not in step.query
