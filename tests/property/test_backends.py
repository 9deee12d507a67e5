"""Whatever the checker accepts, every backend gives exactly what the reference interpreter gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.execution.on_duckdb import run_duckdb
from engine.execution.reference_run import run_reference
from engine.plan.from_checked import nodes_in
from engine.plan.operators import OPERATORS
from engine.plan.plan import Aggregate, Compute, Window
from tests.property.policies import Prepared, Rule, data, generated, policy_text, prepare, rules, smallest
from tests.property.world import KINDS, Rows

Run = Callable[..., Mapping[str, Any]]

REFUSED_AT_MOST = 0.08
"""The share of what is written that the checker may refuse (too many digits, a literal zero under a bar): a generator
that mostly writes what does not compile tests nothing."""


def differences(run: Run, prepared: Prepared) -> list[str]:
    """Every column in which a backend differs from the reference, with the rows; or the exception that it raised."""
    inputs = (prepared.plan, prepared.dataset, prepared.bound.cells, prepared.bound.schedules)
    wanted = run_reference(*inputs)
    try:
        found = run(*inputs)
    except Exception as raised:  # noqa: BLE001 - whatever it is, it is reported with its policy
        return [f"{type(raised).__name__}: {raised}"]
    said = []
    for entity, table in wanted.items():
        if table.schema != found[entity].schema or table.num_rows != found[entity].num_rows:
            said.append(f"{entity}: {table.schema} and {found[entity].schema}")
            continue
        for name in table.column_names:
            if not table.column(name).equals(found[entity].column(name)):
                pairs = zip(table.column(name).to_pylist(), found[entity].column(name).to_pylist(), strict=True)
                cells = [f"row {row}: {left} and {right}" for row, (left, right) in enumerate(pairs) if left != right]
                said.append(f"{entity}.{name}: {'; '.join(cells[:3])}")
    return said


def agree(run: Run, prepared: Prepared, cells: Rows) -> None:
    """Fail with the smallest policy that can be found where a backend differs."""
    if differences(run, prepared):
        small = smallest(prepared, cells, lambda fewer: bool(differences(run, fewer)))
        pytest.fail("\n".join([*differences(run, small), small.text, str(cells)]), pytrace=False)


def batches(seed: int, count: int, size: int, run: Run) -> tuple[int, int]:
    """Compare so many batches of so many rules; how many rules were written, and how many compiled."""
    written = compiled = 0
    for batch in range(count):
        prepared, cells = generated(Random(seed + batch), size)
        agree(run, prepared, cells)
        written += size
        compiled += len(prepared.rules)
    return written, compiled


@st.composite
def policies(draw: st.DrawFn) -> tuple[tuple[Rule, ...], Rows]:
    """Rules that use one another, and the tables that they are about. The seeds of both shrink with all that they
    make.
    """
    made = rules(draw(st.randoms(note_method_calls=False, use_true_random=False)), draw(st.integers(1, 20)))
    return made, data(Random(draw(st.integers(0, 999))))


@pytest.mark.filterwarnings("ignore:The recursion limit")  # the interpreter raises it for good
@settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(policies())
def test_what_hypothesis_writes(written: tuple[tuple[Rule, ...], Rows]) -> None:
    made, cells = written
    note(policy_text(made))
    assert differences(run_duckdb, prepare(made, cells)) == []


def test_hundreds_of_expressions() -> None:
    written, compiled = batches(1, 14, 40, run_duckdb)
    assert compiled > 500
    assert compiled >= written * (1 - REFUSED_AT_MOST)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(26))
def test_ten_thousand_expressions(hundred: int) -> None:
    written, compiled = batches(1000 + 100 * hundred, 10, 40, run_duckdb)
    assert compiled >= written * (1 - REFUSED_AT_MOST)
    assert compiled > 10_000 / 26 - 8  # together at least so many


@pytest.mark.spark
@pytest.mark.parametrize("seed", [1, 2])
def test_hundreds_of_expressions_on_spark(seed: int) -> None:
    pytest.importorskip("pyspark")
    from engine.execution.on_spark import run_spark

    prepared, cells = generated(Random(50_000 + seed), 150)
    agree(run_spark, prepared, cells)


@pytest.mark.long
@pytest.mark.spark
@pytest.mark.parametrize("seed", range(38))
def test_ten_thousand_expressions_on_spark(seed: int) -> None:
    pytest.importorskip("pyspark")
    from engine.execution.on_spark import run_spark

    prepared, cells = generated(Random(60_000 + seed), 320)
    agree(run_spark, prepared, cells)


def test_what_is_written_covers_the_language() -> None:
    """Every operator, aggregate and kind of value occurs, and most columns come to something."""
    found: Counter[str] = Counter()
    kinds: set[str] = set()
    columns = known = 0
    for seed in range(1, 15):
        prepared, _ = generated(Random(seed), 40)
        kinds |= {rule.kind for rule in prepared.rules}
        for column in prepared.plan.columns:
            for node in nodes_in(column.node):
                if isinstance(node, Compute):
                    found[node.op] += 1
                elif isinstance(node, Aggregate | Window):
                    found[node.function] += 1
        inputs = (prepared.plan, prepared.dataset, prepared.bound.cells, prepared.bound.schedules)
        for table in run_reference(*inputs).values():
            held = [table.column(name) for name in table.column_names]
            columns += len(held)
            known += sum(column.null_count < len(column) for column in held)
    functions = {
        "any", "all", "share", "count", "sum", "mean", "weighted_mean", "median", "percentile", "stdev_sample",
        "stdev_population", "min", "max", "count_distinct", "first", "last", "the", "rank", "running_sum", "share_of",
    }  # fmt: skip
    lowered = {"is_applicable", "prorate", "bound"}  # only in what the engine lowers
    assert (set(OPERATORS) | functions) - lowered <= set(found)
    assert kinds == set(KINDS)
    assert known > columns * 0.6


def test_a_difference_is_found_and_cut_down() -> None:
    """A backend that gets one column wrong is caught, and only the rules that matter are shown."""

    def wrong(*inputs: Any) -> Mapping[str, Any]:
        found = dict(run_reference(*inputs))
        for entity, table in found.items():
            if "d7" in table.column_names:
                found[entity] = table.drop_columns(["d7"]).append_column("d7", table.column(0))
        return found

    prepared, cells = generated(Random(3), 12)
    assert any(rule.name == "d7" for rule in prepared.rules)
    with pytest.raises(pytest.fail.Exception) as told:
        agree(wrong, prepared, cells)
    small = smallest(prepared, cells, lambda fewer: bool(differences(wrong, fewer)))
    assert "d7:" in str(told.value) and len(small.rules) < len(prepared.rules)
