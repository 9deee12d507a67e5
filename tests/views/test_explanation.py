"""Explanations as text: golden pages, and lines that fit."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Margin, Place, Step
from engine.types.datatypes import TRUTH, Type
from engine.types.units import Unit
from engine.views.explanation import render_explanation
from tests.conftest import Golden
from tests.results.small import small_run

PAGES = [
    ("credential", "WELD-1", None, "listed"),
    ("credential", "HLTH-1", "good_job", "undetermined"),
    ("credential", "STAY-1", None, "stays"),
    ("credential", "EX-1", None, "exception"),
    ("program", "P-2", None, "not-eligible"),
    ("program", "P-4", None, "cannot-tell"),
    ("labor_market", "15-1252+US-XX", "in_demand", "statistic"),
]


@pytest.mark.parametrize(("entity", "key", "name", "page"), PAGES, ids=[page for *_, page in PAGES])
def test_page(entity: str, key: str, name: str | None, page: str, golden: Golden) -> None:
    explanation = explain(small_run(), entity, tuple(key.split("+")), name)
    golden(f"explanation/{page}.txt", render_explanation(explanation))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    for entity, key, name, _ in PAGES:
        lines = render_explanation(explain(small_run(), entity, tuple(key.split("+")), name), width).splitlines()
        deep = [line for line in lines if len(line) > width]
        assert not [line for line in deep if len(line) - len(line.lstrip()) < width - 40], deep


def test_wide_terminals_use_their_width() -> None:
    explanation = explain(small_run(), "credential", ("WELD-1",), None)
    assert max(map(len, render_explanation(explanation, 160).splitlines())) > 100


def test_colour_changes_nothing_else() -> None:
    import re

    explanation = explain(small_run(), "credential", ("WELD-1",), None)
    coloured = render_explanation(explanation, color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_explanation(explanation)


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Fraction(1, 100), "1 percentage point to spare"), (Fraction(-1, 100), "1 percentage point too little"),
        (Fraction(11, 1000), "1.1 percentage points to spare"), (Fraction(21, 100), "21 percentage points to spare"),
        (Fraction(0), "exactly at the line"),
    ],
)  # fmt: skip
def test_the_margin_of_a_share_is_counted_in_points(gap: Fraction, said: str) -> None:
    step = Step("rate >= 70%", gap >= 0, TRUTH, margin=Margin(gap, Type("number", Unit("ratio")), True))
    page = Explanation("s", Place("program", "P"), "n", True, TRUTH, "p", Date(2026, 7, 1), "2026-27", (step,))
    assert f"margin   {said}\n" in render_explanation(page)


def test_a_brief_one_leaves_out_what_the_page_around_it_tells() -> None:
    explanation = explain(small_run(), "credential", ("WELD-1",), None)
    long, brief = render_explanation(explanation), render_explanation(explanation, brief=True)
    assert brief.startswith(explanation.sentence[:60]) and len(brief) < len(long) / 2
    for left_out in ("policy xx/credentials · as of", "  path ", "rows of "):
        assert left_out in long and left_out not in brief
