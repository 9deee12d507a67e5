"""From the tree to the policy as written: every section, every typed slot, every form of a cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.syntax.choice_tables import Interval
from engine.syntax.expr import Duration, Expr, Member, Money, Name, Negate, Number, Percent, Sentence, Text
from engine.syntax.path import things
from engine.syntax.policy import Deemed, YearBegin
from tests.syntax.policies import MAXIMAL, parsed

HEAD = "policy: xx/example\n"


def number(text: str) -> Number:
    return Number(Decimal(text))


def dollars(text: str) -> Money:
    return Money(Decimal(text))


# -- the maximal policy --------------------------------------------------------------------------------------------


def test_head() -> None:
    policy = parsed(MAXIMAL)
    assert policy.id == "xx/credentials"
    assert policy.title == "Credentials of value"
    assert [place.text for place in policy.jurisdictions] == ["US-XX", "US"]
    assert policy.school_year and policy.school_year.text == "2026-27"
    assert policy.school_year_begins == YearBegin(month=8, day=15, named_for_end=False)
    assert policy.fiscal_year == YearBegin(month=7, day=1, named_for_end=True)
    assert [parent.text for parent in policy.extends] == ["common/labor-market"]
    assert policy.id_span.text == "xx/credentials"


def test_every_section_is_read() -> None:
    found = [path for _, path, _ in things(parsed(MAXIMAL))]
    assert found == [
        "sources.code-12-3",
        "data.occupation",
        "data.site_visit",
        "data.audit",
        "parameters.wage_floor",
        "parameters.share_needed",
        "parameters.bonus_per_graduate",
        "parameters.courses_needed",
        "parameters.minimum_rounding",
        "parameters.deadline",
        "parameters.least_change",
        "relations.occupation.statewide_market",
        "student_groups.special_education",
        "student_groups.all_students",
        "student_groups.high_needs",
        "tables.course_rate",
        "tables.color",
        "points.strength_of_diploma",
        "bands.rate_index",
        "definitions.credential.employers_for",
        "definitions.credential.short",
        "definitions.credential.weight",
        "criteria.program.hours",
        "criteria.program.tuition",
        "criteria.program.placement",
        "record_checks.attainment.grade_range",
        "entities.district_group",
        "entities.yearly",
        "entities.wage_step",
        "entities.completion",
        "years.earned",
        "years.paid",
        "years.amounts_of",
        "determinations.governor_approval",
        "eligibility.workforce_program",
        "appropriations.incentive_fund",
        "funding.credentials",
        "funding.trips",
        "totals.all_grants",
        "lint.no_minimum_in_the_rule",
        "priority_list",
        "accountability",
    ]


def test_everything_knows_its_place_and_its_writer() -> None:
    for _, path, item in things(parsed(MAXIMAL)):
        assert item.span.text == item.name == path.split(".")[-1]
        assert item.policy == "xx/credentials"
        assert item.cite_span.text == item.cite


def test_sources() -> None:
    (source,) = parsed(MAXIMAL).sources
    assert source.title == "State Code § 12-3"
    assert source.url == "https://example.gov/12-3"
    assert source.read == date(2026, 9, 1)


def test_data() -> None:
    occupation, visit, audit = parsed(MAXIMAL).data
    assert occupation.key == () and occupation.rows_name == "" and occupation.complete is None
    apprenticeable, level, hourly, growth = occupation.columns
    assert apprenticeable.type and apprenticeable.type.text == "truth"
    assert level.values == ("low", "middle", "high") and level.ordered and level.type is None
    assert hourly.unit and hourly.unit.text == "USD/hour" and hourly.scale == 2 and hourly.bounded
    assert (hourly.at_least, hourly.at_most) == (dollars("0.00"), dollars("500.00"))
    assert growth.stored == "percent" and growth.required and not growth.personal
    assert [name.text for name in visit.key] == ["program", "visited_on"]
    assert visit.rows_name == "site_visits" and visit.complete is False
    assert visit.columns[2].personal and not visit.columns[2].required
    assert audit.rows_name == "audits" and audit.complete is None


def test_parameters() -> None:
    floor, share, bonus, needed, rounding, deadline, change = parsed(MAXIMAL).parameters
    assert [(dated.starts, dated.members) for dated in floor.values] == [  # in the order of their dates
        (date(2024, 7, 1), (("", dollars("41250")),)),
        (date(2026, 7, 1), (("", dollars("43900")),)),
    ]
    assert {dated.standing for dated in floor.values} == {"enacted"}
    assert {dated.cite for dated in floor.values} == {"code-12-3 (a)"}
    proposed, enacted = share.values
    # fiscal year 2025 begins on 1 July 2024, school year 2026-27 on 15 August 2026
    assert (proposed.starts, enacted.starts) == (date(2024, 7, 1), date(2026, 8, 15))
    assert (proposed.standing, proposed.cite, proposed.note) == ("proposed", "code-12-3 (b)", "as introduced")
    assert proposed.members == (("", Percent(Decimal("55.5"))),)
    assert proposed.span.text == "FY2025"
    assert bonus.by and bonus.by.text == "student_group"
    assert bonus.values[0].members == (
        ("economically_disadvantaged", dollars("5000")),
        ("special_education", dollars("2000")),
    )
    assert bonus.values[1].members == (("special_education", None),)
    assert bonus.values[1].standing == "recalled"
    assert needed.in_force_by == Member(Name("student"), "class_of")
    assert needed.review_by == date(2028, 7, 1)
    (late,) = needed.deferred  # a school year begins on 15 August, and class 2024 is that of 2023-24
    assert (late.name, late.starts, late.to) == ("first_course", date(2022, 8, 15), date(2023, 8, 15))
    assert (late.decided_by, late.decided_on) == ("Commissioner of Education", date(2023, 1, 10))
    assert rounding.values[0].members == (("", Name("up")),)
    assert rounding.values[0].standing == "assumed"
    assert [value for dated in deadline.values for _, value in dated.members][1] is None
    assert change.values[0].members == (("", Negate(Number(Decimal("2.50")))),)


def test_decision_table() -> None:
    whole, _ = parsed(MAXIMAL).tables
    (table,) = whole.versions
    assert [name.text for name, _ in table.inputs] == ["demand", "wage"]
    # cells stand in the order of the inputs, whatever the order of the columns
    assert [row.cells for row in table.rows] == [
        (Name("more than moderate"), Interval(low=dollars("70000"), low_in=True)),
        (None, Interval(low=dollars("50000"), high=dollars("70000"))),
        (Text("a|b"), Interval(low=dollars("1"), high=dollars("3"), low_in=True)),
        (None, Interval(high=dollars("50000"), high_in=True)),
    ]
    assert [row.result for row in table.rows] == [dollars("1071"), dollars("300"), None, dollars("0")]
    assert table.rows[2].span.text.startswith("| from $1") and table.rows[2].span.text.endswith("not known |")
    cut = table.rows[1].cells[1]
    assert isinstance(cut, Interval) and cut.low and cut.high
    assert (cut.low.span.text, cut.high.span.text) == ("$50,000", "$70,000")


def test_a_table_across_with_versions() -> None:
    _, table = parsed(MAXIMAL).tables
    assert (table.gives.text, table.words, table.ordered) == ("color", ("red", "light green"), True)
    first, later = table.versions
    assert (first.starts, first.key, first.standing, first.cite) == (date(2024, 7, 1), "FY2025", "recalled", "")
    assert (later.starts, later.key, later.cite) == (date(2025, 8, 15), "class 2026", "code-12-3 (k)")
    low, middle = Interval(high=number("60")), Interval(low=number("60"), high=number("70"), low_in=True, high_in=True)
    assert [(row.cells, row.result) for row in first.rows] == [
        ((low, Name("declined")), Name("red")),
        ((low, None), None),
        ((middle, Name("declined")), Name("red")),
        ((middle, None), Name("light green")),
    ]
    assert [row.span.text for row in first.rows] == ["red", "not known", "red", "light green"]
    assert [name.text for name, _ in later.inputs] == ["status"] and later.rows[0].cells == (None,)


def test_points() -> None:
    (points,) = parsed(MAXIMAL).points
    assert points.entity.text == "student" and points.take == "sum"
    (version,) = points.versions
    assert [line.points for line in version.lines] == [number("160"), number("0")]
    assert version.lines[1].when is None
    assert version.lines[0].span.text == "160: on_time_diploma and associate_degree"
    assert [line.points for line in version.add] == [number("5")]
    assert version.at_most == number("160")


def test_points_take_the_highest_unless_said() -> None:
    (points,) = parsed(HEAD + "points:\n  p:\n    of: student\n    lines:\n      - 1: a\n").points
    assert points.take == "highest"


def test_bands() -> None:
    (bands,) = parsed(MAXIMAL).bands[0].versions
    assert [row.cut for row in bands.rows] == [
        Interval(high=number("75"), high_in=True),
        Interval(low=number("75"), high=number("90"), high_in=True),
        Interval(low=number("90")),
    ]
    assert bands.rows[0].gives.span.text == "x * 0.9"


def test_definitions() -> None:
    _, short, weight = parsed(MAXIMAL).definitions
    assert short.title == "Short credentials" and short.versions[0].cite == "code-12-3 (i)"
    assert short.versions[0].starts is None
    assert [(version.starts, version.cite) for version in weight.versions] == [
        (date(2024, 7, 1), "code-12-3 (j)"),
        (date(2026, 7, 1), "code-12-3 (k)"),
    ]
    assert {version.because for version in weight.versions} == {Sentence(("it weighs ", Name("weight")))}


def test_criteria() -> None:
    hours, tuition, placement = parsed(MAXIMAL).criteria
    assert hours.entity.text == "program" and hours.entity.span.text == "program"
    (version,) = hours.versions
    assert version.because == Sentence(("it has ", Name("clock_hours"), " clock hours"))
    assert version.cite == "code-12-3 (d)" and version.starts is version.ends is None
    (version,) = tuition.versions
    assert (version.starts, version.ends) == (date(2029, 7, 1), date(2035, 7, 1))
    assert tuition.not_applicable_when is not None
    first, second = placement.versions
    assert (first.starts, first.ends) == (date(2026, 7, 1), None)
    assert (second.starts, second.ends) == (date(2029, 7, 1), date(2032, 7, 1))
    assert second.because == Sentence(("enough are placed in their occupation",))
    assert second.cite == "code-12-3 (f) 2"


def test_derived_entities() -> None:
    cross, yearly, step, union = parsed(MAXIMAL).entities
    assert [name.text for name in cross.cross] == ["district", "student_group"] and cross.at_most == 20_000
    assert [(name.text, key) for name, key in yearly.by] == [
        ("credential", Name("credential")),
        ("school", Name("school")),
    ]
    assert yearly.group and yearly.group.text == "attainment" and yearly.at_most == 5_000_000
    assert step.by[0][1].span.text == "floor(annual_median / $10,000)"
    assert [name.text for name in union.union] == ["attainment", "program"]


def test_years_determinations_eligibility() -> None:
    policy = parsed(MAXIMAL)
    assert policy.years[1].title == "Year of payment"
    (approval,) = policy.determinations
    assert approval.by == "Governor, after consulting the state board"
    assert [name.text for name in approval.needs] == ["decided_on", "document"]
    assert approval.expires == Duration(2, "year")
    assert [name.text for name in approval.findings] == ["aligned"] and approval.granted_when is not None
    assert approval.deemed == Deemed(approved=True, after=Duration(90, "day"), counted_from=Name("submitted_on"))
    (program,) = policy.eligibility
    assert program.keep_last_verdict_when == Name("unmeasured")
    assert dict(program.verdicts) == {
        "met": "eligible",
        "not_met": "not eligible",
        "undetermined": "cannot tell",
        "not_applicable": "not asked",
    }


def test_priority_list() -> None:
    found = parsed(MAXIMAL).priority_list
    assert found
    assert found.entity.text == "credential" and found.title == "The list" and found.cite == "code-12-3 (y)"
    assert (found.undetermined, found.on_tie_at_limit) == ("leave_off", "leave_off")
    assert found.undetermined_because == "the board decides on complete files only"
    assert [(tier.name, tier.when) for tier in found.tiers] == [("premier", Name("short")), ("core", None)]
    assert found.rank_by and [(key.value, key.descending) for key in found.rank_by.keys] == [
        (Name("value_score"), True),
        (Name("credential_id"), False),
    ]
    assert found.limit == number("150")
    (quota,) = found.quotas
    assert (quota.name, quota.title, quota.limit) == ("per_sector", "Places of a sector", number("10"))
    assert [word.text for word in quota.within] == ["career_cluster", "issuer.region"]
    assert found.stay and found.stay.within_limit and found.stay.length == Duration(1, "year")
    assert found.honor_for == Duration(2, "year")
    welding, nails = found.exceptions
    assert (welding.key, welding.verdict, welding.tier) == ("010", "listed", "core")
    assert (welding.starts, welding.ends) == (date(2026, 7, 1), date(2027, 7, 1))
    assert welding.because == Sentence(("the shipyard asked for it",))
    assert (nails.key, nails.key_span.text, nails.starts) == ("NO", "NO", None)


def test_priority_list_without_its_defaults() -> None:
    found = parsed(HEAD + "priority_list:\n  list: a\n  when: b\n  rank_by: c desc then d\n").priority_list
    assert found and found.undetermined == "pending_review" and found.on_tie_at_limit == "include"
    assert found.rank_by and len(found.rank_by.keys) == 2
    assert found.stay is None and found.exceptions == ()


def test_a_bare_policy() -> None:
    policy = parsed(HEAD)
    assert policy.jurisdictions == () and policy.school_year is None
    assert policy.fiscal_year == YearBegin(month=7, day=1, named_for_end=True)
    assert list(things(policy)) == []


# -- starts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "start", "expected"),
    [
        ("", "2026-07-01", date(2026, 7, 1)),
        ("", "FY2027", date(2026, 7, 1)),
        ("", "2026-27", date(2026, 7, 1)),
        ("", "1999-00", date(1999, 7, 1)),
        ("fiscal_year:\n  begins: 10-01\n", "FY2027", date(2026, 10, 1)),
        ("fiscal_year:\n  named_for: the year it begins\n", "FY2027", date(2027, 7, 1)),
        # a year from January to December ends in the year that it begins in
        ("fiscal_year:\n  begins: 01-01\n", "FY2027", date(2027, 1, 1)),
        ("school_year_begins: 08-15\n", "2026-27", date(2026, 8, 15)),
    ],
)
def test_start(head: str, start: str, expected: date) -> None:
    text = f"{HEAD}{head}parameters:\n  a:\n    cite: x\n    values:\n      {start}: 1\n"
    assert parsed(text).parameters[0].values[0].starts == expected


# -- cells ---------------------------------------------------------------------------------------------------------

ONE = number("1")
THREE = number("3")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("-", None),
        ("any", None),
        ("3", THREE),
        ("high", Name("high")),
        ("more than moderate", Name("more than moderate")),
        ("2017-18", Text("2017-18")),
        (">= 3", Interval(low=THREE, low_in=True)),
        (">=3", Interval(low=THREE, low_in=True)),
        ("at least 3", Interval(low=THREE, low_in=True)),
        ("from 3", Interval(low=THREE, low_in=True)),
        ("> 3", Interval(low=THREE)),
        ("over 3", Interval(low=THREE)),
        ("<= 3", Interval(high=THREE, high_in=True)),
        ("up to 3", Interval(high=THREE, high_in=True)),
        ("at most 3", Interval(high=THREE, high_in=True)),
        ("< 3", Interval(high=THREE)),
        ("under 3", Interval(high=THREE)),
        ("over 1, up to 3", Interval(low=ONE, high=THREE, high_in=True)),
        ("up to 3, over 1", Interval(low=ONE, high=THREE, high_in=True)),
        ("from 1 to under 3", Interval(low=ONE, high=THREE, low_in=True)),
        ("from 1 to 3", Interval(low=ONE, high=THREE, low_in=True, high_in=True)),
    ],
)
def test_cell(cell: str, expected: Expr | Interval | None) -> None:
    head = "tables:\n  t:\n    inputs:\n      a: b\n    gives: USD\n    rows: |\n      | a | r |\n"
    text = f"{HEAD}{head}      | {cell} | $1 |\n"
    assert parsed(text).tables[0].versions[0].rows[0].cells == (expected,)
