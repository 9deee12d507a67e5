"""Lint: each page shows its finding and the cure; what is accepted with a reason is not told, until its day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import api
from engine.text.codes import CODES
from tests.house.checkout import ROOT

CATALOG = ROOT / "engine" / "text" / "catalog"
FINDINGS = sorted(code for code in CODES if code.startswith("L"))


def told(text: str, folder: Path) -> list[tuple[str, str]]:
    """What `specie check` says of a policy: code and the marked text. Its cases stand below a line that names them."""
    file, beside = folder / "policy.yaml", folder / "policy.cases.yaml"
    text, _, cases = text.partition(f"# {beside.name}\n")
    file.write_text(text, encoding="utf-8")
    beside.unlink(missing_ok=True)
    if cases:
        beside.write_text(cases, encoding="utf-8")
    return [(found.code, found.span.text) for found in api.check([file]).diagnostics]


def codes(text: str, folder: Path) -> list[str]:
    return [code for code, _ in told(text, folder)]


@pytest.mark.parametrize("code", FINDINGS)
def test_a_page_shows_its_finding_and_no_other(code: str, tmp_path: Path) -> None:
    page = (CATALOG / f"{code}.md").read_text(encoding="utf-8")
    avoid, prefer = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert codes(avoid, tmp_path) == [code]
    assert codes(prefer, tmp_path) == []


def test_every_finding_is_a_warning() -> None:
    assert len(FINDINGS) >= 30
    assert all(CODES[code].warning for code in FINDINGS)


RATES = """policy: xx/rates
school_year: {year}
accountability:
  for: [school]
  indicators:
    one:
      cohort: students where in_four_year_cohort
      rate: graduated
      weight: 50%
    two:
      cohort: students where in_four_year_cohort
      rate: exam_pass
      weight: 50%
lint:
  no_minimum:
    code: L005
    of: [accountability.indicators.one]
    because: the rule sets no minimum
    until: 2027-07-01
"""


def test_what_is_accepted_is_not_told_and_the_rest_is(tmp_path: Path) -> None:
    assert told(RATES.format(year="2026-27"), tmp_path) == [("L005", "two")]


def test_what_was_accepted_until_a_day_is_told_again(tmp_path: Path) -> None:
    assert told(RATES.format(year="2027-28"), tmp_path) == [("L005", "one"), ("L005", "two")]


def test_an_exception_may_speak_of_a_whole_section(tmp_path: Path) -> None:
    text = RATES.format(year="2026-27").replace("accountability.indicators.one", "accountability")
    assert codes(text, tmp_path) == []


@pytest.mark.parametrize(
    ("first", "second", "reached"),
    [
        ("index >= 80", "index >= 90", False),
        ("index >= 80", "index >= 80", False),
        ("index > 80", "index >= 80", True),
        ("index >= 80", "index > 80", False),
        ("index >= 90", "index >= 80", True),
        ("index < 40", "index < 30", False),
        ("index < 40", "index <= 40", True),
        ("index >= 80 or one >= 95", "one >= 95", False),
        ("index >= 80", "index >= 80 and one >= 50", False),
        ("index >= 80", "one >= 80", True),
    ],
)
def test_a_line_below_one_that_holds_wherever_it_does(first: str, second: str, reached: bool, tmp_path: Path) -> None:
    lines = f"  minimum_n:\n    count: 10\n  ratings:\n    - A: {first}\n    - B: {second}\n    - C: otherwise\n"
    text = RATES.format(year="2026-27").split("lint:")[0] + lines
    assert codes(text, tmp_path) == ([] if reached else ["L007"])


@pytest.mark.parametrize(
    ("test", "decided"),
    [
        ("completion_rate > 100%", True),
        ("completion_rate >= 100%", False),
        ("completion_rate >= 0%", True),
        ("completion_rate < 0%", True),
        ("clock_hours >= 0", True),
        ("clock_hours > 0", False),
        ("completion_rate >= placed_rate", False),
    ],
)
def test_a_comparison_that_the_ranges_decide(test: str, decided: bool, tmp_path: Path) -> None:
    text = f"policy: xx/ranges\ndefinitions:\n  program:\n    it: {test}\n"
    assert codes(text, tmp_path) == (["L008"] if decided else [])


def test_what_another_policy_wrote_is_told_there(tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "xx"
    folder.mkdir(parents=True)
    base = RATES.format(year="2026-27").split("lint:")[0]
    (folder / "rates.yaml").write_text(base, encoding="utf-8")
    heir = folder / "heir.yaml"
    heir.write_text("policy: xx/heir\nextends:\n  - xx/rates\n", encoding="utf-8")
    assert [found.code for found in api.check([heir]).diagnostics] == []
    assert [found.code for found in api.check([folder / "rates.yaml"]).diagnostics] == ["L005", "L005"]


def test_a_parameter_that_a_sentence_or_an_appropriation_reads_is_used(tmp_path: Path) -> None:
    text = """policy: xx/used
parameters:
  least:
    unit: USD/year
    values:
      2026-07-01:
        value: $40,000
        standing: assumed
definitions:
  occupation:
    it:
      value: any(annual_median is known over labor_markets)
      because: the least is {least}
appropriations:
  fund:
    standing: assumed
    amounts:
      FY2027: $100
"""
    assert [code for code in codes(text, tmp_path) if code != "F011"] == []


def test_what_another_policy_accepts_is_not_missed_in_the_one_that_extends_it(tmp_path: Path) -> None:
    folder = tmp_path / "policies" / "xx"
    folder.mkdir(parents=True)
    base = RATES.format(year="2026-27").replace("    of: [accountability.indicators.one]\n", "")
    (folder / "rates.yaml").write_text(base, encoding="utf-8")
    heir = folder / "heir.yaml"
    heir.write_text("policy: xx/heir\nextends:\n  - xx/rates\n", encoding="utf-8")
    assert [found.code for found in api.check([folder]).diagnostics] == []
