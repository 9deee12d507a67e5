"""What the README and its neighbours promise is there."""

from __future__ import annotations

import re

import pytest

from tests.house.checkout import ROOT

PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")


def targets() -> set[str]:
    """The targets of the Makefile."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, flags=re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_make_commands_are_targets(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, flags=re.MULTILINE))
    assert named <= targets()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_readme_opens_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    title, paragraph, commands = text.split("\n\n")[:3]
    assert title.startswith("# ")
    assert not paragraph.startswith(("#", "`"))
    assert re.findall(r"^make \w+", commands, flags=re.MULTILINE) == ["make demo", "make test"]


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = set(re.findall(r'@echo "make ([a-z-]+)', text))
    assert listed == targets() - {"help"}
