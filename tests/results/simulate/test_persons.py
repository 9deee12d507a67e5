"""Rows of a policy's own table whose key is a student are persons: nothing that a simulation keeps or shows names one."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest

from engine import api
from engine.results.personal import is_personal
from engine.results.run import run_policy
from engine.results.simulate.ground import Ground
from engine.results.simulate.sensitivity.fingerprint import compared_columns

POLICY = """\
policy: xx/scholars
title: Scholars
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
data:
  scholar:
    key: [student]
    columns:
      student: student
      points:
        unit: points
        at_least: 0
        at_most: 100
  request:
    key: [request_id]
    columns:
      request_id: text
      scholar: scholar
parameters:
  rate:
    unit: USD
    cite: code 1
    values:
      FY2027: $100
  bonus:
    unit: USD
    cite: code 1
    values:
      FY2027: $100
  extra:
    unit: USD
    cite: code 1
    values:
      FY2027: $100
appropriations:
  fund:
    cite: code 1
    amounts:
      FY2027: $500
funding:
  line:
    claim: request
    amount: rate + bonus + extra
    pay: scholar
    draws_on: fund
"""

LIST = """\
criteria:
  scholar:
    strong:
      test: points >= 2
      because: it has {points}
      cite: code 2
priority_list:
  list: scholar
  when: strong
  rank_by: points desc
  limit: 1
"""

SCENARIO = """\
scenario: sure
policy: xx/scholars
set:
  bonus: $120
sweep:
  extra:
    from: $50
    to: $60
    step: $10
who_moves: yes
sensitivity:
  step: 10%
  points: 5
  of:
    - owed
years:
  until: 2028-29
uncertainty:
  draws: 4
  seed: 1
  parameters:
    rate:
      from: $90
      to: $130
"""

DATA = {
    "dataset.yaml": "title: Toy\nas_of: 2026-11-01\nmade_up: yes\njurisdiction: US-XX\ntables:\n"
    "  scholar:\n    file: scholars.csv\n  request:\n    file: requests.csv\n  student:\n    file: students.csv\n",
    "scholars.csv": "student,points\nQUILL-1,3\nQUILL-2,4\nQUILL-3,1\n",
    "requests.csv": "request_id,scholar\nR1,QUILL-1\nR2,QUILL-2\n",
    "students.csv": "student_id,class_of\nQUILL-1,2026\nQUILL-2,2027\nQUILL-3,2025\n",
}


STUDENTS = LIST.replace("scholar", "student").replace("points", "class_of").replace(">= 2", ">= 2026")


@pytest.mark.parametrize("policy", [POLICY, POLICY + LIST, POLICY + STUDENTS], ids=["paid", "listed", "students"])
def test_no_key_is_kept_or_shown(policy: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name, text in DATA.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    rules, scenario, out = tmp_path / "scholars.yaml", tmp_path / "sure.scenario.yaml", tmp_path / "out"
    rules.write_text(policy, encoding="utf-8")
    scenario.write_text(SCENARIO, encoding="utf-8")
    made = api.simulate(rules, tmp_path / "data", [scenario], out=out)
    assert made.uncertain is not None and made.uncertain.payees == [] == made.uncertain.keys
    assert not made.uncertain.names and made.stability is None
    (journal,) = (tmp_path / "out.unfinished").iterdir()
    kept = journal.read_text("utf-8")
    assert "draw 4" in kept and "QUILL" not in kept
    api.write_simulation(made, out)
    written = {path.name: path.read_text("utf-8") for path in out.iterdir()}
    assert {"simulation.json", "simulation.html", "uncertainty.csv"} <= written.keys()
    assert [name for name, text in written.items() if "QUILL" in text] == []
    _, left = compared_columns(Ground(made.checked, made.dataset, made.as_of))
    assert "scholar" in left
    run = run_policy(made.checked, made.dataset, Date(2026, 11, 1))
    assert is_personal(run, "scholar") and not is_personal(run, "request")
