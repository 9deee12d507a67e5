"""What holds for a time only: indicators, weights, ratings and overrides by their dates, and lines of funding."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.results.assumptions import assumption_table
from engine.results.claims import claim_table
from engine.results.explain.explain import explain
from engine.results.line import lines_of_run
from engine.results.reconciliation import reconciliation_table
from engine.results.run import Run
from engine.views.explanation import render_explanation
from tests.accountable import values
from tests.test_versions import BACKENDS, ran

RATING = """\
data:
  school:
    columns:
      reading_index:
        unit: points
      growth_index:
        unit: points
      careers_index:
        unit: points
      took_part:
        unit: points
      grades:
        values: [K-8, 9-12]
accountability:
  for: [school]
  indicators:
    reading:
      value: reading_index
    growth:
      value: growth_index
      until: 2026-07-01
    careers:
      value: careers_index
      from: 2026-07-01
  weights:
    inputs:
      grades: grades
    versions:
      2024-07-01: |
        | grades | reading | growth |
        | -      | 60%     | 40%    |
      2026-07-01:
        rows: |
          | grades | reading | careers |
          | K-8    | 100%    | -       |
          | 9-12   | 75%     | 25%     |
        standing: proposed
        note: as introduced
  ratings:
    - A:
        when: index >= 90
        until: 2026-07-01
    - A:
        when: index >= 70
        from: 2026-07-01
        cite: law 3
    - B: index >= 60
    - pass:
        when: otherwise
        from: 2026-07-01
    - F: otherwise
  overrides:
    low_participation:
      rating: F
      when: took_part < 95
      from: 2026-07-01
      until: 2027-07-01
      because: fewer than 95% took part
      cite: law 4
"""
# A line after `otherwise` in one time is none in another.
RATING = RATING.replace("    - F: otherwise\n", "    - F:\n        when: otherwise\n        until: 2026-07-01\n")
ROWS: dict[str, Any] = {
    "district": [{"district_id": "d"}],
    "school": [
        {"school_id": "k", "district": "d", "reading_index": "80", "growth_index": "50", "careers_index": "10", "took_part": "99", "grades": "K-8"},
        {"school_id": "h", "district": "d", "reading_index": "80", "growth_index": "95", "careers_index": "0", "took_part": "99", "grades": "9-12"},
        {"school_id": "l", "district": "d", "reading_index": "100", "growth_index": "100", "careers_index": "100", "took_part": "94", "grades": "9-12"},
    ],
}  # fmt: skip


def at(day: Date, folder: Path, backend: str = "reference") -> Run:
    return ran(RATING, ROWS, folder, backend, day)


@pytest.mark.parametrize("backend", BACKENDS)
def test_before_the_change(tmp_path: Path, backend: str) -> None:
    run = at(Date(2026, 6, 30), tmp_path, backend)
    # 0.6 × 80 + 0.4 × 50 = 68; 0.6 × 80 + 0.4 × 95 = 86; all 100
    assert values(run, "school", "index") == {"k": 68, "h": 86, "l": 100}
    assert values(run, "school", "rating") == {"k": "B", "h": "B", "l": "A"}
    assert set(values(run, "school", "careers: status").values()) == {"not_applicable"}
    assert set(values(run, "school", "override").values()) == {"none"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_from_the_day_of_the_change_on(tmp_path: Path, backend: str) -> None:
    run = at(Date(2026, 7, 1), tmp_path, backend)
    # K-8 has no careers; 0.75 × 80 + 0.25 × 0 = 60
    assert values(run, "school", "index") == {"k": 80, "h": 60, "l": 100}
    assert values(run, "school", "careers: status") == {"k": "not_applicable", "h": "rated", "l": "rated"}
    assert set(values(run, "school", "growth: status").values()) == {"not_applicable"}
    assert values(run, "school", "rating") == {"k": "A", "h": "B", "l": "F"}
    assert values(run, "school", "override: low_participation") == {"k": False, "h": False, "l": True}


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_override_that_is_over_does_not_apply(tmp_path: Path, backend: str) -> None:
    run = at(Date(2027, 7, 1), tmp_path, backend)
    assert values(run, "school", "rating") == {"k": "A", "h": "B", "l": "A"}
    assert set(values(run, "school", "override").values()) == {"none"}
    text = render_explanation(explain(run, "school", ("l",), "rating"), 120)
    assert "not applicable" in text and "A: index >= 70" in text and "A: index >= 90" not in text


def test_there_are_no_weights_before_the_first(tmp_path: Path) -> None:
    run = at(Date(2024, 6, 30), tmp_path)
    assert set(values(run, "school", "index").values()) == {None}
    assert set(values(run, "school", "rating: status").values()) == {"pending"}


def test_proposed_weights_are_an_assumption(tmp_path: Path) -> None:
    assert assumption_table(at(Date(2026, 6, 30), tmp_path)).rows == ()
    (found,) = assumption_table(at(Date(2026, 7, 1), tmp_path)).rows
    assert found[:6] == ("accountability.weights", "2 rows", Date(2026, 7, 1), "proposed", "", "as introduced")
    assert "school.rating" in str(found[6]) and "school.took_part" not in str(found[6])


# -- money --------------------------------------------------------------------------------------------------------

BONUS = """\
parameters:
  each:
    unit: USD
    cite: law 7
    values:
      2026-07-01: $500
appropriations:
  pot:
    cite: law 8
    amounts:
      FY2025: $900
    pay_in_order:
      - old: prorate
      - new: prorate
funding:
  old:
    claim: attainment
    amount: $300
    pay: school
    draws_on: pot
    until: 2026-07-01
    minimum:
      each: school
      amount: $100
      to: everyone
      beyond_claim: yes
  new:
    claim: attainment
    when: grade >= 11
    amount: each
    pay: school
    draws_on: pot
    from: 2026-07-01
    until: 2028-07-01
"""
CLAIMS: dict[str, Any] = {
    "district": [{"district_id": "d"}],
    "school": [{"school_id": name, "district": "d"} for name in ("s", "t")],
    "credential": [{"credential_id": "c"}],
    "student": [{"student_id": "u"}],
    "attainment": [
        {"attainment_id": str(number), "student": "u", "credential": "c", "school": "s", "grade": grade}
        for number, grade in enumerate(("11", "12", "10", ""), 1)
    ],
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("day", "old", "new", "paid"),
    [
        # four claims of $300 and $100 for t, of $900: $100 are kept for t, and s gets the rest
        (Date(2026, 6, 30), ["paid"] * 4, ["not_in_force"] * 4, ({"s": 800, "t": 100}, {"s": 0, "t": 0})),
        # two claims of $500, one denied, one of which nobody knows the grade: $600 each of three, with one kept back
        (
            Date(2026, 7, 1),
            ["not_in_force"] * 4,
            ["paid", "paid", "denied", "pending"],
            ({"s": 0, "t": 0}, {"s": 600, "t": 0}),
        ),
        (Date(2028, 7, 1), ["not_in_force"] * 4, ["not_in_force"] * 4, ({"s": 0, "t": 0}, {"s": 0, "t": 0})),
    ],
)
def test_a_line_pays_in_its_time(
    day: Date, old: list[str], new: list[str], paid: tuple[dict[str, int], ...], tmp_path: Path, backend: str
) -> None:
    run = ran(BONUS, CLAIMS, tmp_path, backend, day)
    for line, status, payments in zip(("old", "new"), (old, new), paid, strict=True):
        assert list(values(run, "attainment", f"{line}: status").values()) == status
        assert values(run, "school", line) == payments
    # before it is in force nothing reads the amount, which has no value yet
    assert values(run, "attainment", "new: amount")["1"] == (500 if day == Date(2026, 7, 1) else 0)


def test_a_claim_says_that_its_line_is_not_in_force(tmp_path: Path) -> None:
    run = ran(BONUS, CLAIMS, tmp_path, "reference", Date(2026, 6, 30))
    lines = {line.item.name: line for line in lines_of_run(run)}
    whys = {str(row[0]): row for row in claim_table(run, (lines["new"],), {}).rows}
    assert "the line is in force from 2026-07-01 until 2028-07-01" in whys["new"]
    text = render_explanation(explain(run, "attainment", ("1",), "new"), 200)
    assert "the line is in force from 2026-07-01 until 2028-07-01" in text
    steps = [row for row in reconciliation_table(run, (lines["new"],)).rows if "not in force" in row]
    assert len(steps) == 1 and -4 in steps[0]
    assert Fraction(0) not in values(run, "school", "old").values()
