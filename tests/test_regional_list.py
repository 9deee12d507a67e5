"""A regional list: the same credential judged in each area. Worked by hand; DuckDB gives what the reference gives."""

from __future__ import annotations

import pytest

from engine.results.explain.explain import explain
from engine.results.outcome import outcome
from engine.views.explanation import render_explanation
from engine.views.summary import render_outcome
from tests.identified import column, run_of
from tests.results.made import texts

REGIONAL = """\
entities:
  regional_credential:
    cross: [credential, area]
    at_most: 1000
definitions:
  regional_credential:
    jobs: sum(postings over credential.postings where area = regional_credential.area and year = 2026)
priority_list:
  list: regional_credential
  when: jobs >= (if area = jurisdiction.area then 100 else 10)
  tiers:
    - high_demand: jobs >= 50
    - in_demand: otherwise
  rank_by: jobs desc
  in_force: 2026-07-01
"""
PAID = """\
appropriations:
  incentive:
    amounts:
      FY2027: $10,000
    cite: code 2
funding:
  credentials:
    claim: attainment
    when: listed(credential in school.district.area as of award_date)
    amount: $100
    pay: school.district
    draws_on: incentive
"""
AREAS = [
    {"code": "US-XX", "name": "State", "level": "state"},
    {"code": "north", "name": "North", "level": "region", "part_of": "US-XX"},
    {"code": "south", "name": "South", "level": "region", "part_of": "US-XX"},
    {"code": "hill", "name": "Hill County", "level": "county", "part_of": "north"},
]
# w: 120 in the state, so everywhere; n: 60 in the north only; s: 12 in the south; c: 10 in one county, 9 in its region.
POSTINGS = [
    {"credential": credential, "area": area, "year": "2026", "postings": postings}
    for credential, area, postings in [
        ("w", "US-XX", "120"), ("w", "south", "3"), ("n", "US-XX", "60"), ("n", "north", "60"), ("s", "south", "12"),
        ("c", "hill", "10"), ("c", "north", "9"),
    ]
]  # fmt: skip
CREDENTIALS = [{"credential_id": key, "name": key.upper()} for key in "cnsw"]
DISTRICTS = [{"district_id": place, "area": place} for place in ("hill", "north", "south")]
DISTRICTS.append({"district_id": "lost", "area": ""})
SCHOOLS = [{"school_id": one["district_id"], "district": one["district_id"]} for one in DISTRICTS]
EARNED = [
    {"attainment_id": f"{credential} {school['school_id']}", "credential": credential, "school": school["school_id"],
     "student": "1", "award_date": "2026-09-01"}
    for credential in "cnsw"
    for school in SCHOOLS
]  # fmt: skip
LISTINGS = [
    {"entity": "credential", "subject": "s", "area": "south", "tier": "high_demand", "listed_from": "2025-07-01",
     "listed_until": "2026-06-30"},
    {"entity": "credential", "subject": "n", "area": "south", "tier": "in_demand", "listed_from": "2025-07-01",
     "listed_until": "2026-06-30"},
]  # fmt: skip
TABLES = {
    "area": AREAS, "credential": CREDENTIALS, "posting": POSTINGS, "district": DISTRICTS, "school": SCHOOLS,
    "student": [{"student_id": "1"}], "attainment": EARNED, "regional_listing": LISTINGS,
}  # fmt: skip
BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])


@BACKENDS
def test_a_credential_is_judged_in_each_area(backend: str) -> None:
    run = run_of(REGIONAL, TABLES, backend)
    found = column(run, "regional_credential", "list_status")
    assert {key for key, status in found.items() if status == "listed"} == {
        "credential=c,area=hill", "credential=n,area=north", "credential=s,area=south", "credential=w,area=US-XX",
    }  # fmt: skip
    tiers = column(run, "regional_credential", "tier")
    assert tiers["credential=n,area=north"] == "high_demand" and tiers["credential=s,area=south"] == "in_demand"


@BACKENDS
def test_money_only_where_the_demand_was_found(backend: str) -> None:
    run = run_of(REGIONAL + PAID, TABLES, backend)
    paid = column(run, "attainment", "credentials: paid")
    status = column(run, "attainment", "credentials: status")
    assert {key for key, amount in paid.items() if amount == "100"} == {
        "c hill",  # of that county; the north as a whole has not found the demand
        "n hill", "n north",  # a county has the demand of its region
        "s south",
        "w hill", "w north", "w south", "w lost",  # in the whole state, wherever the school is
    }  # fmt: skip
    assert {key for key, one in status.items() if one == "pending"} == {"c lost", "n lost", "s lost"}


@BACKENDS
def test_on_an_earlier_day_the_recorded_lists_hold(backend: str) -> None:
    counted = "  attainment:\n    counted: listed(credential in school.district.area as of award_date)\n"
    rules = REGIONAL.replace("definitions:\n", f"definitions:\n{counted}")
    rules += "  stay:\n    for: 1 year\n    when: jobs >= 1\n"
    earned = [{**one, "award_date": "2026-06-30"} for one in EARNED]
    run = run_of(rules, {**TABLES, "attainment": earned}, backend)
    there = column(run, "attainment", "counted")
    assert {key for key, value in there.items() if value is True} == {"s south", "n south"}
    assert there["s lost"] is None and there["s hill"] is False
    # n has no jobs in the south now: it does not stay there.
    assert column(run, "regional_credential", "list_status")["credential=n,area=south"] == "not_listed"


@BACKENDS
def test_quotas_by_region_and_exceptions_in_one(backend: str) -> None:
    rules = REGIONAL.replace("then 100 else 10", "then 100 else 1") + (
        "  quotas:\n    per_region:\n      within: [area]\n      limit: 1\n"
        "  exceptions:\n"
        "    one:\n      key: w\n      area: south\n      verdict: listed\n      decided_by: Board\n      because: asked\n"
        "      cite: code 1\n"
        "    all:\n      key: c\n      verdict: not_listed\n      decided_by: Board\n      because: old\n      cite: code 1\n"
    )
    found = column(run_of(rules, TABLES, backend), "regional_credential", "list_status")
    assert {key: status for key, status in found.items() if status != "not_listed"} == {
        "credential=n,area=north": "listed",  # c is out by decision, else 60 against 9
        "credential=s,area=south": "listed",  # w would be second, were it not an exception
        "credential=w,area=US-XX": "listed",
        "credential=w,area=south": "exception",
    }


def test_the_tables_show_credential_and_area() -> None:
    found = outcome(run_of(REGIONAL, TABLES))
    listed = found.table("priority_list")
    assert listed.names[:8] == ("place", "key", "name", "area", "area_name", "status", "tier", "score")
    assert texts(listed, "place", "key", "area", "area_name", "tier") == [
        ("1", "w", "US-XX", "State", "high_demand"),
        ("2", "n", "north", "North", "high_demand"),
        ("3", "s", "south", "South", "in_demand"),
        ("4", "c", "hill", "Hill County", "in_demand"),
    ]
    changes = texts(found.table("list_changes"), "key", "area", "change", "tier_before", "tier")
    assert changes == [
        ("c", "hill", "added", "", "in_demand"),
        ("n", "north", "added", "", "high_demand"),
        ("n", "south", "removed", "in_demand", "not_listed"),
        ("s", "south", "moved tier", "high_demand", "in_demand"),
        ("w", "US-XX", "added", "", "high_demand"),
    ]
    assert "   2. n, north" in render_outcome(found)
    assert "Since the list before: 3 added, 1 moved tier, 1 removed" in render_outcome(found)


def test_explain_names_both() -> None:
    told = render_explanation(explain(run_of(REGIONAL, TABLES), "regional_credential", ("s", "south")), 120)
    assert told.startswith("S, South (s, south) is on the priority list, tier in_demand: place 3 of 4.")
