"""All tables of a run (verdicts, the list, what is held and found) are the same bytes whatever computed its columns."""

from __future__ import annotations

from random import Random

import pytest

from engine.results.outcome import outcome
from engine.results.run import Run, run_policy
from engine.results.table_file import csv_bytes, json_bytes
from tests.property.policies import generated, with_list


def tables(run: Run) -> dict[str, bytes]:
    """Table → its bytes as CSV and JSON."""
    return {one.name: csv_bytes(one) + json_bytes(one) for one in outcome(run).tables}


@pytest.mark.parametrize("seed", range(6))
def test_all_tables_are_the_same(seed: int) -> None:
    chance = Random(900 + seed)
    prepared, cells = generated(chance, 16)
    listed = with_list(chance, prepared, cells)
    found = {
        backend: tables(run_policy(listed.checked, listed.dataset, listed.bound.as_of, backend))
        for backend in ("reference", "duckdb")
    }
    assert {"priority_list", "decisions", "held", "findings"} <= set(found["duckdb"])
    for name, data in found["reference"].items():
        assert found["duckdb"][name] == data, f"{name}\n{listed.text}"
