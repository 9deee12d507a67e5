"""The examples of the catalog's pages do what the pages say."""

from __future__ import annotations

import re

import pytest

from engine.text.codes import CODES
from engine.text.pages import page
from tests.errors.front import check_text

CHECKED = [code for code in sorted(CODES) if "Y001" <= code <= "Y031"]
"""The codes that `check_text` can give so far."""
NOT_IN_A_TEXT = {"Y002", "Y003", "Y004", "Y005", "Y016", "Y017", "Y018"}
"""Codes of a file on disk, or of a size that no page shows."""


def _examples(code: str, heading: str) -> list[str]:
    section = re.split(r"^## ", page(code) or "", flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading + "\n"))
    return re.findall(r"^```yaml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", CHECKED)
def test_avoid_gives_the_code_and_prefer_does_not(code: str) -> None:
    avoid, prefer = _examples(code, "Avoid"), _examples(code, "Prefer")
    assert bool(avoid) == bool(prefer) == (code not in NOT_IN_A_TEXT)
    for text in avoid:
        assert {told.code for told in check_text(text)} == {code}
    for text in prefer:
        assert check_text(text) == ()
