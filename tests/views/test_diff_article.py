"""A change as an article: the sentence, widths, Markdown within its limit, what a public page must not say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine import api
from engine.results.diff.comparison import Comparison
from engine.views.article import Article, Grid, Section, article_markdown, article_text, escaped
from engine.views.article_html import article_html
from engine.views.diff_article import diff_article
from engine.views.diff_edit_words import edit_words
from engine.views.diff_json import diff_json
from tests.house.checkout import ROOT

EXAMPLE = ROOT / "policies" / "example" / "credentials-of-value.yaml"
EDITS = (("2026-07-01: $49,900", "2026-07-01: $52,000"), ("FY2027: $1,250", "FY2027: $1,400"))


@cache
def changed(count: int) -> Comparison:
    """The example with its first edits, on its data."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in EDITS[:count]:
        assert old in text
        text = text.replace(old, new)
    with TemporaryDirectory() as folder:
        other = Path(folder) / "credentials-of-value.yaml"
        other.write_text(text, encoding="utf-8")
        return api.compare(EXAMPLE, other, ROOT / "examples" / "state")


def test_one_edit_is_a_sentence() -> None:
    """The three credentials wait for an endorsement that the higher floor makes count; the money of 31,250 is divided
    anew: 26,675 less what pending claims keep, as in the table of allocation.
    """
    assert diff_article(changed(1)).lead == (
        "From 2026-07-01 this raises the wage floor from $49,900 to $52,000: 1 of 23 credentials changes its tier, 3 "
        "become undetermined; districts together gain $88.86 on top of $13,537.71 (1 gains; proration factor 0.8219 → "
        "0.8441); 4 more results are undetermined."
    )


def test_no_edit_says_so() -> None:
    one = changed(0)
    assert diff_article(one).lead == "The two policies say the same: no result changes."
    assert diff_article(one).loud == ()
    assert one.outcome is not None and one.outcome.is_empty


def test_parts_of_the_edits_sum_to_the_change() -> None:
    one = changed(2)
    assert one.causes is not None and one.outcome is not None and one.outcome.paid is not None
    assert sum(part.part for part in one.causes.of("paid")) == one.outcome.paid.after - one.outcome.paid.before
    (section,) = (each for each in diff_article(one).sections if each.title == "Which edit does it")
    assert [row[0] for row in section.grids[0].rows] == ["premier_amount", "wage_floor", "together"]


def test_without_data_it_says_so_loudly() -> None:
    found = article_markdown(diff_article(Comparison(changed(1).edits)))
    assert "> **Only the text was compared: no data is given" in found


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_a_terminal(width: int) -> None:
    assert [line for line in article_text(diff_article(changed(2)), width).splitlines() if len(line) > width] == []


def test_a_public_page_masks_small_groups() -> None:
    """15 students have a paid claim: of each smaller group, fewer than ten or all but fewer than ten are in it."""
    shown, public = (article_markdown(diff_article(changed(2), public)) for public in (False, True))
    assert "| credentials | special education | 2 |" in shown
    assert "| credentials | special education | – | – | – | – |" in public
    assert "| credentials | all students | 15 |" in public
    record = json.loads(diff_json(changed(2), public=True))
    assert {row["students"] for row in record["outcome"]["students"] if row["group"] != "all students"} == {"–"}


def test_markdown_stays_within_the_limit_and_says_what_it_leaves_out() -> None:
    article = diff_article(changed(2))
    whole = article_markdown(article)
    assert whole.startswith("<!-- specie: What changes in example/credentials-of-value -->\n### What changes: C")
    cut = article_markdown(article, limit=len(whole) - 1, link="https://example.gov/diff.html")
    assert len(cut) < len(whole)
    assert (
        f"Left out here for length: {article.sections[-1].title}.* [The whole page](https://example.gov/diff.html)"
        in cut
    )
    assert len(article_markdown(Article("a", "b" * 300), limit=200)) <= 200


def test_what_users_write_stays_text() -> None:
    assert escaped("<b> @all a_b | #1\n`x`") == "&lt;b&gt; &#64;all a\\_b \\| \\#1 \\`x\\`"
    page = article_html(Article("t", "<script>", sections=(Section("s", grids=(Grid(("h",), (("<i>",),)),)),)))
    assert "<script>" not in page and "<i>" not in page and "&lt;i&gt;" in page


def test_the_page_needs_nothing_but_itself() -> None:
    page = article_html(diff_article(changed(2), public=True))
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert (
        '<html lang="en">' in page
        and "<h1>From 2026-07-01 this raises the premier amount from $1,250 to $1,400 and the wage floor from " in page
    )


def test_a_value_is_told_with_the_one_that_it_succeeds() -> None:
    edits = {edit.path: edit_words(edit) for edit in changed(2).edits.edits}
    assert sorted(edits.values()) == [
        "raises the premier amount from $1,250 to $1,400 as of 2026-07-01",
        "raises the wage floor from $49,900 to $52,000 as of 2026-07-01",
    ]


def test_a_public_page_does_not_undo_what_its_sentence_hides() -> None:
    """Four more results are undetermined, some of them claims of students: neither total stands beside the
    other; results that wait for an endorsement are credentials."""
    shown, public = (diff_article(changed(1), public) for public in (False, True))
    (inside,), (outside,) = (
        [each for each in one.sections if each.title.startswith("Undetermined")] for one in (shown, public)
    )
    assert inside.paragraphs == ("Undetermined results: 46 before, 50 now.",)
    assert outside.paragraphs == ("Undetermined results: not told before, not told now.",)
    assert outside.grids[0].rows == (("credential.tier", "–", "–"), ("endorsement.decision", "4", "7"))
    assert "fewer than ten more results" in public.lead
