"""The section `accountability` as read: everything that it can say, and what is said of one that is misshapen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.syntax.accountability import Accountability, OverYears
from engine.syntax.expr import Name, Number, Percent, Text
from engine.syntax.print import print_expr
from engine.syntax.weight_table import MissingIndicator
from tests.syntax.policies import parse, parsed

HEAD = "policy: xx/rating\n"
WHOLE = (
    HEAD
    + """\
accountability:
  title: Rating
  cite: law 1
  for: [school, district]
  rated_when: units >= 120
  student_groups: [learners]
  minimum_n:
    count: 10
    of: denominator
    then:
      - pool_earlier_years:
          until: quorum
          up_to_years: 3
      - not_rated
  indicators:
    graduation:
      title: Graduation
      cite: law 2
      cohort: students where in_four_year_cohort
      cohort_year: class_of
      rated_year: first_year
      at: accountable_school
      rate: on_time_diploma
      undetermined_students: leave_out
      rate_round: 1
      scale: rate_index
      round: 2
      how: half_even
      applies_when: highest_grade = 12
      weight: 25%
      minimum_n:
        count: 5
    participation:
      value: took_part
      weight: none
  weights:
    inputs:
      configuration: grades
    rows: |
      | configuration | participation | graduation |
      | K-6           | -             | 12.5%      |
      | from 7 to 9   | 100%          | any        |
  missing_indicator:
    chart: |
      | graduation |
      | 100%       |
    then: proportional
  index:
    round: 1
  ratings:
    - A: index >= 90
    - F: otherwise
  overrides:
    low:
      rating: F
      when: participation < 95
      because: few took part
      cite: law 3
"""
)


def section(text: str) -> Accountability:
    found = parsed(text).accountability
    assert found is not None
    return found


def test_the_section() -> None:
    found = section(WHOLE)
    assert (found.name, found.title, found.cite) == ("accountability", "Rating", "law 1")
    assert [word.text for word in (*found.levels, *found.student_groups)] == ["school", "district", "learners"]
    assert found.rated_when is not None and print_expr(found.rated_when) == "units >= 120"
    assert found.extent.text.startswith("accountability:") and found.extent.text.endswith("law 3")
    assert [one.name for one in found.cited] == ["accountability", "graduation", "participation", "low"]
    assert found.index is not None and (found.index.round, found.index.how) == (1, None)


def test_minimum_n() -> None:
    least = section(WHOLE).minimum_n
    assert least is not None and (least.count, least.of) == (Number(Decimal(10)), "denominator")
    assert least.pooling is not None and (least.pooling.until, least.pooling.up_to_years) == (Name("quorum"), 3)
    own = section(WHOLE).indicators[0].minimum_n
    assert own is not None and (own.count, own.of, own.pooling) == (Number(Decimal(5)), "cohort", None)


def test_an_indicator() -> None:
    one, two = section(WHOLE).indicators
    assert (one.name, one.title, one.cite, one.undetermined) == ("graduation", "Graduation", "law 2", "leave_out")
    assert one.cohort is not None and (one.cohort.path, one.cohort.where) == (
        Name("students"),
        Name("in_four_year_cohort"),
    )
    assert (one.cohort_year, one.rated_year, one.at) == (
        Name("class_of"),
        Name("first_year"),
        Name("accountable_school"),
    )
    assert (one.rate, one.mean, one.numerator, one.denominator, one.value) == (Name("on_time_diploma"), *[None] * 4)
    assert one.scale is not None and (one.rate_round, one.scale.text, one.round, one.how) == (
        1, "rate_index", 2, Name("half_even"),
    )  # fmt: skip
    assert (one.weight, one.unweighted) == (Percent(Decimal(25)), False)
    assert (two.weight, two.unweighted, two.cohort, two.undetermined) == (None, True, None, "pending")


CAPPED = (
    HEAD
    + """\
accountability:
  for: [school]
  indicators:
    ready:
      cohort: students
      cohort_year: class_of
      rate: exam_pass
      over_years:
        years: 3
        how: mean_of_years
        at_least: 2
        round: 1
      capped:
        interns:
          when: internship
          at_most: 5
          because: not more
          cite: law 4
      steps:
        target: prior.rate + 1
      score: max(rate, target)
      zero_when: took_part < 95
      at_least: 10
      at_most: 90
      minimum_n:
        count: 5
        then:
          - {step}
"""
)


def test_what_is_made_of_a_rate() -> None:
    found = section(CAPPED.replace("{step}", "not_rated"))
    (one,) = found.indicators
    assert one.over_years == OverYears(years=3, how="mean_of_years", at_least=2, round=1)
    (cap,) = one.caps
    assert (cap.name, cap.when, cap.at_most, cap.cite) == ("interns", Name("internship"), Number(Decimal(5)), "law 4")
    assert cap in found.cited and cap.because is not None
    assert [(step.name, print_expr(step.value)) for step in one.steps] == [("target", "prior.rate + 1")]
    assert one.score is not None and print_expr(one.score) == "max(rate, target)"
    assert one.zero_when is not None and (one.at_least, one.at_most) == (Number(Decimal(10)), Number(Decimal(90)))
    alone = section(CAPPED.replace("        at_least: 2\n", "").replace("{step}", "not_rated")).indicators[0].over_years
    assert alone is not None and alone.at_least == 3


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param(
            "pool_earlier_years:\n              until: 10\n              up_to_years: 4\n              at_least: 7",
            (10, 4, 7, False),
            id="pooling",
        ),
        pytest.param(
            "average_of_years:\n              years: 3\n              when_sum_is: 12", (12, 3, 12, True), id="average"
        ),
    ],
)
def test_years_that_are_added(step: str, expected: tuple[object, ...]) -> None:
    needs = section(CAPPED.replace("{step}", step)).indicators[0].minimum_n
    assert needs is not None and needs.pooling is not None
    found = needs.pooling
    enough, least = (one.value if isinstance(one, Number) else one for one in (found.until, found.at_least))
    assert (enough, found.up_to_years, least, found.together) == expected


def test_weights() -> None:
    (table,) = section(WHOLE).weights
    assert [(word.text, read) for word, read in table.inputs] == [("configuration", Name("grades"))]
    assert [word.text for word in table.indicators] == ["participation", "graduation"]
    first, second = table.rows
    assert (first.cells, first.weights) == ((Text("K-6"),), (None, Percent(Decimal("12.5"))))
    assert second.weights == (Percent(Decimal(100)), None)


def test_what_is_missing() -> None:
    chart = section(WHOLE).missing.chart
    assert section(WHOLE).missing.then == "proportional" and chart is not None
    assert [row.weights for row in chart.rows] == [(Percent(Decimal(100)),)]
    bare = HEAD + "accountability:\n  for: [state]\n  indicators:\n    a:\n      value: x\n"
    assert section(bare).missing == MissingIndicator(then="not_rated")
    assert section(bare + "  missing_indicator: proportional\n").missing == MissingIndicator(then="proportional")


def test_ratings_and_overrides() -> None:
    found = section(WHOLE)
    assert [(one.name, one.when is None) for one in found.ratings] == [("A", False), ("F", True)]
    (low,) = found.overrides
    assert (low.name, low.rating.text, low.cite) == ("low", "F", "law 3") and low.because is not None


def told(old: str, new: str) -> list[tuple[str, str]]:
    """What is said of the whole section with a part of it written otherwise."""
    assert old in WHOLE
    return [(one.code, one.span.text) for one in parse(WHOLE.replace(old, new))[1]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("  for: [school, district]\n", "", [("Y041", "accountability")], id="no-level"),
        pytest.param("      rate: on_time_diploma\n", "", [("Y041", "graduation")], id="nothing-measured"),
        pytest.param("      value: took_part\n", "      value: x\n      rate: y\n", [("Y047", "value"), ("Y048", "rate")], id="two"),
        pytest.param("      rate: on_time_diploma\n", "      numerator: x\n", [("Y048", "numerator")], id="numerator-alone"),
        pytest.param("      cohort_year: class_of\n", "", [("Y048", "rated_year")], id="rated-year-alone"),
        pytest.param("          until: quorum\n", "", [("Y041", "pool_earlier_years")], id="until-nothing"),
        pytest.param("up_to_years: 3", "up_to_years: 1", [("Y044", "1")], id="one-year"),
        pytest.param("      - not_rated\n", "      - no_score\n", [("Y043", "no_score")], id="step"),
        pytest.param("undetermined_students: leave_out", "undetermined_students: hold", [("Y043", "hold")], id="undetermined"),
        pytest.param("    then: proportional\n", "    then: reweight\n", [("Y043", "reweight")], id="reweight"),
        pytest.param("    round: 1\n", "    round: one\n", [("Y044", "one")], id="decimals"),
        pytest.param("    - A: index >= 90\n", "    - A: index >= 90\n    - A: index >= 80\n", [("Y060", "A")], id="twice"),
        pytest.param(
            "    - A: index >= 90\n    - F: otherwise\n", "    - F: otherwise\n    - A: index >= 90\n", [("Y056", "otherwise")],
            id="otherwise",
        ),
        pytest.param("      because: few took part\n", "", [("Y041", "low")], id="no-reason"),
        pytest.param("| configuration | par", "| kind          | par", [("Y059", "| kind          | participation | graduation |")], id="input"),
        pytest.param("| -             | 12.5%      |", "| - |", [("Y061", "| K-6           | - |")], id="cells"),
        pytest.param("      | graduation |\n", "      | graduation | graduation |\n", [("Y060", "graduation"), ("Y061", "| 100%       |")], id="column"),
    ],
)  # fmt: skip
def test_what_is_wrong(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert told(old, new) == expected
