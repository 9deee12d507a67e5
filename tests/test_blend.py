"""The index of all students blended with those of student groups, by Tennessee's rules. Worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])
SCORES = ("achievement", "growth", "ready", "graduation", "absenteeism", "elpa")
TENNESSEE = (
    """\
data:
  school:
    columns:
      pool:
        values: [HS, K8]
  group_score:
    key: [school, student_group]
    columns:
      school: school
      student_group: text
"""
    + "".join(f"      {name}_score:\n        unit: points\n" for name in SCORES)
    + """\
student_groups:
  disadvantaged:
    when: economically_disadvantaged
  learners:
    when: english_learner
  super_subgroup:
    when: economically_disadvantaged or english_learner
accountability:
  for: [school]
  student_groups: [disadvantaged, learners, super_subgroup]
  indicators:
"""
    + "".join(
        f"""\
    {name}:
      value: the({name}_score over group_scores where student_group = this_group)
      applies_when: any({name}_score is known over group_scores where student_group = this_group)
"""
        for name in SCORES
    )
    + """\
  weights:
    inputs:
      pool: pool
      has_elpa: if any(elpa_score is known over group_scores where student_group = this_group) then 1 else 0
    rows: |
      | pool | has_elpa | achievement | growth | ready | graduation | absenteeism | elpa |
      | HS   | 1        | 30%         | 25%    | 20%   | 5%         | 10%         | 10%  |
      | HS   | 0        | 35%         | 30%    | 20%   | 5%         | 10%         | -    |
      | K8   | 1        | 45%         | 35%    | -     | -          | 10%         | 10%  |
      | K8   | 0        | 50%         | 40%    | -     | -          | 10%         | -    |
  missing_indicator: proportional
  index:
    blend:
      all_students: 60%
      student_groups: 40%
      only_if_alone: [super_subgroup]
    round: 1
  ratings:
    - A: index > 3
    - B: index > 2
    - C: index > 1
    - D: otherwise
"""
)


def tennessee(pool: str, **groups: str) -> Rows:
    """A school whose groups have these scores, in the order of `SCORES`; `-` where there is none."""
    rows = []
    for group, line in groups.items():
        cells = ["" if cell == "-" else cell for cell in line.split()]
        scores = {f"{name}_score": cell for name, cell in zip(SCORES, cells, strict=True)}
        rows.append({"school": "s", "student_group": group, **scores})
    return {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": "s", "district": "d", "pool": pool}],
        "group_score": rows,
    }


@BACKENDS
def test_scenario_e(tmp_path: Path, backend: str) -> None:
    run = ran(TENNESSEE, tennessee("HS", all_students="3 4 2 3 1 -"), tmp_path, backend)
    # 0.35 × 3 + 0.30 × 4 + 0.20 × 2 + 0.05 × 3 + 0.10 × 1, and no group has an index
    assert (only(run, "index"), only(run, "index: groups"), only(run, "rating")) == (Fraction("2.9"), 0, "B")


@BACKENDS
def test_groups_are_blended(tmp_path: Path, backend: str) -> None:
    rows = tennessee(
        "K8",
        all_students="4 4 - - 4 4",
        disadvantaged="2 2 - - 2 -",
        learners="1 - - - 1 3",
        super_subgroup="0 0 - - 0 0",
    )
    run = ran(TENNESSEE, rows, tmp_path, backend)
    # disadvantaged 2; learners (0.45 + 0.10 + 0.30) / 0.65; the super subgroup is not alone
    assert only(run, "index, disadvantaged") == 2
    assert only(run, "index, learners") == Fraction("1.307692308")
    assert [only(run, f"index, {group}: counts") for group in ("disadvantaged", "super_subgroup")] == [True, False]
    # 0.6 × 4 + 0.4 × (2 + 1.307692308) / 2 = 2.4 + 0.661538462
    assert (only(run, "index: unrounded"), only(run, "index")) == (Fraction("3.061538462"), Fraction("3.1"))
    assert only(run, "rating") == "A"


@BACKENDS
def test_the_super_subgroup_alone(tmp_path: Path, backend: str) -> None:
    run = ran(TENNESSEE, tennessee("K8", all_students="3 3 - - 3 3", super_subgroup="1 1 - - 1 1"), tmp_path, backend)
    assert (only(run, "index: groups"), only(run, "index")) == (1, Fraction("2.2"))  # 1.8 + 0.4


@BACKENDS
def test_the_other_order_of_the_lines(tmp_path: Path, backend: str) -> None:
    """What all students lack nobody can tell: without an index of all students there is none."""
    run = ran(TENNESSEE, tennessee("K8", super_subgroup="1 1 - - 1 1"), tmp_path, backend)
    assert (only(run, "index, super_subgroup"), only(run, "index"), only(run, "rating")) == (1, None, "not_rated")


COHORTS = """\
student_groups:
  learners:
    when: english_learner
accountability:
  for: [school]
  student_groups: [learners]
  minimum_n:
    count: 2
  indicators:
    diploma:
      cohort: students
      rate: on_time_diploma
    half:
      value: diploma / 2
      weight: 50%
    double:
      value: min(diploma * 2, 100)
      weight: 50%
  missing_indicator: proportional
  index:
    blend:
      all_students: 75%
      student_groups: 25%
  ratings:
    - A: index >= 80
    - F: otherwise
"""


@BACKENDS
def test_values_of_a_group_from_its_own_indicators(tmp_path: Path, backend: str) -> None:
    yes, no = {"on_time_diploma": "yes"}, {"on_time_diploma": "no"}
    learner = {"english_learner": "yes"}
    facts = [yes, yes, yes | learner, no | learner]
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, "district": "d"} for name in ("whole", "few", "open")],
        "student": [
            *students("whole", [{"english_learner": "no", **one} for one in facts]),
            *students("few", [{"english_learner": "no", **one} for one in facts[:3]]),
            *students("open", [{"english_learner": "no", **one} for one in (*facts[:3], learner)]),
        ],
    }
    run = ran(
        COHORTS.replace("rate: on_time_diploma", "rate: on_time_diploma\n      weight: none"), rows, tmp_path, backend
    )
    # whole: (37.5 + 100) / 2 = 68.75 for all, (25 + 100) / 2 = 62.5 for learners; few: one learner, (50 + 100) / 2
    assert values(run, "school", "index") == {"whole": Fraction("67.1875"), "few": 75, "open": None}
    assert values(run, "school", "half, learners: status") == {"whole": "rated", "few": "not_rated", "open": "pending"}
