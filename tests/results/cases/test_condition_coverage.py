"""Coverage in full: both outcomes of each condition, rules by kind, dated values."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from engine import api
from engine.results.cases.condition_coverage import PolicyCoverage, kind_of, percent
from tests.case_files import CASES, POLICY, case, write

FEW = """
given:
  enrollment_of_course: |
    | course  | district | pupils |
    | welding | D1       | 3      |
  course:
    - course_id: welding
      wage: high
expect:
  district:
    D1:
      pupils: 3
"""


def covered(folder: Path, text: str = CASES, policy: str = POLICY) -> PolicyCoverage:
    """What the cases of a text see of a policy."""
    found = api.test([write(folder, text, policy)], coverage=True)
    assert found.diagnostics == ()
    (one,) = found.coverage
    return one


def gaps(one: PolicyCoverage) -> list[tuple[str, str, str, str]]:
    """Kind, path, text and what was never seen."""
    return [(gap.kind, gap.path, gap.text, gap.never) for gap in one.gaps]


def test_the_cases_of_the_page_see_everything_but_the_dated_value_they_replace(tmp_path: Path) -> None:
    one = covered(tmp_path)
    assert {tally.kind: (tally.seen, tally.of) for tally in one.tallies} == {
        "conditions": (2, 2), "rules": (4, 4), "table rows": (2, 2), "dated values": (1, 1),
    }  # fmt: skip
    assert (one.gaps, one.undetermined, one.seen, one.of) == ((), 1, 9, 9)


def test_what_is_seen_once_is_seen_half(tmp_path: Path) -> None:
    one = covered(tmp_path, case(FEW))
    assert gaps(one) == [
        ("table rows", "tables.course_rate", "| low | $120 |", "never taken"),
        ("rules", "criteria.district.large_enough", "", "never met"),
        ("conditions", "criteria.district.large_enough", "pupils >= least_pupils", "never true"),
    ]
    assert (one.seen, one.of) == (6, 9)


def test_each_operand_counts_and_an_open_one_is_neither(tmp_path: Path) -> None:
    test = "test: pupils >= least_pupils and (not grant > $100 or pupils is missing)"
    policy = POLICY.replace("test: pupils >= least_pupils", test)
    text = case(FEW.replace("| 3      |", "|        |").replace("pupils: 3", "pupils: missing"))
    found = [gap for gap in covered(tmp_path, text, policy).gaps if gap.kind == "conditions"]
    assert [(gap.text, gap.never, gap.undetermined) for gap in found] == [
        ("pupils >= least_pupils", "never true, never false", True),
        ("grant > $100", "never true, never false", True),
        ("pupils is missing", "never false", False),
    ]


def test_a_filter_is_a_condition_on_every_row_that_it_is_asked_of(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "sum(pupils over enrollments_of_courses)", "sum(pupils over enrollments_of_courses where course.wage = high)"
    )
    policy = policy.replace("least_pupils\n      because", "least_pupils or pupils > 0\n      because")
    rows = "".join(f"    | welding | D{number} | 25 |\n" for number in range(1, 30))
    text = case(FEW.replace("    | welding | D1       | 3      |\n", rows).replace("pupils: 3", "pupils: 25"))
    found = gaps(covered(tmp_path, text, policy))
    assert ("conditions", "definitions.district.pupils", "course.wage = high", "never false") in found


def test_a_dated_value_has_to_be_in_force_for_a_row_or_a_case(tmp_path: Path) -> None:
    old = "      2025-07-01: 20\n"
    policy = POLICY.replace(old, f"{old}      2026-07-01: 20\n      2027-07-01: 14\n")
    found = [one for one in gaps(covered(tmp_path, CASES, policy)) if one[0] == "dated values"]
    assert found == [
        ("dated values", "parameters.least_pupils", "since 2025-07-01", "never used"),
        ("dated values", "parameters.least_pupils", "since 2027-07-01", "never used"),
    ]
    later = CASES.replace("as_of: 2026-10-01 ", "as_of: 2028-01-01 ").replace(
        "large_enough: not met", "large_enough: met"
    )
    later = later.replace("    parameters:\n      least_pupils: 16\n", "")
    dated = [one[2] for one in gaps(covered(tmp_path, later, policy)) if one[0] == "dated values"]
    assert dated == ["since 2025-07-01", "since 2026-07-01"]


def test_what_rules_are_called() -> None:
    assert kind_of("funding.bonus.limits.one_per_student") == "limits"
    assert kind_of("accountability.indicators.growth.capped.ten") == "limits"
    assert kind_of("accountability.ratings.A") == "rating lines"
    assert kind_of("priority_list.tiers.first") == "tiers"
    assert kind_of("criteria.credential.good") == "rules"


def test_percents_are_cut() -> None:
    assert percent(1999, 2000) == Fraction(999, 10)
    assert percent(0, 0) == 100
