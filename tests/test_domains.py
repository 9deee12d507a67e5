"""Domains: weighted means and the better of two before the index, with their caps. Worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])
COLUMNS = ("staar", "ccmr", "graduation", "growth", "relative", "gaps")
TEXAS = (
    "data:\n  school:\n    columns:\n"
    + "".join(f"      {name}_score:\n        unit: points\n" for name in COLUMNS)
    + """\
accountability:
  for: [school]
  indicators:
    staar:
      value: staar_score
    ccmr:
      value: ccmr_score
      applies_when: ccmr_score is known
    graduation:
      value: graduation_score
      applies_when: graduation_score is known
    academic_growth:
      value: growth_score
      applies_when: growth_score is known
    relative_performance:
      value: relative_score
    closing_the_gaps:
      value: gaps_score
      weight: 30%
  missing_indicator: proportional
  domains:
    student_achievement:
      weights:
        staar: 40%
        ccmr: 40%
        graduation: 20%
      round: 0
    school_progress:
      better_of: [academic_growth, relative_performance]
      at_most:
        - 89: academic_growth < 60 or relative_performance < 60
    best:
      better_of: [student_achievement, school_progress]
      weight: 70%
  index:
    round: 0
  ratings:
    - A: index >= 90
    - B: index >= 80
    - F: otherwise
"""
)


def scored(**scores: str) -> Rows:
    """A school for each line of scores, in the order of `COLUMNS`; `-` where there is none."""
    rows = []
    for name, line in scores.items():
        cells = ["" if cell == "-" else cell for cell in line.split()]
        rows.append({"school_id": name, "district": "d", **{f"{k}_score": v for k, v in zip(COLUMNS, cells, strict=True)}})  # fmt: skip
    return {"district": [{"district_id": "d"}], "school": rows}


@BACKENDS
def test_texas(tmp_path: Path, backend: str) -> None:
    rows = scored(
        achieves="90 80 95 70 75 80", progresses="70 70 70 95 60 80", capped="70 70 70 95 59 80",
        alone="70 70 70 - 95 80", low="50 50 50 - 58 80", elementary="81 - - 70 70 80", open="70 70 70 95 - 80",
        settled="93 93 93 80 - 80", nothing="- 80 80 80 80 80",
    )  # fmt: skip
    run = ran(TEXAS, rows, tmp_path, backend)
    names = ("student_achievement", "school_progress", "best", "index", "rating")
    columns = [values(run, "school", name) for name in names]
    assert {key: tuple(column[key] for column in columns) for key in columns[0]} == {
        "achieves": (87, 75, 87, 85, "B"),  # 36 + 32 + 19; 0.7 × 87 + 0.3 × 80 = 84.9
        "progresses": (70, 95, 95, 91, "A"),  # 66.5 + 24 = 90.5
        "capped": (70, 89, 89, 86, "B"),  # 62.3 + 24 = 86.3
        "alone": (70, 95, 95, 91, "A"),  # part A does not apply, and nothing that is said of it caps part B
        "low": (50, 58, 58, 65, "F"),  # 40.6 + 24 = 64.6
        "elementary": (81, 70, 81, 81, "B"),  # only staar applies; 56.7 + 24 = 80.7
        "open": (70, None, None, None, None),  # part B is not known, and may be anything
        "settled": (93, None, None, None, None),
        "nothing": (None, 80, None, None, None),
    }
    assert values(run, "school", "school_progress: status")["open"] == "pending"
    assert values(run, "school", "school_progress: unrounded")["capped"] == 89


COHORTS = """\
accountability:
  for: [school]
  minimum_n:
    count: 3
  indicators:
    college:
      cohort: students
      rate: exam_pass
    career:
      cohort: students where cte_concentrator
      rate: internship
    diploma:
      cohort: students
      rate: on_time_diploma
      weight: 50%
  domains:
    ready:
      better_of: [college, career]
      at_most:
        - 70: diploma < 50
      weight: 50%
  ratings:
    - A: index >= 75
    - F: otherwise
"""


def facts(text: str) -> list[dict[str, str]]:
    """A student for each word: exam, concentrator, internship, diploma, each y, n or ? for unknown."""
    names = ("exam_pass", "cte_concentrator", "internship", "on_time_diploma")
    words = {"y": "yes", "n": "no", "?": ""}
    return [{name: words[letter] for name, letter in zip(names, word, strict=True)} for word in text.split()]


@BACKENDS
def test_parts_between_two_ends(tmp_path: Path, backend: str) -> None:
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, "district": "d"} for name in ("bound", "settled", "few", "gate")],
        "student": [
            # exams: 2 to 3 of 4; internships: 1 of 3; diplomas 4 of 4
            *students("bound", facts("ynny yyyy nyny ?yny")),
            # exams: 1 to 2 of 4; internships: 3 of 3, whatever comes of the exams
            *students("settled", facts("ynny nyyy nyyy ?yyy")),
            # two concentrators are too few
            *students("few", facts("ynny yyyy nyny nnny")),
            # diplomas 1 to 2 of 4: the cap of 70 may hold on exams of 100
            *students("gate", facts("ynny ynnn ynnn ynn?")),
        ],
    }
    run = ran(COHORTS, rows, tmp_path, backend)
    ready, index = values(run, "school", "ready"), values(run, "school", "index")
    assert ready == {"bound": (50, 75), "settled": 100, "few": 50, "gate": (70, 100)}
    assert index == {"bound": (75, Fraction(175, 2)), "settled": 100, "few": 75, "gate": (Fraction(95, 2), 75)}
    assert values(run, "school", "rating") == {"bound": "A", "settled": "A", "few": "A", "gate": None}
    statuses = values(run, "school", "ready: status")
    assert statuses == {"bound": "pending", "settled": "rated", "few": "rated", "gate": "pending"}


@BACKENDS
def test_a_domain_that_needs_all_its_parts(tmp_path: Path, backend: str) -> None:
    """Career has too few concentrators: the mean is not rated where the domain says so, and neither is the index."""
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": "s", "district": "d"}],
        "student": students("s", facts("ynny yyyy nyny nnny")),
    }
    mean = COHORTS.replace(
        "      better_of: [college, career]\n      at_most:\n        - 70: diploma < 50\n",
        "      weights:\n        college: 3\n        career: 1\n",
    )
    run = ran(mean, rows, tmp_path, backend)
    assert (only(run, "ready: status"), only(run, "index"), only(run, "rating")) == ("not_rated", None, "not_rated")
    part = mean.replace("        career: 1\n", "        career: 1\n      missing_indicator: proportional\n")
    run = ran(part, rows, tmp_path, backend)
    assert (only(run, "ready"), only(run, "index"), only(run, "rating")) == (50, 75, "A")
