"""A policy file and a dataset folder that are small and whole, for tests of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

import cli

POLICY = """\
policy: xx/welding
title: Credentials that pay
jurisdiction: US-XX
school_year: 2026-27
sources:
  law:
    title: State Code § 1
parameters:
  wage_floor:
    title: A wage to live on
    unit: USD/year
    cite: law (a)
    values:
      2024-07-01: $40,000
      2026-07-01:
        value: $43,900
        standing: proposed
relations:
  occupation:
    statewide_market:
      to: labor_market
      where:
        occupation: this
        area: jurisdiction.area
definitions:
  occupation:
    pay: statewide_market.annual_median
criteria:
  occupation:
    good_job:
      title: It pays
      test: statewide_market.annual_median >= wage_floor
      because: it pays {statewide_market.annual_median}, and {wage_floor} is asked
      cite: law (b)
priority_list:
  list: occupation
  when: good_job
  rank_by: pay desc
  limit: 2
lint:
  made_up:
    code: L003
    because: the law is made up
"""

DATASET = """\
title: A small state
as_of: 2026-11-01
tables:
  area:
    file: areas.csv
  occupation:
    file: occupations.csv
  labor_market:
    file: labor_markets.csv
"""

TABLES = {
    "areas.csv": "code,name\nUS-XX,State of XX\n",
    "occupations.csv": (
        "code,title\n11-1011,Chiefs\n15-1252,Developers\n29-2099,Technologists\n35-3023,Fast food workers\n51-4121,Welders\n"
    ),
    "labor_markets.csv": (
        "occupation,area,annual_median\n11-1011,US-XX,43900\n15-1252,US-XX,>=239200\n35-3023,US-XX,39510\n51-4121,US-XX,47000\n"
    ),
}
"""Developers earn at least $239,200, welders $47,000, chiefs exactly the floor, fast food workers a tenth less; nothing is
known of technologists."""


def write_state(folder: Path, **changed: str) -> tuple[Path, Path]:
    """The policy file and the folder of the dataset, in `folder`; `changed` replaces the text of `policy`, `dataset` or a
    table (by its name without `.csv`).
    """
    policy, data = folder / "welding.yaml", folder / "data"
    data.mkdir()
    policy.write_text(changed.get("policy", POLICY), encoding="utf-8")
    (data / "dataset.yaml").write_text(changed.get("dataset", DATASET), encoding="utf-8")
    for name, text in TABLES.items():
        (data / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    return policy, data


def specie(*words: object, env: dict[str, str] | None = None) -> Result:
    """What `specie WORDS` does on a terminal of 80 columns that is no terminal, outside of any automatic run."""
    quiet = {"CI": "", "COLUMNS": "80", "NO_COLOR": "", **(env or {})}
    return CliRunner().invoke(cli.app, [str(word) for word in words], env=quiet, prog_name="specie")


def too_wide(text: str, width: int = 80) -> Sequence[str]:
    """The lines of a text that are wider than the terminal."""
    return [line for line in text.splitlines() if len(line) > width]
