"""Lines of funding, every part of them, on claims small enough to work out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.outcome import outcome
from tests.fundable import claims, column, paid, run_line


@pytest.fixture(params=["reference", "duckdb"])
def backend(request: pytest.FixtureRequest) -> str:
    """The backend on which a test is run."""
    return str(request.param)


PAY = "pay: school.district\namount: worth\n"

SIMPLE = claims("x s1 100", "y s1 50.25", "z s2 30", "u s3 ?", "v ? 70")
"""u's worth is not known, and v's school is not: both are pending."""


def test_without_an_appropriation_all_claims_are_paid_in_full(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY, SIMPLE, tmp_path, backend)
    assert paid(run) == ["150.25", "30.00", "0.00"]
    status = column(run, "attainment", "credentials: status")
    assert status == {"a1": "paid", "a2": "paid", "a3": "paid", "a4": "pending", "a5": "pending"}
    assert list(column(run, "attainment", "credentials: paid").values()) == [100, Fraction("50.25"), 30, 0, 0]


def test_a_claim_that_does_not_count_is_denied_and_an_undetermined_one_is_pending(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 10 2026-01-01 12", "y s1 10 2026-01-01 8", "z s1 10 2026-01-01 ?")
    run = run_line(PAY + "when: grade >= 9", rows, tmp_path, backend)
    assert list(column(run, "attainment", "credentials: status").values()) == ["paid", "denied", "pending"]
    assert paid(run) == ["10.00", "0.00", "0.00"]


def test_a_quantity_makes_a_rate_an_amount(tmp_path: Path, backend: str) -> None:
    line = "pay: school.district\nquantity: hours\namount: $40/credit_hour"
    assert paid(run_line(line, claims("x s1 1", "y s2 1"), tmp_path, backend)) == ["120.00", "120.00", "0.00"]


# x has three claims in one year, two of the same worth: the earlier one, then the lesser key, goes first.
STUDENT = claims("x s1 100 2026-09-01", "x s2 100 2026-08-01", "x s3 40 2026-07-05", "y s3 40 2026-07-05")
ONE = PAY + "limits:\n  one:\n    within: [student, school_year]\n    keep: 1\n    by: amount desc then award_date"


def test_a_limit_keeps_the_first_of_a_student(tmp_path: Path, backend: str) -> None:
    run = run_line(ONE, STUDENT, tmp_path, backend)
    assert paid(run) == ["0.00", "100.00", "40.00"]
    assert list(column(run, "attainment", "credentials: status").values()) == ["limited", "paid", "limited", "paid"]
    assert list(column(run, "attainment", "credentials: limited by").values()) == ["one", "none", "one", "none"]


# t teaches four: 100 + 100 + 100 + 40, of which 250 may be paid, the earliest first (a3 70.50, a1 100, then a2 79.50).
TEACHER = claims(
    "x s1 100 2026-08-02 12 t", "y s2 100 2026-08-03 12 t", "z s3 70.50 2026-08-01 12 t", "u s3 40 2026-08-04 12 t",
    "v s3 300 2026-08-04 12 w", "w s3 11 2026-08-04 12 ?",
)  # fmt: skip
CAP = PAY + "limits:\n  cap:\n    within: [teacher, school_year]\n    at_most: $250\n    by: award_date"


def test_a_limit_in_dollars_is_reached_in_its_order(tmp_path: Path, backend: str) -> None:
    run = run_line(CAP, TEACHER, tmp_path, backend)
    assert list(column(run, "attainment", "credentials: claim amount").values()) == [
        100, Fraction("79.5"), Fraction("70.5"), 0, 250, 0,
    ]  # fmt: skip
    status = list(column(run, "attainment", "credentials: status").values())
    assert status == ["paid", "limited", "paid", "limited", "limited", "pending"]  # nobody knows who taught the last
    assert paid(run) == ["100.00", "79.50", "320.50"]


def test_limits_are_taken_in_the_order_written(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 100 2026-08-01 12 t", "x s1 60 2026-08-02 12 t", "y s1 80 2026-08-03 12 t")
    one = "  one:\n    within: [student]\n    keep: 1\n    by: amount desc\n"
    cap = "  cap:\n    within: [teacher]\n    at_most: $150\n    by: award_date\n"
    first = run_line(PAY + "limits:\n" + one + cap, rows, tmp_path, backend)
    assert list(column(first, "attainment", "credentials: claim amount").values()) == [100, 0, 50]
    second = run_line(PAY + "limits:\n" + cap + one, rows, tmp_path, backend)
    assert list(column(second, "attainment", "credentials: claim amount").values()) == [100, 0, 0]


def test_money_that_is_short_is_prorated_to_the_cent(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 100", "y s2 100", "z s3 100")
    run = run_line(PAY, rows, tmp_path, backend, fund="$100")
    assert paid(run) == ["33.34", "33.33", "33.33"]  # the cent left goes to the first key, all else being equal
    assert column(run, "state", "fund: unspent") == {"state": 0}
    assert column(run, "state", "credentials: numerator") == {"state": 1}
    assert column(run, "state", "credentials: denominator") == {"state": 3}


def test_the_coins_left_over_may_stay(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 100", "y s2 100", "z s3 100")
    line = PAY + "round:\n  what: payment\n  how: down\n  remainder: unspent"
    run = run_line(line, rows, tmp_path, backend, fund="$100")
    assert paid(run) == ["33.33", "33.33", "33.33"]
    assert column(run, "state", "fund: unspent") == {"state": Fraction(1, 100)}


def test_the_parts_of_a_payment_that_claims_bring_sum_to_it(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 10", "y s1 10", "z s1 10", "u s2 70")
    run = run_line(PAY, rows, tmp_path, backend, fund="$66.67")
    assert paid(run) == ["20.00", "46.67", "0.00"]
    assert list(column(run, "attainment", "credentials: paid").values()) == [
        Fraction("6.67"), Fraction("6.67"), Fraction("6.66"), Fraction("46.67"),
    ]  # fmt: skip


def test_parts_of_a_cent_are_handed_out_as_whole_cents(tmp_path: Path, backend: str) -> None:
    """Three times $50.125 is $150.375, paid as $150.38: each claim brings $50.12, and two of them a cent more."""
    rows = claims("x s1 100.25", "y s1 100.25", "z s1 100.25")
    run = run_line("pay: school.district\namount: worth * 0.5", rows, tmp_path, backend)
    assert paid(run) == ["150.38", "0.00", "0.00"]
    assert list(column(run, "attainment", "credentials: paid").values()) == [
        Fraction("50.13"), Fraction("50.13"), Fraction("50.12"),
    ]  # fmt: skip


def test_a_rounded_rate_gives_like_claims_like_amounts(tmp_path: Path, backend: str) -> None:
    """Kansas: 750,000 over 1,682 credentials is $445.89 each, rounded down, and $13.02 stays; here a tenth of it."""
    rows = claims(*(f"x{n} s{1 + n % 2} 1000" for n in range(168)))
    line = PAY + "round:\n  what: rate\n  how: down\n  remainder: unspent"
    run = run_line(line, rows, tmp_path, backend, fund="$75,000")
    each = Fraction(7_500_000 // 168, 100)
    assert set(column(run, "attainment", "credentials: paid").values()) == {each}
    assert list(column(run, "district", "credentials").values()) == [84 * each, 84 * each, 0]
    assert column(run, "state", "fund: unspent") == {"state": 75000 - 168 * each}


def test_a_rounded_claim(tmp_path: Path, backend: str) -> None:
    line = "pay: school.district\namount: worth / 3\nround:\n  what: claim\n  to: dollar\n  how: half_up"
    assert paid(run_line(line, claims("x s1 100", "y s1 50", "z s2 1"), tmp_path, backend)) == ["50.00", "0.00", "0.00"]


def test_set_asides_come_first(tmp_path: Path, backend: str) -> None:
    more = "    set_aside:\n      administration: 3%\n      audit: $7.50\n"
    run = run_line(PAY, claims("x s1 1000", "y s2 1000"), tmp_path, backend, fund="$1,000", more=more)
    assert column(run, "state", "fund: set aside administration") == {"state": 30}
    assert column(run, "state", "fund: available") == {"state": Fraction("962.5")}
    assert paid(run) == ["481.25", "481.25", "0.00"]


# -- pending claims -----------------------------------------------------------------------------------------------

# d1 claims 100 for sure and 100 that is pending, d2 claims 200 for sure; d3 has 50 of which the worth is not known.
WAITING = claims("x s1 100 2026-08-01 12", "y s1 100 2026-08-01 ?", "z s2 200 2026-08-01 12", "u s3 ? 2026-08-01 12")
GRADES = PAY + "when: grade >= 9"


def test_money_is_kept_back_for_pending_claims(tmp_path: Path, backend: str) -> None:
    run = run_line(GRADES, WAITING, tmp_path, backend, fund="$100")
    assert paid(run) == ["25.00", "50.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["25.00", "0.00", "0.00"]
    assert column(run, "state", "fund: unspent") == {"state": 0}


def test_pending_claims_may_be_left_out(tmp_path: Path, backend: str) -> None:
    run = run_line(GRADES, WAITING, tmp_path, backend, fund="$100", more="    pending_claims: leave_out\n")
    assert paid(run) == ["33.33", "66.67", "0.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "0.00", "0.00"]


def test_pending_claims_may_block_the_payments(tmp_path: Path, backend: str) -> None:
    run = run_line(GRADES, WAITING, tmp_path, backend, fund="$100", more="    pending_claims: block\n")
    assert paid(run) == ["0.00", "0.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["50.00", "50.00", "0.00"]


def test_an_amount_that_depends_on_what_is_not_known_is_kept_back_at_its_most(tmp_path: Path, backend: str) -> None:
    line = "pay: school.district\namount: if grade = 12 then $90 else $30"
    run = run_line(line, claims("x s1 1 2026-08-01 12", "y s2 1 2026-08-01 ?"), tmp_path, backend, fund="$1,000")
    assert paid(run) == ["90.00", "0.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "90.00", "0.00"]


# -- minimum, maximum, hold harmless ------------------------------------------------------------------------------


def test_a_minimum_within_the_claim_and_beyond_it(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 50", "y s2 950")
    within = "minimum:\n  each: district\n  amount: $100\n  beyond_claim: no"
    run = run_line(PAY + within, rows, tmp_path, backend, fund="$500")
    assert paid(run) == ["50.00", "450.00", "0.00"]  # half of everything would be 25 and 475
    beyond = "minimum:\n  each: district\n  amount: $100\n  beyond_claim: yes"
    assert paid(run_line(PAY + beyond, rows, tmp_path, backend, fund="$500")) == ["100.00", "400.00", "0.00"]
    everyone = beyond + "\n  to: everyone"
    assert paid(run_line(PAY + everyone, rows, tmp_path, backend, fund="$500")) == ["100.00", "300.00", "100.00"]


def test_a_maximum_of_the_appropriation(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 50", "y s2 950", "z s3 300")
    run = run_line(PAY + "maximum: 50% of appropriation", rows, tmp_path, backend, fund="$600")
    # 300 at most for d2 and d3 would have 300: 50c + 300 + 300c = 600 where c = 6/7
    assert paid(run) == ["42.86", "300.00", "257.14"]


def test_hold_harmless_looks_at_the_payment_of_the_year_before(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 200", "y s2 300", "z s3 300")
    run = run_line(PAY + "hold_harmless: 20% of prior.payment", rows, tmp_path, backend, fund="$500")
    assert paid(run, "credentials: prior payment") == ["1000.00", "10.00", "0.00"]
    assert paid(run) == ["200.00", "150.00", "150.00"]


@pytest.mark.parametrize(
    ("begins", "named", "year"),
    [
        ("07-01", "the year it ends", "2026"), ("07-01", "the year it begins", "2025"),
        ("10-01", "the year it begins", "2025"), ("01-01", "the year it ends", "2025"),
        ("01-15", "the year it ends", "2026"), ("12-31", "the year it begins", "2024"),
    ],
)  # fmt: skip
def test_the_fiscal_year_before_however_years_begin(
    begins: str, named: str, year: str, tmp_path: Path, backend: str
) -> None:
    """As of 2026-10-01, but for the year that begins on New Year's Eve, which is 2025 then."""
    head = f"fiscal_year:\n  begins: {begins}\n  named_for: {named}\n"
    prior = [
        {"line": "credentials", "entity": "district", "subject": "d1", "fiscal_year": str(one), "payment": str(one)}
        for one in range(2023, 2028)
    ]
    line = PAY + "hold_harmless: prior.payment or_else $0"
    run = run_line(line, claims("x s1 1"), tmp_path, backend, head=head, prior=prior)
    assert paid(run, "credentials: prior payment")[0] == f"{year}.00"


def test_no_money_at_all(tmp_path: Path, backend: str) -> None:
    more = "    set_aside:\n      administration: $500\n"
    run = run_line(PAY, QUEUE, tmp_path, backend, fund="$0", more=more)
    assert paid(run) == ["0.00", "0.00", "0.00"]
    assert column(run, "state", "fund: available") == {"state": 0}


def test_an_appropriation_that_is_not_in_force_fails(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY, QUEUE, tmp_path, backend, fund="$100", starts="FY2028")
    assert paid(run) == ["?", "?", "?"]
    found = outcome(run)
    assert found.failed
    assert {reason.code for one in found.held for reason in one.reasons if one.failed} == {"X003"}


def test_amounts_below_zero_count_as_zero(tmp_path: Path, backend: str) -> None:
    line = "pay: school.district\namount: worth - $20"
    run = run_line(line, claims("x s1 50", "y s1 5"), tmp_path, backend, fund="$15")
    assert paid(run) == ["15.00", "0.00", "0.00"]
    assert list(column(run, "attainment", "credentials: paid").values()) == [15, 0]


def test_a_limit_within_what_a_walk_leads_to(tmp_path: Path, backend: str) -> None:
    line = PAY + "limits:\n  one:\n    within: [school.district]\n    keep: 1\n    by: amount desc"
    assert paid(run_line(line, claims("x s1 10", "y s1 30", "z s2 5"), tmp_path, backend)) == ["30.00", "5.00", "0.00"]


def test_minimums_above_the_money_fail_or_are_prorated(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 500", "y s2 500")
    least = "minimum:\n  each: district\n  amount: $300\n  beyond_claim: yes"
    assert paid(run_line(PAY + least, rows, tmp_path, backend, fund="$500")) == ["?", "?", "?"]
    run = run_line(PAY + least + "\n  short: prorate", rows, tmp_path, backend, fund="$500")
    assert paid(run) == ["250.00", "250.00", "0.00"]


# -- first come, none, several lines ------------------------------------------------------------------------------

QUEUE = claims("x s1 40 2026-08-03", "y s2 40 2026-08-01", "z s3 40 2026-08-02")


def test_first_come_first_served_and_the_last_gets_the_rest(tmp_path: Path, backend: str) -> None:
    more = "    pay_in_order:\n      - credentials: first_come received_on\n"
    run = run_line(PAY, QUEUE, tmp_path, backend, fund="$100", more=more)
    assert paid(run) == ["20.00", "40.00", "40.00"]
    assert paid(run_line(PAY, QUEUE, tmp_path, backend, fund="$75", more=more)) == ["0.00", "40.00", "35.00"]


def test_a_pending_claim_keeps_its_place_in_the_queue(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 40 2026-08-03 12", "y s2 40 2026-08-01 12", "z s3 40 2026-08-02 ?")
    more = "    pay_in_order:\n      - credentials: first_come received_on\n"
    run = run_line(GRADES, rows, tmp_path, backend, fund="$100", more=more)
    assert paid(run) == ["20.00", "40.00", "0.00"]
    assert paid(run, "credentials: reserved") == ["0.00", "0.00", "40.00"]


def test_a_claim_without_a_turn_is_pending(tmp_path: Path, backend: str) -> None:
    rows = claims("x s1 40 2026-08-03", "y s2 40 2026-08-01", "z s3 40 ?")
    more = "    pay_in_order:\n      - credentials: first_come received_on\n"
    run = run_line(PAY, rows, tmp_path, backend, fund="$60", more=more)
    assert paid(run) == ["20.00", "40.00", "0.00"]
    assert list(column(run, "attainment", "credentials: status").values()) == ["paid", "paid", "pending"]


@pytest.mark.parametrize("line", ["round:\n  what: rate", "order: [appropriation, limits]"])
def test_blocked_claims_are_paid_nothing_in_any_order(line: str, tmp_path: Path, backend: str) -> None:
    cap = "limits:\n  cap:\n    within: [student]\n    at_most: $1,000\n"
    run = run_line(
        GRADES + "\n" + cap + line, WAITING, tmp_path, backend, fund="$100", more="    pending_claims: block\n"
    )
    assert paid(run) == ["0.00", "0.00", "0.00"]
    assert set(column(run, "attainment", "credentials: paid").values()) == {0}


def test_a_rounded_rate_without_an_appropriation_pays_in_full(tmp_path: Path, backend: str) -> None:
    run = run_line(PAY + "round:\n  what: rate", claims("x s1 100", "y s2 50"), tmp_path, backend)
    assert list(column(run, "attainment", "credentials: paid").values()) == [100, 50]


def test_nobody_is_paid_where_the_money_is_short_and_the_policy_says_so(tmp_path: Path, backend: str) -> None:
    more = "    pay_in_order:\n      - credentials: none\n"
    assert paid(run_line(PAY, QUEUE, tmp_path, backend, fund="$119", more=more)) == ["0.00", "0.00", "0.00"]
    assert paid(run_line(PAY, QUEUE, tmp_path, backend, fund="$120", more=more)) == ["40.00", "40.00", "40.00"]


def test_a_later_line_gets_what_an_earlier_one_left(tmp_path: Path, backend: str) -> None:
    more = "    pay_in_order:\n      - credentials: prorate\n      - training: prorate\n"
    second = "draws_on: fund\n@@training:\nclaim: attainment\npay: school.district\namount: worth"
    run = run_line(PAY + second, QUEUE, tmp_path, backend, fund="$200", more=more)
    assert paid(run) == ["40.00", "40.00", "40.00"]
    assert paid(run, "training") == ["26.67", "26.67", "26.66"]
    assert column(run, "state", "training: available") == {"state": 80}


# -- the order of the steps ---------------------------------------------------------------------------------------


def test_cap_then_prorate_and_prorate_then_cap(tmp_path: Path, backend: str) -> None:
    """120 x $25 with a cap of $2,000 at a factor of one half: $1,000, and the other way round $1,500."""
    rows = claims(*(f"x{n} s1 25 2026-08-01 12 t" for n in range(120)), "z s2 2000 2026-08-01 12 w")
    cap = PAY + "limits:\n  cap:\n    within: [teacher]\n    at_most: $2,000\n"
    first = run_line(cap, rows, tmp_path, backend, fund="$2,000")
    assert paid(first) == ["1000.00", "1000.00", "0.00"]
    then = run_line(cap + "order: [appropriation, limits]\n", rows, tmp_path, backend, fund="$2,500")
    assert paid(then) == ["1500.00", "1000.00", "0.00"]
    lower = cap.replace("$2,000", "$1,200")
    short = run_line(lower + "order: [appropriation, limits]\n", rows, tmp_path, backend, fund="$2,500")
    assert paid(short) == ["1200.00", "1000.00", "0.00"]  # the sum falls short, and the run says by how much
    assert column(short, "state", "fund: unspent") == {"state": 300}


# -- after the payment --------------------------------------------------------------------------------------------


def test_a_split_sums_to_the_payment(tmp_path: Path, backend: str) -> None:
    line = PAY + "split:\n  program: 80%\n  teacher: 15%\n  district: the rest\npass_on:\n  program:\n    at_least: 80%"
    run = run_line(line, claims("x s1 100.01", "y s2 0.03"), tmp_path, backend)
    parts = [paid(run, f"credentials: split {part}")[:2] for part in ("program", "teacher", "district")]
    assert parts == [["80.00", "0.02"], ["15.00", "0.00"], ["5.01", "0.01"]]
    assert paid(run, "credentials: passed on to program")[:2] == ["80.01", "0.03"]


def test_who_claims_may_be_who_is_paid(tmp_path: Path, backend: str) -> None:
    run = run_line("claim: district\nquantity: weight\namount: $1", [], tmp_path, backend, fund="$5")
    assert paid(run) == ["0.83", "1.67", "2.50"]
