"""Rules of identification as states write them: employers, letters, demand, pools of postings, credentials that lead on.

Each policy is written with what the language has; the rows are worked by hand, and DuckDB gives what the reference gives.
"""

from __future__ import annotations

import pytest

from engine.results.decision import decision_table, decisions
from engine.results.explain.explain import explain
from engine.results.held import held
from engine.results.run import Run
from engine.views.explanation import render_explanation
from tests.identified import column, run_of
from tests.results.made import texts

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])


def reasons(run: Run, rule: str) -> dict[str, str]:
    """Key → the reason that the table of decisions gives for a rule."""
    waiting = held(run)
    rows = texts(decision_table(run, tuple(decisions(run)), waiting), "key", "rule", "reason")
    return {key: reason for key, named, reason in rows if named == rule}


# -- employers confirm, or veto -------------------------------------------------------------------------------------

EMPLOYERS = """\
parameters:
  quorum:
    cite: code 1
    values:
      2024-07-01: 3
data:
  endorsement:
    columns:
      vetoes: truth
definitions:
  endorsement:
    counts: decided_on <= as_of and decided_on + 2 years >= as_of
  credential:
    supporters: count_distinct(employer over endorsements where decision = endorse and counts)
    asked: count_distinct(employer over endorsements where counts)
criteria:
  credential:
    employer_validated:
      test: supporters >= quorum and supporters / asked >= 60% and not any(vetoes over endorsements where counts)
      because: "{supporters} of {asked} employers endorse it: {which(employer over endorsements where decision = endorse and counts)}"
      cite: code 1
"""
SAID = {
    "a": ["A yes", "B yes", "C yes", "D no", "E no"],  # 3 of 5 is 60%
    "b": ["A yes", "B yes", "C yes", "D no", "E no", "F no"],  # 50%
    "c": ["A yes", "B yes", "C old"],  # C said so more than two years ago
    "d": ["A yes", "B yes", "C yes", "D yes", "E veto"],
    "e": ["A yes", "B yes", "C yes", "D yes", "E yes"],
    "f": ["A yes", "B yes", "C undated"],  # with C there would be three
}
DAYS = {"old": "2024-09-30", "undated": ""}
ENDORSEMENTS = [
    {"credential": key, "employer": said.split()[0], "decision": "endorse" if word not in ("no", "veto") else "decline",
     "vetoes": "yes" if word == "veto" else "no", "decided_on": DAYS.get(word, "2024-10-01")}
    for key, all_said in SAID.items()
    for said in all_said
    for word in [said.split()[1]]
]  # fmt: skip


@BACKENDS
def test_employers_confirm_with_a_quorum_and_recent_evidence_and_may_veto(backend: str) -> None:
    tables = {"credential": [{"credential_id": key} for key in SAID], "endorsement": ENDORSEMENTS}
    run = run_of(EMPLOYERS, tables, backend)
    assert column(run, "credential", "employer_validated") == {
        "a": True, "b": False, "c": False, "d": False, "e": True, "f": None,
    }  # fmt: skip
    said = reasons(run, "employer_validated")
    assert said["a"] == "3 of 5 employers endorse it: A, B and C"
    assert said["e"] == "5 of 5 employers endorse it: A, B, C and 2 more"
    assert said["c"] == "not so: 2 of 2 employers endorse it: A and B"


# -- letters --------------------------------------------------------------------------------------------------------

LETTERS = """\
data:
  endorsement:
    columns:
      letterhead: truth
      written_by:
        values: [firm, workforce_board]
definitions:
  endorsement:
    employer_letter: written_by = firm and letterhead and document is known and area = jurisdiction.area
    board_letter: written_by = workforce_board and document is known
criteria:
  credential:
    employer_letters:
      test: count(endorsements where employer_letter) >= 3
      because: "{count(endorsements where employer_letter)} letters of employers in the state are on file"
      cite: code 1
    board_letter:
      test: any(board_letter over endorsements)
      because: "a workforce board wrote: {which(employer over endorsements where board_letter)}"
      cite: code 2
"""
LETTERS_ON_FILE = [
    {"credential": credential, "employer": employer, "decision": "endorse", "letterhead": head, "written_by": by,
     "document": document, "area": area}
    for credential, employer, head, by, document, area in [
        ("three", "A", "yes", "firm", "1.pdf", "US-XX"),
        ("three", "B", "yes", "firm", "2.pdf", "US-XX"),
        ("three", "C", "yes", "firm", "3.pdf", "US-XX"),
        ("two", "A", "yes", "firm", "1.pdf", "US-XX"),
        ("two", "B", "yes", "firm", "2.pdf", "US-XX"),
        ("two", "C", "no", "firm", "3.pdf", "US-XX"),  # no letterhead
        ("two", "D", "yes", "firm", "", "US-XX"),  # nothing on file
        ("two", "E", "yes", "firm", "5.pdf", "US-YY"),  # of another state
        ("open", "A", "yes", "firm", "1.pdf", "US-XX"),
        ("open", "B", "yes", "firm", "2.pdf", "US-XX"),
        ("open", "C", "", "firm", "3.pdf", "US-XX"),  # nobody has looked at the letterhead
        ("board", "North Board", "no", "workforce_board", "b.pdf", "US-XX"),
    ]
]  # fmt: skip


@BACKENDS
def test_letters_of_employers_or_of_a_workforce_board(backend: str) -> None:
    tables = {
        "credential": [{"credential_id": key} for key in ("three", "two", "open", "board")],
        "area": [{"code": "US-XX"}, {"code": "US-YY"}], "endorsement": LETTERS_ON_FILE,
    }  # fmt: skip
    run = run_of(LETTERS, tables, backend)
    assert column(run, "credential", "employer_letters") == {"three": True, "two": False, "open": None, "board": False}
    assert column(run, "credential", "board_letter") == {"three": False, "two": False, "open": False, "board": True}
    assert reasons(run, "board_letter")["board"] == "a workforce board wrote: North Board"
    assert reasons(run, "board_letter")["two"] == "not so: a workforce board wrote: nobody"


# -- demand by kind of credential, from shared pools ----------------------------------------------------------------

DEMAND = """\
tables:
  least_postings:
    inputs:
      kind: kind
    gives: count
    rows: |
      | kind    | least |
      | license | 10    |
      | -       | 100   |
definitions:
  demand_pool:
    answered: any(credential is known over postings) or_else false
  credential:
    pool_demand: sum(demand_pool.total_postings over postings where year = 2026 and demand_pool is known)
    own_demand: sum(postings over postings where year = 2026 and demand_pool is missing)
  state:
    demand: sum(total_postings over demand_pools where answered and year = 2026) + sum(postings over postings where demand_pool is missing and year = 2026)
criteria:
  credential:
    in_demand:
      test: pool_demand + own_demand >= least_postings
      because: "{pool_demand + own_demand} postings ask for it; {least_postings} are needed"
      cite: code 1
"""


@BACKENDS
def test_a_pool_of_postings_is_every_credentials_and_counted_once(backend: str) -> None:
    tables = {
        "area": [{"code": "US-XX"}],
        "credential": [
            {"credential_id": "a", "kind": "certification"}, {"credential_id": "b", "kind": "certification"},
            {"credential_id": "c", "kind": "license"}, {"credential_id": "d", "kind": "certification"},
        ],
        "demand_pool": [
            {"demand_pool_id": "it", "area": "US-XX", "year": "2026", "total_postings": "120"},
            {"demand_pool_id": "old", "area": "US-XX", "year": "2026", "total_postings": "500"},  # no credential answers it
        ],
        "posting": [
            {"credential": key, "area": "US-XX", "year": "2026", "demand_pool": pool, "postings": number}
            for key, pool, number in [("a", "it", "7"), ("b", "it", "3"), ("c", "", "10"), ("d", "", "99")]
        ],
    }  # fmt: skip
    run = run_of(DEMAND, tables, backend)
    # a and b share one pool of 120; c is a license and needs 10 postings, d a certification and needs 100.
    assert column(run, "credential", "in_demand") == {"a": True, "b": True, "c": True, "d": False}
    assert reasons(run, "in_demand")["a"] == "120 postings ask for it; 100 are needed"
    # 120 once, and 10 and 99 of the two without a pool
    assert column(run, "state", "demand") == {"state": "229"}


# -- stackable to one that qualifies --------------------------------------------------------------------------------

STACKABLE = """\
definitions:
  credential:
    qualifies_itself: clock_hours >= 100
criteria:
  credential:
    of_value:
      test: qualifies_itself or any(qualifies_itself over reachable(stacks_to))
      because: it qualifies or leads to {which(name over reachable(stacks_to) where qualifies_itself)}
      cite: code 1
"""


@BACKENDS
def test_or_stackable_to_one_that_qualifies(backend: str) -> None:
    hours = {"a": "10", "b": "50", "c": "100", "d": "10", "e": "", "f": "10", "g": "120"}
    credentials = [{"credential_id": key, "name": key.upper(), "clock_hours": value} for key, value in hours.items()]
    steps = [("a", "b"), ("b", "c"), ("b", "g"), ("d", "e"), ("f", "f")]
    tables = {
        "credential": credentials,
        "stack": [{"credential": start, "next_credential": end} for start, end in steps],
    }
    run = run_of(STACKABLE, tables, backend)
    assert column(run, "credential", "of_value") == {
        "a": True, "b": True, "c": True, "d": None, "e": None, "f": False, "g": True,
    }  # fmt: skip
    said = reasons(run, "of_value")
    assert said["a"] == "it qualifies or leads to C and G"
    told = render_explanation(explain(run, "credential", ("a",), "of_value"), 120)
    assert "path: A, B, C" in told and "path: A, B, G" in told
