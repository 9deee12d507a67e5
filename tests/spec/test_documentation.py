"""The examples of `docs/language.md` are YAML that the engine reads, and their expressions are expressions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.syntax.parse_expr import parse_sentence
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.document import Document, Mapping, Scalar
from engine.text.read import read_document
from engine.text.source import Source

PAGE = Path(__file__).resolve().parents[2] / "docs" / "language.md"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
HEAD = "policy: xx/example\ntitle: An example\njurisdiction: US-XX\n"
FRAGMENTS = {"teacher_cap", "because"}
"""Parts of a section that the page shows without it."""


def read(text: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics()
    document = read_document(Source("language.md", text), diagnostics)
    return document, diagnostics.sorted()


def keys(document: Document) -> set[str]:
    assert isinstance(document.root, Mapping)
    return {entry.key.text for entry in document.root.entries}


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 13


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0] for block in BLOCKS])
def test_an_example_is_strict_yaml(block: str) -> None:
    document, said = read(block)
    assert document is not None and said == ()


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0] for block in BLOCKS])
def test_an_example_parses(block: str) -> None:
    document, _ = read(block)
    assert document is not None
    if keys(document) <= FRAGMENTS:
        return
    whole, _ = read(block if "policy" in keys(document) else HEAD + block)
    assert whole is not None
    diagnostics = Diagnostics()
    assert parse_policy(whole, diagnostics) is not None
    assert diagnostics.sorted() == ()


def test_the_sentence_shown_alone_parses() -> None:
    (block,) = (block for block in BLOCKS if block.startswith("because:"))
    document, _ = read(block)
    assert document is not None and isinstance(document.root, Mapping)
    sentence = document.root.get("because")
    assert isinstance(sentence, Scalar)
    diagnostics = Diagnostics()
    assert len(parse_sentence(sentence, diagnostics).parts) == 4
    assert diagnostics.sorted() == ()
