"""Mistakes that analysts make: each file of `mistakes/` is a whole policy with one of them.

The head of a file says in a comment what went wrong, and then

    # expect: T001        the code that must be said, once
    # on: LINE            where it must be said, if that is another line than the wrong one
    # wrong: LINE         the guilty line, without its indentation; no other line reads so
    # cure: LINE          what stands there in its place: no line, one, or several, each with its indentation

Nothing else may be said of the file by check and lint, which see no data, and nothing at all once it is cured: so the
mistake is its only fault. The policies are cut short, and their laws are made up: nothing follows from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.text.diagnostic import Diagnostic
from tests.errors.front import lint_policy_text

_FOLDER = Path(__file__).parent / "mistakes"
_FILES = sorted(_FOLDER.glob("*.yaml"))
_MARK = re.compile(r"^# (expect|on|wrong|cure): ?(.*)$")


@dataclass(frozen=True, slots=True)
class _Mistake:
    """A file: its lines, the code that is expected and the number of its line, and the lines of the cured policy."""

    lines: tuple[str, ...]
    code: str
    line: int
    cured: tuple[str, ...]


def _mistake(file: Path) -> _Mistake:
    lines = file.read_text(encoding="utf-8").split("\n")
    marks: dict[str, list[str]] = {"expect": [], "on": [], "wrong": [], "cure": []}
    for line in lines:
        if found := _MARK.match(line):
            marks[found.group(1)].append(found.group(2))
    (code,), (wrong,) = marks["expect"], marks["wrong"]
    (told,) = marks["on"] or [wrong]
    at = _the_line(lines, wrong)
    return _Mistake(tuple(lines), code, _the_line(lines, told) + 1, (*lines[:at], *marks["cure"], *lines[at + 1 :]))


def _the_line(lines: list[str], text: str) -> int:
    """Where the only line of the policy with that text is."""
    (at,) = [number for number, line in enumerate(lines) if line.strip() == text.strip()]
    return at


def _told(lines: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    return lint_policy_text("\n".join(lines))


def _said(lines: tuple[str, ...]) -> list[tuple[int, str]]:
    complaints = _told(lines)
    return [(told.span.source.position(told.span.start)[0], told.code) for told in complaints]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_mistake_is_found_on_its_line_and_nothing_else(file: Path) -> None:
    mistake = _mistake(file)
    assert _said(mistake.lines) == [(mistake.line, mistake.code)]
    assert all(told.help for told in _told(mistake.lines)), "and how to mend it is said"


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_cured_policy_is_in_order(file: Path) -> None:
    assert _said(_mistake(file).cured) == []


def test_there_are_many_mistakes_of_many_kinds() -> None:
    assert len(_FILES) >= 60
    assert len({_mistake(file).code for file in _FILES}) >= 30
