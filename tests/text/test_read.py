from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.document import Document, Mapping, Node, Scalar, Sequence
from engine.text.read import DEPTH_LIMIT, NODE_LIMIT, SCALAR_LIMIT, read_document
from engine.text.source import Source
from tests.errors.front import check_text

SAMPLE = """\
# first
policy: xx/wages   # named
list: [a, {b: c}]

quoted: "caf\\u00e9 😀"   # after
block: |  # of the block
  one # no comment

# between
folded: >-
  two
  three
"""


def read(text: str, loader: object = None) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics()
    options = {} if loader is None else {"loader": loader}
    return read_document(Source("a.yaml", text), diagnostics, **options), diagnostics.sorted()


def shape(node: Node) -> object:
    """The tree without places, and everything else of it in plain values."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [shape(item) for item in node.items]
    return {entry.key.text: shape(entry.value) for entry in node.entries}


def everything(node: Node) -> object:
    place = (node.span.start, node.span.end, node.in_flow)
    if isinstance(node, Scalar):
        return node.text, node.style, node.offsets, place
    if isinstance(node, Sequence):
        return [everything(item) for item in node.items], place
    return [(everything(entry.key), everything(entry.value)) for entry in node.entries], place


def test_every_scalar_is_text() -> None:
    document, told = read("a: NO\nb: 010\nc: 2026-07-01\nd: 1e3\ne: ~\nf:\ng: [yes, 08]\n")
    assert document is not None and told == ()
    assert shape(document.root) == {
        "a": "NO", "b": "010", "c": "2026-07-01", "d": "1e3", "e": "~", "f": "", "g": ["yes", "08"],
    }  # fmt: skip


def test_comments_are_kept_in_order_with_their_places() -> None:
    text = SAMPLE
    for written in (text, text.replace("\n", "\r\n")):
        document, told = read(written)
        assert document is not None and told == ()
        assert [(comment.text, comment.own_line) for comment in document.comments] == [
            ("# first", True), ("# named", False), ("# after", False), ("# of the block", False), ("# between", True),
        ]  # fmt: skip
        assert all(comment.span.text == comment.text for comment in document.comments)


def test_spans() -> None:
    document, _ = read("a:\n  - b: c   # d\n    e: |\n      f\n\n# g\nh: [i, j]\n")
    assert document is not None and isinstance(document.root, Mapping)
    first, second = document.root.entries
    assert document.root.span.text == "a:\n  - b: c   # d\n    e: |\n      f\n\n# g\nh: [i, j]"
    assert first.key.span.text == "a"
    assert first.value.span.text == "- b: c   # d\n    e: |\n      f"
    assert second.value.span.text == "[i, j]"
    assert second.value.in_flow and not first.value.in_flow


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without its C parser")
def test_both_parsers_give_the_same_tree_and_the_same_complaints() -> None:
    chunks = (Path(__file__).parents[1] / "errors" / "yaml.yaml").read_text(encoding="utf-8").split("---\n")
    for text in [*chunks, SAMPLE, "k: |+\n  é 😀\n\n\nl: >2\n    x\n   y\nm:\n", "- a\n- - b\n  - 'c\n\n    d'\n"]:
        for written in (text, text.replace("\n", "\r\n")):
            (fast, told_fast), (slow, told_slow) = read(written, yaml.CSafeLoader), read(written, yaml.SafeLoader)
            assert [(t.code, t.message, t.span.start, t.span.end) for t in told_fast] == [
                (t.code, t.message, t.span.start, t.span.end) for t in told_slow
            ]
            assert (fast is None) == (slow is None)
            if fast and slow:
                assert everything(fast.root) == everything(slow.root)
                assert [comment.span.start for comment in fast.comments] == [c.span.start for c in slow.comments]


def test_brackets_are_read_as_they_were_meant() -> None:
    document, told = read("a: {within: teacher, cap: $3,500, by: x desc, y, z: {o: f(1, 2), m: 'q'}}\n")
    assert [each.code for each in told] == ["Y019"]
    assert document is not None
    assert shape(document.root) == {
        "a": {"within": "teacher", "cap": "$3,500", "by": "x desc, y", "z": {"o": "f(1, 2)", "m": "q"}}
    }
    assert isinstance(document.root, Mapping)
    inner = document.root.entries[0].value
    assert isinstance(inner, Mapping)
    cap = inner.get("cap")
    assert isinstance(cap, Scalar) and cap.place(1, 6).text == "3,500"


@pytest.mark.parametrize(
    ("text", "place", "found", "help"),
    [
        ("x: {cap: $3,500}", 11, "$3,500", "x:\n  cap: $3,500"),
        ("x: {per: district, amount: $25,000}", 30, "$25,000", "x:\n  per: district\n  amount: $25,000"),
        ("x: {cap: max(5, 20% * count(g))}", 14, "max(5, 20% * count(g))", "x:\n  cap: max(5, 20% * count(g))"),
        ("- [high, $1,071]", 11, "$1,071", "- high\n- $1,071"),
        ("x: {a: 60%}", 7, "60%", "x:\n  a: 60%"),
        ("x: {when: t in {p, q}}", 15, "t in {p, q}", "x:\n  when: t in {p, q}"),
        ("x: {a: {b: $1,000, c: d}}", 13, "$1,000", "x:\n  a:\n    b: $1,000\n    c: d"),
        ("x: {m: 'at: least'}", 7, "'at: least'", "x:\n  m: 'at: least'"),
    ],
)
def test_the_comma_is_shown_and_the_block_form_given(text: str, place: int, found: str, help: str) -> None:
    (told,) = check_text(text)
    assert told.code == "Y019"
    assert told.span.start == place
    assert told.message.endswith(f"not `{found}`")
    assert told.help == (f"write it in block form:\n{help}",)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("because: {n} employers endorse it", '`because: "{n} employers endorse it"`'),
        ("because: {n}", '`because: "{n}"`'),
        ("because: wage: x", '`because: "wage: x"`'),
        ('test: "a" = b', "`test: '\"a\" = b'`"),
        ("because: rule #5 holds", '`"rule #5 holds"`'),
        ("when: >= 90", "`when: index >= 90`"),
        ("a: 1\nb:2\n", "`b: 2`"),
    ],
)
def test_the_cure_is_in_the_help(text: str, help: str) -> None:
    (told,) = check_text(text)
    assert help in " ".join(told.help)


def test_a_duplicate_shows_both_places_and_the_first_counts() -> None:
    document, (told,) = read("a: 1\nb: 2\na: 3\n")
    assert document is not None and shape(document.root) == {"a": "1", "b": "2"}
    assert told.code == "Y013"
    assert [label.span.start for label in told.labels] == [10, 0]


def test_a_second_document() -> None:
    document, (told,) = read("a: 1\n---\nb: 2\n")
    assert told.code == "Y009" and told.span.start == 5
    assert document is not None and shape(document.root) == {"a": "1"}
    assert read("---\na: 1\n...\n")[1] == ()


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n", "---\n", "\ufeff"[:0]])
def test_empty_files(text: str) -> None:
    document, told = read(text)
    assert document is None and [each.code for each in told] == ["Y008"]


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a:\n  \tb: 1\n", "a: |\n  b\n\tc\n"])
def test_tabs_in_indentation(text: str) -> None:
    document, told = read(text)
    assert document is None and [each.code for each in told] == ["Y007"]
    assert told[0].span.text[0] == "\t"


def test_tabs_elsewhere_are_nobodys_business() -> None:
    document, told = read("a: b\tc\n\nd: 'e\tf' \t# g\n")
    assert document is not None and told == ()
    assert shape(document.root) == {"a": "b\tc", "d": "e\tf"}


def test_invisible_characters_also_where_no_file_was_loaded() -> None:
    assert [each.code for each in read("a: b\0c\n")[1]] == ["Y006"]
    assert [each.code for each in read("a: \ud800\n")[1]] == ["Y006"]


# -- hostile files ----------------------------------------------------------------------------------------------


def _codes_within(text: str, seconds: float, loader: object = None) -> list[str]:
    began = time.perf_counter()
    _, told = read(text, loader)
    assert time.perf_counter() - began < seconds
    return [each.code for each in told]


def test_anchor_bomb() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "Y010" in _codes_within("\n".join(levels) + "\n", 2)


@pytest.mark.parametrize("loader", [None, yaml.SafeLoader])
@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "[" * 5000 + "]" * 5000, "- " * 5000 + "a"])
def test_nesting(text: str, loader: object) -> None:
    assert _codes_within("a: " * (text[0] != "-") + text, 10, loader) == ["Y016"]


def test_block_nesting() -> None:
    text = "".join(" " * depth + "a:\n" for depth in range(1000))
    assert _codes_within(text, 2) == ["Y016"]
    depth = DEPTH_LIMIT - 1
    assert _codes_within("".join(" " * level + "a:\n" for level in range(depth)), 2) == []


def test_ten_megabytes_in_one_value() -> None:
    assert _codes_within("a: " + "x" * 10_000_000, 2) == ["Y004"]
    assert _codes_within("a: " + "x " * 2_000_000, 5) == ["Y018"]
    assert _codes_within("a: '" + "x" * SCALAR_LIMIT + "'", 5) == []


def test_too_many_values() -> None:
    assert _codes_within("a:\n" + "- x\n" * (NODE_LIMIT + 1), 10) == ["Y017"]


@pytest.mark.parametrize(
    "sign", ["{", "[", '"', "'", ",", ":", "-", "?", "&a ", "*a ", "!a ", "|\n", "#", "%", "a: b: "]
)
def test_signs_repeated_ten_thousand_times(sign: str) -> None:
    _codes_within("a: " + sign * 10_000 + "\n", 5)


def test_a_long_broken_bracket() -> None:
    assert _codes_within("a: {" + "b: $1,000, " * 20_000 + "}", 10) != []
    assert _codes_within("a: {" + "b: (, " * 20_000 + "}", 10) != []
