"""Record checks: which claims are rejected, by what, and what nobody knows, on claims worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.results.decode import values_of
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Rule
from engine.results.outcome import outcome
from engine.views.summary_money import money_section
from tests.fundable import claims, column, paid, run_line
from tests.results.made import texts


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


PAY = "pay: school.district\namount: worth\n"
CHECKS = """\
record_checks:
  attainment:
    grade_range:
      title: Grades 9 to 12
      not_applicable_when: route = b
      test: grade between 9 and 12
      because: it is of grade {grade}, between 9 and 12
      cite: code 1
    worth_something:
      test: worth > $0
      because: it is worth {worth}
      cite: code 2
"""

# a1 is in order; a2 too low a grade, and worth nothing; a3 without a grade; a4 worth nothing; a5 nobody knows its worth,
# but the grade is too low; a6 has no grade, and route b is excused.
ROWS = claims(
    "x s1 100 2026-08-01 9", "x s1 0 2026-08-01 8", "y s2 30 2026-08-01 ?", "y s2 0 2026-08-01 12",
    "z s3 ? 2026-08-01 13", "z s3 7 2026-08-01 ?",
)  # fmt: skip
ROWS[5]["route"] = "b"
for _row in ROWS[:5]:
    _row["route"] = "a"
STATUS = ["paid", "rejected", "pending", "rejected", "rejected", "paid"]


def test_what_fails_a_check_is_rejected(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY, ROWS, tmp_path, backend, head=CHECKS)
    assert list(column(run, "attainment", "credentials: status").values()) == STATUS
    assert paid(run) == ["100.00", "0.00", "7.00"]
    assert list(column(run, "attainment", "credentials: amount").values()) == [100, 0, 30, 0, 0, 7]


def test_money_is_kept_back_for_a_record_that_may_be_in_order(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY, ROWS, tmp_path, backend, head=CHECKS, fund="$1,000")
    assert paid(run, "credentials: reserved") == ["0.00", "30.00", "0.00"]


def test_what_is_surely_denied_does_not_wait_for_its_record(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + "when: worth > $50", ROWS, tmp_path, backend, head=CHECKS)
    assert list(column(run, "attainment", "credentials: status").values()) == [
        "paid", "rejected", "denied", "rejected", "rejected", "denied",
    ]  # fmt: skip


def test_a_rejected_record_is_not_of_another_year_and_its_amount_is_not_looked_up(tmp_path: Path, backend: str) -> None:
    """The rate begins with FY2026: the second record, of 2024, has none, and is rejected."""
    head = "parameters:\n  rate:\n    unit: USD\n    standing: assumed\n    values:\n      FY2026: $50\n" + CHECKS
    rows = claims("x s1 1 2026-08-01 9", "x s1 0 2024-08-01 8", "y s2 3 2025-08-01 9")
    for row in rows:
        row["route"] = "a"
    line = "pay: school.district\namount: rate as of award_date\npaid_in: fiscal_year of award_date"
    run = run_line(line, rows, tmp_path, backend, head=head)
    assert list(column(run, "attainment", "credentials: status").values()) == ["paid", "rejected", "other_year"]
    assert not outcome(run).failed


def test_a_rejected_record_keeps_nothing_from_another_line(tmp_path: Path, backend: str) -> None:
    """Line `credentials` is not with `training`; what is rejected there does not count there."""
    other = "@@training:\nclaim: attainment\npay: school.district\namount: worth\nwhen: grade < 9\n"
    run = run_line(PAY + "not_with: [training]\n" + other, ROWS[:2], tmp_path, backend, head=CHECKS)
    assert list(column(run, "attainment", "credentials: status").values()) == ["paid", "rejected"]
    assert list(column(run, "attainment", "training: status").values()) == ["denied", "rejected"]


def test_a_rejected_record_owes_nothing(tmp_path: Path, backend: str) -> None:
    stages = """stages:
  begun:
    when: award_date is known
    pays: 50%
  done:
    when: completed
    pays: 50%
    if_missed: owes back begun
"""
    rows = [{**row, "completed": "no"} for row in ROWS[:2]]
    run = run_line(PAY + stages, rows, tmp_path, backend, head=CHECKS)
    assert column(run, "attainment", "credentials: owed") == {"a1": 50, "a2": 0}


def test_the_tables_name_the_check(tmp_path: Path) -> None:
    run = run_line(PAY, ROWS, tmp_path, "reference", head=CHECKS)
    found = outcome(run)
    assert texts(found.table("claims"), "key", "status", "rejected_by", "why") == [
        ("a1", "paid", "", ""),
        ("a2", "rejected", "grade_range", "grade_range: not so: it is of grade 8, between 9 and 12"),
        ("a3", "pending", "", "not known: whether the record meets grade_range (grade of a3 (blank))"),
        ("a4", "rejected", "worth_something", "worth_something: not so: it is worth $0"),
        ("a5", "rejected", "grade_range", "grade_range: not so: it is of grade 13, between 9 and 12"),
        ("a6", "paid", "", ""),
    ]  # fmt: skip
    assert texts(found.table("reconciliation"), "step", "claims", "amount", "note")[:6] == [
        ("in the data", "6", "137", ""), ("rejected", "-2", "0", "grade_range: Grades 9 to 12"),
        ("rejected", "-1", "0", "worth_something"), ("denied", "0", "0", ""),
        ("pending", "-1", "-30", "not known: whether the record meets grade_range"), ("counting", "2", "107", ""),
    ]  # fmt: skip
    assert "6 claims: 2 counted in full, 1 pending, 3 rejected" in money_section(found, 100)
    verdicts = texts(found.table("decisions"), "key", "rule", "verdict")
    assert [row[2] for row in verdicts if row[1] == "grade_range"] == [
        "met", "not_met", "undetermined", "met", "not_met", "not_applicable",
    ]  # fmt: skip


def test_explanations_name_the_check(tmp_path: Path) -> None:
    run = run_line(PAY, ROWS, tmp_path, "reference", head=CHECKS)
    found = explain(run, "attainment", ("a2",), "credentials")
    assert found.sentence == (
        "Attainment a2 is rejected on credentials by grade_range, which is not so: it is of grade 8, between 9 and 12."
    )
    assert {one.name for one in found.items if isinstance(one, Rule)} >= {"grade_range", "worth_something"}
    pending = explain(run, "attainment", ("a3",), "credentials")
    assert "whether the record meets grade_range is not known" in pending.sentence


UNION = """  course_completion:
    key: [course_completion_id]
    rows_name: course_completions
    columns:
      course_completion_id: text
      school:
        type: school
      grade:
        scale: 0
      worth:
        unit: USD
        at_least: $0
        at_most: $99,999
entities:
  completion:
    union: [attainment, course_completion]
"""


def test_a_check_holds_for_the_rows_of_its_table_in_a_union(tmp_path: Path, backend: str) -> None:
    """A check of attainments says nothing of courses, though their grade is 8."""
    line = "@@completions:\nclaim: completion\npay: school.district\namount: worth\n"
    courses = [{"course_completion_id": "c1", "school": "s2", "grade": "8", "worth": "5"}]
    run = run_line(PAY + line, ROWS, tmp_path, backend, head=UNION + CHECKS, tables={"course_completion": courses})
    assert values_of(run, run.plan.column("completion", "completions: status")) == [*STATUS, "paid"]
    assert paid(run, "completions") == ["100.00", "5.00", "7.00"]
    rejected = [row for row in texts(outcome(run).table("claims"), "line", "key", "rejected_by") if row[2]]
    assert [row[2] for row in rejected if row[0] == "completions"] == ["grade_range", "worth_something", "grade_range"]
    found = explain(run, "completion", ("attainment", "a2"), "completions")
    assert "by grade_range, which is not so: it is of grade 8, between 9 and 12" in found.sentence
