"""What is said of a policy that has the right shape and still says something impossible, at its own characters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.text.codes import CODES
from tests.syntax.policies import codes, parse, parsed

HEAD = "policy: xx/example\n"
CATALOG = Path(__file__).resolve().parents[2] / "engine" / "text" / "catalog"


def marked(text: str) -> list[tuple[str, str]]:
    return [(told.code, told.span.text) for told in parse(HEAD + text)[1]]


def table(*rows: str) -> str:
    lines = "".join(f"      {row}\n" for row in rows)
    return f"tables:\n  t:\n    inputs:\n      demand: a\n      wage: b\n    gives: USD\n    rows: |\n{lines}"


def bands(*rows: str) -> str:
    lines = "".join(f"      {row}\n" for row in rows)
    return f"bands:\n  t:\n    of: points\n    gives: points\n    rows: |\n{lines}"


def parameter(*lines: str) -> str:
    return "parameters:\n  a:\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("sources:\n  a:\n    read: 2026-02-30\n", [("Y050", "2026-02-30")], id="day"),
        pytest.param("sources:\n  a:\n    read: 0000-01-01\n", [("Y050", "0000-01-01")], id="year-nought"),
        pytest.param("school_year_begins: 02-29\n", [("Y050", "02-29")], id="leap-day"),
        pytest.param("fiscal_year:\n  begins: 13-01\n", [("Y050", "13-01")], id="month"),
        pytest.param("school_year: 2026-28\n", [("Y051", "2026-28")], id="school-year"),
        pytest.param(parameter("cite: x", "values:", "  FY0001: 1"), [("Y051", "FY0001")], id="fiscal-year"),
        pytest.param(parameter("cite: x", "values:", "  0000-01: 1"), [("Y051", "0000-01")], id="year-0000"),
        pytest.param(
            parameter("cite: x", "values:", "  2026-07-01: 1", "  FY2027: 2"), [("Y052", "FY2027")], id="same-start"
        ),
        pytest.param(
            "definitions:\n  a:\n    b:\n      versions:\n        2026-27: 1\n        2026-07-01: 2\n",
            [("Y052", "2026-07-01")],
            id="same-version",
        ),
        pytest.param(parameter("cite: x", "values:", "  2026-07-01: 2 * b"), [("Y053", "2 * b")], id="computed"),
        pytest.param(parameter("values:", "  2026-07-01: 2"), [("Y054", "2026-07-01")], id="no-cite"),
        pytest.param(
            parameter("values:", "  2026-07-01:", "    value: 2", "    standing: enacted"),
            [("Y054", "2026-07-01")],
            id="said-to-be-enacted",
        ),
        pytest.param(
            "criteria:\n  a:\n    b:\n      test: c\n      because: d\n      cite: e\n"
            "      from: 2026-07-01\n      until: 2026-07-01\n",
            [("Y055", "2026-07-01")],
            id="until",
        ),
        pytest.param(
            "priority_list:\n  list: a\n  when: b\n  tiers:\n    - e: otherwise\n    - f: c\n    - g: otherwise\n",
            [("Y056", "otherwise")],
            id="otherwise",
        ),
        pytest.param(table("| demand | wage | r |", "a | b | $1"), [("Y057", "a | b | $1")], id="no-bars"),
        pytest.param(table("| demnad | wage | r |", "| a | b | $1 |"), [("Y058", "demnad")], id="misspelt-input"),
        pytest.param(table("| demand | r |", "| a | $1 |"), [("Y059", "| demand | r |")], id="input-missing"),
        pytest.param(table("| demand | wage |", "| a | $1 |"), [("Y059", "| demand | wage |")], id="result-missing"),
        pytest.param(
            table("| demand | demand | wage | r |", "| a | b | c | $1 |"), [("Y060", "demand")], id="column-twice"
        ),
        pytest.param("extends: [a/b, a/b]\n", [("Y060", "a/b")], id="word-twice"),
        pytest.param(
            "priority_list:\n  list: a\n  when: b\n  tiers:\n    - x: c\n    - x: d\n", [("Y060", "x")], id="tier-twice"
        ),
        pytest.param(
            table("| demand | wage | r |", "| a | $1 |", "| a | b | c | $1 |"),
            [("Y061", "| a | $1 |"), ("Y061", "| a | b | c | $1 |")],
            id="cells",
        ),
        pytest.param(bands("| up to 75 | x | 3 |"), [("Y061", "| up to 75 | x | 3 |")], id="band-cells"),
        pytest.param(table("| demand | wage | r |", "| a |  | $1 |"), [("Y062", "|")], id="empty-cell"),
        pytest.param(table("| demand | wage | r |", "| a | b |  |"), [("Y062", "|")], id="empty-result"),
        pytest.param(
            table("| demand | wage | r |", "| over 1, over 2 | b | $1 |"), [("Y062", "over 2")], id="two-lower-ends"
        ),
        pytest.param(
            table("| demand | wage | r |", "| over 1, whatever | b | $1 |"), [("Y062", "whatever")], id="no-end"
        ),
        pytest.param(bands("| 75 | x |"), [("Y062", "75")], id="no-cut"),
        pytest.param(table("| demand | wage | r |"), [("Y063", "| demand | wage | r |")], id="no-rows"),
        pytest.param(
            "criteria:\n  a:\n    b:\n      test: c\n", [("Y041", "b"), ("Y064", "b")], id="criterion-without-words"
        ),
    ],
)
def test_complaint(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


def test_a_cell_is_marked_at_its_own_characters() -> None:
    policy, said = parse(HEAD + table("| demand | wage | r |", "| high | 3 + | $1 |", "| over ) | low | $1 |"))
    assert [(told.code[0], told.span.source.position(told.span.start)[0]) for told in said] == [("S", 10), ("S", 11)]
    assert all("|" not in told.span.text for told in said)
    assert len(policy.tables[0].versions[0].rows) == 2


def test_a_warning_is_no_error() -> None:
    text = HEAD + "criteria:\n  a:\n    b:\n      test: c\n      because: d\n"
    assert codes(text) == ["Y064"] and CODES["Y064"].warning


def test_what_is_wrong_is_left_out_and_the_rest_is_read() -> None:
    policy, said = parse(HEAD + "relations:\n  a:\n    b:\n      where:\n        c: d\nyears:\n  paid: x\nsources: y\n")
    assert [told.code for told in said] == ["Y041", "Y042"]
    assert policy.relations == () and policy.sources == () and len(policy.years) == 1


# -- hostile input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD + parameter("cite: x", "values:", f"  FY{'9' * 900}: 1"), id="long-year"),
        pytest.param(HEAD + f"entities:\n  a:\n    cross: [b]\n    at_most: {'9' * 5000}\n", id="long-number"),
        pytest.param(HEAD + "data:\n  a:\n    columns:\n      b:\n        scale: ²\n", id="superscript"),
        pytest.param(HEAD + parameter("cite: x", "values:", "  ٢٠٢٦-٠٧-٠١: 1"), id="other-digits"),
        pytest.param(HEAD + bands("|" * 40_000), id="bars"),
        pytest.param(HEAD + bands("| from " + "to " * 20_000 + "|"), id="from-to"),
        pytest.param(HEAD + bands("| " + "over 1, " * 5_000 + "|x|"), id="commas"),
        pytest.param(HEAD + bands('| "unclosed | x |'), id="quote"),
        pytest.param("policy: ../../etc/passwd\n", id="path"),
        pytest.param("policy: [a]\n", id="list-id"),
        pytest.param("policy: {a: b}\nextends: {c: d}\n", id="block-id"),
    ],
)
def test_hostile(text: str) -> None:
    assert codes(text)


def test_a_large_table_is_read_in_time() -> None:
    rows = [f"| {n} | {n} | ${n} |" for n in range(3_000)]
    assert len(parsed(HEAD + table("| demand | wage | r |", *rows)).tables[0].versions[0].rows) == 3_000


# -- the pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code in sorted(CODES) if "Y040" <= code <= "Y064"])
def test_page_shows_what_it_says(code: str) -> None:
    page = (CATALOG / f"{code}.md").read_text("utf-8")
    avoid, prefer = re.findall(r"^```yaml\n(.+?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert codes(HEAD + avoid) == [code]
    assert codes(HEAD + prefer) == []
