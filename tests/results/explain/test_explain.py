"""Explanations: the replay gives what the run stored, the leaves are what the data says, and gaps name their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from engine import api
from engine.execution.values import Missing
from engine.results.explain.explain import explain, results_of
from engine.results.explain.explanation import Datum, Explanation, Given, Item, Rows, Rule, Step
from engine.results.explain.personal import without_personal
from engine.results.explain.target import target
from engine.results.replay import checked_trace, replay_of
from engine.text.diagnostic import Diagnostics
from engine.text.errors import EngineBug, PolicyError
from tests.house.checkout import ROOT
from tests.results.small import ROWS, small_run

KEYS = {"credential": "credential_id", "program": "program_id", "occupation": "code", "area": "code"}


def told(entity: str, key: str, name: str | None = None) -> Explanation:
    return explain(small_run(), entity, tuple(key.split("+")), name)


def items_in(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Rule | Step):
            yield from items_in(item.items)
        elif isinstance(item, Rows):
            for row in item.rows:
                yield from items_in(row.items)


def every_explanation() -> Iterator[Explanation]:
    run = small_run()
    for column in run.plan.columns:
        if column.id.role in ("internal", "sentence"):
            continue
        for key in replay_of(run).interpreter.keys(column.id.entity):
            yield explain(run, column.id.entity, tuple(map(str, key)), column.id.name)


def test_every_cell_replays_to_what_the_run_stored() -> None:
    run = small_run()
    replay = replay_of(run)
    cells = 0
    for column in run.plan.columns:
        for key in replay.interpreter.keys(column.id.entity):
            checked_trace(replay, column.id.entity, column.id.name, key)
            cells += 1
    assert cells > 200


def test_a_stored_value_that_differs_is_a_fault_of_ours() -> None:
    run = small_run()
    table = run.columns["credential"]
    place = table.column_names.index("good_job")
    flipped = table.set_column(place, "good_job", table.column("good_job").take(list(range(len(table)))[::-1]))
    broken = replace(run, columns={**run.columns, "credential": flipped})
    with pytest.raises(EngineBug, match="X900: `good_job` of credential"):
        for row in ROWS["credential"]:
            explain(broken, "credential", (row["credential_id"],), "good_job")


def test_the_leaves_are_what_the_data_and_the_policy_say() -> None:
    """Against the texts of the dataset, read here once more by hand."""
    parameters = {
        "wage_floor": Fraction(43900),
        "quorum": Fraction(2),
        "credits_wanted": Fraction(3),
        "school_year": 2026,
        "as_of": small_run().as_of,
    }
    data = given = 0
    for explanation in every_explanation():
        for item in items_in(explanation.items):
            if isinstance(item, Datum):
                assert item.value == _read(item) or isinstance(item.value, Missing)
                data += 1
            elif isinstance(item, Given):
                assert item.value == parameters[item.name]
                given += 1
    assert data > 100 and given > 20


def _read(item: Datum) -> object:
    row = ROWS[item.place.entity][item.place.line - 1]
    text = row.get(item.column, "")
    assert all(part in row.values() for part in item.place.key.split(", ")), "the row is the one that its line names"
    if item.type.kind == "truth":
        return {"yes": True, "no": False}.get(text)
    if item.type.kind == "number" and text.startswith(">="):
        low = getattr(item.value, "low", None)
        assert low == Fraction(text[2:])
        return item.value
    if item.type.kind == "number" and text and not text.startswith("missing"):
        return Fraction(text) / (100 if item.type.unit.kind == "ratio" else 1)
    if item.type.kind == "date":
        return None if not text else type(item.value).fromisoformat(text)  # type: ignore[union-attr]
    return text


def test_a_margin_agrees_with_its_verdict() -> None:
    seen = 0
    for explanation in every_explanation():
        for item in items_in(explanation.items):
            if isinstance(item, Step) and item.margin is not None and isinstance(item.value, bool):
                strict = " > " in item.text or " < " in item.text
                assert item.value == (item.margin.value > 0 if strict else item.margin.value >= 0)
                seen += 1
    assert seen > 30


@pytest.mark.parametrize(
    ("entity", "key", "name", "cells"),
    [
        ("credential", "HLTH-1", "good_job", ["labor_market 29-2099, US-XX annual_median not released"]),
        ("credential", "HLTH-1", None, ["labor_market 29-2099, US-XX annual_median not released"]),
        ("credential", "HVAC-1", "good_job", ["labor_market 49-9021, US-XX  no row"]),
        ("credential", "WELD-1", "good_job", []),
        ("labor_market", "15-1252+US-XX", "in_demand", ["labor_market 15-1252, US-XX growth blank"]),
        ("labor_market", "29-2099+US-XX", "in_demand", []),  # too few openings: its missing growth is overruled
        ("program", "P-2", "workforce_program", []),
    ],
)
def test_the_responsible_cells_and_no_others(entity: str, key: str, name: str | None, cells: list[str]) -> None:
    found = told(entity, key, name).responsible
    assert [f"{one.place.entity} {one.place.key} {one.column} {one.code}" for one in found if one.place] == cells


@pytest.mark.parametrize(
    ("entity", "key", "name", "sentence"),
    [
        (
            "credential", "CODE-1", None,
            "Programming I (CODE-1) is on the priority list, tier premier: place 1 of 3, within the limit of 2.",
        ),
        (
            "credential", "STAY-1", None,
            "Stenography (STAY-1) stays on the priority list, tier core, because it was on an earlier one; by the rule "
            "alone it is place 3 of 3, beyond the limit of 2.",
        ),
        (
            "credential", "OLD-1", "tier",
            "Typewriter Repair (OLD-1) is no longer on the priority list, but is still honored for those who had "
            "begun.",
        ),
        (
            "credential", "EX-1", "list_status",
            "Boat Builder (EX-1) is on the priority list, tier core, by an exception of State Board (a regional "
            "shortage), not by the rule.",
        ),
        (
            "credential", "FOOD-1", None,
            "Food Handler (FOOD-1) is not on the priority list: it does not meet “Leads to a good job”, college_credit "
            "and employer_validated.",
        ),
        (
            "credential", "HVAC-1", None,
            "Heating Technician (HVAC-1) is pending review: whether it qualifies cannot be told, because "
            "there is no row of labor market 49-9021, US-XX (Heating mechanics, State of XX).",
        ),
        ("program", "P-1", None, "Welding (P-1): eligible (workforce_program)."),
        ("program", "P-3", None, "Plumbing (P-3): not eligible (workforce_program), because it does not meet tuition."),
        (
            "program", "P-4", None,
            "Roofing (P-4): cannot tell (workforce_program), because no decision on governor_approval of program P-4 "
            "(Roofing) is on record; it is awaited from Governor.",
        ),
        ("program", "P-4", "tuition", "tuition does not apply to Roofing (P-4)."),
        ("program", "P-2", "hours", "Sewing (P-2) does not meet hours. The rule says: it has 100 hours."),
        ("program", "P-2", "completers", "completers of Sewing (P-2) is 12."),
        ("credential", "WELD-1", "employers_for", "employers_for of Welding Level I (WELD-1) is 3."),
        (
            "labor_market", "51-4121+US-XX", "high_wage",
            "high_wage holds for Welders, State of XX (51-4121, US-XX).",
        ),
        ("state", "state", "median_openings", "median_openings of US-XX is 210."),
    ],
)  # fmt: skip
def test_the_verdict_in_one_sentence(entity: str, key: str, name: str | None, sentence: str) -> None:
    assert told(entity, key, name).sentence == sentence


def test_an_aggregate_counts_its_rows_and_names_those_that_decided() -> None:
    (rule,) = told("credential", "WELD-1", "good_job").items
    assert isinstance(rule, Rule)
    (rows,) = rule.items
    assert isinstance(rows, Rows)
    assert (rows.rows_in, rows.rows_out, rows.possible, rows.left_out) == (2, 0, 0, 1)
    assert [(row.place.key, row.place.label) for row in rows.rows] == [("WELD-1, 51-4121", "Welders")]


def test_a_parameter_says_since_when_until_when_and_on_what_authority() -> None:
    found = {item.name: item for item in items_in(told("credential", "WELD-1", None).items) if isinstance(item, Given)}
    wage, credits = found["wage_floor"], found["credits_wanted"]
    assert (str(wage.starts), str(wage.follows), wage.next_value) == ("2026-07-01", "2028-07-01", Fraction(45100))
    assert (wage.cite, wage.source) == ("code-12-3 (a)", "State Code § 12-3, Credentials of value")
    assert (credits.standing, credits.note, credits.follows) == ("assumed", "the statute does not say", None)


@pytest.mark.parametrize(
    ("entity", "key", "name", "code", "help"),
    [
        ("credentials", "WELD-1", None, "X011", "did you mean `credential`?"),
        ("credentail", "WELD-1", None, "X011", "did you mean `credential`?"),
        ("credential", "WELD-2", None, "X013", "did you mean `WELD-1`?"),
        ("credential", "Welding level I", None, "X013", "did you mean `WELD-1`, Welding Level I?"),
        ("labor_market", "occupation=51-4121,area=US-XY", "high_wage", "X013", "did you mean"),
        ("credential", "WELD-1", "goodjob", "X014", "did you mean `good_job`?"),
        ("labor_market", "51-4121", "high_wage", "X015", "write `occupation=…,area=…`"),
        ("articulation", "credential=WELD-1,institution=North College", None, "X016", "there are "),
        ("credential", "WELD-1", "criteria.credential.god_job", "X014", "did you mean `criteria.credential.good_job`?"),
        ("credential", "WELD-1", "definitions.state.median_openings", "X014", "it is of `state`"),
        ("state", "US-YY", "median_openings", "X013", "write `US-XX` or `state`"),
    ],
)
def test_what_cannot_be_found(entity: str, key: str, name: str | None, code: str, help: str) -> None:
    diagnostics = Diagnostics()
    assert target(small_run(), entity, key, name, diagnostics) is None
    (one,) = diagnostics.sorted()
    assert one.code == code
    assert one.help[0].startswith(help)


def test_a_composite_key_is_written_by_name() -> None:
    diagnostics = Diagnostics()
    found = target(small_run(), "labor_market", "area=US-XX, occupation=51-4121", "high_wage", diagnostics)
    assert found == ("51-4121", "US-XX")
    assert target(small_run(), "credential", "credential_id=WELD-1", None, diagnostics) == ("WELD-1",)


def test_a_name_may_be_the_path_of_what_the_author_wrote() -> None:
    run = small_run()
    seen = 0
    for column in run.plan.columns:
        if column.id.role in ("definition", "criterion", "determination", "eligibility"):
            key = tuple(map(str, replay_of(run).interpreter.keys(column.id.entity)[0]))
            assert explain(run, column.id.entity, key, column.id.origin) == explain(
                run, column.id.entity, key, column.id.name
            )
            seen += 1
    assert seen > 8
    assert told("credential", "WELD-1", "priority_list.when").name == "qualifies"
    assert told("credential", "WELD-1", "priority_list.when").sentence.startswith(
        "Welding Level I (WELD-1) meets the rule"
    )


def test_the_names_that_are_shown_are_those_of_the_author_and_of_the_data() -> None:
    diagnostics = Diagnostics()
    assert target(small_run(), "credential", "WELD-1", "xyzzy", diagnostics) is None
    (one,) = diagnostics.sorted()
    assert one.help == (
        "there are `employers_for`, `value_score`, `good_job`, `college_credit`, `employer_validated`, `credential_id`, `name`",
    )


@pytest.mark.parametrize("key", ["US-XX", "state", "state=US-XX"])
def test_the_row_of_the_state_goes_by_its_code(key: str) -> None:
    assert target(small_run(), "state", key, "median_openings", Diagnostics()) == ("state",)


def test_rows_about_persons_are_refused_where_output_is_kept() -> None:
    diagnostics = Diagnostics()
    assert target(small_run(), "student", "1001", None, diagnostics, guarded=True) is None
    assert [one.code for one in diagnostics.sorted()] == ["X017"]


def test_rows_about_persons_are_left_out_of_what_is_said_of_others() -> None:
    found = told("credential", "WELD-1", "good_job")
    (rule,) = found.items
    assert isinstance(rule, Rule) and isinstance(rule.items[0], Rows)
    rows = rule.items[0]
    personal = replace(rows, rows=tuple(replace(row, place=replace(row.place, personal=True)) for row in rows.rows))
    (kept,) = without_personal(replace(found, items=(replace(rule, items=(personal,)),))).items
    assert isinstance(kept, Rule) and isinstance(kept.items[0], Rows)
    assert kept.items[0].rows == () and kept.items[0].left_out == 2


def test_the_names_that_can_be_asked_for() -> None:
    names = results_of(small_run(), "program")
    assert set(names) >= {"hours", "governor_approval", "tuition", "workforce_program", "clock_hours"}
    assert not [name for name in names if name.startswith("~") or ": value" in name]


def test_through_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    policy, data = ROOT / "policies/example/credentials-of-value.yaml", ROOT / "examples/state"
    monkeypatch.setenv("CI", "true")
    found = api.explain(policy, data, "credential", "nm-004", backend="reference")
    assert found.place.file == "credentials.csv"
    with pytest.raises(PolicyError, match="X013"):
        api.explain(policy, data, "credential", "nm-0044", backend="reference")
