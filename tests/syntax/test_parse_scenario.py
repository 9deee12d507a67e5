"""Scenarios as written: what is set, tried and looked for, and what does not have the shape."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.syntax.format import format_source
from engine.syntax.parse_scenario import PARTS, parse_scenario
from engine.syntax.print import print_expr
from engine.syntax.scenario import Scenario
from engine.syntax.shape import schema
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from tests.house.checkout import ROOT

HEAD = "scenario: other-values\n"
WHOLE = """\
scenario: other-values
title: Other values
because: the board asks
policy: xx/welding
from: 2026-07-01
set:
  wage_floor: $41,000
  weight.premier: 60%
sweep:
  quorum: [3, 4]
  amount:
    - $500
    - none
  fund:
    from: $1,000
    to: $2,000
    step: $250
find:
  full_list:
    parameter: limit
    so_that: share of schools  rated A >= 10%
    from: 1
    to: 9
    step: 2
  even:
    parameter: fund
    so_that: paid = owed
    from: $0
    to: $9
    step: $1
"""


def parse(text: str) -> tuple[Scenario | None, list[tuple[str, str]]]:
    diagnostics = Diagnostics()
    document = read_document(Source("a.scenario.yaml", text), diagnostics)
    found = parse_scenario(document, diagnostics) if document else None
    return found, [(told.code, told.span.text) for told in diagnostics.sorted()]


def test_every_part_is_read() -> None:
    found, said = parse(WHOLE)
    assert found is not None and said == []
    assert (found.name.text, found.title, found.because) == ("other-values", "Other values", "the board asks")
    assert found.policy is not None and found.policy.text == "xx/welding" and found.starts == Date(2026, 7, 1)
    floor, weight = found.settings
    assert floor.value is not None and print_expr(floor.value) == "$41,000" and floor.member is None
    assert weight.parameter.text == "weight" and weight.member is not None and weight.member.text == "premier"
    quorum, amount, fund = found.sweeps
    assert [print_expr(one.value) for one in quorum.values if one.value] == ["3", "4"]
    assert amount.values[1].value is None and fund.values == ()
    assert fund.range is not None and print_expr(fund.range.step) == "$250"
    full, even = found.searches
    assert (full.target.left, full.target.sign, full.target.right) == ("share of schools rated A", ">=", "10%")
    assert full.target.value is not None and print_expr(full.target.value) == "10%"
    assert (even.target.right, even.target.value) == ("owed", None)


DRAWN = (
    "    t.b:\n      relative_standard_error: c\n      where_missing:\n        from: 1\n        to: 2\n        reason: hidden\n",
    "    t.a: exact\n",
)


@pytest.mark.parametrize("columns", [DRAWN, DRAWN[::-1]])
def test_what_is_drawn_has_no_order(columns: tuple[str, str]) -> None:
    text = "uncertainty:\n  draws: 10000\n  seed: 007\n  columns:\n" + "".join(columns)
    text += "  parameters:\n    b:\n      one_of:\n        - $5\n        - value: none\n          weight: 2\n    a.x:\n"
    found, said = parse(HEAD + text + "      from: 1\n      likely: 2\n      to: 4\n")
    assert found is not None and said == [] and found.uncertainty is not None
    asked = found.uncertainty
    assert (asked.draws, asked.seed) == (10_000, 7)
    exact, drawn = asked.columns
    assert exact.exact and drawn.error_in is not None and drawn.error_in.text == "c" and drawn.reason == "hidden"
    triangle, listed = asked.parameters
    assert (triangle.kind, [key for key, _ in triangle.numbers]) == ("triangular", ["from", "likely", "to"])
    assert [(one.value.value is None, one.weight) for one in listed.values] == [(False, 1), (True, 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: none\n", [("Y041", "")]),
        (HEAD, [("Y082", "other-values")]),
        (HEAD + "sets:\n  a: 1\n", [("Y040", "sets")]),
        (HEAD + "set:\n  A: 1\n", [("Y044", "A")]),
        (HEAD + "from: 2026-02-30\nset:\n  a: 1\n", [("Y050", "2026-02-30")]),
        (HEAD + "set:\n  a: 1 + 1\n", [("Y053", "1 + 1")]),
        (HEAD + "sweep:\n  a: 1\n", [("Y042", "1")]),
        (HEAD + "sweep:\n  a:\n    from: 1\n    to: none\n    step: 1\n", [("Y053", "none")]),
        (HEAD + "find:\n  a:\n    parameter: b\n    from: 1\n    to: 2\n    step: 1\n", [("Y041", "a")]),
        (
            HEAD + "find:\n  a:\n    parameter: b\n    so_that: as listed\n    from: 1\n    to: 2\n    step: 1\n",
            [("Y081", "as listed")],
        ),
        (HEAD + "sensitivity:\n  of:\n    - paid\n", [("Y041", "sensitivity")]),
        (HEAD + "sensitivity:\n  step: $100\n", [("Y088", "$100")]),
        (HEAD + "sensitivity:\n  step: 0%\n", [("Y088", "0%")]),
        (HEAD + "sensitivity:\n  step: 10\n", [("Y088", "10")]),
        (HEAD + "sensitivity:\n  step: 10%\n  points: 5%\n", [("Y088", "5%")]),
        (HEAD + "sensitivity:\n  step: 10%\n  days: 1.5\n", [("Y088", "1.5")]),
        (HEAD + "sensitivity:\n  step: 10%\n  parameters:\n    - A\n", [("Y044", "A")]),
        (HEAD + "frontier:\n  cost: paid\n", [("Y041", "frontier")]),
        (HEAD + "uncertainty:\n  draws: 10\n  seed: 1\n  parameters:\n    a:\n      mean: 1\n", [("Y090", "a")]),
        (HEAD + "uncertainty:\n  draws: 0\n  seed: 1\n", [("Y044", "0")]),
        (HEAD + "uncertainty:\n  draws: 9\n  seed: x\n", [("Y044", "x")]),
        (HEAD + "frontier:\n  cost: paid\n  reach: paid\n", [("Y089", "paid")]),
    ],
)
def test_what_does_not_have_the_shape(text: str, expected: list[tuple[str, str]]) -> None:
    assert parse(text)[1] == expected


def find(target: str) -> str:
    return f"find:\n  a:\n    parameter: b\n    so_that: {target}\n    from: 1\n    to: 2\n    step: 1\n"


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        ("", "Y082", ", ".join(f"`{part}`" for part in PARTS)),
        ("set:\n  amount:\n    FY2027: $1,500\n", "Y042", "`amount: $1,500`; `from:` of the scenario"),
        ("set:\n  amount:\n    a:\n      - b: 5\n", "Y042", "`amount: 5`"),
        ("set:\n  amount: {}\n", "Y042", "`amount: …`"),
        ("years: 5\n", "Y042", "`ahead: 5`"),
        ("sensitivity: yes\n", "Y042", "`step: 10%`"),
        ("find:\n  parameter: amount\n", "Y042", "a name of your own below `find:`"),
        (find("owed < $26,675"), "Y081", "`=`, `>=` or `<=`: write `owed <= $26,675`"),
        (find("owed  ≥  $5"), "Y081", "write `owed >= $5`"),
        (find("owed == $5"), "Y081", "write `owed = $5`"),
        (find("owed"), "Y081", "write a number of the run, `=`, `>=` or `<=`, and a value"),
        ("grow:\n  students:\n    - by: 10\n", "Y044", "write `10%`"),
        ("grow:\n  students:\n    - by: -2.5 percent\n", "Y044", "write `-2.5%`"),
        ("grow:\n  students:\n    - by: 0.1\n", "Y044", "write `10%` or `0.1%`"),
        ("grow:\n  students:\n    - by: ten\n", "Y044", "such as `10%`"),
        ("from: July 2026\nset:\n  a: 1\n", "Y044", "`2026-07-01` is July 1, 2026"),
        ("from: July 1, 2026\nset:\n  a: 1\n", "Y044", "write `2026-07-01`"),
        ("uncertainty:\n  draws: many\n  seed: 1\n", "Y044", "such as `draws: 1000`"),
        ("years:\n  ahead: five\n", "Y044", "such as `ahead: 5`"),
    ],
)
def test_what_to_write_instead(text: str, code: str, cure: str) -> None:
    diagnostics = Diagnostics()
    document = read_document(Source("a.scenario.yaml", HEAD + text), diagnostics)
    assert document is not None
    parse_scenario(document, diagnostics)
    (told,) = diagnostics.sorted()
    assert told.code == code and any(cure in help for help in told.help), told


def test_the_keys_that_ask_are_those_of_the_schema() -> None:
    others = {"scenario", "title", "note", "because", "policy", "from", "seed", "who_moves"}
    assert set(PARTS) == set(schema("scenario")["properties"]) - others


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "scenarios").glob("*.yaml")), ids=lambda path: path.name)
def test_what_we_ship_has_its_layout(path: object) -> None:
    text = (ROOT / "examples" / "scenarios" / str(path)).read_text("utf-8")
    assert parse(text)[1] == []
    assert format_source(Source("a.scenario.yaml", text), Diagnostics()) == text


def test_what_moves_it_is_read() -> None:
    text = (
        HEAD + "sensitivity:\n  step: 2.5%\n  points: 3\n  days: 7\n  of:\n    - share of  schools rated A\n"
        "  parameters:\n    - a.b\n    - a.b\nfrontier:\n  cost: paid\n  reach: listed\n"
    )
    found, said = parse(text)
    assert found is not None and said == [] and found.sensitivity is not None and found.frontier is not None
    asked = found.sensitivity
    assert (asked.step, asked.points, asked.days) == (Fraction(1, 40), Fraction(3, 100), 7)
    assert [one.text for one in asked.of] == ["share of schools rated A"]
    assert [one.text for one in asked.parameters] == ["a.b"]
    assert (found.frontier.cost.text, found.frontier.reach.text) == ("paid", "listed")
    usual, _ = parse(HEAD + "sensitivity:\n  step: 10%\n")
    assert usual is not None and usual.sensitivity is not None
    assert (usual.sensitivity.points, usual.sensitivity.days, usual.sensitivity.of) == (Fraction(1, 20), 30, ())


CHANGES = """\
scenario: changes
set:
  wage_floor: $1
  weight.premier: 2
  funding.credentials.amount: $5
add:
  rules:
    definitions:
      credential:
        z: 1 + 1
  districts:
    - district_id: d1
remove:
  rules:
    - priority_list.limit
  districts:
    - d2
  endorsements:
    - credential: c1
      employer: Ward
  attainments:
    where: grade = 12
grow:
  attainments:
    - where: grade = 11
      by: -2.5%
    - by: 10%
seed: 7
"""


def test_changes_of_rules_and_data() -> None:
    found = Diagnostics()
    document = read_document(Source("a.scenario.yaml", CHANGES), found)
    assert document is not None
    read = parse_scenario(document, found)
    assert read is not None and not found.sorted() and read.rules is not None and read.rows is not None
    assert [one.parameter.text for one in read.settings] == ["wage_floor", "weight"]
    assert [one.path.text for one in read.rules.texts] == ["funding.credentials.amount"]
    assert [path.text for path in read.rules.removed] == ["priority_list.limit"] and read.rules.fragment is not None
    assert [(one.name.text, len(one.rows)) for one in read.rows.added] == [("districts", 1)]
    assert sorted(one.table.text for one in read.rows.removed_keys) == ["districts", "endorsements"]
    assert [one.table.text for one in read.rows.removed] == ["attainments"] and read.rows.seed == 7
    assert sorted(one.by for one in read.rows.growth) == [Fraction(-1, 40), Fraction(1, 10)]
