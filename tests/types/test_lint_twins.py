"""Lint: beside each mistake stands its twin that is no mistake, and of which nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api

HEAD = """policy: xx/twins
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
    url: https://example.gov/code
    read: {read}
"""


def said(body: str, folder: Path, read: str = "2026-09-01") -> list[str]:
    """The codes that `specie check` has for a policy; the source is cited by a criterion or a comment of it."""
    file = folder / "policy.yaml"
    text = HEAD.format(read=read) + body
    if "cite: code" not in text:
        text += "lint:\n  not_cited_here:\n    code: L002\n    because: it is about another thing\n"
    file.write_text(text, encoding="utf-8")
    return [found.code for found in api.check([file]).diagnostics]


def criterion(entity: str, test: str) -> str:
    return (
        f"criteria:\n  {entity}:\n    it:\n      test: {test}\n      because: the law wants it\n      cite: code (a)\n"
    )


def definition(entity: str, value: str) -> str:
    return f"definitions:\n  {entity}:\n    it: {value}\n"


@pytest.mark.parametrize(
    ("entity", "test", "found"),
    [
        ("program", "tuition_and_fees <= $5,000 or tuition_and_fees is missing", True),
        ("program", "completion_rate >= 50% and (tuition_and_fees <= $5,000 or tuition_and_fees is missing)", True),
        ("program", "(tuition_and_fees <= $5,000) or_else true", True),
        ("program", "(tuition_and_fees <= $5,000) or_else false", False),
        ("program", "tuition_and_fees <= $5,000 or clock_hours is missing", False),
        ("program", "tuition_and_fees <= $5,000 or tuition_and_fees is known", False),
        ("program", "not (tuition_and_fees <= $5,000 or tuition_and_fees is missing)", False),
        ("attainment", "expires_on is missing or expires_on >= as_of", False),
    ],
)
def test_what_passes_for_being_unknown(entity: str, test: str, found: bool, tmp_path: Path) -> None:
    assert said(criterion(entity, test), tmp_path) == (["L040"] if found else [])


@pytest.mark.parametrize(
    ("entity", "value", "code"),
    [
        ("labor_market", "annual_openings or_else 0 >= 100", "L041"),
        ("labor_market", "growth or_else 0% > 1%", "L041"),
        ("labor_market", "annual_openings or_else base_employment >= 100", ""),
        ("labor_market", "annual_openings or_else 1 >= 100", ""),
        ("credential", "sum(credits over articulations) or_else 0", ""),
        ("labor_market", "annual_median = $50,000/year", "L042"),
        ("labor_market", "annual_median in {$50,000/year, $60,000/year}", "L042"),
        ("labor_market", "annual_median >= $50,000/year", ""),
        ("labor_market", "annual_openings = 50", ""),
        ("credential", "count(postings where area = jurisdiction.area) = 0", ""),
        ("credential", "count(endorsements) = 0", ""),
        ("area", "count(postings) = 0", "L043"),
        ("area", "0 < count(postings)", "L043"),
        ("area", "count(postings) >= 1", "L043"),
        ("area", "count(postings) >= 10", ""),
        ("credential", "max(credits over articulations) >= 3", "L044"),
        ("credential", "3 <= max(credits over articulations)", "L044"),
        ("credential", "min(credits over articulations) <= 3", "L044"),
        ("credential", "max(credits over articulations) <= 3", ""),
        ("credential", "(max(credits over articulations) or_else 0) >= 3", ""),
        ("credential", "count(articulations) > 0 and max(credits over articulations) >= 3", ""),
        ("state", "sum(employment over labor_markets)", "L045"),
        ("occupation", "sum(employment over labor_markets)", "L045"),
        ("area", "sum(employment over labor_markets)", ""),
        ("occupation", "max(employment over labor_markets)", ""),
        ("occupation", "sum(employment over labor_markets where area.level = region)", ""),
        ("credential", "sum(postings over postings where year = 2025)", "L045"),
        ("credential", "sum(postings over postings where year = 2025 and area = jurisdiction.area)", ""),
    ],
)
def test_a_formula_and_its_twin(entity: str, value: str, code: str, tmp_path: Path) -> None:
    assert said(definition(entity, value), tmp_path) == ([code] if code else [])


def test_an_area_may_be_told_by_a_rule_that_the_filter_names(tmp_path: Path) -> None:
    text = """definitions:
  labor_market:
    statewide: area = jurisdiction.area
  state:
    jobs: sum(employment over labor_markets where statewide)
"""
    assert said(text, tmp_path) == []


def test_a_table_that_the_policy_calls_complete_has_none_where_there_are_none(tmp_path: Path) -> None:
    data = "data:\n  visit:\n    key: [school, visited_on]\n    rows_name: visits\n    complete: {}\n    columns:\n"
    data += "      school: school\n      visited_on: date\n"
    rule = definition("school", "count(visits) = 0")
    assert said(data.format("no") + rule, tmp_path) == ["L043"]
    assert said(data.format("yes") + rule, tmp_path) == []


@pytest.mark.parametrize(("read", "found"), [("2023-06-01", True), ("2023-09-01", False), ("2026-11-01", False)])
def test_a_source_that_was_read_long_ago(read: str, found: bool, tmp_path: Path) -> None:
    text = criterion("program", "clock_hours >= 150")
    assert said(text, tmp_path, read) == (["L046"] if found else [])


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("standing: secondary", True),
        ("standing: proposed", True),
        ("standing: secondary\n        note: as a newspaper has it", False),
        ("standing: secondary\n        cite: code (b)", False),
        ("standing: recalled", False),
        ("standing: assumed", False),
    ],
)
def test_a_value_of_which_nobody_says_where_it_stands(says: str, found: bool, tmp_path: Path) -> None:
    value = f"parameters:\n  hours:\n    values:\n      2026-07-01:\n        value: 150\n        {says}\n"
    assert said(value + criterion("program", "clock_hours >= hours"), tmp_path) == (["L049"] if found else [])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (definition("student", 'race_ethnicity = "Black"'), True),
        (definition("attainment", 'student.sex = "F"'), True),
        ('student_groups:\n  black:\n    title: Black\n    when: race_ethnicity = "Black"\n', False),
        (definition("student", "special_education"), False),
    ],
)
def test_who_asks_for_race_or_sex(body: str, found: bool, tmp_path: Path) -> None:
    assert said(body, tmp_path) == (["L050"] if found else [])


GROUPS = """student_groups:
  special_education:
    title: Special education
    when: special_education
entities:
  district_group:
    cross: [district, student_group]
    at_most: 20000
"""


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ({"rate": "share(graduated over students)"}, True),
        ({"rate": "if count(students) >= 10 then share(graduated over students) else missing"}, False),
        (
            {"pupils": "count(students)", "rate": "if pupils >= 10 then share(graduated over students) else missing"},
            False,
        ),
        ({"graduates": "count(students where graduated)"}, False),
    ],
)
def test_a_rate_of_a_group_asks_how_many_there_are(rules: dict[str, str], found: bool, tmp_path: Path) -> None:
    lines = "".join(f"    {name}: {value}\n" for name, value in rules.items())
    text = f"{GROUPS}definitions:\n  district_group:\n{lines}"
    assert said(text, tmp_path) == (["L051"] if found else [])


RATES = """accountability:
  for: [school]
{groups}  minimum_n:
    count: {count}
  indicators:
    graduation:
      title: {title}
      cohort: students where in_four_year_cohort
      rate: graduated
      weight: 1
{until}    other:
      title: Graduates
      cohort: students where {cohort}
      rate: graduated
      weight: 1
{since}"""
LEAST = "parameters:\n  least:\n    cite: code (a)\n    values:\n      2020-07-01: 10\n      2026-07-01: 3\n"


@pytest.mark.parametrize(
    ("count", "groups", "found"),
    [("4", True, True), ("5", True, False), ("4", False, False), ("least", True, True)],
)
def test_how_small_a_group_may_be(count: str, groups: bool, found: bool, tmp_path: Path) -> None:
    shown = "  student_groups: [special_education]\n" if groups else ""
    text = RATES.format(groups=shown, count=count, title="Graduation", cohort="class_of = 2027", until="", since="")
    text += GROUPS.split("entities:")[0] + (LEAST if count == "least" else "")
    assert said(text, tmp_path) == (["L052"] if found else [])


UNTIL, SINCE = "      until: 2026-07-01\n", "      from: 2026-07-01\n"


@pytest.mark.parametrize(
    ("title", "cohort", "followed", "found"),
    [
        ("Graduates", "class_of = 2027", False, True),
        ("graduates", "class_of = 2027", False, True),
        ("Graduates", "in_four_year_cohort", False, False),
        ("Graduates of the cohort", "class_of = 2027", False, False),
        ("Graduates", "class_of = 2027", True, False),
    ],
)
def test_what_indicators_of_one_title_are_divided_by(
    title: str, cohort: str, followed: bool, found: bool, tmp_path: Path
) -> None:
    until, since = (UNTIL, SINCE) if followed else ("", "")
    text = RATES.format(groups="", count="10", title=title, cohort=cohort, until=until, since=since)
    assert said(text, tmp_path) == (["L058"] if found else [])


@pytest.mark.parametrize(
    ("entity", "shows", "found"),
    [
        ("school", "which(student.student_id over attainments)", True),
        ("school", "which(attainment_id over attainments)", True),
        ("school", "first(student.student_id over attainments where award_date is known by award_date)", True),
        ("school", "which(credential.name over attainments)", False),
        ("school", "count(attainments)", False),
        ("student", "which(attainment_id over attainments)", False),
        ("credential", "which(employer over endorsements)", False),
    ],
)
def test_what_a_sentence_tells_of_persons(entity: str, shows: str, found: bool, tmp_path: Path) -> None:
    rows = "endorsements" if entity == "credential" else "attainments"
    text = criterion(entity, f"count({rows}) >= 2").replace("the law wants it", f'"here are {{{shows}}}"')
    assert said(text, tmp_path) == (["L053"] if found else [])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("wage_floor", "floor_wage", True),
        ("wagefloor", "wage_floor", True),
        ("completion_share", "completian_share", True),
        ("employer", "employers", False),
        ("level_1_rate", "level_2_rate", False),
        ("rate_a", "rate_b", False),
        ("wage_floor", "hours_floor", False),
    ],
)
def test_names_that_are_taken_for_one(one: str, other: str, found: bool, tmp_path: Path) -> None:
    text = f"definitions:\n  program:\n    {one}: clock_hours >= 150\n    {other}: clock_hours >= 600\n"
    assert said(text, tmp_path) == (["L054"] if found else [])
    elsewhere = f"definitions:\n  program:\n    {one}: clock_hours >= 150\n  credential:\n    {other}: count(endorsements) >= 5\n"
    assert said(elsewhere, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "test", "found"),
    [
        ("minimum_hours", "clock_hours >= minimum_hours", False),
        ("minimum_hours", "clock_hours > minimum_hours", True),
        ("minimum_hours", "minimum_hours < clock_hours", True),
        ("minimum_hours", "clock_hours <= minimum_hours", True),
        ("minimum_hours", "clock_hours < minimum_hours", True),
        ("minimum_hours", "not clock_hours < minimum_hours", False),
        ("maximum_hours", "clock_hours <= maximum_hours", False),
        ("maximum_hours", "clock_hours < maximum_hours", True),
        ("maximum_hours", "clock_hours > maximum_hours", True),
        ("hours_floor", "clock_hours > hours_floor", False),
    ],
)
def test_a_minimum_is_enough_itself(name: str, test: str, found: bool, tmp_path: Path) -> None:
    value = f"parameters:\n  {name}:\n    cite: code (a)\n    values:\n      2026-07-01: 150\n"
    assert said(value + criterion("program", test), tmp_path) == (["L055"] if found else [])


@pytest.mark.parametrize(("amount", "found"), [("$1,250", True), ("$1,251", False), ("$0", False)])
def test_an_amount_that_a_parameter_holds(amount: str, found: bool, tmp_path: Path) -> None:
    text = """parameters:
  base:
    unit: USD
    cite: code (a)
    values:
      FY2026: $0
      FY2027: $1,250
"""
    rule = definition("credential", f"if count(endorsements) >= 5 then base else {amount}")
    assert said(text + rule, tmp_path) == (["L056"] if found else [])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("clock_hours >= 150", "clock_hours >= 150", True),
        ("clock_hours >= 150", "clock_hours >= 151", False),
        ("clock_hours", "clock_hours", False),
    ],
)
def test_a_formula_that_stands_twice(one: str, other: str, found: bool, tmp_path: Path) -> None:
    text = f"definitions:\n  program:\n    here: {one}\n    there: {other}\n"
    assert said(text, tmp_path) == (["L057"] if found else [])


@pytest.mark.parametrize(("day", "found"), [("2026-06-30", True), ("2026-07-01", True), ("2026-07-02", False)])
def test_a_parameter_that_was_to_be_reviewed(day: str, found: bool, tmp_path: Path) -> None:
    hours = f"parameters:\n  hours:\n    cite: code (a)\n    values:\n      2025-07-01: 150\n    review_by: {day}\n"
    assert said(hours + criterion("program", "clock_hours >= hours"), tmp_path) == (["L047"] if found else [])
