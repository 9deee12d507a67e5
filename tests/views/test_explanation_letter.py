"""Letters and comparisons as people get them: plain, whole, and naming no person."""

from __future__ import annotations

import json

import pytest

from engine.results.explain.comparison import compare
from engine.results.explain.explain import explain
from engine.views.explanation_comparison import comparison_html, comparison_json, comparison_text, sentence_of
from engine.views.explanation_letter import letter_html, letter_json, letter_text
from tests.conftest import Golden
from tests.results.funded import funded
from tests.results.graded import graded
from tests.results.small import small_run
from tests.views.test_explanation import PAGES
from tests.views.test_explanation_html import whole, words


@pytest.mark.parametrize(("entity", "key", "name", "page"), PAGES, ids=[page for *_, page in PAGES])
def test_a_letter_has_the_verdict_and_the_same_words_in_each_form(
    entity: str, key: str, name: str | None, page: str
) -> None:
    found = explain(small_run(), entity, tuple(key.split("+")), name)
    text, record = letter_text(found), json.loads(letter_json(found))
    read = whole(letter_html(found))
    for said in (record["about"], record["verdict"], *(point for part in record["parts"] for point in part["points"])):
        assert words(said) in words(text).replace("- ", "- ") and words(said) in words(read.text)
    assert record["verdict"] == found.sentence and all(len(line) <= 80 for line in text.splitlines())
    assert not [word for word in ("Dear", "Mr.", "Ms.", "Sincerely") if word in text]


def test_a_letter(golden: Golden) -> None:
    golden("explanation/letter.txt", letter_text(explain(small_run(), "program", ("P-2",), None)))


def test_a_letter_about_a_rating_has_its_sum() -> None:
    text = letter_text(explain(graded(), "school", ("alpha",), None))
    assert "How the index is made up\n" in text and text.count("63.8\n") == 1


def test_a_letter_names_no_person() -> None:
    """The claim of one student's attainment: the letter speaks of this attainment, and of no other row of a person."""
    found = explain(funded("prorated"), "attainment", ("a2",), None)
    for text in (letter_text(found), letter_html(found), letter_json(found)):
        assert "this attainment" in text.lower() and "a2" not in text and "a9" not in text
        assert "$100" in text, "what it says of the case stays"


def test_a_comparison(golden: Golden) -> None:
    one, other = (explain(small_run(), "credential", (key,), None) for key in ("WELD-1", "STAY-1"))
    golden("explanation/comparison.txt", comparison_text(compare(one, other)))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_comparison_in_each_form(width: int) -> None:
    one, other = (explain(small_run(), "credential", (key,), None) for key in ("WELD-1", "HLTH-1"))
    found = compare(one, other)
    text, record = comparison_text(found, width), json.loads(comparison_json(found))
    assert all(len(line) <= width for line in text.splitlines()) and words(sentence_of(found)) in words(text)
    read = whole(comparison_html(found))
    assert words(sentence_of(found)) in words(read.text) and "What differs" in read.text
    assert record["differing"] == found.differing and len(record["pairs"]) == len(found.pairs)
    assert record["sentence"] == sentence_of(found)
    assert record["deciding"][-1]["text"] in record["sentence"]
    assert [record[which]["row"]["key"] for which in ("one", "other")] == ["WELD-1", "HLTH-1"]
