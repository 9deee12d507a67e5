"""Points of students: the line that won, what was added, whether the cap cut; known only where the data tell."""

from __future__ import annotations

import pytest

from engine.results.student_points import held, won
from tests.results.graded import POLICY, graded, graded_outcome
from tests.results.made import texts

COLUMNS = ("key", "value", "lowest", "highest", "line", "additions", "cap_applied")


def of(text: str = POLICY, backend: str = "reference") -> dict[str, tuple[str, ...]]:
    found = texts(graded_outcome(backend, text).table("student_points"), *COLUMNS)
    return {one[0]: one[1:] for one in found}


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_the_line_that_won(backend: str) -> None:
    found = of(backend=backend)
    both = "95: on_time_diploma and exam_pass"
    assert found["alpha-0"] == ("100", "100", "100", both, "5: internship", "false")
    assert found["alpha-1"] == ("60", "60", "60", "60: on_time_diploma", "", "false")
    assert found["alpha-2"] == ("0", "0", "0", "0: otherwise", "", "false")
    assert found["bravo-2"] == ("", "0", "60", "", "", "")
    assert found["bravo-3"] == ("", "60", "95", "", "", "")
    assert len(found) == 19


def test_the_cap() -> None:
    found = of(POLICY.replace("- 5: internship", "- 9: internship"))
    assert found["alpha-0"][0] == "100" and found["alpha-0"][5] == "true"


def test_points_that_are_added_up() -> None:
    text = POLICY.replace("    of: student\n    lines:", "    of: student\n    take: sum\n    lines:")
    found = of(text)
    lines = "60: on_time_diploma; 95: on_time_diploma and exam_pass"
    assert found["alpha-0"] == ("100", "100", "100", lines, "5: internship", "true")
    assert found["alpha-2"][3] == "0: otherwise"


def test_points_that_are_worked_out_name_no_line() -> None:
    found = of(POLICY.replace("- 60: on_time_diploma\n", "- 30 * 2: on_time_diploma\n"))
    assert found["alpha-1"] == ("60", "60", "60", "", "", "")


def test_lines_by_their_numbers() -> None:
    (item,) = graded().checked.policy.points
    (version,) = item.versions
    assert won(item, None) is None and held(version.add, None) is None
    assert won(item, 0) == [version.lines[2]] and won(item, 2) == [version.lines[1]]
    assert held(version.add, 0) == [] and held(version.add, 3) == list(version.add)
