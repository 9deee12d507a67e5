"""The section `priority_list` of the policy that uses every key."""

from __future__ import annotations

PRIORITY_LIST = """\

priority_list:
  title: The list
  list: credential
  when: employers_for >= 5
  undetermined: leave_off
  undetermined_because: the board decides on complete files only
  tiers:
    - premier: short
    - core: otherwise
  rank_by:
    - value_score desc
    - credential_id
  in_force: first day of school_year
  quotas:
    per_sector:
      title: Places of a sector
      within: [career_cluster, issuer.region]
      limit: 10
      cite: code-12-3 (y)
  limit: 150
  on_tie_at_limit: leave_off
  stay:
    for: 1 year
    when: value_score >= cut_score - 2
    within_limit: yes
  sunset:
    honor_for: 2 years
  exceptions:
    welding:
      title: Welding stays
      key: "010"
      area: R1
      verdict: listed
      tier: core
      decided_by: State board
      from: 2026-07-01
      until: 2027-07-01
      because: the shipyard asked for it
      cite: code-12-3 (z)
    nails:
      key: NO
      verdict: not_listed
      decided_by: State board
      because: the program closed
  cite: code-12-3 (y)
"""
