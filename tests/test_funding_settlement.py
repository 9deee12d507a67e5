"""Settling up against an earlier run, totals of lines, what must be spent, and shares that cannot be; worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.views.explanation import render_explanation
from tests.fundable import PRIOR, claims, column, paid, run_line
from tests.results.made import texts


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


PAY = "pay: school.district\namount: worth\n"
ROWS = claims("x s1 100", "y s1 50.25", "z s2 30")

# In FY2027, that of the run, d1 was paid 120 and d2 45.50 before the counts were corrected; of d3 only FY2026 is known.
BEFORE = [
    *PRIOR,
    {"line": "credentials", "entity": "district", "subject": "d1", "fiscal_year": "2027", "payment": "120"},
    {"line": "credentials", "entity": "district", "subject": "d2", "fiscal_year": "2027", "payment": "45.50"},
    {"line": "another", "entity": "district", "subject": "d1", "fiscal_year": "2027", "payment": "7"},
]


def test_a_line_is_settled_against_what_was_paid_before(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + "settle_up: yes", ROWS, tmp_path, backend, prior=BEFORE)
    assert paid(run) == ["150.25", "30.00", "0.00"]
    assert paid(run, "credentials: paid before") == ["120.00", "45.50", "0.00"]
    assert paid(run, "credentials: settlement") == ["30.25", "-15.50", "0.00"]
    assert paid(run, "credentials: settlement", "state") == ["14.75"]


def test_who_has_no_record_is_not_settled(tmp_path: Path, backend: str) -> None:
    run = run_line(
        PAY + "settle_up: yes", ROWS, tmp_path, backend, prior=[row for row in BEFORE if row["subject"] != "d3"]
    )
    assert paid(run, "credentials: settlement") == ["30.25", "-15.50", "?"]
    said = [row[0] for row in texts(outcome(run).table("findings"), "message")]
    assert "what was paid before on `credentials` is not known of 1 payees: they are not settled" in said


def test_settling_and_the_year_before_in_one_line(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + "settle_up: yes\nhold_harmless: 20% of prior.payment", ROWS, tmp_path, backend, prior=BEFORE)
    assert paid(run) == ["200.00", "30.00", "0.00"]
    assert paid(run, "credentials: settlement") == ["80.00", "-15.50", "0.00"]


def test_a_settlement_is_told(tmp_path: Path) -> None:
    run = run_line(PAY + "settle_up: yes\npaid_by: the district", ROWS, tmp_path, "reference", prior=BEFORE)
    found = outcome(run)
    assert texts(found.table("payments"), "key", "amount", "paid before", "settlement") == [
        ("d1", "150.25", "120", "30.25"), ("d2", "30", "45.5", "-15.5"), ("d3", "0", "0", "0"),
    ]  # fmt: skip
    assert texts(found.table("allocation"), "paid", "paid_before", "settlement") == [("180.25", "165.5", "14.75")]
    told = [
        render_explanation(explain(run, "district", (payee,), "credentials"), 200, False)
        for payee in ("d1", "d2", "d3")
    ]
    assert "paid before in this fiscal year: $120.00; $30.25 is still to be paid" in told[0]
    assert "paid before in this fiscal year: $45.50; $15.50 was paid too much" in told[1]
    assert "paid before in this fiscal year: $0.00; nothing is left to settle" in told[2]
    assert "paid by: the district" in told[0]


# -- totals and what must be spent --------------------------------------------------------------------------------

SECOND = "@@training:\nclaim: attainment\npay: school.district\namount: $5\nwhen: worth > $40\n"
TOTALS = "totals:\n  both:\n    title: Both grants\n    value: credentials + training\n"


def test_a_total_adds_payments(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + SECOND, ROWS, tmp_path, backend, head=TOTALS)
    assert paid(run, "both") == ["160.25", "30.00", "0.00"]
    found = outcome(run).table("definitions")
    assert texts(found, "key", "definition", "value")[0] == ("d1", "both", "160.25")


def test_what_must_be_spent_is_reported_and_moves_nothing(tmp_path: Path, backend: str) -> None:
    """55% of 150.25 is 82.6375, rounded up to 82.64."""
    line = PAY + "spend:\n  readiness:\n    at_least: 55%\n    for: the readiness of students in grades 8 to 12"
    run = run_line(line, ROWS, tmp_path, backend)
    assert paid(run) == ["150.25", "30.00", "0.00"]
    assert paid(run, "credentials: to spend for readiness") == ["82.64", "16.50", "0.00"]
    told = render_explanation(explain(run, "district", ("d1",), "credentials"), 200, False)
    assert "to be spent for the readiness of students in grades 8 to 12: at least $82.64 (55%)" in told
    assert texts(outcome(run).table("payments"), "to spend for readiness")[0] == ("82.64",)


def test_what_is_set_aside_may_not_be_more_than_there_is(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY, ROWS, tmp_path, backend, fund="$100", more="    set_aside:\n      administration: $120\n")
    assert paid(run) == ["0.00", "0.00", "0.00"]
    assert column(run, "state", "fund: available") == {"state": 0}
    said = [row[0] for row in texts(outcome(run).table("findings"), "message")]
    assert (
        "set aside from `fund` is $120.00, more than the $100.00 that it holds: nothing is left for its lines" in said
    )
