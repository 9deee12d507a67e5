"""Gates, withheld letters, stars, and lines that speak of what is not rated. Worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.accountable import Rows, ran, students, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])
GATED = """\
data:
  school:
    columns:
      tested:
        unit: ratio
        scale: 2
      targeted: truth
      moved: truth
accountability:
  for: [school]
  minimum_n:
    count: 2
  indicators:
    diploma:
      cohort: students
      rate: on_time_diploma
      weight: 100%
    internships:
      cohort: students where cte_concentrator
      rate: internship
      weight: none
  ratings:
    - A: index >= 90 and internships >= 50
    - B: index >= 80
    - C: index >= 70
    - D: otherwise
  overrides:
    no_letter:
      rating: not_rated
      when: moved
      because: the school moved
    few_tested:
      at_most: C
      when: tested < 95%
      because: fewer than 95% were tested
    targeted:
      at_most: B
      when: targeted or internships < 20
      because: the school is targeted
"""


def school(name: str, tested: str = "0.95", targeted: str = "no", moved: str = "no") -> dict[str, str]:
    return {"school_id": name, "district": "d", "tested": tested, "targeted": targeted, "moved": moved}


def diplomas(yes: int, no: int, unknown: int = 0, internships: str = "yes yes") -> list[dict[str, str]]:
    """Students with diplomas and without, and concentrators among them."""
    facts = [
        {"on_time_diploma": word} for word, count in (("yes", yes), ("no", no), ("", unknown)) for _ in range(count)
    ]
    said = internships.split()
    return [
        {**one, "cte_concentrator": "yes" if at < len(said) else "no", "internship": said[at] if at < len(said) else ""}
        for at, one in enumerate(facts)
    ]


@BACKENDS
def test_gates_lower_what_the_lines_give(tmp_path: Path, backend: str) -> None:
    made = {
        "alpha": (school("alpha"), diplomas(19, 1)),
        "bravo": (school("bravo", targeted="yes"), diplomas(19, 1)),
        "charlie": (school("charlie", tested="0.94", targeted="yes"), diplomas(19, 1)),
        "delta": (school("delta", tested="0.94"), diplomas(13, 7)),  # a D is below the gate
        "echo": (school("echo", tested=""), diplomas(19, 1)),
        "foxtrot": (school("foxtrot", tested=""), diplomas(14, 6)),  # a C whatever comes of the gate
        "golf": (school("golf", tested="0.94"), diplomas(16, 1, 3)),  # from 80 to 95: A or B, so a C
        "hotel": (school("hotel", moved="yes"), diplomas(19, 1)),
        "india": (school("india"), diplomas(19, 1, internships="no no")),  # not half of them, so B, and gated
        "juliet": (school("juliet"), diplomas(19, 1, internships="yes")),  # one concentrator is too few to ask about
        "kilo": (school("kilo", targeted=""), diplomas(19, 1, internships="yes")),
    }
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [one for one, _ in made.values()],
        "student": [row for name, (_, facts) in made.items() for row in students(name, facts)],
    }
    run = ran(GATED, rows, tmp_path, backend)
    columns = [values(run, "school", name) for name in ("index", "rating line", "gate", "rating")]
    assert {name: tuple(column[name] for column in columns) for name in made} == {
        "alpha": (95, "A", "none", "A"),
        "bravo": (95, "A", "targeted", "B"),
        "charlie": (95, "A", "few_tested", "C"),
        "delta": (65, "D", "none", "D"),
        "echo": (95, "A", None, None),
        "foxtrot": (70, "C", "none", "C"),
        "golf": ((80, 95), None, "few_tested", "C"),
        "hotel": (95, "A", "none", "not_rated"),
        "india": (95, "B", "none", "B"),
        "juliet": (95, "A", "none", "A"),
        "kilo": (95, "A", None, None),
    }


STARS = """\
data:
  school:
    columns:
"""
NAMES = ("achievement", "progress", "gap_closing", "graduation", "literacy", "readiness")
STARS += "".join(f"      {name}_stars:\n        unit: points\n        scale: 1\n" for name in NAMES)
STARS += "accountability:\n  for: [school]\n  indicators:\n"
OHIO = (25, 25, "12.5", "12.5", "12.5", "12.5")
STARS += "".join(
    f"""\
    {name}:
      value: {name}_stars
      weight: {weight}%
      applies_when: {name}_stars is known
"""
    for name, weight in zip(NAMES, OHIO, strict=True)
)
LINES = """\
  ratings:
    - 5: index >= 4.125
    - 4.5: index >= 3.625
    - 4: index >= 3.125
    - 3.5: index >= 2.625
    - 3: index >= 2.125
    - 2.5: index >= 1.625
    - 2: index >= 1.125
    - 1.5: index >= 0.625
    - 1: otherwise
"""


def starred(**stars: str) -> Rows:
    found = []
    for name, line in stars.items():
        cells = dict(zip((f"{one}_stars" for one in NAMES), line.split(), strict=True))
        found.append({"school_id": name, "district": "d", **{key: "" if v == "-" else v for key, v in cells.items()}})
    return {"district": [{"district_id": "d"}], "school": found}


@BACKENDS
def test_ohio_stars(tmp_path: Path, backend: str) -> None:
    """OH-X9: 0.75 + 1 + 0.4375 + 0.5 + 0.25 + 0.125."""
    rows = starred(x9="3 4 3.5 4 2 1", five="5 4 4 4 3 4", half="4 4 3 3 3 4")
    run = ran(STARS + LINES, rows, tmp_path, backend)
    assert values(run, "school", "index") == {
        "x9": Fraction("3.0625"),
        "five": Fraction("4.125"),
        "half": Fraction("3.625"),
    }
    assert values(run, "school", "rating") == {"x9": "3.5", "five": "5", "half": "4.5"}


CHART = """\
  missing_indicator:
    chart: |
      | achievement | progress | gap_closing | graduation | literacy | readiness |
      | 28.601%     | 28.601%  | 14.266%     | 14.266%    | 14.266%  | -         |
      | 33.3333%    | 33.3333% | 16.6667%    | 16.6667%   | -        | -         |
      | 40%         | 40%      | -           | 20%        | -        | -         |
    then: proportional
"""


@BACKENDS
def test_ohio_weights_are_stored(tmp_path: Path, backend: str) -> None:
    """28.601 and 14.266 are what the rule says; by 2:2:1:1:1 the first would be 29/7, 4.142857…"""
    rows = starred(five="5 4 4 4 3 -", four="5 4 4 4 - -", three="5 4 - 4 - -", other="5 - - - - 2")
    run = ran(STARS + CHART + LINES, rows, tmp_path, backend)
    assert values(run, "school", "index") == {
        "five": Fraction("4.14335"),  # 143.005 + 114.404 + 57.064 + 57.064 + 42.798
        "four": Fraction("4.333333"),  # 166.6665 + 133.3332 + 66.6668 + 66.6668
        "three": Fraction("4.4"),
        "other": 4,  # no line of the chart fits: (125 + 25) / 37.5
    }
    assert values(run, "school", "rating") == {"five": "5", "four": "5", "three": "5", "other": "4.5"}


DASHBOARD = """\
tables:
  color:
    inputs:
      status: status
      change: change
    gives:
      values: [blue, green, yellow, red]
    rows: |
      | status   | change         | color  |
      | over 80  | from 0         | blue   |
      | over 80  | under 0        | green  |
      | up to 80 | over 5         | green  |
      | up to 80 | from 0 up to 5 | yellow |
      | up to 80 | under 0        | red    |
data:
  school:
    columns:
      last_year:
        unit: points
accountability:
  for: [school]
  minimum_n:
    count: 2
  indicators:
    status:
      cohort: students
      rate: on_time_diploma
    change:
      value: status - last_year
      applies_when: last_year is known
      weight: none
  ratings:
    - blue: color = blue
    - green: color = green
    - yellow: color = yellow
    - red: otherwise
"""


@BACKENDS
def test_status_by_change_is_a_table(tmp_path: Path, backend: str) -> None:
    """A school without a year before has no change: no line says anything of it, and the last is not for it."""
    made = {"up": "70", "down": "96", "steady": "75", "fell": "80", "new": "", "small": "70"}
    counts = {"up": (9, 1), "down": (9, 1), "steady": (3, 1), "fell": (3, 1), "new": (9, 1), "small": (1, 0)}
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, "district": "d", "last_year": last} for name, last in made.items()],
        "student": [row for name, (yes, no) in counts.items() for row in students(name, diplomas(yes, no))],
    }
    run = ran(DASHBOARD, rows, tmp_path, backend)
    assert values(run, "school", "rating") == {
        "up": "blue", "down": "green", "steady": "yellow", "fell": "red", "new": "not_rated", "small": "not_rated",
    }  # fmt: skip
