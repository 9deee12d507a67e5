"""What is said of the functions of the language: their examples give what they say."""

from __future__ import annotations

import pytest

from engine.execution.reference_run import run_reference
from engine.types.stdlib import FUNCTIONS
from tests.spec.harness import Row, Table, given, prepare, run

EXAMPLES = [example for function in FUNCTIONS.values() for example in function.examples]
ROWS = tuple(Row(at, text, "state", text, False, (gives,)) for at, (text, gives) in enumerate(EXAMPLES, 1))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_examples(row: Row) -> None:
    table = prepare(Table("examples", {}, {}, (row,)))
    assert given(row, table, run(table, run_reference)) == row.expects


def test_every_scalar_function_has_an_example_or_reads_a_table() -> None:
    without = {name for name, function in FUNCTIONS.items() if not function.examples and not function.over_rows}
    assert without == {"listed", "in_group"}


def test_a_function_is_declared_under_its_name() -> None:
    for name, function in FUNCTIONS.items():
        assert function.name == name
        assert function.written.startswith(f"{name}(")
        assert all(text.startswith(f"{name}(") for text, _ in function.examples)
