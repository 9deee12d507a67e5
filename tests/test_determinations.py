"""Decisions of people: findings, what is deemed approved, verdicts that are kept. Worked by hand, on both backends."""

from __future__ import annotations

import pytest

from engine.results.explain.explain import explain
from engine.views.explanation import render_explanation
from tests.identified import column, run_of

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

# -- findings -------------------------------------------------------------------------------------------------------

FINDINGS = """\
data:
  determination:
    columns:
      aligned: truth
      hiring_requirements: truth
      stackable: truth
determinations:
  governor_approval:
    of: program
    by: Governor
    findings: [aligned, hiring_requirements]
    {rest}
eligibility:
  workforce_program:
    of: program
    when: governor_approval and clock_hours from 150 to under 600
"""


def decision(program: str, decided_on: str = "2026-05-01", **more: str) -> dict[str, str]:
    """A decision of the Governor to grant."""
    said = {"name": "governor_approval", "entity": "program", "subject": program, "decided_on": decided_on}
    return {**said, "decision": "yes", **more}


PROGRAMS = [{"program_id": key, "clock_hours": "200"} for key in "abcdef"]
DECISIONS = [
    decision("a", aligned="yes", hiring_requirements="yes", authority="Governor", reason="meets the need"),
    decision("b", aligned="yes", hiring_requirements="no", stackable="yes"),
    decision("c", aligned="yes", hiring_requirements="", stackable="yes"),
    decision("d", aligned="yes", hiring_requirements="yes") | {"decision": "no"},
    # the latest decision counts, with what it found
    decision("e", aligned="no", hiring_requirements="yes"),
    decision("e", "2026-06-01", aligned="yes", hiring_requirements="yes"),
]


@BACKENDS
@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("title: all are needed", {"a": True, "b": False, "c": None, "d": False, "e": True, "f": None}),
        (
            "granted_when: decision and aligned and (hiring_requirements or stackable)",
            {"a": True, "b": True, "c": True, "d": False, "e": True, "f": None},
        ),
    ],
)
def test_findings(rest: str, expected: dict[str, bool | None], backend: str) -> None:
    tables = {"program": PROGRAMS, "determination": DECISIONS}
    run = run_of(FINDINGS.replace("{rest}", rest), tables, backend)
    assert column(run, "program", "governor_approval") == expected
    assert column(run, "program", "workforce_program") == expected


def test_explain_prints_what_people_decided_beside_the_rule() -> None:
    tables = {"program": PROGRAMS, "determination": DECISIONS}
    run = run_of(FINDINGS.replace("{rest}", "title: Approval"), tables)
    told = render_explanation(explain(run, "program", ("a",), "workforce_program"), 160)
    for said in (
        "the latest decision that counts, by Governor: yes", "governor_approval, program, a, 2026-05-01",
        "aligned: yes", "hiring_requirements: yes", "authority: Governor", "reason: meets the need",
    ):  # fmt: skip
        assert said in told, told
    assert "clock_hours: 200 hours" in told


# -- deemed ---------------------------------------------------------------------------------------------------------

DEEMED = """\
data:
  credential:
    columns:
      submitted_on: date
determinations:
  agencies_agree:
    of: credential
    by: the two other agencies
    expires: 5 years
    deemed:
      verdict: {verdict}
      after: 90 days
      counted_from: submitted_on
"""
SUBMITTED = [
    {"credential_id": key, "submitted_on": day}
    for key, day in {
        "past": "2026-07-02",  # 90 days after it is 2026-09-30, the day before the run
        "last_day": "2026-07-03",
        "unsent": "",
        "refused": "2026-01-02",
        "revised": "2026-01-02",
        "lapsed": "2026-01-02",
    }.items()
]
AGREED = [
    {"name": "agencies_agree", "entity": "credential", "subject": key, "decided_on": day, "decision": said}
    for key, day, said in [
        ("refused", "2026-03-01", "no"),
        ("revised", "2026-08-01", "no"),  # later than 90 days: it stands in the place of what was deemed
        ("lapsed", "2020-03-01", "no"),  # counts no more
    ]
]


@BACKENDS
@pytest.mark.parametrize(("verdict", "value"), [("approved", True), ("denied", False)])
def test_what_nobody_decides_in_time_is_deemed_decided(verdict: str, value: bool, backend: str) -> None:
    tables = {"credential": SUBMITTED, "determination": AGREED}
    found = column(run_of(DEEMED.replace("{verdict}", verdict), tables, backend), "credential", "agencies_agree")
    assert found == {
        "past": value, "last_day": None, "unsent": None, "refused": False, "revised": False, "lapsed": value,
    }  # fmt: skip


def test_explain_says_since_when_it_is_deemed_decided() -> None:
    run = run_of(DEEMED.replace("{verdict}", "approved"), {"credential": SUBMITTED, "determination": AGREED})
    told = {
        key: render_explanation(explain(run, "credential", (key,), "agencies_agree"), 160)
        for key in ("past", "last_day", "refused", "lapsed")
    }
    assert "deemed approved: there is no decision by the two other agencies that counts, 90 days after" in told["past"]
    assert "submitted_on: 2026-07-02" in told["past"]
    assert "no decision on agencies_agree of credential last_day is on record; it is awaited from" in told["last_day"]
    assert "the latest decision that counts, by the two other agencies: no" in told["refused"]
    assert "deemed approved" in told["lapsed"]


# -- verdicts that are kept -----------------------------------------------------------------------------------------

KEPT = """\
definitions:
  program:
    measured: completers is known
eligibility:
  in_good_standing:
    of: program
    when: completion_rate >= 70%
    keep_last_verdict_when: not measured
    verdicts:
      met: eligible
      not_met: not eligible
      undetermined: cannot tell
"""
MEASURED = [
    {"program_id": key, "completers": completers, "completion_rate": rate}
    for key, completers, rate in [
        ("good", "40", "70"), ("bad", "40", "69.9"), ("kept_good", "", ""), ("kept_bad", "", "90"), ("new", "", "80"),
        ("unknown", "40", ""), ("skipped", "", ""),
    ]
]  # fmt: skip
VERDICTS = [
    {"rule": rule, "entity": "program", "subject": key, "school_year": year, "verdict": verdict}
    for rule, key, year, verdict in [
        ("in_good_standing", "good", "2025-26", "not_met"),  # measured anew
        ("in_good_standing", "kept_good", "2024-25", "not_met"),
        ("in_good_standing", "kept_good", "2025-26", "met"),
        ("in_good_standing", "kept_bad", "2025-26", "not_met"),
        ("in_good_standing", "kept_bad", "2026-27", "met"),  # of the year of the run itself
        ("another_rule", "new", "2025-26", "met"),
        ("in_good_standing", "skipped", "2024-25", "met"),
        ("in_good_standing", "skipped", "2025-26", "undetermined"),  # a year with no result keeps what was before
    ]
]


@BACKENDS
def test_a_year_without_a_result_keeps_the_last_verdict(backend: str) -> None:
    run = run_of(KEPT, {"program": MEASURED, "prior_verdict": VERDICTS}, backend)
    assert column(run, "program", "in_good_standing") == {
        "good": True, "bad": False, "kept_good": True, "kept_bad": False, "new": None, "unknown": None, "skipped": True,
    }  # fmt: skip


def test_explain_shows_the_verdict_that_is_kept() -> None:
    run = run_of(KEPT, {"program": MEASURED, "prior_verdict": VERDICTS})
    told = render_explanation(explain(run, "program", ("kept_good",), "in_good_standing"), 160)
    assert "prior verdict in_good_standing, program, kept_good, 2025-26" in told
    assert "completers: missing" in told
