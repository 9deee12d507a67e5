"""Every diagnostic code has one line, one page and at least one test that provokes it."""

from __future__ import annotations

import ast
import re

import pytest

from engine.text.codes import CODES
from tests.house.checkout import ROOT, inside, name

CATALOG = ROOT / "engine" / "text" / "catalog"
HEADINGS = ["## Avoid", "## Prefer", "## Why"]
FENCE = re.compile(r"^```\w+\n.+?^```$", re.MULTILINE | re.DOTALL)


def test_each_code_and_each_name_is_given_once() -> None:
    # read from the text, because a dictionary would hide the second of two
    files = [ROOT / "engine" / "text" / file for file in ("codes.py", "scenario_codes.py")]
    calls = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Code"
    ]
    for place in (0, 1):
        given = [argument.value for call in calls if isinstance(argument := call.args[place], ast.Constant)]
        assert len(given) == len(CODES) == len(set(given))


@pytest.mark.parametrize("code", sorted(CODES))
def test_line(code: str) -> None:
    entry = CODES[code]
    assert re.fullmatch(r"[YSNTLDXF][0-9]{3}", code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)
    assert not entry.message.endswith("."), "a message is a sentence without its full stop"
    assert not entry.message[0].isupper() or entry.message.startswith("YAML"), "a message begins lower case"


@pytest.mark.parametrize("code", sorted(CODES))
def test_page(code: str) -> None:
    page = CATALOG / f"{code}.md"
    assert page.exists(), f"{name(page)} is not there"
    text = page.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == f"# {code} {CODES[code].name}"
    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    opening, avoid, prefer, why = re.split(r"^## .+$", text, flags=re.MULTILINE)
    assert len(opening.splitlines()[1:]) > 1, "a sentence stands between the title and `## Avoid`"
    assert FENCE.search(avoid), "`## Avoid` shows an example"
    assert FENCE.search(prefer), "`## Prefer` shows an example"
    assert why.strip()


def test_no_page_without_a_code() -> None:
    assert {page.stem for page in CATALOG.glob("*.md")} <= set(CODES)


def test_every_code_is_provoked_by_a_test() -> None:
    # these tests of the house and the golden files do not count: they only look on
    passive = (ROOT / "tests" / "house", ROOT / "tests" / "golden")
    spoken_of: set[str] = set()
    for path in inside("tests", ".py", ".yaml", ".yml", ".md", ".txt", ".json"):
        if not any(path.is_relative_to(folder) for folder in passive):
            spoken_of |= set(re.findall(r"\b[A-Z][0-9]{3}\b", path.read_text(encoding="utf-8")))
    assert sorted(set(CODES) - spoken_of) == []
