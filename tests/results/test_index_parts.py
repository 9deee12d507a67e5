"""Domains, blends, gates and cut scores in the tables and explanations of a run: what adds up, and what is said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.results.explain.explain import explain
from engine.results.explain.explanation import Ledger, Note
from engine.results.outcome import outcome
from engine.results.run import Run
from tests.accountable import Rows, ran, students
from tests.results.made import texts
from tests.test_blend import TENNESSEE, tennessee
from tests.test_cut_scores import POLICY, data, rated, record, run_in, scored, with_raise
from tests.test_domains import COHORTS, TEXAS, facts
from tests.test_domains import scored as texas
from tests.test_gates import DASHBOARD, GATED, diplomas, school

BACKENDS = pytest.mark.parametrize("backend", ["reference", "duckdb"])


def sums(run: Run, key: str, name: str = "rating") -> dict[str, list[str]]:
    """The ledgers of an explanation, each line as `text amount`; every total is what stands above it."""
    found = {}
    for ledger in explain(run, "school", (key,), name).items:
        if not isinstance(ledger, Ledger):
            continue
        so_far = Fraction(0)
        for entry in ledger.entries:
            assert not entry.total or entry.amount == so_far, (ledger.text, entry)
            so_far += 0 if entry.total else entry.amount
        found[ledger.text] = [f"{entry.text} {float(entry.amount):g}" for entry in ledger.entries]
    return found


def notes(run: Run, key: str, name: str = "rating") -> list[str]:
    return [item.text for item in explain(run, "school", (key,), name).items if isinstance(item, Note)]


@BACKENDS
def test_domains(tmp_path: Path, backend: str) -> None:
    rows = texas(capped="71 72 70 95 59 80", alone="70 70 70 - 95 80")
    run = ran(TEXAS, rows, tmp_path, backend)
    columns = ("indicator", "status", "unrounded", "value", "part_of", "weight", "weight_used", "contribution")
    table = texts(outcome(run).table("indicators"), "key", *columns)
    assert [tuple(cells) for key, *cells in table if key == "capped"] == [
        ("staar", "rated", "71", "71", "student_achievement", "0.4", "0.4", "28.4"),
        ("ccmr", "rated", "72", "72", "student_achievement", "0.4", "0.4", "28.8"),
        ("graduation", "rated", "70", "70", "student_achievement", "0.2", "0.2", "14"),
        ("academic_growth", "rated", "95", "95", "school_progress", "", "", ""),
        ("relative_performance", "rated", "59", "59", "school_progress", "", "", ""),
        ("closing_the_gaps", "rated", "80", "80", "index", "0.3", "0.3", "24"),
        ("student_achievement", "rated", "71.2", "71", "best", "", "", ""),
        ("school_progress", "rated", "89", "89", "best", "", "", ""),
        ("best", "rated", "89", "89", "index", "0.7", "0.7", "62.3"),
    ]
    assert sums(run, "capped") == {
        "how the index is made up": [
            "closing_the_gaps 24", "best 62.3", "index before rounding 86.3", "rounded to a whole number -0.3", "index 86"
        ],
        "how student_achievement is made up": [
            "staar 28.4", "ccmr 28.8", "graduation 14", "student_achievement before rounding 71.2",
            "rounded to a whole number -0.2", "student_achievement 71",
        ],
    }  # fmt: skip
    assert notes(run, "capped")[:2] == [
        "school_progress: the better of academic_growth 95 and relative_performance 59, at most 89, since academic_growth "
        "< 60 or relative_performance < 60",
        "best: the better of student_achievement 71 and school_progress 89 is 89",
    ]
    told = explain(run, "school", ("alone",), "school_progress")
    assert told.sentence == (
        "school_progress of school alone is 95: the better of academic_growth (not applicable) and relative_performance 95 is 95."
    )


@BACKENDS
def test_a_domain_between_two_ends(tmp_path: Path, backend: str) -> None:
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": "bound", "district": "d"}],
        "student": students("bound", facts("ynny yyyy nyny ?yny")),
    }
    run = ran(COHORTS, rows, tmp_path, backend)
    table = texts(
        outcome(run).table("indicators"), "indicator", "status", "lowest", "highest", "part_of", "contribution"
    )
    assert tuple(table[-1]) == ("ready", "pending", "50", "75", "index", "")
    assert list(sums(run, "bound")) == ["the index at the least", "the index at the most"]
    assert explain(run, "school", ("bound",), "ready").sentence == (
        "ready of school bound is from 50 to 75: the better of college from 50 to 75 and career 33.333333333 is from 50 to 75."
    )


@BACKENDS
def test_a_blend(tmp_path: Path, backend: str) -> None:
    rows = tennessee("K8", all_students="4 4 - - 4 4", disadvantaged="2 2 - - 2 -", super_subgroup="0 0 - - 0 0")
    run = ran(TENNESSEE, rows, tmp_path, backend)
    columns = ("student_group", "status", "value", "weight_used", "contribution")
    table = texts(outcome(run).table("indicators"), "part_of", *columns)
    assert [tuple(cells) for part, *cells in table if part == "blend"] == [
        ("all_students", "rated", "4", "0.6", "2.4"),
        ("disadvantaged", "rated", "2", "0.4", "0.8"),
        ("learners", "not_rated", "", "0", "0"),
        ("super_subgroup", "rated", "0", "0", "0"),
    ]
    made = sums(run, "s")
    assert made["how the index is made up"] == [
        "index of all students 2.4", "index of disadvantaged 0.8", "index of learners 0", "index of super subgroup 0",
        "index before rounding 3.2", "rounded to 1 decimal 0", "index 3.2",
    ]  # fmt: skip
    assert made["how the index of disadvantaged is made up"][-1] == "index, disadvantaged 2"


def test_gates(tmp_path: Path) -> None:
    made = {"bravo": school("bravo", targeted="yes"), "echo": school("echo", tested="")}
    rows: Rows = {
        "district": [{"district_id": "d"}],
        "school": list(made.values()),
        "student": [row for name in made for row in students(name, diplomas(19, 1))],
    }
    run = ran(GATED, rows, tmp_path, "reference")
    columns = ("rating", "rating_line", "override", "lowest_rating", "highest_rating", "why")
    table = {key: tuple(cells) for key, *cells in texts(outcome(run).table("ratings"), "key", *columns)}
    assert table["bravo"] == ("B", "A", "targeted", "B", "B", "override targeted: the school is targeted")
    assert table["echo"][:3] == ("", "A", "")
    assert explain(run, "school", ("bravo",), None).sentence == (
        "School bravo is rated B, the best that targeted allows: the school is targeted; its index is 95."
    )


@BACKENDS
def test_cut_scores(tmp_path: Path, backend: str) -> None:
    run = run_in(POLICY, 2023, data(scored(*range(81, 61, -1))), tmp_path, backend)
    columns = ("entity", "scale", "rating", "cut_score", "source", "share", "rows", "rows_to", "why", "cite")
    assert texts(outcome(run).table("cut_scores"), *columns)[:2] == [
        ("school", "all", "A", "80", "computed", "0.1", "20", "2", "", "law 1"),
        ("school", "all", "B", "76", "computed", "0.2", "20", "6", "", "law 1"),
    ]
    ratings = texts(outcome(run).table("ratings"), "rating", "points_to_next", "next_rating")
    assert ratings[2] == ("B", "1", "A")
    old = record("2025-26", A="80", B="75", C="68", D="58")
    rows = data(scored(79), old, rated("2025-26", A=1, C=1))
    kept = ("rating", "cut_score", "source", "on_record", "rows", "rated_before", "reached_before")
    run = run_in(with_raise(), 2026, rows, tmp_path, backend)
    assert texts(outcome(run).table("cut_scores"), *kept)[0] == ("A", "84", "raised", "80", "", "2", "1")
    assert texts(outcome(run).table("ratings"), "rating", "points_to_next", "next_rating") == [("B", "5", "A")]


def test_what_a_cut_score_is_missing_for(tmp_path: Path) -> None:
    run = run_in(POLICY, 2026, data(scored(90)), tmp_path, "reference")
    why = "prior_cut_score has no A for school of an earlier year that counts"
    assert texts(outcome(run).table("cut_scores"), "why")[0] == (why,)
    assert texts(outcome(run).table("ratings"), "status", "why") == [("pending", f"not known: {why}")]
    assert texts(outcome(run).table("held"), "rule", "reason") == [("accountability.ratings", why)]
    rows = data(scored(90), record("2025-26", A="80", B="75", C="60", D="50"))
    run = run_in(with_raise(), 2026, rows, tmp_path, "reference")
    assert texts(outcome(run).table("cut_scores"), "why")[0] == (
        "prior_rating has no rating for school of the year before",
    )
    run = run_in(
        POLICY, 2023, data([*scored(90), {"school_id": "y", "district": "d", "span": "high"}]), tmp_path, "reference"
    )
    assert texts(outcome(run).table("cut_scores"), "why")[0] == (
        "an index is not known, so shares of all are not known",
    )
    run = run_in(POLICY, 2023, data(scored(90)), tmp_path, "reference")
    assert texts(outcome(run).table("cut_scores"), "why")[0] == ("no school is within the share of A",)


def test_lines_of_which_nothing_is_left(tmp_path: Path) -> None:
    schools = [{"school_id": name, "district": "d", "last_year": last} for name, last in (("new", ""), ("up", "70"))]
    facts = [row for name in ("new", "up") for row in students(name, diplomas(9, 1))]
    run = ran(
        DASHBOARD, {"district": [{"district_id": "d"}], "school": schools, "student": facts}, tmp_path, "reference"
    )
    why = "the lines of ratings look at what does not apply"
    assert texts(outcome(run).table("ratings"), "status", "rating", "why")[0] == ("not_rated", "not_rated", why)
    assert explain(run, "school", ("new",), None).sentence == f"School new is not rated: {why}."
    assert "red: otherwise, which is not reached: of a line above nothing is left" in notes(run, "new")
