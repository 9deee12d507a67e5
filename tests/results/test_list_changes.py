"""What changed since the list before, in what words, until when it is honored, and what decides."""

from __future__ import annotations

from engine.results.list_changes import CHANGES, change_of
from engine.results.outcome import outcome
from engine.types.lower.priority_list import STATUSES
from tests.identified import run_of
from tests.results.made import texts
from tests.results.small import small_run

LIST = """\
definitions:
  credential:
    rated: clock_hours >= 50
priority_list:
  list: credential
  when: (industry_recognized or proctored) and rated
  tiers:
    - premier: clock_hours >= 80
    - core: otherwise
  rank_by: clock_hours desc
  limit: 3
  sunset:
    honor_for: 2 years
"""
CREDENTIALS = [
    {"credential_id": key, "name": key.upper(), "industry_recognized": known, "proctored": "no", "clock_hours": hours}
    for key, known, hours in [
        ("a", "yes", "90"), ("b", "yes", "80"), ("c", "yes", "70"), ("d", "yes", "60"), ("e", "yes", "40"),
        ("f", "no", "90"), ("g", "", "99"), ("h", "yes", "55"),
    ]
]  # fmt: skip
LISTINGS = [
    {"entity": "credential", "subject": key, "tier": tier, "listed_from": start, "listed_until": end,
     "honored_until": honored}
    for key, tier, start, end, honored in [
        ("b", "premier", "2025-07-01", "2026-06-30", ""),
        ("c", "premier", "2025-07-01", "", ""),  # it goes on until another list comes
        ("d", "core", "2025-07-01", "2026-06-30", ""),
        ("e", "core", "2025-07-01", "2026-06-30", "2030-06-30"),  # the board honors it for longer
        ("f", "core", "2023-07-01", "2025-06-30", ""),  # off the list for a year
        ("g", "core", "2025-07-01", "2026-06-30", ""),
        ("x", "core", "2025-07-01", "2026-06-30", ""),
        ("h", "core", "2022-07-01", "2023-06-30", ""),  # long ago
    ]
]  # fmt: skip


def test_each_change_with_its_tiers_and_what_decides() -> None:
    found = outcome(run_of(LIST, {"credential": CREDENTIALS, "listing": LISTINGS})).table("list_changes")
    assert found.names[:7] == ("key", "name", "change", "tier_before", "tier", "honored_until", "because")
    assert texts(found, *found.names[:7]) == [
        ("a", "A", "added", "", "premier", "", "met: industry_recognized, rated"),
        ("b", "B", "kept", "premier", "premier", "", "met: industry_recognized, rated"),
        ("c", "C", "moved tier", "premier", "core", "", "met: industry_recognized, rated"),
        ("d", "D", "sunset", "core", "not_listed", "2028-06-30", "place 4, beyond the limit"),
        ("e", "E", "sunset", "core", "not_listed", "2030-06-30", "not met: rated"),
        ("f", "F", "sunset", "", "not_listed", "2027-06-30", "not met: industry_recognized, proctored"),
        ("g", "G", "pending review", "core", "", "", "not known: industry_recognized"),
        ("x", "", "removed", "", "", "", "no longer in the data"),
    ]


def test_the_changes_of_the_small_state() -> None:
    found = outcome(small_run()).table("list_changes")
    assert texts(found, "key", "change", "because") == [
        ("CODE-1", "added", "met: good_job, college_credit, employer_validated"),
        ("EX-1", "added", "State Board: a regional shortage"),
        ("OLD-1", "sunset", "not met: good_job, college_credit, employer_validated"),  # it left the list a year before
        ("STAY-1", "stayed", "place 3, beyond the limit"),
        ("WELD-1", "added", "met: good_job, college_credit, employer_validated"),
    ]


def test_every_change_has_its_word() -> None:
    said = {(status, was): change_of(status, was) for status in STATUSES for was in (True, False)}
    assert said == {
        ("listed", True): "kept", ("listed", False): "added",
        ("exception", True): "kept", ("exception", False): "added",
        ("stays", True): "stayed", ("stays", False): "stayed",
        ("beyond_limit", True): "removed", ("beyond_limit", False): "",
        ("beyond_quota", True): "removed", ("beyond_quota", False): "",
        ("honored", True): "sunset", ("honored", False): "sunset",
        ("not_listed", True): "removed", ("not_listed", False): "",
        ("pending_review", True): "pending review", ("pending_review", False): "",
        ("left_off", True): "pending review", ("left_off", False): "",
    }  # fmt: skip
    assert change_of("listed", True, moved=True) == "moved tier"
    assert {*said.values(), "moved tier"} == {*CHANGES, ""}
