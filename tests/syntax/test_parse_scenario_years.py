"""Years ahead as a scenario writes them, and what is not well written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.syntax.print import print_expr
from tests.syntax.test_parse_scenario import HEAD, parse

YEARS = """\
years:
  until: 2031-32
  cohorts:
    2027-28: 1%
    2029-30: -0.5%
  grow:
    - of: attainments
      where: credential.tier = premier
      by: 3%
  wages: 2%
  move: [postings]
  response:
    - elasticity: 0.2
      of: attainments
      to: amount.core
      lag: 1 year
      because: a survey
"""


def test_years_ahead_are_read() -> None:
    found, told = parse(HEAD + YEARS)
    assert told == [] and found is not None and found.years is not None
    years = found.years
    assert (years.until, years.ahead) == (2031, None)
    assert years.cohorts == ((2027, Fraction(1, 100)), (2029, Fraction(-1, 200)))
    (growth,), (response,) = years.growths, years.responses
    assert (growth.of.text, growth.by) == ("attainments", ((None, Fraction(3, 100)),))
    assert growth.where is not None and print_expr(growth.where) == "credential.tier = premier"
    assert (years.wages, [word.text for word in years.move]) == (((None, Fraction(1, 50)),), ["postings"])
    assert (response.elasticity, response.parameter.text, response.lag) == (Fraction(1, 5), "amount", 1)
    assert response.member is not None and response.member.text == "core"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("years:\n  cohorts: 1%\n", ("Y094", "years")),
        ("years:\n  until: 2031-32\n  ahead: 5\n", ("Y094", "years")),
        ("years:\n  until: 2031-33\n", ("Y051", "2031-33")),
        ("years:\n  ahead: 31\n", ("Y044", "31")),
        ("years:\n  ahead: 5\n  cohorts: 1.01\n", ("Y095", "1.01")),
        ("years:\n  ahead: 5\n  wages: -101%\n", ("Y095", "-101%")),
        (
            "years:\n  ahead: 5\n  response:\n    - elasticity: 20%\n      of: a\n      to: b\n      because: c\n",
            ("Y096", "20%"),
        ),
        ("years:\n  ahead: 5\n  growth: 1%\n", ("Y040", "growth")),
    ],
)
def test_years_ahead_that_are_not_well_written(text: str, expected: tuple[str, str]) -> None:
    assert parse(HEAD + text)[1] == [expected]
