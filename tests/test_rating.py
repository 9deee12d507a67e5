"""Index and rating from indicators as reported: weights, charts, overrides, what is missing. Worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, only, ran, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])

REPORTED = """\
data:
  school:
    columns:
      one:
        unit: points
        scale: 1
      two:
        unit: points
        scale: 1
      three:
        unit: points
        scale: 1
      took_part:
        unit: ratio
        scale: 4
      units: number
accountability:
  for: [school]
  rated_when: units >= 120
  indicators:
    a:
      value: one
      weight: 50%
      applies_when: one is known
    b:
      value: two
      weight: 30%
      minimum_n:
        count: 10
      cohort: students
    c:
      value: three
      weight: 20%
"""
RATED = """\
  index:
    round: 1
    how: half_even
  ratings:
    - A: index >= 90
    - B: index >= 80
    - F: otherwise
  overrides:
    transition:
      rating: T
      when: c = 0
      because: it is new
    took_no_part:
      rating: F
      when: took_part < 95%
      because: fewer than 95% took part
      cite: law 3
"""


def reported(**more: dict[str, str]) -> Rows:
    """Schools that differ from one that is whole, with ten students each."""
    facts = {"district": "d", "one": "90", "two": "80", "three": "70", "took_part": "0.96", "units": "120"}
    return {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, **facts, **other} for name, other in more.items()],
        "student": [row for name in more for row in students(name, [{}] * 10)],
    }


@BACKENDS
def test_index_and_rating(tmp_path: Path, backend: str) -> None:
    rows = reported(
        whole={}, higher={"three": "100"}, without_one={"one": ""}, without_three={"three": ""},
        few={"took_part": "0.9499"}, unknown={"took_part": ""}, first={"took_part": "", "three": "0"},
        small={"units": "119"}, unsized={"units": ""},
    )  # fmt: skip
    run = ran(f"{REPORTED}  missing_indicator: not_rated\n{RATED}", rows, tmp_path, backend)
    columns = [values(run, "school", name) for name in ("index", "rating", "rating: status")]
    assert {name: tuple(column[name] for column in columns) for name in columns[0]} == {
        "whole": (83, "B", "rated"),  # 45 + 24 + 14
        "higher": (89, "B", "rated"),
        "without_one": (76, "F", "rated"),  # it does not apply: 38 over one half
        "without_three": (None, None, "pending"),
        "few": (83, "F", "rated"),
        "unknown": (83, None, "pending"),
        "first": (69, "T", "rated"),  # the first override holds, whatever the second is
        "small": (None, "not_rated", "not_rated"),
        "unsized": (None, None, "pending"),
    }


@BACKENDS
@pytest.mark.parametrize(
    ("missing", "index", "rating"),
    [
        ("missing_indicator: not_rated", None, "not_rated"),
        ("missing_indicator: proportional", Fraction(843, 10), "B"),  # 59 over 70%
        ("missing_indicator:\n    chart: |\n      | a   | b | c   |\n      | 60% | - | 40% |\n", 82, "B"),
        ("missing_indicator:\n    chart: |\n      | a | b   | c   |\n      | - | 60% | 40% |\n", None, "not_rated"),
        (
            "missing_indicator:\n    chart: |\n      | a | b   | c   |\n      | - | 60% | 40% |\n    then: proportional\n",
            Fraction(843, 10),
            "B",
        ),
    ],
)
def test_a_missing_indicator(tmp_path: Path, backend: str, missing: str, index: object, rating: str) -> None:
    """b has 9 students, and needs 10."""
    rows = reported(s={})
    rows["student"] = rows["student"][:9]
    run = ran(f"{REPORTED}  {missing}\n{RATED}", rows, tmp_path, backend)
    assert only(run, "b: status") == "not_rated"
    assert (only(run, "index"), only(run, "rating")) == (index, rating)


@BACKENDS
def test_whether_it_applies_is_not_known_and_it_would_have_too_few_rows(tmp_path: Path, backend: str) -> None:
    """b has 9 students, and needs 10. If it applies there is no index; if it does not, that is 45 + 14 over 70%, the
    same as where a part that is not rated is left out.
    """
    text = REPORTED.replace("      weight: 30%\n", "      weight: 30%\n      applies_when: took_part > 0%\n")
    lines = RATED[: RATED.index("  overrides:")]
    rows = reported(applies={}, not_concerned={"took_part": "0"}, unknown={"took_part": ""})
    rows["student"] = [row for row in rows["student"] if not row["student_id"].endswith("-9")]
    run = ran(f"{text}  missing_indicator: not_rated\n{lines}", rows, tmp_path, backend)
    assert values(run, "school", "b: status") == {
        "applies": "not_rated", "not_concerned": "not_applicable", "unknown": "pending",
    }  # fmt: skip
    assert values(run, "school", "index") == {"applies": None, "not_concerned": Fraction("84.3"), "unknown": None}
    assert values(run, "school", "rating") == {"applies": "not_rated", "not_concerned": "B", "unknown": None}
    run = ran(f"{text}  missing_indicator: proportional\n{lines}", rows, tmp_path, backend)
    assert values(run, "school", "index") == dict.fromkeys(rows_of(rows), Fraction("84.3"))


def rows_of(rows: Rows) -> list[str]:
    """The names of the schools."""
    return [one["school_id"] for one in rows["school"]]
