"""A small state of which not everything is known exactly, for tests of draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.results.simulate.simulation import Simulation
from engine.text.errors import PolicyError
from tests.small_state import POLICY, write_state

OPEN_LIST = POLICY.replace("  limit: 2\n", "")
MARKETS = """\
occupation,area,annual_median,annual_median_why,mean_wage_error
11-1011,US-XX,43900,,1.5
15-1252,US-XX,>=239200,,
29-2099,US-XX,,not released,2.0
35-3023,US-XX,39510,,
51-4121,US-XX,47000,,2.5
"""
KNOWN = MARKETS.replace(",,not released", ",30000,")
HEAD = "uncertainty:\n  draws: {draws}\n  seed: 5\n"
SUPPRESSED = """\
  columns:
    labor_market.annual_median:
      where_missing:
        from: $43,899.93
        to: $43,900.02
        reason: not released
"""
BY_MEANS = """\
  columns:
    labor_market.annual_median:
      relative_standard_error: mean_wage_error
      because: no error of medians is published
"""
GRANTS = """\
appropriations:
  fund:
    title: Money for grants
    cite: law (c)
    pay_in_order:
      - first_grant: prorate
    amounts:
      2024-07-01: $300
funding:
  first_grant:
    cite: law (c)
    claim: occupation
    when: good_job
    amount: grant
    pay: occupation
    draws_on: fund
    round:
      what: rate
      to: cent
"""
PAID = OPEN_LIST.replace(
    "relations:", "  grant:\n    cite: law (c)\n    unit: USD\n    values:\n      2024-07-01: $100\nrelations:"
).replace("lint:\n", GRANTS + "lint:\n")


def simulated(folder: Path, text: str, *, draws: int = 12, **state: str) -> Simulation:
    folder.mkdir(exist_ok=True)
    if not (folder / "data").exists():
        write_state(folder, **{"policy": OPEN_LIST, "labor_markets": MARKETS, **state})
    path = folder / "how-sure.scenario.yaml"
    path.write_text("scenario: how-sure\n" + text.replace("HEAD\n", HEAD.format(draws=draws)), encoding="utf-8")
    return api.simulate(folder / "welding.yaml", folder / "data", [path])


def recorded(found: Simulation, out: Path) -> dict[str, Any]:
    api.write_simulation(found, out)
    read: dict[str, Any] = json.loads((out / "simulation.json").read_text(encoding="utf-8"))
    return read


def told(folder: Path, text: str, **state: str) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        simulated(folder, text, draws=12, **state)
    return [one.code for one in raised.value.diagnostics]
