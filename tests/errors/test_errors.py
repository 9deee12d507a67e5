"""Small files that each make one mistake, with the code that must be said of the line.

In `*.yaml` beside this file the chunks between lines `---` are files. `# error: Y013` at the end of a line expects
the code on that line, `# error +1: Y013` on a line of its own expects it so many lines below. Several codes are
joined by commas. A chunk without such a comment must be in order.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.errors.front import check_text

_EXPECTED = re.compile(r"# error(?: \+(\d+))?: ([A-Z]\d{3}(?:, [A-Z]\d{3})*)")


def _chunks() -> list[object]:
    found: list[object] = []
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        start = 1
        for chunk in re.split(r"^---\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            found.append(pytest.param(chunk, id=f"{file.stem}-{start}"))
            start += chunk.count("\n") + 1
    return found


@pytest.mark.parametrize("chunk", _chunks())
def test_chunk(chunk: str) -> None:
    expected = {
        (number + int(found.group(1) or 0), code)
        for number, line in enumerate(chunk.split("\n"), 1)
        for found in _EXPECTED.finditer(line)
        for code in found.group(2).split(", ")
    }
    said = {(told.span.source.position(told.span.start)[0], told.code) for told in check_text(chunk)}
    assert said == expected
