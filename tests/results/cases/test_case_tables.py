"""Tables of cases and reasons as they are run: names, places, what fails and how it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.views.cases import MOST_LINES, render_cases
from engine.views.junit import junit_xml
from tests.case_files import CASES, TABLE, case, report, said, write
from tests.results.cases.test_cases import GIVEN

BECAUSE = GIVEN + "because:\n  district:\n    D1:\n      large_enough: {}\n"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_the_table_of_the_page_passes(tmp_path: Path, backend: str) -> None:
    found = report(tmp_path, TABLE, backend=backend)
    assert (found.passed, found.failed, found.diagnostics) == (4, 0, ())
    names = ["one below", "exactly", "fewer asked", "not reported"]
    assert [one.name for one in found.cases] == [f"least_pupils, {name}" for name in names]
    assert found.cases[0].title == "19 pupils in courses"


def test_each_row_fails_at_its_row(tmp_path: Path) -> None:
    same = TABLE.replace("large_enough: <verdict>", "large_enough: met").replace(
        "title: <pupils>", "title: <verdict> <pupils>"
    )
    failed = [one for one in report(tmp_path, same).cases if one.failures]
    assert [one.name for one in failed] == ["least_pupils, one below", "least_pupils, not reported"]
    (first,), (second,) = (one.failures for one in failed)
    at = [one.span.source.position(one.span.start)[0] for one in (first, second)]
    assert at == [line_of(same, "| one below"), line_of(same, "| not reported")]


def test_a_value_in_a_row_fails_at_its_cell(tmp_path: Path) -> None:
    (failed,) = [one for one in report(tmp_path, TABLE.replace("| not met ", "| met     ")).cases if one.failures]
    (failure,) = failed.failures
    assert (failure.expected, failure.got, failure.span.text) == ("met", "not met", "met")
    assert failure.span.source.position(failure.span.start)[0] == line_of(TABLE, "| one below")


def test_what_does_not_fit_is_shown_in_the_row(tmp_path: Path) -> None:
    assert said(tmp_path, TABLE.replace("| not met ", "| no idea "))[0][:2] == ("X030", "no idea")
    found = said(tmp_path, TABLE.replace("| missing |", "| many    |"))
    assert [(code, text) for code, text, _ in found] == [("D020", "many")]


def test_a_table_counts_like_other_cases(tmp_path: Path) -> None:
    write(tmp_path, TABLE)
    found = api.test([tmp_path], coverage=True)
    (covered,) = found.coverage
    assert covered.undetermined == 1
    assert [one.path for one in found.unhit] == ["tables.course_rate"], "nobody teaches sewing"
    assert 'name="least_pupils, exactly"' in junit_xml(found)
    (mutated,) = api.mutate([tmp_path], processes=1)
    assert {one.path for one in mutated.survivors} == {"tables.course_rate"}, "no amount is expected"


# -- reasons --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "passes"),
    [
        ("it has 20 pupils in courses", True),
        (">-\n        it has 20\n        pupils in   courses", True),
        ("it has 20 …", True),
        ("it has 20…", True),
        ("…", True),
        ("it has 2 …", False),
        ("it has 20", False),
        ("it has 21 pupils in courses", False),
    ],
)
def test_a_reason_is_compared(tmp_path: Path, written: str, passes: bool) -> None:
    found = report(tmp_path, case(BECAUSE.format(written)))
    assert found.diagnostics == () and found.cases[0].passed is passes


def test_a_reason_of_a_rule_that_is_not_met_is_its_sentence(tmp_path: Path) -> None:
    text = case(BECAUSE.format("it has 19 pupils in courses").replace("pupils: 20", "pupils: 19"))
    assert report(tmp_path, text).cases[0].passed
    (failure,) = report(tmp_path, text.replace("has 19", "has 18")).cases[0].failures
    assert failure.what == "district D1: reason of large_enough"
    assert (failure.expected, failure.got) == ("“it has 18 pupils in courses”", "“it has 19 pupils in courses”")
    assert failure.more == ("fails: 19 is 1 under the 20 in force since 2025-07-01, code-4 (a)",)


def test_what_is_not_known_is_the_reason(tmp_path: Path) -> None:
    text = case(BECAUSE.format("pupils of course=welding,district=D1 (blank)").replace("pupils: 20", "pupils: missing"))
    assert report(tmp_path, text).cases[0].passed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("large_enough", "grant", ("X033", "grant")),
        ("large_enough", "large_enogh", ("X014", "large_enogh")),
        ("D1:\n      large", "D9:\n      large", ("X013", "D9")),
    ],
)
def test_a_reason_of_nothing(tmp_path: Path, old: str, new: str, expected: tuple[str, str]) -> None:
    text = case(BECAUSE.format("x").replace(old, new))
    assert [one[:2] for one in said(tmp_path, text)] == [expected]


# -- how failures are told ------------------------------------------------------------------------------------------


def test_a_failure_has_six_lines_at_most(tmp_path: Path) -> None:
    text = CASES.replace("$6,600.00", "$1").replace("$3,300.00", "$1").replace("least_pupils: 16", "least_pupils: 15")
    for width in (60, 80, 120):
        shown = render_cases(report(tmp_path, text), width)
        assert "with sum of 2 rows" in shown
        for part in shown.split("\n\n")[:3]:
            assert len(part.splitlines()) <= MOST_LINES + 2, "the name and the source come before"


def test_a_total_names_the_rows(tmp_path: Path) -> None:
    found = report(tmp_path, CASES.replace("$3,300.00", "$3,300.01"))
    (failure,) = found.cases[2].failures
    assert failure.why == "of D1 $3,000; D2 $300"
