"""A small policy and a small dataset in memory, in which every verdict and most kinds of gap occur."""

from __future__ import annotations

from datetime import date as Date
from functools import cache

from engine.execution.dataset import dataset_from_rows
from engine.model.standard import STANDARD
from engine.results.run import Run, run_policy
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedPolicy

POLICY = """\
policy: xx/credentials
title: Credentials of value
jurisdiction: US-XX
school_year: 2026-27
sources:
  code-12-3:
    title: State Code § 12-3, Credentials of value
parameters:
  wage_floor:
    title: Family-sustaining wage, one adult and one child
    unit: USD/year
    cite: code-12-3 (a)
    values:
      2024-07-01: $41,250
      2026-07-01: $43,900
      2028-07-01: $45,100
  quorum:
    title: Employers who must endorse
    cite: code-12-3 (c)
    values:
      2024-07-01: 2
  credits_wanted:
    unit: credit_hour
    values:
      2024-07-01:
        value: 3
        standing: assumed
        note: the statute does not say
relations:
  occupation:
    statewide_market:
      to: labor_market
      where:
        occupation: this
        area: jurisdiction.area
definitions:
  state:
    median_openings: median(annual_openings over labor_markets where annual_openings is known)
  labor_market:
    high_wage: annual_median >= wage_floor
    in_demand: annual_openings >= state.median_openings and growth > 0%
  credential:
    employers_for: count(endorsements where decision = endorse)
    value_score: 10 * count(articulations) + employers_for
criteria:
  credential:
    good_job:
      title: Leads to a good job
      test: any(occupation.high_skill and occupation.statewide_market.high_wage over occupation_links)
      because: at least one linked occupation is high-skill and pays {wage_floor} or more
      cite: code-12-3 (a)
    college_credit:
      test: any(credits >= credits_wanted over articulations)
      because: "it counts for {max(credits over articulations) or_else 0} of college credit"
      cite: code-12-3 (b)
    employer_validated:
      test: employers_for >= quorum and share(decision = endorse over endorsements) >= 60%
      because: "{employers_for} employers endorse it; {quorum} are needed"
      cite: code-12-3 (c)
  program:
    hours:
      test: clock_hours >= 150
      because: it has {clock_hours}
      cite: code-12-3 (d)
    tuition:
      not_applicable_when: completers < 16
      test: tuition_and_fees <= value_added_earnings
      because: tuition is within value-added earnings
      cite: code-12-3 (e)
determinations:
  governor_approval:
    of: program
    by: Governor
eligibility:
  workforce_program:
    of: program
    when: hours and governor_approval and tuition
    verdicts:
      met: eligible
      not_met: not eligible
      undetermined: cannot tell
priority_list:
  list: credential
  when: (good_job or college_credit) and employer_validated
  tiers:
    - premier: good_job and college_credit
    - core: otherwise
  rank_by: value_score desc then credential_id
  limit: 2
  stay:
    for: 1 year
    when: value_score >= cut_score - 21
  sunset:
    honor_for: 2 years
  exceptions:
    boat_builder:
      key: EX-1
      verdict: listed
      tier: core
      decided_by: State Board
      because: a regional shortage
      cite: code-12-3 (g)
"""

ROWS: dict[str, list[dict[str, str]]] = {
    "area": [{"code": "US-XX", "name": "State of XX"}],
    "occupation": [
        {"code": "51-4121", "title": "Welders", "high_skill": "yes"},
        {"code": "29-2099", "title": "Health technologists", "high_skill": "yes"},
        {"code": "35-3023", "title": "Fast food workers", "high_skill": "no"},
        {"code": "15-1252", "title": "Software developers", "high_skill": "yes"},
        {"code": "49-9021", "title": "Heating mechanics", "high_skill": "yes"},
    ],
    "labor_market": [
        {"occupation": "51-4121", "area": "US-XX", "annual_median": "47000", "annual_openings": "120", "growth": "5"},
        {"occupation": "29-2099", "area": "US-XX", "annual_median": "missing: not released", "annual_openings": "40"},
        {"occupation": "35-3023", "area": "US-XX", "annual_median": "28000", "annual_openings": "900", "growth": "-1"},
        {"occupation": "15-1252", "area": "US-XX", "annual_median": ">=239200", "annual_openings": "300"},
    ],
    "credential": [
        {"credential_id": "WELD-1", "name": "Welding Level I"},
        {"credential_id": "HLTH-1", "name": "Health Aide"},
        {"credential_id": "FOOD-1", "name": "Food Handler"},
        {"credential_id": "CODE-1", "name": "Programming I"},
        {"credential_id": "HVAC-1", "name": "Heating Technician"},
        {"credential_id": "EX-1", "name": "Boat Builder"},
        {"credential_id": "OLD-1", "name": "Typewriter Repair"},
        {"credential_id": "STAY-1", "name": "Stenography"},
    ],
    "occupation_link": [
        {"credential": "WELD-1", "occupation": "51-4121"},
        {"credential": "WELD-1", "occupation": "35-3023"},
        {"credential": "HLTH-1", "occupation": "29-2099"},
        {"credential": "FOOD-1", "occupation": "35-3023"},
        {"credential": "CODE-1", "occupation": "15-1252"},
        {"credential": "HVAC-1", "occupation": "49-9021"},
        {"credential": "STAY-1", "occupation": "51-4121"},
    ],
    "articulation": [
        {"credential": "WELD-1", "institution": "North College", "credits": "3"},
        {"credential": "WELD-1", "institution": "South College", "credits": "2"},
        {"credential": "CODE-1", "institution": "North College", "credits": "12.5"},
        {"credential": "CODE-1", "institution": "South College", "credits": "4"},
        {"credential": "FOOD-1", "institution": "South College", "credits": "1"},
    ],
    "endorsement": [
        {"credential": credential, "employer": employer, "decision": decision}
        for credential, said in {
            "WELD-1": "yyy",
            "HLTH-1": "yy",
            "FOOD-1": "ynn",
            "CODE-1": "yyyy",
            "HVAC-1": "yy",
            "STAY-1": "yy",
        }.items()
        for employer, word in zip("ABCD", said, strict=False)
        for decision in ["endorse" if word == "y" else "decline"]
    ],
    "program": [
        {
            "program_id": "P-1", "name": "Welding", "area": "US-XX", "clock_hours": "200", "completers": "40",
            "tuition_and_fees": "4000", "value_added_earnings": "5200",
        },
        {"program_id": "P-2", "name": "Sewing", "area": "US-XX", "clock_hours": "100", "completers": "12"},
        {
            "program_id": "P-3", "name": "Plumbing", "area": "US-XX", "clock_hours": "150", "completers": "20",
            "tuition_and_fees": "9000", "value_added_earnings": "8000",
        },
        {"program_id": "P-4", "name": "Roofing", "area": "US-XX", "clock_hours": "300", "completers": "12"},
    ],
    "determination": [
        {
            "name": "governor_approval", "entity": "program", "subject": program, "decided_on": "2026-05-01",
            "decision": "yes", "authority": "Governor", "reason": "meets the need",
        }
        for program in ("P-1", "P-2", "P-3")
    ],
    "listing": [
        {"entity": "credential", "subject": "OLD-1", "listed_from": "2024-07-01", "listed_until": "2025-06-30"},
        {"entity": "credential", "subject": "STAY-1", "listed_from": "2025-07-01", "listed_until": "2026-06-30"},
    ],
}  # fmt: skip

AS_OF = Date(2026, 7, 1)


@cache
def checked_policy(text: str = POLICY) -> CheckedPolicy:
    """The policy, which must be without fault."""
    diagnostics = Diagnostics()
    document = read_document(Source("policy.yaml", text), diagnostics)
    assert document is not None
    policy = parse_policy(document, diagnostics)
    assert policy is not None
    checked = check_policy(policy, STANDARD, diagnostics)
    assert not diagnostics.has_errors, diagnostics.sorted()
    return checked


@cache
def small_run() -> Run:
    """The policy on the dataset, by the reference interpreter."""
    checked = checked_policy()
    dataset = dataset_from_rows(checked.tables, ROWS, as_of=AS_OF, jurisdiction="US-XX")
    return run_policy(checked, dataset, AS_OF, "reference")
