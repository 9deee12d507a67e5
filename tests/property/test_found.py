"""The smallest cases of what generated expressions have found, with answers worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.execution.on_duckdb import run_duckdb
from engine.execution.reference_run import run_reference
from tests.property.policies import Rule, check, prepare
from tests.property.world import Rows

CELLS: Rows = {
    "thing": [
        {"thing_id": "t1", "k": "1", "m": "4", "x": "1", "grade": "low"},
        {"thing_id": "t2", "k": "1", "m": "9", "x": "2"},
        {"thing_id": "t3", "k": "1", "m": "16", "x": "3", "grade": "high"},
    ],
    "part": [
        {"part_id": "p1", "owner": "t1", "k": "1", "hue": "red", "m": "1"},
        {"part_id": "p2", "owner": "t1", "k": "1", "hue": "green", "m": "2"},
        {"part_id": "p3", "owner": "t2", "k": "1", "hue": "red", "m": "3"},
    ],
    "step": [{"origin": "t1", "target": "t2"}, {"origin": "t2", "target": "t3"}],
}
"""t1 leads to t2, and t2 to t3."""


def rule(entity: str, name: str, expression: str) -> Rule:
    doubled = expression.replace("'", "''")
    return Rule(entity, name, "", (f"{name}: '{doubled}'",))


def values(entity: str, expression: str, *before: Rule) -> list[Any]:
    """What an expression gives for the rows of an entity, in whole numbers of its last decimal; alike on both."""
    prepared = prepare((*before, rule(entity, "it", expression)), CELLS)
    assert prepared.refused == ()
    inputs = (prepared.plan, prepared.dataset, prepared.bound.cells, prepared.bound.schedules)
    wanted: Mapping[str, Any] = run_reference(*inputs)
    assert run_duckdb(*inputs)[entity].equals(wanted[entity])
    found: list[Any] = wanted[entity].column("it").to_pylist()
    return found


def refused(entity: str, expression: str) -> list[str]:
    return [one.code for _, one in check([rule(entity, "it", expression)])[1]]


def test_reached_rows_are_put_in_an_order_by_their_own_key() -> None:
    assert values("thing", "last(m over reachable(steps) by k)") == [16, 16, None]


def test_a_filter_on_reached_rows_may_read_the_row_that_asks() -> None:
    assert values("thing", "sum(m + thing.m over reachable(steps) where m > 2 * thing.m)") == [33, 0, 0]


def test_the_rows_of_a_group_are_reached_from_another_row() -> None:
    # pairs of t1, t2, t3 with the two colors in use; green has one part, red two
    assert values("pair", "sum(m over batch.parts)") == [2, 4, 2, 4, 2, 4]


def test_the_least_of_a_quotient_and_of_a_number_with_many_decimals() -> None:
    # 1.25 cubed, times 1.00000 and so on, is exact to its last decimal; a third is seen with nine
    assert values("thing", "max(x / 3, 0.1234567890123)") == [3333333330000, 6666666670000, 10000000000000]


def test_a_sentence_may_name_what_is_defined_after_its_rule() -> None:
    criterion = Rule("thing", "c1", "truth", ("c1:", "  cite: law", "  test: m > 5", "  because: it is {late}"))
    assert values("thing", "c1", criterion, rule("thing", "late", "m * 2")) == [False, True, True]


def test_a_text_may_stand_for_a_value_of_an_enum_only_if_it_is_one() -> None:
    assert values("thing", '(grade or_else "middle") >= middle') == [False, True, True]
    assert refused("thing", 'grade or_else "medium"') == ["N005"]
    assert refused("thing", "grade or_else s") == ["T009"]


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("max(sqrt(thing.h) over parts)", "T017"),
        ("count(parts where count(thing.notes) > 1)", "T017"),
        ("percentile(50% * sqrt(4), m over parts)", "T007"),
        ("percentile(share(t over parts), m over parts)", "T007"),
        ("d + (if t then 1 month else 2 months)", "T014"),
        ("rank(by 1 month)", "T014"),
        ("1 month is known", "T014"),
        ("abs(missing)", "T006"),
        ("sqrt(missing)", "T006"),
        ("running_sum(missing by t)", "T006"),
        ("weighted_mean(m by missing over parts)", "T006"),
        ("quorum as of missing", "T022"),
    ],
)
def test_what_no_plan_can_say_is_refused(expression: str, code: str) -> None:
    assert refused("thing", expression) == [code]
