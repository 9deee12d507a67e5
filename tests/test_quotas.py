"""Quotas of a priority list on rows small enough to work out in the head; DuckDB gives what the reference gives."""

from __future__ import annotations

from textwrap import dedent

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.views.explanation import render_explanation
from tests.identified import column, run_of
from tests.results.made import texts

LIST = """\
priority_list:
  list: credential
  when: industry_recognized
  rank_by: clock_hours desc
  quotas:
    per_sector:
      within: [career_cluster]
      limit: 2
"""
CREDENTIALS = [
    {"credential_id": key, "career_cluster": sector, "issuer": issuer, "clock_hours": score,
     "industry_recognized": recognized}
    for key, sector, issuer, score, recognized in [
        ("a", "health", "X", "90", "yes"),
        ("b", "health", "X", "80", "yes"),
        ("c", "health", "Y", "80", "yes"),
        ("d", "health", "X", "70", "yes"),
        ("e", "trades", "X", "60", "yes"),
        ("f", "trades", "Y", "50", "yes"),
        ("g", "trades", "Y", "40", "yes"),
        ("h", "", "X", "95", "yes"),  # of no known sector: its place in one cannot be told
        ("i", "health", "X", "99", ""),  # undetermined: it takes no place
        ("j", "health", "X", "100", "no"),
    ]
]  # fmt: skip
LISTINGS = [{"entity": "credential", "subject": "d", "listed_from": "2025-07-01", "listed_until": "2026-06-30"}]

PER_ISSUER = "    per_issuer:\n      within: [issuer]\n      limit: 3\n"
CASES = {
    "places of each sector": ("", {"listed": "abcef", "beyond_quota": "dg"}),  # b and c tie at the second place
    "then the limit counts those that remain": (
        "  limit: 4\n", {"listed": "abce", "beyond_limit": "f", "beyond_quota": "dg"},
    ),
    # b and c are the second and the third of health: there is no room for both, and none of them is taken.
    "ties left off": ("  on_tie_at_limit: leave_off\n", {"listed": "aef", "beyond_quota": "bcdg"}),
    # d takes no place of issuer X, since it is beyond its sector: a, b and e are three.
    "one quota after the other": (PER_ISSUER, {"listed": "abcef", "beyond_quota": "dg"}),
    # The other way round a, b and d are the three of X, and e is beyond; then d is the fourth of health.
    "in the order written": (None, {"listed": "abcfg", "beyond_quota": "de"}),
    "who stays comes after": ("  stay:\n    for: 1 year\n", {"listed": "abcef", "stays": "d", "beyond_quota": "g"}),
    # 70 is within 15 of the cut score of its sector, 80.
    "stays near the cut score of the quota": (
        "  stay:\n    when: clock_hours >= per_sector.cut_score - 15\n",
        {"listed": "abcef", "stays": "d", "beyond_quota": "g"},
    ),
    "stays not that near": (
        "  stay:\n    when: clock_hours >= per_sector.cut_score - 5\n", {"listed": "abcef", "beyond_quota": "dg"},
    ),
    "an exception takes no place": (
        "  exceptions:\n    out:\n      key: a\n      verdict: not_listed\n      decided_by: Board\n      because: old\n"
        "      cite: code 1\n",
        {"listed": "bcef", "not_listed": "aj", "beyond_quota": "dg"},
    ),
}  # fmt: skip


def statuses(rest: str | None, backend: str) -> dict[str, str]:
    """What the place of each credential is."""
    rules = LIST + rest if rest is not None else LIST.replace("  quotas:\n", f"  quotas:\n{PER_ISSUER}")
    run = run_of(rules, {"credential": CREDENTIALS, "listing": LISTINGS}, backend)
    return column(run, "credential", "list_status")


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
@pytest.mark.parametrize("case", CASES)
def test_places(case: str, backend: str) -> None:
    rest, said = CASES[case]
    expected = {"h": "pending_review", "i": "pending_review", "j": "not_listed"}
    expected |= {key: status for status, keys in said.items() for key in keys}
    assert statuses(rest, backend) == expected


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_a_quota_is_a_group_with_its_cut_score(backend: str) -> None:
    run = run_of(LIST, {"credential": CREDENTIALS}, backend)
    assert column(run, "per_sector", "ranked_rows") == {"health": "4", "trades": "3"}
    assert column(run, "per_sector", "cut_score") == {"health": "80", "trades": "50"}
    assert column(run, "credential", "list_quota") | {"h": None} == dict.fromkeys("abcefij", "none") | {
        "d": "per_sector", "g": "per_sector", "h": None,
    }  # fmt: skip


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_the_number_may_differ_by_sector_and_may_be_none(backend: str) -> None:
    rules = """\
        data:
          credential:
            columns:
              sector:
                values: [health, trades]
        parameters:
          places:
            by: sector
            cite: code 1
            values:
              FY2027:
                health: 1
                trades: none
    """
    asked = LIST.replace("[career_cluster]", "[sector]").replace("limit: 2", "limit: places")
    rows = [{**row, "sector": row["career_cluster"]} for row in CREDENTIALS]
    run = run_of(dedent(rules) + asked, {"credential": rows}, backend)
    found = column(run, "credential", "list_status")
    assert [key for key, status in found.items() if status == "listed"] == ["a", "e", "f", "g"]


def test_a_walk_to_one_row_may_be_what_they_agree_in() -> None:
    rules = (
        "priority_list:\n  list: program\n  when: stackable\n  rank_by: clock_hours desc\n  quotas:\n"
        "    per_region:\n      within: [area.part_of, credential]\n      limit: 1\n"
    )
    areas = [{"code": "R1", "level": "region"}, {"code": "C1", "part_of": "R1"}, {"code": "C2", "part_of": "R1"}]
    programs = [
        {"program_id": key, "area": area, "credential": "x", "stackable": "yes", "clock_hours": hours}
        for key, area, hours in [("p", "C1", "10"), ("q", "C2", "20"), ("r", "R1", "5")]
    ]
    run = run_of(rules, {"area": areas, "credential": [{"credential_id": "x"}], "program": programs})
    # C1 and C2 lie in one region; that of R1 itself is not known.
    assert column(run, "program", "list_status") == {"p": "beyond_quota", "q": "listed", "r": "pending_review"}


def test_explain_tells_the_place_within_each_quota() -> None:
    run = run_of(LIST + "  limit: 4\n", {"credential": CREDENTIALS})
    told = {key: render_explanation(explain(run, "credential", (key,)), 200) for key in "adgh"}
    assert (
        "g qualifies but is not on the priority list: place 3 of 3 per sector (trades), beyond the quota of 2."
        in (told["g"])
    )
    assert "place within the quota per_sector, career_cluster health: 4" in told["d"]
    assert "cut score: the score of the last within it: 80 hours" in told["d"]
    assert "place within the quota per_sector, career_cluster health: 1" in told["a"]
    assert "place, ranked by clock_hours desc: 1" in told["a"]
    assert "because career_cluster of credential h is blank" in told["h"]
    assert "quota per_sector: its career_cluster is not known" in told["h"]


def test_what_a_quota_cuts_stands_in_the_tables() -> None:
    found = outcome(run_of(LIST, {"credential": CREDENTIALS, "listing": LISTINGS}))
    cut = [row for row in texts(found.table("priority_list"), "key", "status", "because") if row[1] == "beyond_quota"]
    assert cut == [
        ("d", "beyond_quota", "place 4 within the quota per_sector"),
        ("g", "beyond_quota", "place 3 within the quota per_sector"),
    ]
    assert ("d", "removed") in texts(found.table("list_changes"), "key", "change")
    said = {(one.kind, one.key): one.message for one in found.findings}
    assert said["tie", "b"] == (
        "2 rows share place 2 of per_sector health, the limit is 2, and all of them are within the quota: b, c"
    )
    # h would be first of whatever sector it is of; i would be first of health.
    assert ("pending", "h") in said and ("pending", "i") in said
