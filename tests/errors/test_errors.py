"""Small files that each make one mistake, with the code that must be said of the line.

In `*.yaml` beside this file the chunks between lines `---` are files. `# error: Y013` at the end of a line expects
the code on that line, `# error +1: Y013` on a line of its own expects it so many lines below. Several codes are
joined by commas. A chunk without such a comment must be in order. Nothing else may be said, and nothing twice.

Chunks of `yaml.yaml` are read as YAML only; all others are whole policies, and go through the whole front, those of
`lint.yaml` and `lint_people.yaml` through lint too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.text.codes import CODES
from tests.errors.front import check_policy_text, check_text, lint_policy_text

_FOLDER = Path(__file__).parent
_FRONTS = {"yaml": check_text, "lint": lint_policy_text, "lint_people": lint_policy_text}
_EXPECTED = re.compile(r"# error(?: \+(\d+))?: ([A-Z]\d{3}(?:, [A-Z]\d{3})*)")

OF_POLICIES = [
    code for code in sorted(CODES) if code[0] in "NST" or "F002" <= code <= "F999" or "Y040" <= code <= "Y064"
]
TOO_LONG_TO_SHOW = {"S031", "N089", "T023"}
"""Codes that need more text than a chunk should have: proved in test_hostile.py and in the tests of loading."""


def _chunks() -> list[object]:
    found: list[object] = []
    for file in sorted(_FOLDER.glob("*.yaml")):
        start = 1
        for chunk in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            found.append(pytest.param(chunk, file.stem, id=f"{file.stem}-{start}"))
            start += chunk.count("\n") + 1
    return found


@pytest.mark.parametrize(("chunk", "file"), _chunks())
def test_chunk(chunk: str, file: str) -> None:
    expected = [
        (number + int(found.group(1) or 0), code)
        for number, line in enumerate(chunk.split("\n"), 1)
        for found in _EXPECTED.finditer(line)
        for code in found.group(2).split(", ")
    ]
    complaints = _FRONTS.get(file, check_policy_text)(chunk)
    said = [(told.span.source.position(told.span.start)[0], told.code) for told in complaints]
    assert sorted(said) == sorted(expected)


def test_every_code_of_policies_has_a_chunk() -> None:
    files = [file.read_text(encoding="utf-8") for file in _FOLDER.glob("*.yaml") if file.stem != "yaml"]
    shown = {code for text in files for found in _EXPECTED.finditer(text) for code in found.group(2).split(", ")}
    assert sorted(set(OF_POLICIES) - shown - TOO_LONG_TO_SHOW) == []
