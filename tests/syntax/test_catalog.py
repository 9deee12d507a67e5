"""The pages of the S codes: what they advise against gives the code, what they advise for gives nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from engine.syntax.parse_expr import parse_order, parse_rows, parse_sentence, parse_test, parse_value
from engine.text.codes import CODES
from engine.text.diagnostic import Diagnostics
from engine.text.document import Mapping, Scalar
from engine.text.pages import page
from engine.text.read import read_document
from engine.text.source import Source

PARSERS: dict[str, Callable[[Scalar, Diagnostics], object]] = {
    "test": parse_test,
    "amount": parse_value,
    "because": parse_sentence,
    "rank_by": parse_order,
    "cohort": parse_rows,
}
OF_EXPRESSIONS = [code for code in sorted(CODES) if "S001" <= code <= "S033"]


def said(text: str) -> Iterator[str]:
    diagnostics = Diagnostics()
    document = read_document(Source("page", text), diagnostics)
    assert document is not None and isinstance(document.root, Mapping)
    for entry in document.root.entries:
        assert isinstance(entry.value, Scalar)
        PARSERS[entry.key.text](entry.value, diagnostics)
    return (found.code for found in diagnostics.sorted())


@pytest.mark.parametrize("code", OF_EXPRESSIONS)
def test_page(code: str) -> None:
    text = page(code)
    assert text is not None
    avoid, prefer = re.findall(r"^```yaml\n(.+?)^```$", text, re.MULTILINE | re.DOTALL)
    if code == "S031":  # the page abbreviates what is too long to show
        avoid = "amount: base\n" + "  + base\n" * 10_000
    assert list(said(avoid)) == [code]
    assert list(said(prefer)) == []
