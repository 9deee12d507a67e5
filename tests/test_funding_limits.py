"""Limits of the quantity, on some claims only, and no limit at all, on claims small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from tests.fundable import claims, column, paid, run_line


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


def of(*hours: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The claims with other hours each."""
    return [{**row, "hours": hour} for row, hour in zip(rows, hours, strict=True)]


def numbers(found: Mapping[str, object]) -> list[object]:
    """The values of a column as numbers that can be read."""
    return [str(value) for value in found.values()]


# x has 6 + 6 + 6 hours, the earliest first: 6, then 4 of 6, then none. y has 3. $40 an hour.
HOURS = of(
    "6", "6", "6", "3",
    rows=claims("x s1 1 2026-08-02", "x s2 1 2026-08-01", "x s3 1 2026-08-03", "y s3 1 2026-08-03"),
)  # fmt: skip
TEN = """pay: school.district
quantity: hours
amount: $40/credit_hour
limits:
  ten:
    within: [student, school_year]
    of: quantity
    at_most: 10
    by: award_date
"""


def test_a_limit_of_the_quantity(tmp_path: Path, backend: str) -> None:
    run = run_line(TEN, HOURS, tmp_path, backend)
    assert numbers(column(run, "attainment", "credentials: quantity after ten")) == ["4", "6", "0", "3"]
    assert numbers(column(run, "attainment", "credentials: claim amount")) == ["160", "240", "0", "120"]
    assert list(column(run, "attainment", "credentials: status").values()) == ["limited", "paid", "limited", "paid"]
    assert paid(run) == ["160.00", "240.00", "120.00"]


def test_full_time_equivalents_times_allocation_times_factor(tmp_path: Path, backend: str) -> None:
    """Four tools at 0.025 reach 0.1 FTE; the fifth adds nothing. 0.1 x $5,330.98 x 1.0 is $533.098: $533.10."""
    head = """parameters:
  base_student_allocation:
    unit: USD/FTE
    standing: assumed
    values:
      FY2027: $5,330.98
  digital_tool_limit:
    unit: FTE
    standing: assumed
    values:
      FY2027: 0.1
"""
    line = """pay: school.district
quantity: added_fte
amount: base_student_allocation * school.district.cost_factor
limits:
  digital_tools:
    within: [student, school_year]
    of: quantity
    where: hours = 1
    at_most: digital_tool_limit
round:
  what: claim
"""
    rows = [
        {**row, "hours": "1" if worth == "0.025" else "3", "added_fte": worth}
        for worth, row in zip(
            ["0.025"] * 5 + ["0.2", "0.5"], claims(*(f"x s{1 + n // 5} 1" for n in range(7))), strict=True
        )
    ]  # fmt: skip
    run = run_line(line, rows, tmp_path, backend, head=head)
    # each of four: 0.025 x 5,330.98 = 133.2745 = $133.27; 0.2: 1,066.196 = $1,066.20; 0.5: 2,665.49
    assert [str(one) for one in column(run, "attainment", "credentials: paid").values()] == [
        "13327/100", "13327/100", "13327/100", "13327/100", "0", "5331/5", "266549/100",
    ]  # fmt: skip
    assert paid(run) == ["533.08", "3731.69", "0.00"]


SOME = """pay: school.district
amount: worth
limits:
  small:
    within: [student]
    where: grade = 8
    keep: 1
    by: amount desc
"""
# x: two in grade 8, of which one is kept, and one in grade 12; z's grade is not known.
MIXED = claims(
    "x s1 10 2026-08-01 8", "x s2 20 2026-08-01 8", "x s3 30 2026-08-01 12", "z s1 7 2026-08-01 ?", "z s2 5 2026-08-01 8",
)  # fmt: skip


def test_a_limit_on_some_claims(tmp_path: Path, backend: str) -> None:
    run = run_line(SOME, MIXED, tmp_path, backend)
    assert numbers(column(run, "attainment", "credentials: status")) == ["limited", "paid", "paid", "pending", "paid"]
    assert paid(run) == ["0.00", "25.00", "30.00"]
    kept_back = run_line(SOME, MIXED, tmp_path, backend, fund="$1,000")
    assert paid(kept_back, "credentials: reserved") == ["7.00", "0.00", "0.00"]


NONE = """parameters:
  cap:
    unit: USD
    standing: assumed
    values:
      FY2025: $15
      FY2027: none
"""
CAPPED = """pay: school.district
amount: worth
limits:
  cap:
    within: [student]
    at_most: cap
    by: award_date
"""


@pytest.mark.parametrize("fund", ["", "$1,000"])
def test_a_limit_that_was_taken_off(fund: str, tmp_path: Path, backend: str) -> None:
    run = run_line(CAPPED, MIXED, tmp_path, backend, head=NONE, fund=fund)
    assert paid(run) == ["17.00", "25.00", "30.00"]
    assert set(column(run, "attainment", "credentials: status").values()) == {"paid"}
    assert set(column(run, "attainment", "credentials: limited by").values()) == {"none"}


def test_no_limit_on_the_day_of_the_claim(tmp_path: Path, backend: str) -> None:
    """Awarded in FY2026 the cap of $15 holds; since then there is none; without a date nobody knows."""
    rows = claims("x s1 40 2026-06-30", "y s2 40 2026-07-01", "z s3 40 ?")
    run = run_line(CAPPED.replace("at_most: cap", "at_most: cap as of award_date"), rows, tmp_path, backend, head=NONE)
    assert numbers(column(run, "attainment", "credentials: status")) == ["limited", "paid", "pending"]
    assert paid(run) == ["15.00", "40.00", "0.00"]


def test_before_its_first_value_a_limit_is_not_known(tmp_path: Path, backend: str) -> None:
    head = NONE.replace("FY2025: $15", "FY2028: $15").replace("FY2027: none", "FY2029: none")
    run = run_line(CAPPED, MIXED, tmp_path, backend, head=head)
    assert set(column(run, "attainment", "credentials: status").values()) == {"pending"}


def test_no_limit_for_one_kind(tmp_path: Path, backend: str) -> None:
    """Students of group a have a limit of one, those of group b none; whose group is not known waits."""
    head = """parameters:
  most:
    unit: count
    standing: assumed
    by: route
    values:
      FY2025:
        a: 1
        b: none
"""
    rows = [
        {**row, "route": kind}
        for row, kind in zip(
            claims("x s1 9", "x s1 8", "y s2 7", "y s2 6", "z s3 5"), ["a", "a", "b", "b", ""], strict=True
        )
    ]
    line = "pay: school.district\namount: worth\nlimits:\n  most:\n    within: [student]\n    keep: most\n    by: amount desc"
    run = run_line(line, rows, tmp_path, backend, head=head)
    assert numbers(column(run, "attainment", "credentials: status")) == ["paid", "limited", "paid", "paid", "pending"]
    assert paid(run) == ["9.00", "13.00", "0.00"]


def test_a_limit_in_dollars_and_one_of_the_quantity(tmp_path: Path, backend: str) -> None:
    """$40 an hour: the cap of $300 leaves 240 and 60 of x; then 4 hours at most leave 4 x 40 and min(60, 0)."""
    both = TEN.replace("limits:\n", "limits:\n  cap:\n    within: [student]\n    at_most: $300\n    by: award_date\n")
    run = run_line(both.replace("at_most: 10", "at_most: 4"), HOURS, tmp_path, backend)
    assert numbers(column(run, "attainment", "credentials: after cap")) == ["60", "240", "0", "120"]
    assert numbers(column(run, "attainment", "credentials: claim amount")) == ["0", "160", "0", "120"]


def test_pending_claims_under_a_limit_of_the_quantity(tmp_path: Path, backend: str) -> None:
    """x's second claim (4 of its 6 hours are left) may not count; money for those 4 hours is kept back."""
    rows = [dict(row) for row in HOURS]
    rows[0]["grade"], rows[1]["grade"], rows[2]["grade"], rows[3]["grade"] = "", "9", "9", "9"
    run = run_line("when: grade >= 9\n" + TEN, rows, tmp_path, backend, fund="$9,000")
    # The third has those 4 hours if the first does not count. Until that is known nobody is paid for them.
    assert paid(run) == ["0.00", "240.00", "120.00"]
    assert paid(run, "credentials: reserved") == ["160.00", "0.00", "0.00"]
    assert column(run, "attainment", "credentials: status")["a3"] == "limited"
    assert isinstance(column(run, "state", "fund: unspent")["state"], Fraction)


def test_what_rounding_takes_off_is_no_limit(tmp_path: Path, backend: str) -> None:
    """Each claims $3.333, rounded to $3.33: the one that is kept is paid, not limited."""
    line = """pay: school.district
amount: round(worth / 3, 3)
limits:
  one:
    within: [student]
    keep: 1
round:
  what: claim
"""
    run = run_line(line, claims("x s1 10", "x s1 10"), tmp_path, backend)
    assert list(column(run, "attainment", "credentials: status").values()) == ["paid", "limited"]
    assert paid(run) == ["3.33", "0.00", "0.00"]
