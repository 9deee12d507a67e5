"""The page of years ahead: what is assumed, and what is set that holds only later."""

from __future__ import annotations

from pathlib import Path

from engine.views.simulation_article import simulation_article
from tests.results.simulate.years.test_years_ahead import simulation

YEARS = """\
years:
  ahead: 2
  cohorts:
    2027-28: 2%
    2028-29: 0%
  grow:
    - of: attainments
      where: credential.is_listed
      by: -2.5%
  wages: -1%
  move: [endorsements]
  response:
    - elasticity: -0.5
      of: attainments
      to: amount
      lag: 1 year
      because: a guess
      cite: a survey
    - elasticity: 1.125
      of: attainments
      where: credential.is_listed
      to: amount
      because: another
"""


def sections(folder: Path, *texts: str) -> dict[str, tuple[str, ...]]:
    """The texts of each section by its title."""
    page = simulation_article(simulation(folder, *texts))
    return {one.title: (*one.bullets, *one.paragraphs) for one in page.sections}


def test_every_assumption_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert sections(tmp_path, YEARS)["What is assumed of the years"] == (
        "cohorts of students: 2% more a year from 2027-28 on, no change from 2028-29 on",
        "attainments where credential.is_listed: 2.5% fewer a year, beyond the growth of the cohorts",
        "wages of the labor market: 1% lower a year",
        "attainments respond to amount: 0.5% fewer for each 1% more of it (elasticity -0.5), 1 year later; a guess "
        "(a survey)",
        "attainments where credential.is_listed respond to amount: 1.125% more for each 1% more of it "
        "(elasticity 1.125), in the same year; another",
        "endorsements move a year on, too",
    )
    assert "What is assumed of the years" not in sections(tmp_path, "years:\n  ahead: 1\n")


def test_what_holds_only_in_later_years_is_told_by_them(tmp_path: Path) -> None:
    """Nobody moves in 2026-27 by an amount from July 2027 on, and that is no answer to what it does."""
    later, years = "from: 2027-07-01\nset:\n  amount: $150\n", "years:\n  ahead: 2\n"
    found = sections(tmp_path, later + years)
    assert found["What is set"] == (
        "In 2026-27 nothing changes: it holds from 2027-07-01 on. What it does later is told by the years.",
    )
    assert "Who moves" not in found
    both = sections(tmp_path, later + years, "set:\n  quorum: 1\n")
    assert both["What is set"] == ("Nothing that is counted here changes by it.",) and "Who moves" in both
    beyond = sections(tmp_path, later.replace("2027-07-01", "2035-07-01") + years)
    assert beyond["What is set"] == ("Nothing that is counted here changes by it. It is not in force yet.",)
    alone = sections(tmp_path, later)
    assert alone["What is set"] == beyond["What is set"] and "Who moves" in alone


def test_a_rule_that_goes_in_later_years_is_said_to(tmp_path: Path) -> None:
    text = "from: 2027-07-01\nremove:\n  rules:\n    - priority_list.exceptions.c3_until_2028\n"
    found = sections(tmp_path, f"{text}years:\n  ahead: 1\n")
    assert found["What is changed"] == (
        "The rules of s0 hold from 2027-07-01 on: not in 2026-27, and in the years from then on.",
    )
