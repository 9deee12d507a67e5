"""Three ratings from the rows to the letter, worked out on paper: an overall score of domains in the manner of Texas, a
blend of groups in the manner of Tennessee, and cut scores by shares over three years.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.run import Run
from tests.accountable import Rows, ran, students, values
from tests.test_cut_scores import data, letters, rated, record, run_in, scored

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])
COLUMNS = ("staar", "growth", "relative", "gaps")
OVERALL = (
    "data:\n  school:\n    columns:\n"
    + "".join(f"      {name}_score:\n        unit: points\n" for name in COLUMNS)
    + """\
bands:
  ccmr_scale:
    of: points
    gives: points
    rows: |
      | up to 50          | x * 1.4               |
      | over 50, up to 80 | 70 + 2 * (x - 50) / 3 |
      | over 80           | 90 + (x - 80) / 2     |
accountability:
  for: [school]
  minimum_n:
    count: 5
  indicators:
    staar:
      value: staar_score
    ccmr:
      cohort: students where graduated
      rate: exam_pass or internship
      scale: ccmr_scale
      round: 0
    graduation:
      cohort: students where in_four_year_cohort
      rate: on_time_diploma
      round: 0
    growth:
      value: growth_score
    relative:
      value: relative_score
    gaps:
      value: gaps_score
      weight: 30%
  missing_indicator: proportional
  domains:
    achievement:
      weights:
        staar: 40%
        ccmr: 40%
        graduation: 20%
      round: 0
    progress:
      better_of: [growth, relative]
      at_most:
        - 89: growth < 60 or relative < 60
    best:
      better_of: [achievement, progress]
      weight: 70%
  index:
    round: 0
  ratings:
    - A: index >= 90
    - B: index >= 80
    - C: index >= 70
    - D: otherwise
"""
)


def class_of(ready: int, unknown: int, of: int, diplomas: int) -> list[dict[str, str]]:
    """Graduates of whom so many are ready; the first of them have their diplomas in time."""
    told = ["yes"] * ready + [""] * unknown + ["no"] * (of - ready - unknown)
    return [
        {
            "graduated": "yes", "exam_pass": one, "internship": "no", "in_four_year_cohort": "yes",
            "on_time_diploma": "yes" if at < diplomas else "no",
        }
        for at, one in enumerate(told)
    ]  # fmt: skip


@BACKENDS
def test_an_overall_score_of_domains(tmp_path: Path, backend: str) -> None:
    """Of 10 graduates 6 are ready: 60, on the scale 70 + 20/3 = 76.67, that is 77; 8 of 10 diplomas are 80."""
    schools = {
        "north": ("72 95 59 64", class_of(6, 0, 10, 8)),
        "south": ("72 61 77 88", class_of(6, 1, 10, 8)),
        "west": ("72 50 50 90", class_of(4, 0, 4, 4)),
        "east": ("72 - 70 88", class_of(6, 0, 10, 8)),
        "edge": ("72 95 60 64", class_of(6, 0, 10, 8)),
    }
    rows: Rows = {"district": [{"district_id": "d"}], "school": [], "student": []}
    for name, (scores, facts) in schools.items():
        cells = {f"{column}_score": cell.strip("-") for column, cell in zip(COLUMNS, scores.split(), strict=True)}
        rows["school"].append({"school_id": name, "district": "d", **cells})
        rows["student"] += students(name, facts)
    run = ran(OVERALL, rows, tmp_path, backend)
    columns = [values(run, "school", name) for name in ("ccmr", "achievement", "progress", "best", "index", "rating")]
    assert {name: tuple(column[name] for column in columns) for name in schools} == {
        # 28.8 + 30.8 + 16 = 75.6; part B below 60 caps part A at 89; 62.3 + 19.2 = 81.5
        "north": (77, 76, 89, 89, 82, "B"),
        # one more ready would be 70, on the scale 83.33: 28.8 + 33.2 + 16 = 78. So best is 77, for progress, or 78:
        # 53.9 + 26.4 = 80.3 or 54.6 + 26.4 = 81, a B by both
        "south": ((77, 83), (76, 78), 77, (77, 78), (80, 81), "B"),
        # four are too few to rate: achievement is staar alone; 50.4 + 27 = 77.4
        "west": (None, 72, 50, 72, 77, "C"),
        # part A is not known
        "east": (77, 76, None, None, None, None),
        # 60 is not below 60: 66.5 + 19.2 = 85.7
        "edge": (77, 76, 95, 95, 86, "B"),
    }
    assert values(run, "school", "progress: cap 1") == {
        "north": True, "south": False, "west": True, "east": None, "edge": False,
    }  # fmt: skip
    assert values(run, "school", "rating: status")["south"] == "rated"
    assert values(run, "school", "best: status")["south"] == "pending"


BLEND = """\
student_groups:
  disadvantaged:
    when: economically_disadvantaged
  learners:
    when: english_learner
  super_subgroup:
    any_of: [disadvantaged, learners]
bands:
  grade:
    of: points
    gives: points
    rows: |
      | under 25            | 0 |
      | from 25 to under 50 | 1 |
      | from 50 to under 75 | 2 |
      | from 75 to under 90 | 3 |
      | from 90             | 4 |
accountability:
  for: [school]
  student_groups: [disadvantaged, learners, super_subgroup]
  minimum_n:
    count: 3
  indicators:
    ready:
      cohort: students
      rate: exam_pass
      scale: grade
      weight: 60%
    graduation:
      cohort: students
      rate: on_time_diploma
      scale: grade
      weight: 40%
  missing_indicator: proportional
  index:
    blend:
      all_students: 60%
      student_groups: 40%
      only_if_alone: [super_subgroup]
    round: 2
  ratings:
    - A: index > 2.5
    - B: index > 2.2
    - C: otherwise
"""


def people(text: str) -> list[dict[str, str]]:
    """A student for each word: disadvantaged, learner, ready, diploma, each y, n or ? for unknown."""
    names = ("economically_disadvantaged", "english_learner", "exam_pass", "on_time_diploma")
    words = {"y": "yes", "n": "no", "?": ""}
    return [{name: words[letter] for name, letter in zip(names, word, strict=True)} for word in text.split()]


@BACKENDS
def test_a_blend_that_leaves_the_super_subgroup_out(tmp_path: Path, backend: str) -> None:
    schools = {
        "two": "ynyy ynyy ynyn ynnn nyyy nyny nyny nnyy nnyy nnyn",
        "one": "ynyy ynyy ynyn ynnn nyyn nnny",
        "alone": "ynyy ynyn nyyy nyny nnny nnny",
        "doubt": "ynyy ynyn nyyy nyny nnny n?ny",
    }
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, "district": "d"} for name in schools],
        "student": [one for name, text in schools.items() for one in students(name, people(text))],
    }
    run = ran(BLEND, rows, tmp_path, backend)
    names = ("all_students", "disadvantaged", "learners", "super_subgroup")
    columns = [values(run, "school", f"index, {name}") for name in names]
    tenth = {name: tuple(None if column[name] is None else column[name] * 10 for column in columns) for name in schools}
    assert tenth == {
        # all 7 and 7 of 10: 2 and 2; 3 and 2 of 4: 3 and 2; 1 and 3 of 3: 1 and 4; 4 and 5 of 7: 2 and 2
        "two": (20, 26, 22, 20),
        # 4 and 3 of 6: 2 and 2; one learner is too few; 4 and 2 of 5: 3 and 1
        "one": (20, 26, None, 22),
        # 3 and 5 of 6: 2 and 3; two of each are too few; 3 and 3 of 4: 3 and 3
        "alone": (24, None, None, 30),
        # a learner more would be three of them, and five in the super subgroup: 3 or 4 of 5 for both
        "doubt": (24, None, None, None),
    }
    assert values(run, "school", "index, super_subgroup: counts") == {
        "two": False, "one": False, "alone": True, "doubt": None,
    }  # fmt: skip
    # 1.2 + 0.4 × 2.4 (with the super subgroup it would be 1.2 + 0.4 × 6.8 / 3 = 2.11); 1.2 + 1.04; 1.44 + 1.2
    assert values(run, "school", "index") == {
        "two": Fraction("2.16"), "one": Fraction("2.24"), "alone": Fraction("2.64"), "doubt": None,
    }  # fmt: skip
    assert values(run, "school", "rating") == {"two": "C", "one": "B", "alone": "A", "doubt": None}


SHARES = """\
data:
  school:
    columns:
      score:
        unit: points
        scale: 1
      span:
        values: [elementary, high]
accountability:
  for: [school]
  indicators:
    assessment:
      value: score
  cut_scores:
    cite: law 1
    shares:
      A: 20%
      B: 30%
      C: 30%
    computed_from: 2023-24
    raise:
      by: 5%
      when_share: 30%
      of: [A, B]
      from: 2024-25
      until:
        A: 95
        B: 93
        C: 85
  ratings:
    - A: index >= cut_score(A)
    - B: index >= cut_score(B)
    - C: index >= cut_score(C)
    - D: otherwise
"""


@BACKENDS
def test_cut_scores_with_a_tie_at_the_edge_that_rise_twice(tmp_path: Path, backend: str) -> None:
    """Of ten schools at most 2, 3 and 3. The two at 88 do not fit beside the one at 92 and are Bs; the three at 81
    would be five Bs, and are just the Cs. Three of ten are A or B, which is 30%, enough for a raise: 96.6 stops at 95,
    92.4, and 85.05 stops at 85. Then two of five are A or B; 95 and 85 stay, 97.02 stops at 93.
    """
    first = run_in(SHARES, 2023, data(scored(92, 88, 88, 81, 81, 81, 70, 66, 66, 50)), tmp_path, backend)
    assert (cuts(first), letters(first)) == ([92, 88, 81], "ABBCCCDDDD")

    before = record("2023-24", A="92", B="88", C="81")
    rows = data(scored(95, "92.4", "92.3", 85, "84.9"), before, rated("2023-24", A=1, B=2, C=3, D=4))
    second = run_in(SHARES, 2024, rows, tmp_path, backend)
    assert (cuts(second), letters(second)) == ([95, Fraction("92.4"), 85], "ABCCD")

    # of eleven, three are less than 30%: nothing rises
    rows = data(scored(95, 92, 88, 81, "80.9"), before, rated("2023-24", A=1, B=2, C=3, D=5))
    assert (cuts(same := run_in(SHARES, 2024, rows, tmp_path, backend)), letters(same)) == ([92, 88, 81], "AABCD")

    before = record("2024-25", A="95", B="92.4", C="85")
    rows = data(scored(95, 93, "92.9", 85, "84.9"), before, rated("2024-25", A=1, B=1, C=2, D=1))
    third = run_in(SHARES, 2025, rows, tmp_path, backend)
    assert (cuts(third), letters(third)) == ([95, 93, 85], "ABCCD")


def cuts(run: Run) -> list[object]:
    """The cut scores from A to C."""
    return [values(run, "state", f"cut score: school, {rating}")["state"] for rating in "ABC"]
