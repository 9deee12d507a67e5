"""The examples on the pages of the data codes: `dataset.yaml` reads as the pages say."""

from __future__ import annotations

import re

import pytest

from engine.execution.read_dataset_file import read_dataset_file
from engine.model.standard import STANDARD
from engine.text.codes import CODES
from engine.text.diagnostic import Diagnostics
from engine.text.pages import page
from engine.text.read import read_document
from engine.text.source import Source

OF_DATASET_YAML = {"D002", "D003", "D004", "D005", "D019", "D057", "D058", "D059"}
"""Codes that need no file beside `dataset.yaml`."""


def told(text: str) -> set[str]:
    diagnostics = Diagnostics()
    document = read_document(Source("dataset.yaml", text), diagnostics)
    assert document is not None
    assert read_dataset_file(document, STANDARD, diagnostics) is not None
    return {one.code for one in diagnostics.sorted()}


@pytest.mark.parametrize("code", sorted(code for code in CODES if code.startswith("D")))
def test_examples(code: str) -> None:
    text = page(code) or ""
    avoid, prefer = re.search(r"^## Avoid$(.*)^## Prefer$(.*)^## Why$", text, re.M | re.S).groups()  # type: ignore[union-attr]
    for part, expected in ((avoid, {code} & OF_DATASET_YAML), (prefer, set())):
        for example in re.findall(r"^```yaml\n(.*?)^```$", part, flags=re.M | re.S):
            assert told(example) == expected
