"""Coverage: which rules cases have hit, in each of their versions, and which rows of tables."""

from __future__ import annotations

from pathlib import Path

from tests.case_files import CASES, POLICY, case, report

FEW = """
given:
  enrollment_of_course: |
    | course | district | pupils |
    | sewing | D1       | 3      |
  course:
    - course_id: sewing
      wage: low
expect:
  district:
    D1:
      pupils: 3
"""


def unhit(folder: Path, text: str, policy: str = POLICY) -> list[tuple[str, str, str]]:
    """Path, since when, and what never happened."""
    found = report(folder, text, policy)
    assert found.diagnostics == ()
    return [(one.path, str(one.since or ""), one.never) for one in found.unhit]


def test_what_no_case_hit(tmp_path: Path) -> None:
    found = report(tmp_path, case(FEW))
    assert [(one.path, one.never) for one in found.unhit] == [
        ("tables.course_rate", "never taken"),
        ("criteria.district.large_enough", "never met"),
    ]
    assert found.unhit[0].span.text == "| high | $300 |"
    assert found.rules == 6


def test_a_rule_without_a_known_value(tmp_path: Path) -> None:
    text = case(FEW.replace("| 3      |", "|        |").replace("pupils: 3", "pupils: missing"))
    assert [one[::2] for one in unhit(tmp_path, text)] == [
        ("tables.course_rate", "never taken"),
        ("definitions.district.pupils", "never with a known value"),
        ("definitions.district.grant", "never with a known value"),
        ("criteria.district.large_enough", "never with a known value"),
    ]


def test_each_version_of_a_rule_counts(tmp_path: Path) -> None:
    old = "      test: pupils >= least_pupils\n"
    new = "      versions:\n        2025-07-01:\n          test: pupils >= least_pupils\n        2027-07-01:\n          test: pupils > least_pupils\n"
    policy = POLICY.replace(old, new)
    assert unhit(tmp_path, CASES, policy) == [
        ("criteria.district.large_enough", "2027-07-01", "never with a known value")
    ]
    text = CASES.replace("  a_better_wage:\n", "  a_better_wage:\n    as_of: 2028-01-01\n")
    assert unhit(tmp_path, text, policy) == [("criteria.district.large_enough", "2027-07-01", "never met")]


def test_rows_of_bands_and_a_table_read_from_within_an_aggregate(tmp_path: Path) -> None:
    bands = "bands:\n  sizes:\n    of: count\n    gives: count\n    rows: |\n      | up to 10         | 1 |\n      | over 10          | 2 |\n"
    policy = POLICY.replace("definitions:\n  course:\n    rate: course_rate\n", f"{bands}definitions:\n")
    policy = policy.replace("course.rate over", "(if course.wage = high then 3 else 1) over")
    policy = policy.replace(
        "  district:\n    pupils: ",
        "  enrollment_of_course:\n    dollars: pupils * course_rate\n  district:\n    size: sizes(pupils)\n    pupils: ",
    )
    policy = policy.replace("wage: wage\n    gives", "wage: course.wage\n    gives")
    found = unhit(tmp_path, case(FEW), policy)
    assert [one for one in found if one[0].startswith(("tables", "bands"))] == [
        ("tables.course_rate", "", "never taken"),
        ("bands.sizes", "", "never taken"),
    ]


def test_tiers_of_a_list(tmp_path: Path) -> None:
    policy = (
        POLICY
        + "priority_list:\n  list: district\n  when: pupils >= 1\n  tiers:\n    - first: pupils >= 10\n    - second: otherwise\n"
    )
    assert ("priority_list.tiers.first", "", "never given") in unhit(tmp_path, case(FEW), policy)
    assert not [one for one in unhit(tmp_path, CASES + FEW_CASE, policy) if one[0].startswith("priority_list")]


FEW_CASE = (
    "  few:\n"
    + "".join(f"    {line}\n" for line in FEW.strip().split("\n")[:4])
    + "    expect:\n      district:\n        D1:\n          pupils: 3\n"
)


def test_rules_of_parents_are_left_to_their_own_cases(tmp_path: Path) -> None:
    home = tmp_path / "policies" / "xx"
    home.mkdir(parents=True)
    (home / "base.yaml").write_text(
        "policy: xx/base\ntitle: Base\ndefinitions:\n  district:\n    unused: 1 + 1\n", encoding="utf-8"
    )
    policy = POLICY.replace("school_year:", "extends: [xx/base]\nschool_year:")
    found = report(home, CASES, policy)
    assert (found.diagnostics, found.unhit, found.rules) == ((), (), 6)


SECTIONS = """\
points:
  strength:
    of: student
    take: highest
    lines:
      - 150: on_time_diploma and exam_pass
      - 100: on_time_diploma
      - 0: otherwise
accountability:
  for: [school]
  indicators:
    graduation:
      cohort: students where in_four_year_cohort
      at: accountable_school
      rate: on_time_diploma
      weight: 25%
    strong:
      cohort: students where in_four_year_cohort
      at: accountable_school
      mean: strength
      weight: 75%
  ratings:
    - A: index >= 90
    - F: otherwise
  overrides:
    few:
      rating: F
      when: graduation < 10
      because: few graduate
      cite: code-4
appropriations:
  fund:
    cite: code-4
    amounts:
      FY2027: $1,000
    pay_in_order:
      - bonus: prorate
funding:
  bonus:
    cite: code-4
    claim: attainment
    when: verification >= documented
    amount: $725
    limits:
      one_per_student:
        within: [student]
        keep: 1
        by: award_date
    pay: school.district
    draws_on: fund
"""
EARNED = """
given:
  school:
    - school_id: S1
      district: D1
  student:
    - student_id: a
      accountable_school: S1
      in_four_year_cohort: yes
      on_time_diploma: yes
      exam_pass: no
  attainment:
    - attainment_id: a1
      student: a
      credential: c
      school: S1
      award_date: 2026-09-01
      verification: documented
expect:
  school:
    S1:
      rating: A
      strong: 100
  district:
    D1:
      bonus: $725.00
"""


def test_sections(tmp_path: Path) -> None:
    """One graduate without an examination, one claim that no limit cuts and that the money covers."""
    policy = POLICY[: POLICY.index("data:")] + SECTIONS
    assert unhit(tmp_path, case(EARNED), policy) == [
        ("points.strength", "", "never taken"),
        ("accountability.ratings.F", "", "never given"),
        ("accountability.overrides.few", "", "never given"),
        ("funding.bonus.limits.one_per_student", "", "never reached"),
    ]


CAPPED = (
    POLICY
    + """\
accountability:
  for: [school]
  indicators:
    ready:
      cohort: students
      rate: exam_pass or associate_degree
      capped:
        by_degree:
          when: not exam_pass and associate_degree
          at_most: 1
"""
)
DEGREES = """
given:
  district:
    - district_id: D1
  school:
    - school_id: S1
      district: D1
  student: |
    | student_id | accountable_school | exam_pass | associate_degree |
    | one        | S1                 | no        | yes              |
    | two        | S1                 | no        | OTHER            |
expect:
  school:
    S1:
      "ready: by_degree counted": 1
"""


def test_a_cap_is_hit_once_it_leaves_somebody_out(tmp_path: Path) -> None:
    path = "accountability.indicators.ready.capped.by_degree"
    assert (path, "", "never reached") in unhit(tmp_path, case(DEGREES.replace("OTHER", "no")), CAPPED)
    assert path not in [one for one, *_ in unhit(tmp_path, case(DEGREES.replace("OTHER", "yes")), CAPPED)]
