"""What names mean, where they stand."""

from __future__ import annotations

import pytest

from engine.syntax import expr as ast
from engine.syntax.walk import walk
from engine.types.checked import CellUse, DataUse, DefinitionUse, RelationUse, RowUse, Use, ValueUse
from tests.types.policies import SOURCES, check, checked, codes, column, marked, value

PARAMETER = SOURCES + "parameters:\n  cap:\n    unit: hour\n    cite: code-12 (a)\n    values:\n      2026-07-01: 150\n"


def uses(text: str, entity: str, name: str) -> dict[str, Use]:
    """The names in a definition, with what each means."""
    epoch = checked(text).epochs[0]
    body = column(epoch, entity, name).expr
    assert body is not None
    named = [node for node in walk(body) if isinstance(node, (ast.Name, ast.Member))]
    return {node.name: epoch.uses[node.id] for node in named if node.id in epoch.uses}


def test_a_column_a_parameter_and_a_definition() -> None:
    found = uses(
        PARAMETER + "definitions:\n  credential:\n    short: clock_hours < cap\n    it: short and proctored\n",
        "credential",
        "it",
    )
    assert found == {"short": DefinitionUse("credential", "short"), "proctored": DataUse("credential", "proctored")}
    found = uses(PARAMETER + "definitions:\n  credential:\n    it: clock_hours < cap\n", "credential", "it")
    assert found["cap"] == CellUse("parameters.cap")


def test_the_innermost_row_first_and_the_outer_one_by_its_entity() -> None:
    text = "definitions:\n  occupation:\n    it: count(labor_markets where employment > occupation.job_zone)\n"
    found = uses(text, "occupation", "it")
    assert found["employment"] == DataUse("labor_market", "employment", 0)
    assert isinstance(found["occupation"], RelationUse) and found["occupation"].entity == "labor_market"
    assert found["job_zone"] == DataUse("occupation", "job_zone")


def test_this_is_the_row_of_the_rule() -> None:
    text = "definitions:\n  credential:\n    it: any(next_credential = this over stacks_to)\n"
    assert uses(text, "credential", "it")["this"] == RowUse("credential", 1)


def test_a_walk_through_single_relations() -> None:
    found = value("school.district.area.code", "attainment")
    assert found.type.kind == "text" and found.type.nullable


@pytest.mark.parametrize("name", ["as_of", "school_year", "fiscal_year"])
def test_cells_of_every_policy(name: str) -> None:
    assert uses(f"definitions:\n  credential:\n    it: {name}\n", "credential", "it")[name] == CellUse(name)


def test_a_value_goes_before_a_parameter_of_its_name() -> None:
    text = SOURCES + (
        "parameters:\n  endorse:\n    cite: code-12 (a)\n    values:\n      2026-07-01: 5\n"
        "definitions:\n  endorsement:\n    it: decision = endorse\n"
    )
    assert uses(text, "endorsement", "it")["endorse"] == ValueUse("endorse")


def test_a_fiscal_year_is_a_value() -> None:
    text = "definitions:\n  attainment:\n    it: fiscal_year of award_date = FY2027\n"
    assert uses(text, "attainment", "it")["FY2027"] == ValueUse(2027)


def test_one_mistake_is_said_once_however_often_it_is_used() -> None:
    text = (
        "definitions:\n  credential:\n    a: missing_name + 1\n    b: a * 2\n    c: b > 3 and a < 4\n"
        "    d: count(articulations where credential.c)\n"
    )
    assert marked(text) == [("N001", "missing_name")]


def test_two_mistakes_are_both_said() -> None:
    assert (
        codes("definitions:\n  credential:\n    a: one_name + other_name\n    b: annual_medain > 3\n") == ["N001"] * 3
    )


def test_another_entity_that_has_the_name_is_offered() -> None:
    (told,) = check("definitions:\n  credential:\n    a: annual_median > $5/year\n")[1]
    assert "labor_market" in told.help[0]


def test_the_help_of_many_rows_names_the_free_part_of_the_key() -> None:
    (told,) = check("definitions:\n  occupation:\n    pay: labor_markets.annual_median\n")[1]
    assert told.code == "N003" and "`area`" in told.labels[0].message


def test_a_group_by_which_a_parameter_differs() -> None:
    text = SOURCES + (
        "student_groups:\n  special_education:\n    when: special_education\n"
        "parameters:\n  bonus:\n    unit: USD\n    by: student_group\n    cite: code-12 (a)\n"
        "    values:\n      2026-07-01:\n        special_education: $2,000\n"
        "entities:\n  payment:\n    cross: [district, student_group]\n    at_most: 1000\n"
        "data:\n  student_group:\n    key: [student_group_id]\n    columns:\n      student_group_id: text\n"
    )
    assert checked(text).parameters["bonus"].members == ("special_education",)
