"""What explanations say beyond the verdict, worked out by hand on the small dataset; each change is made and run again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from fractions import Fraction

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.execution.values import Value
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Change, Explanation, Given, Item, Rows, Rule, Step
from engine.results.explain.personal import without_personal
from engine.results.explain.question import ON_LIST
from engine.results.run import Run, run_policy
from tests.results.explain.test_explain import items_in
from tests.results.funded import funded
from tests.results.graded import graded
from tests.results.small import AS_OF, ROWS, checked_policy, small_run

KEYS = {"credential": ("credential_id",), "program": ("program_id",), "occupation": ("code",), "labor_market": ("occupation", "area"),
        "articulation": ("credential", "institution"), "endorsement": ("credential", "employer")}  # fmt: skip


def told(entity: str, key: str, name: str | None = None) -> Explanation:
    return explain(small_run(), entity, tuple(key.split("+")), name, otherwise=True)


@pytest.mark.parametrize(
    ("entity", "key", "name", "failing"),
    [
        ("program", "P-2", None, ["clock_hours >= 150: 100 hours is 50 hours under 150 hours, code-12-3 (d)"]),
        (
            "program", "P-3", None,
            ["tuition_and_fees <= value_added_earnings: $9,000 is $1,000 over the $8,000 of value_added_earnings, "
             "code-12-3 (e)"],
        ),
        (  # three of its conditions fail under `or` and `and`; good_job alone would take two, college_credit takes one
            "credential", "FOOD-1", None,
            ["credits >= credits_wanted: 1 credit hour is 2 credit hours under the 3 credit hours in force since 2024-07-01, "
             "code-12-3 (b)",
             "employers_for >= quorum: 1 is 1 under the 2 in force since 2024-07-01, code-12-3 (c)",
             "share(decision = endorse over endorsements) >= 60%: 33.3333…% is 26.6666… percentage points under 60%, "
             "code-12-3 (c)"],
        ),
        (
            "credential", "FOOD-1", "good_job",
            ["occupation.high_skill: it is no",
             "annual_median >= wage_floor: $28,000/year is $15,900 under the $43,900/year in force since 2026-07-01, "
             "code-12-3 (a)"],
        ),
        (
            "credential", "EX-1", "good_job",
            ["any(occupation.high_skill and occupation.statewide_market.high_wage over occupation_links): there is no "
             "occupation link of it"],
        ),
        ("labor_market", "35-3023+US-XX", "in_demand", ["growth > 0%: -1% is 1 percentage point under 0%"]),
        ("credential", "WELD-1", None, []),
    ],
)  # fmt: skip
def test_the_fewest_failing_conditions_and_by_how_much(
    entity: str, key: str, name: str | None, failing: list[str]
) -> None:
    found = told(entity, key, name).failing
    assert [f"{one.text}: {one.sentence}" for one in found.conditions] == failing if found else not failing


def test_of_sets_that_are_as_small_the_nearest_is_told_and_the_others_counted() -> None:
    found = told("credential", "OLD-1").failing
    assert found is not None and found.exact
    assert (len(found.conditions), found.others) == (3, 1)  # no link to a good job, or no college credit


@pytest.mark.parametrize(
    ("entity", "key", "name", "sentences"),
    [
        (
            "program", "P-2", None,
            ["if clock_hours of Sewing (P-2) were 150 hours instead of 100 hours, it would be eligible"],
        ),
        (
            "program", "P-3", None,
            ["if tuition_and_fees of Plumbing (P-3) were $8,000 instead of $9,000, it would be eligible"],
        ),
        (
            "credential", "WELD-1", "good_job",
            ["if annual_median of Welders, State of XX (51-4121, US-XX) were $43,899.99/year instead of $47,000/year, it "
             "would not meet “Leads to a good job”",
             "if the parameter wage_floor were $47,000.01/year instead of $43,900/year, it would not meet “Leads to a good "
             "job”"],
        ),
        (
            "credential", "CODE-1", None,
            ["if the parameter quorum were 5 instead of 2, it would not be on the list"],
        ),
    ],
)  # fmt: skip
def test_the_nearest_single_change(entity: str, key: str, name: str | None, sentences: list[str]) -> None:
    found = told(entity, key, name).nearest
    assert found is not None and [one.sentence for one in found.changes] == sentences


def test_where_no_single_change_turns_it_that_is_said() -> None:
    found = told("credential", "FOOD-1").nearest
    assert found is not None and not found.changes and found.complete
    assert found.sentence == f"no single cell or parameter turns it ({found.tried} were tried by replay)"


def every_change() -> list[tuple[str, str, str | None, Change]]:
    rules = {"credential": (None, "good_job", "college_credit", "employer_validated"), "program": (None, "hours", "tuition"),
             "labor_market": ("high_wage", "in_demand")}  # fmt: skip
    found = []
    for entity, names in rules.items():
        for row in ROWS[entity]:
            key = "+".join(row[part] for part in KEYS[entity])
            for name in names:
                nearest = told(entity, key, name).nearest
                found += [(entity, key, name, one) for one in (nearest.changes if nearest is not None else ())]
    return found


def rerun(change: Change, value: Value) -> Run:
    """The policy run anew, by the whole engine, on the data or with the parameter so changed."""
    rows: dict[str, list[dict[str, str]]] = deepcopy(ROWS)
    checked = checked_policy()
    overrides: Mapping[str, Fraction] = {}
    if change.kind == "parameter":
        assert isinstance(value, Fraction)
        overrides = {change.name: value}
    else:
        assert change.place is not None
        for row in rows[change.place.entity]:
            if ", ".join(row[part] for part in KEYS[change.place.entity]) == change.place.key:
                row[change.name] = written(value, change)
    dataset = dataset_from_rows(checked.tables, rows, as_of=AS_OF, jurisdiction="US-XX")
    return run_policy(checked, dataset, AS_OF, "reference", overrides)


def written(value: Value, change: Change) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        percent = value * 100 if change.type.unit.kind == "ratio" else value
        return f"{float(percent):.6f}".rstrip("0").rstrip(".")
    return str(value)


def good(value: Value) -> bool:
    return value in ON_LIST if isinstance(value, str) else value is True


def test_every_change_turns_the_verdict_when_the_whole_policy_is_run_again_and_a_step_less_does_not() -> None:
    checked = 0
    for entity, key, name, change in every_change():
        before = explain(small_run(), entity, tuple(key.split("+")), name).value
        after = explain(rerun(change, change.new), entity, tuple(key.split("+")), name).value
        assert after == change.result
        nearest = told(entity, key, name).nearest
        assert nearest is not None
        if not nearest.sentence:
            assert good(after) is not good(before), change.sentence
        if isinstance(change.new, Fraction) and isinstance(change.value, Fraction):
            step = Fraction(1, 10**change.type.scale) * (1 if change.value > change.new else -1)
            less = explain(rerun(change, change.new + step), entity, tuple(key.split("+")), name).value
            assert good(less) is good(before), change.sentence
        checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    ("entity", "key", "name", "sentences"),
    [
        (
            "credential", "HLTH-1", "good_job",
            ["if annual_median of labor market 29-2099, US-XX is less than $43,900/year: it would not meet “Leads to a good "
             "job”",
             "if annual_median of labor market 29-2099, US-XX is $43,900/year or more: it would meet “Leads to a good job”"],
        ),
        (
            "credential", "HLTH-1", None,
            ["if annual_median of labor market 29-2099, US-XX is less than $43,900/year: it would not be on the list",
             "if annual_median of labor market 29-2099, US-XX is $43,900/year or more: it would qualify but not be on the "
             "list, at place 3 of 4"],
        ),
        (
            "credential", "HVAC-1", "good_job",
            ["if occupation.statewide_market.high_wage holds: it would meet “Leads to a good job”",
             "if occupation.statewide_market.high_wage does not hold: it would not meet “Leads to a good job”"],
        ),
        (
            "labor_market", "15-1252+US-XX", "in_demand",
            ["if growth of labor market 15-1252, US-XX is less than 0.0001%: it would not hold",
             "if growth of labor market 15-1252, US-XX is 0.0001% or more: it would hold"],
        ),
    ],
)  # fmt: skip
def test_an_open_row_either_way(entity: str, key: str, name: str | None, sentences: list[str]) -> None:
    found = told(entity, key, name)
    assert found.nearest is None
    assert [one.sentence for one in found.either] == sentences


def test_a_claim_that_waits_either_way() -> None:
    found = explain(funded("prorated"), "attainment", ("a8",), otherwise=True)
    assert [one.sentence for one in found.either] == [
        "if grade of attainment a8 is less than 9: it would be denied",
        "if grade of attainment a8 is 9 or more: it would count for $33.00",
    ]


@pytest.mark.parametrize(
    ("name", "payee", "without"),
    [
        ("limits", "d2", [("without the cap", "100", "20.50")]),
        # the cap of $250 gone, all claims come to 10 + 291/(0.534926…); hand-worked: 100 × 291 / 654.60 = 44.46
        ("prorated", "d1", [("without the cap", "44.46", "-9.03"), ("with money for all", "100", "46.51")]),
        ("guards", "d1", [("without the minimum", "100", "-50")]),
        ("share, then cap", "d1", [("without the cap", "1500", "300")]),
        ("in full", "d1", []),
    ],
)
def test_what_would_be_paid_without_each_step(name: str, payee: str, without: list[tuple[str, str, str]]) -> None:
    found = explain(funded(name), "district", (payee,), otherwise=True).without
    assert [(one.text, one.amount, one.change) for one in found] == [
        (text, Fraction(amount), Fraction(change)) for text, amount, change in without
    ]


def test_what_each_indicator_would_have_to_be_for_the_next_rating() -> None:
    """Charlie's index is its climate alone: 71.5 of 90. No indicator of Echo lifts the override's hurdle by itself."""
    found = explain(graded(), "school", ("charlie",), "rating", otherwise=True).nearest
    assert found is not None
    assert [one.sentence for one in found.changes] == ["if climate_index were 90 instead of 71.5, it would be rated A"]
    echo = explain(graded(), "school", ("echo",), "rating", otherwise=True).nearest
    assert echo is not None and not echo.changes
    assert echo.sentence == "no single indicator, however high, gives a better rating"


def test_without_being_asked_nothing_is_replayed() -> None:
    found = explain(small_run(), "program", ("P-2",))
    assert found.failing is not None and found.nearest is None and not found.either


def test_a_parameter_says_why_this_version() -> None:
    found = {item.name: item for item in items_in(told("credential", "WELD-1").items) if isinstance(item, Given)}
    assert found["wage_floor"].why == (
        "this version, because the as-of date, 2026-07-01, is on or after 2026-07-01 and before 2028-07-01"
    )


def test_any_names_the_row_that_made_it_true() -> None:
    rows = [item for item in _all(told("credential", "WELD-1", "good_job").items) if isinstance(item, Rows)]
    assert rows[0].said == "occupation link Welders (WELD-1, 51-4121) makes it true"


def _all(items: tuple[Item, ...]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, Rule | Step):
            found += _all(item.items)
    return found


def test_nothing_of_a_person_is_left_where_anybody_reads() -> None:
    found = explain(funded("prorated"), "attainment", ("a7",), otherwise=True)
    assert found.nearest is not None and found.nearest.changes and found.nearest.changes[0].personal
    hidden = without_personal(found)
    assert hidden.nearest is not None and not hidden.nearest.changes
    assert hidden.failing is not None and [one.sentence for one in hidden.failing.conditions] == ["not shown"]
    assert "9 instead of 8" not in str(hidden)
