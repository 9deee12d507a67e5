"""The plan as text."""

from __future__ import annotations

from datetime import date as Date

from engine.plan.from_checked import plan_policy
from engine.plan.plan import Aggregate, Plan, Reference, Window
from engine.plan.print import WIDTH, print_plan
from engine.plan.words import words_of
from tests.conftest import Golden
from tests.results.small import AS_OF, checked_policy


def small_plan() -> Plan:
    checked = checked_policy()
    return plan_policy(checked, checked.epoch(AS_OF))


def test_page(golden: Golden) -> None:
    golden("plan/small.txt", print_plan(small_plan(), {"credential": (60, 8), "labor_market": (None, 4)}))


def test_every_column_cell_and_used_table_is_there() -> None:
    plan = small_plan()
    text = print_plan(plan)
    for place, column in enumerate(plan.columns, 1):
        assert f"  {place}. {column.id.entity}.{column.id.name}" in text
        assert f"digest {column.digest[:12]}" in text
    assert all(f"  {cell.path}: " in text for cell in plan.cells)
    assert all(f"  {table} (key " in text for table, _ in plan.scans)
    assert ", rows: " not in text


def test_lines_fit() -> None:
    text = print_plan(small_plan())
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_the_words_of_a_plan_are_the_author_s() -> None:
    checked = checked_policy()
    epoch = checked.epoch(Date(2026, 7, 1))
    words = words_of(checked, epoch)
    plan = plan_policy(checked, epoch)
    assert words.text(plan.column("credential", "good_job").node) == (
        "any(occupation.high_skill and occupation.statewide_market.high_wage over occupation_links)"
    )
    assert words.text(plan.column("credential", "value_score").node) == "10 * count(articulations) + employers_for"
    assert words.text(plan.column("labor_market", "high_wage").node) == "annual_median >= wage_floor"


def test_hoisted_columns_have_the_words_of_their_own_part() -> None:
    checked = checked_policy()
    for epoch in checked.epochs:
        words, plan = words_of(checked, epoch), plan_policy(checked, epoch)
        for column in plan.columns:
            if column.id.role == "internal" and isinstance(column.node, Aggregate | Window):
                text = words.text(Reference(column.id, column.type))
                assert text.startswith(f"{column.node.function}("), (column.id, text)
