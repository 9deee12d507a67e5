"""The pages in `docs/reference` are those that the declarations make today."""

from __future__ import annotations

import json
import re

import pytest

from engine.commands.app import app
from engine.commands.overview import commands_page
from engine.model.standard import STANDARD
from engine.text.codes import CODES
from engine.types.stdlib import FUNCTIONS
from engine.views.reference import reference_pages
from tests.house.checkout import ROOT

FOLDER = ROOT / "docs" / "reference"
GIVEN = ROOT / "tests" / "golden" / "codes.txt"
"""Every code that was ever given, with its name."""
NAMES = ("policy", "dataset", "cases", "scenario")


def pages() -> dict[str, str]:
    schemas = {
        name: json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")) for name in NAMES
    }
    return {**reference_pages(schemas), "commands.md": commands_page(app)}


PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_declarations_make(name: str, request: pytest.FixtureRequest) -> None:
    file = FOLDER / name
    if request.config.getoption("--update-golden"):
        file.write_bytes(PAGES[name].encode("utf-8"))
    assert file.is_file(), f"docs/reference/{name} is not there; `make golden` writes it"
    assert PAGES[name] == file.read_bytes().decode("utf-8"), f"differs from docs/reference/{name}; `make golden`"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {*PAGES, "README.md"}
    front = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\((.*?)\)", front)) >= set(PAGES)


def test_nothing_declared_is_missing() -> None:
    assert set(re.findall(r"^### (\w+)$", PAGES["functions.md"], re.MULTILINE)) == set(FUNCTIONS)
    assert set(re.findall(r"^### (\w+)$", PAGES["tables.md"], re.MULTILINE)) == set(STANDARD)
    assert set(re.findall(r"\| \[([A-Z]\d{3})\]", PAGES["codes.md"])) == set(CODES)


def test_every_key_of_the_schema_stands_on_its_page() -> None:
    for name in NAMES:
        schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        said = set(re.findall(r"^\| `(?:[^`]*: )?([^`:]+)`", PAGES[f"keys-of-{name}.md"], re.MULTILINE))
        assert keys_in(schema) - said == set()


def keys_in(node: object) -> set[str]:
    """Every key that any block of a schema allows."""
    if isinstance(node, list):
        return {key for one in node for key in keys_in(one)}
    if not isinstance(node, dict):
        return set()
    inside = {key for name, one in node.items() if name != "properties" for key in keys_in(one)}
    blocks = node.get("properties", {})
    return inside | set(blocks) | {key for one in blocks.values() for key in keys_in(one)}


def test_every_link_within_a_page_leads_somewhere() -> None:
    for name, page in PAGES.items():
        headings = {line.lstrip("# ").lower().replace(" ", "-") for line in page.splitlines() if line.startswith("#")}
        assert set(re.findall(r"\]\(#(.*?)\)", page)) <= headings, name


def test_a_code_once_given_is_never_given_again(request: pytest.FixtureRequest) -> None:
    """People name codes in scripts, ignores and annotations. The list only grows: writing it anew adds new codes."""
    given = dict(line.split(" ", 1) for line in GIVEN.read_text(encoding="utf-8").splitlines())
    assert {code: CODES[code].name if code in CODES else "gone" for code in given} == given
    if request.config.getoption("--update-golden"):
        lines = [f"{code} {given.get(code, CODES[code].name)}\n" for code in sorted(CODES)]
        GIVEN.write_bytes("".join(lines).encode("utf-8"))
    else:
        assert set(CODES) == set(given), f"{GIVEN.name} lacks a code; `make golden` adds it"
