"""The year in which a claim is paid, and lines that are not paid together, on claims worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from tests.fundable import claims, column, paid, run_line
from tests.results.made import texts


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


PAY = "pay: school.district\namount: worth\n"

# The run is of FY2027, which begins on 1 July 2026, and of the school year 2026-27.
AWARDED = claims(
    "x s1 100 2025-07-01", "y s1 10 2026-06-30", "z s2 40 2026-07-01", "u s2 7 2025-06-30", "v s3 5 ?", "w s3 3 2026-01-15",
)  # fmt: skip
YEARS_OF_SCHOOL = ("2025-26", "2025-26", "2026-27", "2024-25")
YEARS = "years:\n  earned: school_year of award_date\n  paid: earned + 1 year\n"


@pytest.mark.parametrize("written", ["fiscal_year of award_date + 1 year", "paid"])
def test_claims_are_paid_in_the_year_that_the_line_says(written: str, tmp_path: Path, backend: str) -> None:
    """Awarded in FY2026, paid in FY2027; z comes a year later, u came a year before, v waits for its date."""
    run = run_line(PAY + f"paid_in: {written}", AWARDED, tmp_path, backend, head=YEARS)
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["paid", "paid", "other_year", "other_year", "pending", "paid"]
    assert paid(run) == ["110.00", "0.00", "3.00"]
    assert list(column(run, "attainment", "credentials: amount").values())[2:4] == [0, 0]


@pytest.mark.parametrize("written", ["school_year", "earned", "school_year of award_date"])
def test_a_year_is_that_of_the_run_where_claims_have_a_school_year_too(
    written: str, tmp_path: Path, backend: str
) -> None:
    """The run is of 2026-27: x and y were earned the year before, u two years before, and are not paid again."""
    rows = [{**row, "school_year": year} for row, year in zip(AWARDED[:4], YEARS_OF_SCHOOL, strict=True)]
    run = run_line(PAY + f"paid_in: {written}", rows, tmp_path, backend, head=YEARS)
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["other_year", "other_year", "paid", "other_year"]
    assert paid(run) == ["0.00", "40.00", "0.00"]


@pytest.mark.parametrize("year", ["2025-26", "2026-27"])
def test_a_stage_is_paid_in_the_year_of_the_run(year: str, tmp_path: Path, backend: str) -> None:
    line = PAY + "stages:\n  earned:\n    when: award_date is known\n    pays: 100%\n    paid_in: school_year"
    run = run_line(line, [{**AWARDED[2], "school_year": year}], tmp_path, backend)
    assert paid(run) == ["0.00", "40.00" if year == "2026-27" else "0.00", "0.00"]


def test_money_is_kept_back_for_a_claim_whose_year_is_not_known(tmp_path: Path, backend: str) -> None:
    line = PAY + "paid_in: fiscal_year of award_date + 1 year"
    run = run_line(line, AWARDED, tmp_path, backend, fund="$1,000")
    assert paid(run) == ["110.00", "0.00", "3.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "0.00", "5.00"]


def test_what_is_surely_denied_does_not_wait_for_its_year(tmp_path: Path, backend: str) -> None:
    line = PAY + "when: worth > $5\npaid_in: fiscal_year of award_date + 1 year"
    run = run_line(line, AWARDED, tmp_path, backend)
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["paid", "paid", "other_year", "other_year", "denied", "denied"]


def test_an_amount_of_another_year_is_not_looked_up(tmp_path: Path, backend: str) -> None:
    """The rate begins with FY2026: the award of 30 June 2025 has none, and it is not of this run."""
    head = "parameters:\n  rate:\n    unit: USD\n    standing: assumed\n    values:\n      FY2026: $50\n"
    line = "pay: school.district\namount: rate as of award_date\npaid_in: fiscal_year of award_date + 1 year"
    run = run_line(line, AWARDED[:4], tmp_path, backend, head=head)
    assert paid(run) == ["100.00", "0.00", "0.00"]
    assert not outcome(run).failed


def test_the_reason_is_the_year(tmp_path: Path) -> None:
    line = PAY + "paid_in: fiscal_year of award_date + 1 year"
    run = run_line(line, AWARDED, tmp_path, "reference")
    found = outcome(run)
    assert texts(found.table("claims"), "key", "status", "why")[2:5] == [
        ("a3", "other_year", "paid in FY2028"), ("a4", "other_year", "paid in FY2026"),
        ("a5", "pending", "not known: the year in which it is paid (award_date of a5 (blank))"),
    ]  # fmt: skip
    assert explain(run, "attainment", ("a3",), "credentials").sentence == (
        "Attainment a3 is not of this run of credentials: it is paid in FY2028."
    )
    assert texts(found.table("reconciliation"), "step", "claims", "amount") == [
        ("in the data", "6", "118"), ("of another year", "-2", "0"), ("denied", "0", "0"), ("pending", "-1", "-5"),
        ("counting", "3", "113"), ("claimed", "3", "113"), ("paid", "3", "113"),
    ]  # fmt: skip


# -- lines that are not paid together -----------------------------------------------------------------------------

TWO = "@@training:\nclaim: attainment\npay: school.district\namount: worth\nwhen: grade >= 9\n"
# x is paid for training with its first claim; y's grade is not known; z and u are in grade 8.
BOTH = claims(
    "x s1 10 2026-08-01 12", "x s2 20 2025-08-01 8", "y s2 30 2026-08-01 ?", "z s3 40 2026-08-01 8", "u s3 50 2026-08-01 8",
)  # fmt: skip
BOTH[1]["school_year"] = "2025-26"


def test_a_student_is_not_paid_for_on_both_lines(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + "not_with: [training]\n" + TWO, BOTH, tmp_path, backend)
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["denied", "denied", "pending", "paid", "paid"]
    assert paid(run) == ["0.00", "0.00", "90.00"]
    assert paid(run, "training") == ["10.00", "0.00", "0.00"]


def test_not_in_the_same_year(tmp_path: Path, backend: str) -> None:
    rule = "not_with:\n  lines: [training]\n  within: [student, school_year]\n"
    run = run_line(PAY + rule + TWO, BOTH, tmp_path, backend)
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["denied", "paid", "pending", "paid", "paid"]


def test_not_for_the_same_district(tmp_path: Path, backend: str) -> None:
    rule = "not_with:\n  lines: [training]\n  within: [school.district]\n"
    run = run_line(PAY + rule + TWO, BOTH, tmp_path, backend)
    assert list(column(run, "attainment", "credentials: status").values()) == [
        "denied", "pending", "pending", "paid", "paid",
    ]  # fmt: skip


def test_a_claim_of_nobody_waits(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 10 2026-08-01 12 t", "y s2 20 2026-08-01 8 t", "z s3 30 2026-08-01 8 ?")
    run = run_line(PAY + "not_with:\n  lines: [training]\n  within: [teacher]\n" + TWO, rows, tmp_path, backend)
    assert list(column(run, "attainment", "credentials: status").values()) == ["denied", "denied", "pending"]


def test_claims_of_another_kind(tmp_path: Path, backend: str) -> None:
    """The other line pays students themselves: x, who has a diploma, and not z, who has none."""
    other = "@@students:\nclaim: student\npay: accountable_school.district\namount: $5\nwhen: on_time_diploma\n"
    diplomas = {"x": "yes", "y": "", "z": "no"}
    students = [
        {"student_id": one, "on_time_diploma": met, "accountable_school": "s1"} for one, met in diplomas.items()
    ]
    run = run_line(PAY + "not_with: [students]\n" + other, BOTH[:4], tmp_path, backend, tables={"student": students})
    assert list(column(run, "attainment", "credentials: status").values()) == ["denied", "denied", "pending", "paid"]
    assert list(column(run, "student", "students: status").values()) == ["paid", "pending", "denied"]


def test_the_other_line_is_named(tmp_path: Path) -> None:
    run = run_line(PAY + "when: worth < $40\nnot_with: [training]\n" + TWO, BOTH, tmp_path, "reference")
    said = texts(outcome(run).table("claims"), "line", "key", "status", "why")[:5]
    assert [row[1:] for row in said] == [
        ("a1", "denied", "not with training: a claim of the same student counts there"),
        ("a2", "denied", "not with training: a claim of the same student counts there"),
        ("a3", "pending", "not known: whether a claim of the same student counts on training (grade of a3 (blank))"),
        ("a4", "denied", "not so: worth < $40"), ("a5", "denied", "not so: worth < $40"),
    ]  # fmt: skip
    assert explain(run, "attainment", ("a1",), "credentials").sentence == (
        "Attainment a1 is denied on credentials: a claim of the same student counts on training."
    )
    assert "does not meet the rule" in explain(run, "attainment", ("a4",), "credentials").sentence
