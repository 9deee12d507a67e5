"""The pages of the N and T codes and of the shape of a policy: what they advise against gives the code."""

from __future__ import annotations

import re

import pytest

from engine.text.codes import CODES
from engine.text.pages import page
from tests.errors.front import check_policy_text

ELSEWHERE = {*(f"N08{digit}" for digit in range(10)), "T023"}
"""Codes that need several files, or more lines than a page has: proved by the tests of loading and test_hostile.py."""
WHOLE = [code for code in sorted(CODES) if code[0] in "NT" and code not in ELSEWHERE]
"""Codes whose pages show whole policies."""
SHAPE = [code for code in sorted(CODES) if "Y040" <= code <= "Y064"]
"""Codes whose pages show a part of a policy."""


def examples(code: str) -> list[str]:
    return re.findall(r"^```yaml\n(.+?)^```$", page(code) or "", flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", WHOLE)
def test_page(code: str) -> None:
    avoid, prefer = examples(code)
    assert [told.code for told in check_policy_text(avoid)] == [code]
    assert check_policy_text(prefer) == ()


@pytest.mark.parametrize("code", SHAPE)
def test_page_of_a_part(code: str) -> None:
    avoid, prefer = (f"policy: xx/example\n{part}" for part in examples(code))
    assert code in [told.code for told in check_policy_text(avoid)]
    assert code not in [told.code for told in check_policy_text(prefer)]
