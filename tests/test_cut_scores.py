"""Cut scores by shares: set once, on record ever after, raised where many are rated well. Worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from tests.accountable import HEAD, Rows, values

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])
POLICY = """\
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
  rated_when: span is known
  indicators:
    assessment:
      value: score
  cut_scores:
    shares:
      A: 10%
      B: 20%
      C: 40%
      D: 20%
    computed_from: 2023-24
    cite: law 1
  ratings:
    - A: index >= cut_score(A)
    - B: index >= cut_score(B)
    - C: index >= cut_score(C)
    - D: index >= cut_score(D)
    - F: otherwise
"""
RAISE = """\
    raise:
      by: 5%
      when_share: 50%
      of: [A, B]
      from: 2026-27
      until:
        A: 90
        B: 80
        C: 70
        D: 60
"""
BY = "    by:\n      school: span\n"


def run_in(policy: str, year: int, rows: Rows, folder: Path, backend: str) -> Run:
    file = folder / "cuts.yaml"
    file.write_text(HEAD + policy, encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    assert checked is not None
    return run_policy(checked, dataset_from_rows(checked.tables, rows), Date(year, 10, 1), backend)


def scored(*scores: object, span: str = "high") -> list[dict[str, str]]:
    return [
        {"school_id": f"{span}-{at:02}", "district": "d", "score": str(one), "span": span}
        for at, one in enumerate(scores, 1)
    ]


def cuts(run: Run, scale: str = "school") -> list[Fraction | None]:
    """The cut scores from A to D."""
    return [values(run, "state", f"cut score: {scale}, {rating}")["state"] for rating in "ABCD"]


def letters(run: Run) -> str:
    return "".join(one or "?" for one in values(run, "school", "rating").values())


def record(year: str, scale: str = "all", **cut: str) -> list[dict[str, str]]:
    return [
        {"entity": "school", "scale": scale, "rating": rating, "school_year": year, "cut_score": number}
        for rating, number in cut.items()
    ]


def rated(year: str, scale: str = "", **counts: int) -> list[dict[str, str]]:
    found = [rating for rating, count in counts.items() for _ in range(count)]
    return [
        {"entity": "school", "subject": f"{scale}{at}", "school_year": year, "rating": rating, "scale": scale}
        for at, rating in enumerate(found)
    ]


def data(schools: Sequence[dict[str, str]], cut: Sequence[dict[str, str]] = (), prior: Sequence[dict[str, str]] = ()) -> Rows:  # fmt: skip
    return {
        "district": [{"district_id": "d"}],
        "school": list(schools),
        "prior_cut_score": list(cut),
        "prior_rating": list(prior),
    }


@BACKENDS
def test_twenty_schools_without_ties(tmp_path: Path, backend: str) -> None:
    """Of twenty, two may get an A, four a B, eight a C, four a D."""
    run = run_in(POLICY, 2023, data(scored(*range(81, 61, -1))), tmp_path, backend)
    assert cuts(run) == [80, 76, 68, 64]
    assert letters(run) == "AABBBBCCCCCCCCDDDDFF"


@BACKENDS
def test_ties_fall_to_the_lower_side(tmp_path: Path, backend: str) -> None:
    """Of fifteen at most 1.5, 3, 6 and 3. Two at 88 do not fit beside the first: they are two of the three Bs. Three
    at 80 would be one too many, and begin the Cs; the two at 60 would be the seventh and eighth, and begin the Ds.
    """
    scores = (90, 88, 88, 80, 80, 80, 75, 74, 60, 60, 60, 55, 54, 53, 52)
    run = run_in(POLICY, 2023, data(scored(*scores)), tmp_path, backend)
    assert cuts(run) == [90, 88, 74, 60]
    assert letters(run) == "ABBCCCCCDDDFFFF"
    # with four at the very top nobody fits within 1.5, and what an A takes was not set
    tied = run_in(POLICY, 2023, data(scored(90, 90, *scores[2:])), tmp_path, backend)
    assert cuts(tied)[0] is None
    assert cuts(tied)[1:] == [88, 74, 60]
    assert letters(tied) == "?" * 15


@BACKENDS
def test_what_is_not_rated_is_not_counted_and_what_is_not_known_stops_it(tmp_path: Path, backend: str) -> None:
    schools = scored(*range(81, 61, -1))
    left_out = {"school_id": "x", "district": "d", "score": "99"}
    run = run_in(POLICY, 2023, data([*schools, left_out]), tmp_path, backend)
    assert cuts(run) == [80, 76, 68, 64]
    assert values(run, "school", "rating")["x"] == "not_rated"
    unknown = {"school_id": "y", "district": "d", "span": "high"}
    run = run_in(POLICY, 2023, data([*schools, unknown]), tmp_path, backend)
    assert cuts(run) == [None] * 4
    assert letters(run) == "?" * 21


@BACKENDS
def test_scales_of_their_own(tmp_path: Path, backend: str) -> None:
    schools = [*scored(*range(81, 61, -1)), *scored(*range(50, 40, -1), span="elementary")]
    run = run_in(POLICY.replace("    cite: law 1\n", BY), 2023, data(schools), tmp_path, backend)
    assert cuts(run, "school high") == [80, 76, 68, 64]
    assert cuts(run, "school elementary") == [50, 48, 44, 42]  # 1, 2, 4 and 2 of ten
    assert letters(run) == "ABBCCCCDDF" + "AABBBBCCCCCCCCDDDDFF"


@BACKENDS
def test_on_record_ever_after(tmp_path: Path, backend: str) -> None:
    schools = scored(90, 75, 74.9)
    old = record("2023-24", A="80", B="75", C="60", D="50")
    newer = record("2025-26", A="82", B="75", C="60", D="50")
    later = record("2027-28", A="1", B="1", C="1", D="1")
    run = run_in(POLICY, 2026, data(schools, [*old, *newer, *later]), tmp_path, backend)
    assert cuts(run) == [82, 75, 60, 50]
    assert letters(run) == "ABC"
    run = run_in(POLICY, 2026, data(schools), tmp_path, backend)
    assert (cuts(run), letters(run)) == ([None] * 4, "???")
    # what is on record does not count in the year in which they are worked out
    run = run_in(POLICY, 2023, data(scored(*range(81, 61, -1)), record("2022-23", A="1")), tmp_path, backend)
    assert cuts(run)[0] == 80


@BACKENDS
@pytest.mark.parametrize(
    ("counts", "after"),
    [
        ({"A": 100, "B": 399, "C": 501}, [80, 75, 68, 58]),  # 49.9%
        ({"A": 100, "B": 400, "C": 500}, [84, Fraction("78.75"), 70, 60]),  # 50%; 71.4 and 60.9 stop
        ({"A": 1, "T": 5, "not_rated": 5, "F": 1}, [84, Fraction("78.75"), 70, 60]),  # a T is no rating of a line
        ({}, [None] * 4),
    ],
)
def test_the_scale_rises(tmp_path: Path, backend: str, counts: dict[str, int], after: list[object]) -> None:
    prior = [*rated("2025-26", "", **counts), *rated("2024-25", A=9)]
    rows = data(scored(90), record("2025-26", A="80", B="75", C="68", D="58"), prior)
    run = run_in(with_raise(), 2026, rows, tmp_path, backend)
    assert cuts(run) == after


def with_raise() -> str:
    return POLICY.replace("    cite: law 1\n", "    cite: law 1\n" + RAISE)


@BACKENDS
def test_the_scale_stops(tmp_path: Path, backend: str) -> None:
    """At 90, 80, 70 and 60 nothing rises, whatever was rated; a cut score above stays where it is."""
    rows = data(scored(90), record("2025-26", A="90", B="80", C="70.5", D="60"))
    assert cuts(run_in(with_raise(), 2026, rows, tmp_path, backend)) == [90, 80, Fraction("70.5"), 60]


@BACKENDS
def test_before_it_may_rise(tmp_path: Path, backend: str) -> None:
    """Until 2026 the latest on record hold; from then on a raise begins with those of the year before."""
    record_of_2023 = record("2023-24", A="80", B="75", C="60", D="50")
    rows = data(scored(90), record_of_2023, rated("2024-25", A=9))
    assert cuts(run_in(with_raise(), 2025, rows, tmp_path, backend)) == [80, 75, 60, 50]
    rows = data(scored(90), record_of_2023, rated("2025-26", A=9))
    assert cuts(run_in(with_raise(), 2026, rows, tmp_path, backend)) == [None] * 4
