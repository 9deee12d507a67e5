"""The places of a value's characters, compared with what stands there in the file."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.text.diagnostic import Diagnostics
from engine.text.document import Mapping, Scalar
from engine.text.read import read_document
from engine.text.source import Source

_ESCAPE = re.compile(r"\\(x..|u....|U........|.)", re.DOTALL)


def _value(text: str) -> Scalar:
    """The value of the first key, its places compared character by character with the file."""
    document = read_document(Source("a.yaml", text), Diagnostics())
    assert document is not None
    node = document.root
    while isinstance(node, Mapping):
        node = node.entries[0].value
    assert isinstance(node, Scalar)
    assert len(node.offsets) == len(node.text) + 1
    assert all(a < b for a, b in zip(node.offsets, node.offsets[1:], strict=False))
    assert node.offsets[-1] <= max(node.span.end, node.offsets[0]) or node.text.endswith("\n")
    for char, at in zip(node.text, node.offsets, strict=False):
        there = text[at]
        if node.style == "double" and there == "\\":
            escape = _ESCAPE.match(text, at)
            assert escape is not None
            assert yaml.load(f'"{escape.group()}"', yaml.BaseLoader) == char
        elif char in " \n" and there in "\r\n":
            assert text[at : at + 2] == "\r\n" or there == "\n"
        else:
            assert there == char
    return node


_TEXTS = st.text(alphabet="ab.é名😀 '\"\\\n\t#:-{,|>%\x07\x85", max_size=40)


@settings(deadline=None, max_examples=300)
@given(_TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.booleans(), st.sampled_from([20, 80]))
def test_texts_as_pyyaml_writes_them(text: str, style: str | None, crlf: bool, unicode: bool, width: int) -> None:
    written = yaml.dump({"outer": {"key": text}}, default_style=style, allow_unicode=unicode, width=width)
    assume(not re.search(r"^ *\t", written, re.MULTILINE) and "\x85" not in written)
    if crlf:
        written = written.replace("\n", "\r\n")
    assert _value(written).text == yaml.load(written, yaml.BaseLoader)["outer"]["key"]


_LINES = st.lists(
    st.sampled_from(["", "", "a", "b c", "  deeper", "é 名😀", "x  ", "# no", "- i", " ", "    "]), max_size=7
)


@settings(deadline=None, max_examples=400)
@given(
    _LINES,
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+"]),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "\n", "\nnext: 1\n", "\n# c\nnext: 1\n"]),
)
def test_blocks_by_hand(
    lines: list[str], sign: str, chomp: str, indent: int, explicit: bool, crlf: bool, after: str
) -> None:
    header = f"key: {sign}{indent if explicit else ''}{chomp}  # comment\n"
    written = header + "\n".join(" " * indent + line if line else "" for line in lines) + after
    if crlf:
        written = written.replace("\n", "\r\n")
    try:
        expected = yaml.load(written, yaml.BaseLoader)["key"]
    except yaml.YAMLError:
        assume(False)
    assert _value(written).text == expected


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(["a", "b c", "é 名😀", "it''s", "\\n", "\\x41", "\\", "", "  x", "y  "]), min_size=1, max_size=6
    ),
    st.sampled_from(["", "'", '"']),
    st.booleans(),
)
def test_values_of_several_lines_by_hand(lines: list[str], quote: str, crlf: bool) -> None:
    written = f"key: {quote}" + "\n  ".join(lines) + f"{quote}\nnext: 1\n"
    if crlf:
        written = written.replace("\n", "\r\n")
    try:
        expected = yaml.load(written, yaml.BaseLoader)["key"]
    except yaml.YAMLError:
        assume(False)
    assume(isinstance(expected, str))
    assert _value(written).text == expected


@pytest.mark.parametrize(
    ("written", "word", "line", "column"),
    [
        ("k: one two", "two", 1, 8),
        ("k: one\n  two", "two", 2, 3),
        ("k: 'it''s two'", "two", 1, 11),
        ('k: "caf\\u00e9 \\\n  two"', "two", 2, 3),
        ("k: |2-\n    one\n   two", "two", 3, 4),
        ("k: >\r\n    one\r\n    and two\r\n", "two", 3, 9),
        ("k: 😀 two", "two", 1, 6),
    ],
)
def test_a_word_is_found_in_each_style(written: str, word: str, line: int, column: int) -> None:
    value = _value(written)
    at = value.text.index(word)
    place = value.place(at, at + len(word))
    assert place.text == word
    assert place.source.position(place.start) == (line, column)
