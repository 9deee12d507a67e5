"""The standard model is whole in itself: references lead somewhere, ranges fit, words are free to be used."""

from __future__ import annotations

import re

import pytest

from engine.model.digits import digits, scaled_range
from engine.model.standard import EMPTY_IF_ABSENT, SECTIONS, STANDARD
from engine.model.table import Column, Table
from engine.types.units import parse_unit
from engine.views.model import describe

TABLES = list(STANDARD.values())
COLUMNS = [(table, column) for table in TABLES for column in table.columns]
OWN_TYPES = {"text", "date", "truth", "number", "enum", "school_year"}
KEYWORDS = set(
    re.findall(
        r"\w+",
        "and or not if then else in is over where by within as of top between from to under known missing "
        "otherwise or_else true false this",
    )
)


def _called(pair: tuple[Table, Column]) -> str:
    return f"{pair[0].name}.{pair[1].name}"


def test_every_table_is_once_in_a_section_and_under_its_name() -> None:
    names = [name for section in SECTIONS.values() for name in section]
    assert names == list(STANDARD) == [table.name for table in TABLES]
    assert len({table.rows_name for table in TABLES}) == len(TABLES)
    assert not {table.rows_name for table in TABLES} & set(STANDARD)
    assert set(STANDARD) >= EMPTY_IF_ABSENT


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names) and table.key
    assert not table.label or table.column(table.label)
    area = table.column(table.area)
    assert not table.area or (area is not None and area.type == "area")
    # a key of several columns begins with them in the order in which people name them
    assert [name for name in names if name in table.key] == list(table.key)


@pytest.mark.parametrize("pair", COLUMNS, ids=_called)
def test_column(pair: tuple[Table, Column]) -> None:
    _, column = pair
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
    assert column.name not in KEYWORDS
    assert re.fullmatch(r"[A-Z][^.]*[^.!?]", column.title), "one plain sentence without its full stop"
    assert bool(column.values) == (column.type == "enum")
    assert not column.ordered or column.type == "enum"
    if column.type == "number":
        assert parse_unit(column.unit) is not None
        assert digits(column) <= 18
        low, high = scaled_range(column)
        assert low < high
        assert column.stored != "percent" or (column.scale >= 2 and column.unit == "ratio")
        assert not column.stored or column.stored in ("percent", "ratio")
    else:
        assert not column.bounded and not column.stored and not column.scale


@pytest.mark.parametrize("pair", COLUMNS, ids=_called)
def test_references_lead_to_a_table_with_a_key_of_one_column(pair: tuple[Table, Column]) -> None:
    _, column = pair
    if column.type not in OWN_TYPES:
        target = STANDARD[column.type]
        assert len(target.key) == 1
        key = target.column(target.key[0])
        assert key is not None and key.type == "text"
        assert column.personal or not target.personal_key, "the key of a person is personal wherever it stands"


def test_a_personal_key_is_a_personal_column() -> None:
    for table in TABLES:
        own = [column for column in table.columns if column.name in table.key and column.personal]
        assert bool(own) == table.personal_key, table.name


def test_columns_of_the_illustration_are_there() -> None:
    wanted = {
        "labor_market": "occupation area employment annual_median annual_openings growth hourly_median",
        "occupation": "high_skill job_zone",
        "endorsement": "decision",
        "articulation": "credits",
        "attainment": "verification award_date grade student credential teacher school",
        "program": "clock_hours completers tuition_and_fees value_added_earnings",
        "student": "economically_disadvantaged special_education in_four_year_cohort on_time_diploma",
        "determination": "decision decided_on authority reason document",
        "listing": "tier listed_from listed_until honored_until",
    }
    for table, names in wanted.items():
        assert all(STANDARD[table].column(name) for name in names.split()), table
    levels = STANDARD["attainment"].column("verification")
    assert levels is not None and levels.ordered
    assert levels.values[0] == "self_reported" and levels.values[-1] == "issuer_matched"


def test_description_is_80_columns_wide_and_names_everything() -> None:
    text = describe(STANDARD)
    assert max(len(line) for line in text.splitlines()) <= 80
    for table, column in COLUMNS:
        assert table.name in text and column.name in text
    assert describe(STANDARD, "endorsement").startswith("endorsement: What an employer said")
    assert describe(STANDARD, "labor").count("many: ") == len(SECTIONS["labor"])
    with pytest.raises(KeyError):
        describe(STANDARD, "weather")
