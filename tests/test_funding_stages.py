"""Claims that are paid in stages, and what is owed back for a stage that is missed, on claims worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.results.run import Run
from engine.views.explanation import render_explanation
from tests.fundable import claims, column, paid, run_line
from tests.results.made import texts


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


def staged(*rows: str) -> list[dict[str, str]]:
    """Claims: `school worth enrolled completed on_time`; each is of a student of its own, `?` where it is blank."""
    cells = [row.split() for row in rows]
    found = claims(*(f"x{number} {one[0]} {one[1]}" for number, one in enumerate(cells)))
    for claim, (_, _, enrolled, completed, on_time) in zip(found, cells, strict=True):
        claim |= {"enrolled_on": enrolled, "completed": completed, "on_time": on_time}
    return [{key: value.replace("?", "") for key, value in claim.items()} for claim in found]


PROVIDER = """pay: school.district
amount: worth
stages:
  enrollment:
    when: enrolled_on <= as_of
    pays: 50%
  completion:
    when: completed
    pays: if on_time then 50% else 40%
    if_missed: owes back enrollment
"""
"""Course choice: half at enrollment, half at completion on time, 40% at a later one; here the first half is owed back."""

COURSES = staged(
    "s1 800 2026-08-01 yes yes",  # 400 + 400
    "s1 800 2026-08-01 yes no",  # 400 + 320
    "s2 600 2026-08-01 ? ?",  # 300, and up to 300 more
    "s2 600 2026-08-01 no ?",  # 300, which is owed back
    "s3 500 ? ? ?",  # nobody knows
    "s3 500 2027-08-01 no ?",  # not enrolled yet, and not completed: nothing
)


def of(run: Run, part: str) -> list[str]:
    return [str(value) for value in column(run, "attainment", f"credentials: {part}").values()]


def test_stages_are_paid_when_they_are_reached(tmp_path: Path, backend: str) -> None:
    run = run_line(PROVIDER, COURSES, tmp_path, backend)
    assert of(run, "stage enrollment") == ["400", "400", "300", "300", "?", "0"]
    assert of(run, "stage completion") == ["400", "320", "?", "0", "?", "0"]
    assert of(run, "amount") == ["800", "720", "300", "300", "0", "0"]
    assert of(run, "status") == ["paid", "paid", "paid", "paid", "pending", "denied"]
    assert paid(run) == ["1520.00", "600.00", "0.00"]


def test_a_missed_stage_is_owed_back_and_not_taken_off(tmp_path: Path, backend: str) -> None:
    run = run_line(PROVIDER, COURSES, tmp_path, backend)
    assert of(run, "owed") == ["0", "0", "0", "300", "0", "0"]
    assert paid(run, "credentials: owed") == ["0.00", "300.00", "0.00"]
    kept = run_line(PROVIDER.replace("owes back enrollment", "keeps"), COURSES, tmp_path, backend)
    assert paid(kept) == paid(run)


TAKEN = PROVIDER + "owed: subtract\n"


def test_what_is_owed_back_is_taken_off(tmp_path: Path, backend: str) -> None:
    """d2: 300 for a3 and 300 for a4, less the 300 that a4 owes back. What is left goes back to its two claims alike."""
    run = run_line(TAKEN, COURSES, tmp_path, backend)
    assert paid(run) == ["1520.00", "300.00", "0.00"]
    assert paid(run, "credentials: taken off") == ["0.00", "300.00", "0.00"]
    assert paid(run, "credentials: still owed") == ["0.00", "0.00", "0.00"]
    assert of(run, "paid")[2:4] == ["150", "150"]


def test_no_more_is_taken_off_than_there_is(tmp_path: Path, backend: str) -> None:
    """$550 for $1,100: d1 gets 400, d2 would get 150 and owes 300. Nobody else gets the 150, and 150 is still owed."""
    courses = [row for row in COURSES if row["attainment_id"] in ("a1", "a4")]
    run = run_line(TAKEN, courses, tmp_path, backend, fund="$550", more="    pending_claims: leave_out\n")
    assert paid(run, "credentials: before owed") == ["400.00", "150.00", "0.00"]
    assert paid(run) == ["400.00", "0.00", "0.00"]
    assert paid(run, "credentials: still owed") == ["0.00", "150.00", "0.00"]
    assert column(run, "state", "fund: unspent") == {"state": 150}


def test_what_is_taken_off_is_no_coin_that_rounding_leaves(tmp_path: Path, backend: str) -> None:
    """$549.99 for $1,100: $399.99 and $149.99, and the cent stays; the 149.99 that is taken off is left for later."""
    line = TAKEN + "round:\n  what: payment\n  remainder: unspent\n"
    courses = [row for row in COURSES if row["attainment_id"] in ("a1", "a4")]
    run = run_line(line, courses, tmp_path, backend, fund="$549.99", more="    pending_claims: leave_out\n")
    assert paid(run) == ["399.99", "0.00", "0.00"]
    assert column(run, "state", "credentials: stays") == {"state": Fraction(1, 100)}
    found = outcome(run)
    assert texts(found.table("allocation"), "paid", "reserved", "stays", "left") == [("399.99", "0", "0.01", "149.99")]


def test_what_is_told_of_what_is_taken_off(tmp_path: Path) -> None:
    run = run_line(TAKEN, COURSES, tmp_path, "reference", fund="$5,000")
    found = outcome(run)
    assert texts(found.table("payments"), "key", "amount", "reserved", "owed", "taken off", "still owed") == [
        ("d1", "1520", "0", "0", "0", "0"), ("d2", "300", "300", "300", "300", "0"), ("d3", "0", "500", "0", "0", "0"),
    ]  # fmt: skip
    assert texts(found.table("reconciliation"), "step", "amount")[-2:] == [
        ("owed back, taken off", "-300"), ("paid", "1820"),
    ]  # fmt: skip
    told = render_explanation(explain(run, "district", ("d2",), "credentials"), 200, False)
    assert "less $300.00 that is owed back" in told
    assert "owed back for stages that were missed, taken off" in told
    assert "owed back for stages that were missed: $300.00; $300.00 of it is taken off the payment" in told


def test_money_is_kept_back_for_stages_that_may_be_reached(tmp_path: Path, backend: str) -> None:
    """a3 may come to 300 more (or 240, which is not known); a5 to 250 twice."""
    run = run_line(PROVIDER, COURSES, tmp_path, backend, fund="$5,000")
    assert paid(run) == ["1520.00", "600.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "300.00", "500.00"]
    assert column(run, "state", "credentials: pending claims") == {"state": 2}
    left_out = run_line(PROVIDER, COURSES, tmp_path, backend, fund="$5,000", more="    pending_claims: leave_out\n")
    assert paid(left_out, "credentials: reserved") == ["0.00", "0.00", "0.00"]
    block = run_line(PROVIDER, COURSES, tmp_path, backend, fund="$5,000", more="    pending_claims: block\n")
    assert paid(block) == ["0.00", "0.00", "0.00"]


def test_money_that_is_short_is_shared_among_stages(tmp_path: Path, backend: str) -> None:
    """2,120 for sure and 800 that may come: 1,460 is one half of it all."""
    run = run_line(PROVIDER, COURSES, tmp_path, backend, fund="$1,460")
    assert paid(run) == ["760.00", "300.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "150.00", "250.00"]


THIRDS = """pay: school.district
amount: worth
when: grade >= 9
stages:
  enrollment:
    when: enrolled_on is known
    pays: round(amount / 3, 2)
    paid_in: fiscal_year of enrolled_on
  completion:
    when: completed
    pays: round(amount / 3, 2)
    paid_in: fiscal_year of received_on
    if_missed: owes back enrollment
  credential:
    when: on_time
    pays: amount - 2 * round(amount / 3, 2)
    paid_in: fiscal_year of award_date
    if_missed: owes back enrollment and completion
"""


def test_each_stage_in_its_year(tmp_path: Path, backend: str) -> None:
    """A third of $100 is $33.33, the last one $33.34. Enrolled in FY2026, completed and certified in FY2027."""
    rows = staged("s1 100 2026-01-15 yes yes", "s2 100 2026-08-01 yes yes", "s3 100 2026-01-15 yes no")
    for row in rows:
        row |= {"received_on": "2026-08-15", "award_date": "2026-08-20", "grade": "12"}
    run = run_line(THIRDS, rows, tmp_path, backend)
    assert of(run, "stage enrollment") == ["0", "3333/100", "0"]
    assert of(run, "stage completion") == ["3333/100", "3333/100", "3333/100"]
    assert of(run, "stage credential") == ["1667/50", "1667/50", "0"]
    assert paid(run) == ["66.67", "100.00", "33.33"]
    assert paid(run, "credentials: owed") == ["0.00", "0.00", "66.66"]  # both thirds, whenever they were paid


def test_who_does_not_count_owes_nothing(tmp_path: Path, backend: str) -> None:
    rows = staged("s1 100 2026-08-01 no no", "s2 100 2026-08-01 no no", "s3 100 2026-08-01 no no")
    for row, grade in zip(rows, ("8", "", "9"), strict=True):
        row |= {"received_on": "2026-08-15", "award_date": "2026-08-20", "grade": grade}
    run = run_line(THIRDS, rows, tmp_path, backend)
    assert of(run, "status") == ["denied", "pending", "paid"]
    assert paid(run) == ["0.00", "0.00", "33.33"]
    assert paid(run, "credentials: owed") == ["0.00", "0.00", "33.33"]  # once, though two stages take it back


def test_an_amount_that_is_not_known_waits(tmp_path: Path, backend: str) -> None:
    run = run_line(PROVIDER, staged("s1 ? 2026-08-01 no ?"), tmp_path, backend)
    assert of(run, "status") == ["pending"]
    assert of(run, "owed") == ["0"]


def test_what_is_told_of_stages(tmp_path: Path) -> None:
    run = run_line(PROVIDER, COURSES, tmp_path, "reference", fund="$5,000")
    found = outcome(run)
    columns = ("key", "status", "amount", "stage enrollment", "stage completion", "owed", "pending_amount", "why")
    assert texts(found.table("claims"), *columns)[2:] == [
        ("a3", "paid", "300", "300", "", "0", "300",
         "not known: whether the stage completion is reached (completed of a3 (blank); on_time of a3 (blank))"),
        ("a4", "paid", "300", "300", "0", "300", "", ""),
        ("a5", "pending", "0", "", "", "0", "500",
         "not known: whether any stage is reached (completed of a5 (blank); enrolled_on of a5 (blank))"),
        ("a6", "denied", "0", "0", "0", "0", "", "no stage is reached"),
    ]  # fmt: skip
    assert texts(found.table("payments"), "key", "amount", "reserved", "owed") == [
        ("d1", "1520", "0", "0"), ("d2", "600", "300", "300"), ("d3", "0", "500", "0"),
    ]  # fmt: skip
    told = render_explanation(explain(run, "district", ("d2",), "credentials"), 200, False)
    assert "owed back for stages that were missed: $300.00; not taken off the payment" in told
    denied = explain(run, "attainment", ("a6",), "credentials").sentence
    assert denied == "Attainment a6 is denied on credentials: it has reached no stage."
