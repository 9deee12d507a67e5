"""Files of cases as written: rows in both forms, what a case takes over, and what does not have the shape."""

from __future__ import annotations

from datetime import date as Date

import pytest

from engine.syntax.cases import CaseFile
from engine.syntax.parse_cases import parse_cases
from engine.syntax.print import print_expr
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from tests.case_files import CASES

HEAD = "cases_of: xx/a\ncases:\n  one:\n"
EXPECT = "    expect:\n      a:\n        b:\n          c: d\n"


def parse(text: str) -> tuple[CaseFile | None, list[tuple[str, str]]]:
    """The cases of a text, with code and marked characters of each complaint."""
    diagnostics = Diagnostics()
    document = read_document(Source("a.cases.yaml", text), diagnostics)
    file = parse_cases(document, diagnostics) if document else None
    return file, [(told.code, told.span.text) for told in diagnostics.sorted()]


def test_the_cases_of_the_page() -> None:
    file, said = parse(CASES)
    assert file is not None and said == []
    assert file.policy.text == "xx/grants"
    assert [table.name.text for table in file.given] == ["course"]
    two, few, better = file.cases
    assert (two.name, two.cite, two.as_of) == ("two_courses", "code-4 (b), example", Date(2026, 10, 1))
    (table,) = two.given
    assert [[(name.text, value.text) for name, value in row.cells] for row in table.rows] == [
        [("course", "welding"), ("district", "D1"), ("pupils", "20")],
        [("course", "sewing"), ("district", "D1"), ("pupils", "5")],
    ]
    assert table.rows[1].cells[2][1].span.text == "5"
    (override,) = few.overrides
    assert override.parameter.text == "least_pupils" and override.value is not None
    assert print_expr(override.value) == "16"
    first, second, third = few.expected
    assert second.entity.text == "district" and second.key is not None and second.key.text == "D2"
    assert (first.column.text, first.value.text, third.value.text) == ("large_enough", "not met", "missing")
    total = better.expected[-1]
    assert total.key is None and (total.entity.text, total.column.text) == ("district", "grant")
    assert (total.entity.span.text, total.column.span.text) == ("district", "grant")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cases:\n  a:\n" + EXPECT, [("Y041", "")]),
        ("cases_of: xx/a\n", [("Y041", "")]),
        (HEAD + "    title: nothing\n", [("Y072", "one")]),
        (HEAD + "    expects: x\n", [("Y040", "expects")]),
        (HEAD + "    as_of: 2026-13-01\n" + EXPECT, [("Y050", "2026-13-01")]),
        (HEAD + "    as_of: today\n" + EXPECT, [("Y044", "today")]),
        (HEAD + "    totals:\n      grant: 5\n", [("Y044", "grant")]),
        (HEAD + "    parameters:\n      a: 2 + 3\n" + EXPECT, [("Y053", "2 + 3")]),
        (HEAD + "    parameters:\n      a: 2 +\n" + EXPECT, [("S002", "")]),
        (HEAD + EXPECT.replace("d\n", "\n"), [("Y045", "c")]),
        (HEAD + EXPECT + "    given:\n      t:\n        a: b\n", [("Y042", "t")]),
        (HEAD + EXPECT + "    given:\n      t:\n        - a: [b]\n", [("Y042", "a")]),
        (HEAD + EXPECT + "    given:\n      t: |\n        a | b\n", [("Y057", "a | b")]),
        (HEAD + EXPECT + "    given:\n      t: |\n        | a | a |\n        | 1 | 2 |\n", [("Y060", "a")]),
        (HEAD + EXPECT + "    given:\n      t: |\n        | a | b |\n        | 1 |\n", [("Y061", "| 1 |")]),
        ("- a\n", [("Y042", "")]),
    ],
)
def test_complaint(text: str, expected: list[tuple[str, str]]) -> None:
    found = parse(text)[1]
    assert sorted(found) == sorted(expected)


def test_a_bar_may_stand_in_quotes() -> None:
    file, said = parse(HEAD + EXPECT + '    given:\n      t: |\n        | a       |\n        | "x | y" |\n')
    assert said == [] and file is not None
    assert file.cases[0].given[0].rows[0].cells[0][1].text == "x | y"


def test_what_a_case_takes_over() -> None:
    head = "cases_of: xx/a\nas_of: 2026-01-01\nparameters:\n  a: 1\n  b: none\ncases:\n"
    file, said = parse(
        head + "  one:\n    parameters:\n      a: 2\n" + EXPECT + "  two:\n    as_of: 2027-01-01\n" + EXPECT
    )
    assert said == [] and file is not None
    one, two = file.cases
    assert (one.as_of, two.as_of) == (Date(2026, 1, 1), Date(2027, 1, 1))
    assert [(o.parameter.text, o.value and print_expr(o.value)) for o in one.overrides] == [("b", None), ("a", "2")]
    assert [(o.parameter.text, o.value and print_expr(o.value)) for o in two.overrides] == [("a", "1"), ("b", None)]
