from __future__ import annotations

from engine.text.pages import page


def test_page_of_a_code_in_either_case() -> None:
    text = page("Y019")
    assert text is not None and text.startswith("# Y019 text-in-brackets\n")
    assert page("y019") == text


def test_nothing_for_what_is_no_code() -> None:
    assert page("Y999") is None
    assert page("../codes") is None
    assert page("") is None
