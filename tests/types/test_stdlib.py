"""What is said of the functions of the language: their examples give what they say."""

from __future__ import annotations

import pytest

from engine.execution.reference_run import run_reference
from engine.types.functions import EXAMPLE_PARTS, Function
from engine.types.stdlib import FUNCTIONS
from tests.spec.harness import Row, Table, given, prepare, run

AMONG = ("rank", "running_sum", "share_of")
PART = {"n": {"digits": "3"}, "w": {"digits": "3"}, "good": {"type": "truth"}}


def row(number: int, function: Function, text: str, gives: str) -> Row:
    """An example as a row of the tables: of the state, of a thing with its parts, or of each part."""
    if not function.over_rows:
        return Row(number, text, "state", text, False, (gives,))
    is_test = function.name in ("any", "all")
    if function.name in AMONG:
        return Row(number, text, "part", text, False, tuple(gives.split(", ")), parts=EXAMPLE_PARTS)
    return Row(number, text, "thing", text, is_test, (gives,), parts=EXAMPLE_PARTS)


EXAMPLES = [(function, example) for function in FUNCTIONS.values() for example in function.examples]
ROWS = tuple(row(number, function, *example) for number, (function, example) in enumerate(EXAMPLES, 1))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_examples(row: Row) -> None:
    table = prepare(Table("examples", {}, PART if row.parts else {}, (row,)))
    assert given(row, table, run(table, run_reference)) == row.expects


def test_every_function_has_an_example_or_reads_what_only_a_policy_has() -> None:
    assert {name for name, function in FUNCTIONS.items() if not function.examples} == {"in_group", "listed", "which"}


def test_a_function_is_declared_under_its_name() -> None:
    for name, function in FUNCTIONS.items():
        assert function.name == name
        assert function.written.startswith(f"{name}(")
        assert all(text.startswith(f"{name}(") for text, _ in function.examples)
