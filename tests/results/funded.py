"""Runs of lines of funding in which every step, and every kind of gap, occurs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.results.run import Run
from tests.fundable import claims, run_line
from tests.test_funding import PAY, QUEUE, WAITING

STUDENTS = claims(
    "x s1 100 2026-08-02 12 t", "y s2 100 2026-08-03 12 t", "z s3 70.50 2026-08-01 12 t", "u s3 40 2026-08-04 12 t",
    "v s3 300 2026-08-04 12 w", "w s3 11 2026-08-04 12 ?", "p s1 33 2026-08-04 8 w", "q s1 33 2026-08-04 ? z",
    "x s2 90 2026-08-05 12 w",
)  # fmt: skip
"""Nine claims of eight students: one is below grade 9, of one nobody knows the grade, of one the teacher."""

TITLED = "title: Incentive for credentials earned\ncite: code 2\n"
GRADES = f"{TITLED}when: grade >= 9\n{PAY}"
CAP = "limits:\n  cap:\n    cite: code 3\n    within: [teacher, school_year]\n    at_most: $250\n    by: award_date\n"
ONE = "limits:\n  one:\n    within: [student, school_year]\n    keep: 1\n    by: amount desc then award_date\n"
BOTH = ONE + CAP.removeprefix("limits:\n")
LEAST = "minimum:\n  each: district\n  amount: $150\n  beyond_claim: yes\n"
GUARDS = LEAST + "maximum: 40% of appropriation\n"
FIRST_COME = "    pay_in_order:\n      - credentials: first_come received_on\n"
ALL_OR_NOBODY = "    pay_in_order:\n      - credentials: none\n"
ASIDE = "    set_aside:\n      administration: 3%\n    unspent: lapses\n"
EASY = claims(*(f"x{n} s1 25 2026-08-01 12 t" for n in range(120)), "z s2 2000 2026-08-01 12 w")

LINES: dict[str, tuple[str, list[dict[str, str]], str, str]] = {
    "in full": (GRADES, STUDENTS, "", ""),
    "limits": (GRADES + BOTH, STUDENTS, "", ""),
    "prorated": (GRADES + BOTH, STUDENTS, "$300", ASIDE),
    "plenty": (GRADES + BOTH, STUDENTS, "$90,000", ASIDE),
    "leave out": (GRADES + CAP, STUDENTS, "$300", "    pending_claims: leave_out\n"),
    "block": (GRADES + CAP, STUDENTS, "$300", "    pending_claims: block\n"),
    "guards": (GRADES + CAP + GUARDS, STUDENTS, "$500", ""),
    "guards in full": (GRADES + LEAST + "maximum: $200\nround:\n  what: payment\n  to: dollar\n", STUDENTS, "", ""),
    "harmless": (PAY + "hold_harmless: 20% of prior.payment\n", STUDENTS, "$500", ""),
    "coins stay": (PAY + "round:\n  what: payment\n  how: down\n  remainder: unspent\n", STUDENTS, "$500", ""),
    "rate": (GRADES + CAP + "round:\n  what: rate\n  how: down\n  remainder: unspent\n", STUDENTS, "$300", ""),
    "claims rounded": (
        f"{TITLED}pay: school.district\namount: worth / 3\nround:\n  what: claim\n  to: dollar\n", STUDENTS, "$90", "",
    ),
    "parts of a cent": (f"{TITLED}pay: school.district\namount: round(worth / 3, 4)\n", STUDENTS, "$90", ""),
    "parts of a cent, in full": (f"{TITLED}pay: school.district\namount: round(worth / 3, 4)\n", STUDENTS, "", ""),
    "first come": (PAY, QUEUE, "$100", FIRST_COME),
    "first come, waiting": ("when: grade >= 9\n" + PAY, WAITING, "$150", FIRST_COME),
    "all": (PAY, QUEUE, "$120", ALL_OR_NOBODY),
    "nobody": (PAY, QUEUE, "$119", ALL_OR_NOBODY),
    "cap, then share": (TITLED + PAY + "limits:\n  cap:\n    within: [teacher]\n    at_most: $2,000\n", EASY, "$2,000", ""),
    "share, then cap": (
        TITLED + PAY + "limits:\n  cap:\n    within: [teacher]\n    at_most: $1,200\norder: [appropriation, limits]\n", EASY,
        "$2,500", "",
    ),
    "share, then cap that leaves room": (
        TITLED + PAY + "limits:\n  cap:\n    within: [teacher]\n    at_most: $2,000\norder: [appropriation, limits]\n",
        EASY, "$2,500", "",
    ),
    "share, then cap, waiting": (GRADES + CAP + "order: [appropriation, limits]\n", STUDENTS, "$300", ""),
    "least prorated": (PAY + LEAST + "  short: prorate\n", STUDENTS, "$400", ""),
    "least too much": (PAY + LEAST, STUDENTS, "$400", ""),
    "split": (
        GRADES + "split:\n  program: 80%\n  teacher: 15%\n  district: the rest\npass_on:\n  program:\n    at_least: 80%\n",
        STUDENTS, "$300", ASIDE,
    ),
    "two lines": (
        PAY + "draws_on: fund\n@@training:\nclaim: attainment\npay: school.district\namount: worth\n", QUEUE, "$200",
        "    pay_in_order:\n      - credentials: prorate\n      - training: prorate\n",
    ),
    "not known": (PAY + "maximum: $10 * enrolled\n", STUDENTS, "$500", ""),
}  # fmt: skip
"""A line, its claims, what there is, and what more the appropriation says."""

KNOWN = tuple(name for name in LINES if name not in ("least too much", "not known"))
"""The runs in which every payment is known."""


@cache
def funded(name: str, backend: str = "reference") -> Run:
    """The run of a line."""
    line, rows, fund, more = LINES[name]
    with TemporaryDirectory() as folder:
        return run_line(line, rows, Path(folder), backend, fund, more)
