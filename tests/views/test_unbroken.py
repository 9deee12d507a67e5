"""What no line of a table may break is marked, and every text stays escaped."""

from __future__ import annotations

import pytest

from engine.views.article import Article, Grid, Section
from engine.views.article_html import article_html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("2026-27", ["2026-27"]),
        ("from 2026-07-01 on", ["2026-07-01"]),
        ("-$1,250.00 of $3", ["-$1,250.00"]),
        ("$43,900/year", ["$43,900/year"]),
        ("+2", ["+2"]),
        ("2026-278", []),
        ("<b>2026-27</b>", ["2026-27"]),
        ("nothing", []),
    ],
)
def test_what_is_marked(text: str, marked: list[str]) -> None:
    page = article_html(Article("A", "", sections=(Section("S", grids=(Grid(("k", "v"), (("x", text),)),)),)))
    parts = page.split('<span class="whole">')[1:]
    assert [part.split("</span>")[0] for part in parts] == marked
    assert "<b>" not in page
