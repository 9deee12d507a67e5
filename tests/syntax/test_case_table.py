"""Tables of cases as written: what a row fills in, where its cells stand then, and what is complained of."""

from __future__ import annotations

import re
from datetime import date as Date

import pytest

from engine.syntax.format import format_source
from engine.text.diagnostic import Diagnostics
from engine.text.source import Source
from tests.case_files import TABLE
from tests.syntax.test_parse_cases import parse

ROWS = """cases_of: xx/a
cases:
  one:
    title: "<case>: <n> of it"
    note: <n> is enough
    each: |
      | case  | n     | verdict | day        |
      | below | 19    | not met | 2026-07-01 |
      | at    | "2|0" | met     | 2026-07-02 |
    as_of: <day>
    parameters:
      least: <n>
    given:
      t: |
        | a   | b    | c |
        | <n> | x<n> | d |
      u:
        - a: <n>
    expect:
      d:
        D<n>:
          large: <verdict>
    totals:
      d.a: <n>
"""


def test_each_row_is_a_case() -> None:
    file, said = parse(ROWS.replace("2|0", "20"))
    assert file is not None and said == []
    below, at = file.cases
    assert (below.name, below.title, below.as_of) == ("one, below", "below: 19 of it", Date(2026, 7, 1))
    assert (at.name, at.title, at.as_of) == ("one, at", "at: 20 of it", Date(2026, 7, 2))
    assert below.of_table and below.span.text == "below"
    texts = [[(cell.text, cell.span.text) for _, cell in row.cells] for table in below.given for row in table.rows]
    assert texts == [[("19", "19"), ("x19", "19"), ("d", "d")], [("19", "19")]]
    assert [one.span.text for one in below.overrides] == ["19"]
    value, total = below.expected
    assert value.key is not None and (value.key.text, value.key.span.text) == ("D19", "19")
    assert (value.value.text, value.value.span.text, total.value.text) == ("not met", "not met", "19")
    assert ROWS.count("not met") == 1, "so that is the row of the table"


def test_a_bar_in_a_cell_stays_one_cell() -> None:
    file, _ = parse(ROWS.replace("least: <n>", "least: 5").replace("x<n>", "x  "))
    assert file is not None
    row = file.cases[1].given[0].rows[0]
    assert row.cells[0][1].text == "2|0"
    assert file.cases[1].title == "at: 2|0 of it"


def test_an_empty_cell_leaves_the_value_out() -> None:
    text = ROWS.replace('"2|0"', "     ").replace("2026-07-02", "")
    file, said = parse(text)
    assert file is not None and said == []
    at = file.cases[1]
    assert at.as_of is None and at.overrides == ()
    assert [one.column.text for one in at.expected] == ["large"], "the total is left out"
    assert at.given[0].rows[0].cells[0][1].text == ""
    assert parse(text.replace("| met     |", "|         |"))[1] == [("Y072", "at")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<n> is enough", "<m> is enough", [("Y077", "<m>")]),
        ("large: <verdict>", "large: met", [("Y078", "verdict")]),
        ("| at  ", "| below", [("Y079", "below")]),
        ("| case  |", "| row   |", [("Y067", "row")]),
        ("| at    |", "|       |", [("Y067", "|")]),
        ("| 2026-07-02 |", "| tomorrow   |", [("Y050", "tomorrow")]),
        ("| 2026-07-02 |", "| 2026-02-30 |", [("Y050", "2026-02-30")]),
        ("| day        |\n", "| n          |\n", [("Y060", "n"), ("Y077", "<day>")]),
        ("| 2026-07-02 |", "|", [("Y061", '| at    | "20" | met     |')]),
        ("least: <n>", "least: <n> + 1", [("Y053", "19"), ("Y053", '"20"')]),
    ],
)
def test_complaint(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    text = ROWS.replace("2|0", "20")
    assert old in text
    assert sorted(parse(text.replace(old, new))[1]) == sorted(expected)


def test_a_table_of_names_alone_has_no_cases() -> None:
    text = "".join(line for line in ROWS.splitlines(keepends=True) if "2026-07" not in line)
    file, said = parse(text)
    assert file is not None and file.cases == ()
    assert [code for code, _ in said] == ["Y063"]


def test_a_name_without_a_table_is_a_text() -> None:
    text = "cases_of: xx/a\ncases:\n  one:\n    title: <n>\n    as_of: <day>\n    expect:\n      a:\n        b:\n          c: d\n"
    file, said = parse(text)
    assert file is not None and file.cases[0].title == "<n>"
    assert said == [("Y050", "<day>")]


def test_the_layout_keeps_the_table_and_draws_it() -> None:
    squeezed = re.sub(r"(?<=\S) +\|", " |", TABLE)
    diagnostics = Diagnostics()
    assert format_source(Source("a.cases.yaml", TABLE), diagnostics) == TABLE
    assert format_source(Source("a.cases.yaml", squeezed), diagnostics) == TABLE
    assert squeezed != TABLE
