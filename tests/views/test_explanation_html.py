"""Explanations as pages: whole, readable without a script, escaped, and legible by the figures of WCAG 2."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path

import pytest

import engine.views.page as page_module
from engine.results.explain.explain import explain
from engine.results.explain.explanation import Entry, Explanation, Ledger, Note, Place, Rule
from engine.types.datatypes import TRUTH
from engine.views.explanation_html import explanation_html
from tests.results.small import small_run
from tests.views.test_explanation import PAGES

EMPTY = {"meta", "br", "link", "img", "hr", "input"}
STYLE = (Path(page_module.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")


class Read(HTMLParser):
    """A page read strictly: every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (self.open, tag)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def words(text: str) -> str:
    return " ".join(text.split())


def whole(text: str) -> Read:
    """What holds for every page."""
    read = Read(text)
    assert text.startswith("<!DOCTYPE html>") and read.all("html") == [{"lang": "en"}]
    assert len(read.all("h1")) == len(read.all("title")) == len(read.all("main")) == 1
    assert read.all("script") == read.all("link") == read.all("img") == [], "nothing from elsewhere, and no script"
    assert not re.search(r"(?:src|href)=|url\(|@import", text)
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in read.all("meta")
    headings = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1 and all(later - one <= 1 for one, later in pairwise(headings))
    assert all(attrs.get("scope") in ("col", "row") for attrs in read.all("th"))
    assert len(read.all("caption")) == len(read.all("table"))
    assert len(read.all("summary")) == len(read.all("details"))
    return read


@pytest.mark.parametrize(("entity", "key", "name", "page"), PAGES, ids=[page for *_, page in PAGES])
def test_a_page_is_whole(entity: str, key: str, name: str | None, page: str) -> None:
    found = explain(small_run(), entity, tuple(key.split("+")), name)
    read = whole(explanation_html(found))
    said = words(read.text)
    assert words(found.sentence) in said and said.index(words(found.sentence)) < said.index("How it was decided")
    assert f"as of {found.as_of.isoformat()}" in said


def test_what_is_not_met_is_open_and_what_is_met_is_not() -> None:
    text = explanation_html(explain(small_run(), "program", ("P-2",), None))
    shut, opened = re.findall(r"<details><summary>(.*?)</summary>", text, re.DOTALL), re.findall(
        r"<details open><summary>(.*?)</summary>", text, re.DOTALL
    )  # fmt: skip
    assert any("not met" in one for one in opened) and not any("not met" in one for one in shut)


def test_every_text_is_escaped() -> None:
    nasty = "<b onclick='x'>\"&amp;</b>"
    place = Place("credential", nasty, nasty, nasty, 3)
    ledger = Ledger(nasty, (Entry(nasty, Fraction(-5), cite=nasty, source=nasty, notes=(nasty,)),))
    rule = Rule(
        nasty, place, "p", "criterion", False, TRUTH, "not_met", nasty, nasty, nasty, nasty, nasty, items=(Note(nasty),)
    )
    found = Explanation(
        nasty, place, nasty, False, TRUTH, nasty, Date(2026, 7, 1), "2026-27", (rule, ledger), (), nasty
    )
    text = explanation_html(found)
    read = whole(text)
    assert read.all("b") == [] and nasty in read.text and "−$5.00" in read.text
    assert whole(explanation_html(replace(found, items=()))).all("table") == []


def test_a_verdict_is_never_told_by_colour_alone() -> None:
    text = explanation_html(explain(small_run(), "credential", ("HLTH-1",), "good_job"))
    marks = re.findall(r'<span class="mark (\w+)">(.*?)</span>', text)
    assert marks and all(
        said.startswith({"met": ("met", "yes"), "not_met": ("not met", "no"), "undetermined": "undetermined"}[kind])
        for kind, said in marks
    )


def luminance(colour: str) -> Fraction:
    """The relative luminance of a colour by WCAG 2, in 1/10000 (rounded to what a contrast needs)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return Fraction(round((0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]) * 10_000), 10_000)


LIGHT, DARK = (
    dict[str, str](re.findall(r"--([\w-]+): (#[0-9a-f]{6})", ground))
    for ground in re.findall(r":root \{(.+?)\}", STYLE, re.DOTALL)
)
INKS = ("ink", "soft", "met", "not-met", "undetermined")


def contrast(one: str, two: str) -> Fraction:
    """Source: WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + Fraction(5, 100)) / (low + Fraction(5, 100))


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), list(product(INKS, ("paper", "panel"))))
def test_text_stands_out_by_seven_to_one(ink: str, paper: str, ground: dict[str, str]) -> None:
    """Source: WCAG 2.2, 1.4.6 (AAA)."""
    assert contrast(ground[paper], ground[ink]) >= 7


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["line", "focus"])
def test_lines_stand_out_by_three_to_one(mark: str, ground: dict[str, str]) -> None:
    """Source: WCAG 2.2, 1.4.11."""
    assert contrast(ground["paper"], ground[mark]) >= 3


def test_the_style_names_no_other_colour_for_text() -> None:
    assert set(re.findall(r"(?<![\w-])color: ([^;]+);", STYLE)) <= {f"var(--{ink})" for ink in INKS}
