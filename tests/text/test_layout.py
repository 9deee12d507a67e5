"""The layout of YAML, rule by rule: what is written, and what comes of it."""

from __future__ import annotations

import pytest

from engine.text.diagnostic import Diagnostics
from engine.text.layout import as_written, lay_out
from engine.text.read import read_document
from engine.text.source import Source

LONG = "word " * 40 + "end"

ROWS = {
    "two blanks to a level": ("a:\n    b:\n       c: 1\n", "a:\n  b:\n    c: 1\n"),
    "a dash stands two blanks in": ("a:\n- b\n- c: 1\n  d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"),
    "lists in lists": ("a:\n- - b\n  - c\n", "a:\n  - - b\n    - c\n"),
    "the order stays": ("b: 1\na: 2\n", "b: 1\na: 2\n"),
    "blanks after a colon": ("a:    1\n", "a: 1\n"),
    "a value below its key": ("a:\n  one\n  two\n", "a: one two\n"),
    "brackets stay": ("a: [ b,c ,  d ]\nb: {c: 1,  d: e}\n", "a: [b, c, d]\nb: {c: 1, d: e}\n"),
    "brackets on several lines": ("a: [b,\n  c]\n", "a: [b, c]\n"),
    "brackets with comments become a block": (
        "a: [ # first\n  b, # second\n  # third\n  c\n  # last\n  ] # after\nd: 1\n",
        "# first\na:  # after\n  - b  # second\n  # third\n  - c\n  # last\nd: 1\n",
    ),
    "long brackets become a block": (
        f"a: [{', '.join(f'name_{at}' for at in range(20))}]\n",
        "a:\n" + "".join(f"  - name_{at}\n" for at in range(20)),
    ),
    "empty collections": ("a: [ ]\nb: { }\nc:\n", "a: []\nb: {}\nc:\n"),
    "empty lines": ("\n\na: 1\n\n\n\nb:\n\n  c: 1\n\n\n  d: 2\n\n\n", "a: 1\n\nb:\n  c: 1\n\n  d: 2\n"),
    "no blanks at the end": ("a: 1   \nb:   \n  - c  \n", "a: 1\nb:\n  - c\n"),
    "no start of a document": ("---\na: 1\n", "a: 1\n"),
    "ends with a line end": ("a: 1", "a: 1\n"),
    "line ends of Windows": ("a:\r\n    b: 1\r\nc: |\r\n  x\r\n  y\r\n", "a:\r\n  b: 1\r\nc: |\r\n  x\r\n  y\r\n"),
    "a long text is folded": (
        f"a:\n  b: {LONG}\n",
        f"a:\n  b: >-\n    {' '.join(['word'] * 23)}\n    {' '.join(['word'] * 17)} end\n",
    ),
    "a short one is not": ("a: >-\n  one\n  two\n", "a: one two\n"),
    "a text of 120 columns": (f"a: {'x ' * 58}x\n", f"a: {'x ' * 58}x\n"),
    "a word that is longer than a line": (f"a: {'x' * 200}\n", f"a: {'x' * 200}\n"),
    "two blanks in a text are kept": (
        f"a: {'x' * 100}  y {'z' * 30}\n", f"a: >-\n  {'x' * 100}  y\n  {'z' * 30}\n"
    ),
    "a last line end is kept": ("a: |\n  one\nb: >\n  two\n", "a: |\n  one\nb: >\n  two\n"),
    "lines stay lines": ("a: |-\n   one\n     two\n\n   three\n", "a: |-\n  one\n    two\n\n  three\n"),
    "paragraphs stay folded": ("a: >-\n  one\n  two\n\n  three\n", "a: >-\n  one two\n\n  three\n"),
    "paragraphs far apart": ("a: >-\n  one\n\n\n  three\n", "a: >-\n  one\n\n\n  three\n"),
    "quotes that nobody needs": ("a: 'one'\n\"b\": \"it's\"\n", "a: one\nb: it's\n"),
    "quotes that are needed": ("a: 'one: two'\n'b: c': '- d'\n", 'a: "one: two"\n"b: c": "- d"\n'),
    "quotes for the sake of other readers": (
        "a: '09'\n'no': 'yes'\nc: '2026-07-01'\nd: ''\ne: '~'\n",
        'a: "09"\n"no": "yes"\nc: "2026-07-01"\nd: ""\ne: "~"\n',
    ),
    "what has no quotes gets none": ("a: 09\nc: 2026-07-01\nd: yes\n", "a: 09\nc: 2026-07-01\nd: yes\n"),
    "a text with both quotes": ("a: '\"it''s\": so'\n", 'a: >-\n  "it\'s": so\n'),
    "comments above": ("# head\n\n# of a\na: 1\n    # of b\nb: 2\n", "# head\n\n# of a\na: 1\n# of b\nb: 2\n"),
    "comments beside": ("a: 1       # one\nb:    # two\n  - c # three\n", "a: 1  # one\nb:  # two\n  - c  # three\n"),
    "a comment that ends a block": (
        "a:\n    b:\n        c: 1\n        # of c\n    # of b\n# of d\nd: 1\n",
        "a:\n  b:\n    c: 1\n    # of c\n  # of b\n# of d\nd: 1\n",
    ),
    "a comment first in a block": ("a:\n# of b\n  b: 1\n", "a:\n  # of b\n  b: 1\n"),
    "comments at the end": ("a:\n  b: 1\n  # of b\n\n# last\n", "a:\n  b: 1\n  # of b\n\n# last\n"),
    "a comment between a key and its text": ("a: # one\n  # two\n  b # three\n", "# two\n# one\na: b  # three\n"),
    "a comment beside a dash": (
        "a:\n  - # one\n    # two\n    b: 1\n    c: 2\n", "a:\n  # one\n  # two\n  - b: 1\n    c: 2\n"
    ),
    "a comment beside a folded text": ("a: >- # one\n  b\n", "a: b  # one\n"),
    "a comment beside a table": ("a: | # one\n  | b |\n", "a: |  # one\n  | b |\n"),
    "a comment after a block of text": ("a:\n  b: |\n    x\n  # of c\n  c: 1\n", "a:\n  b: |\n    x\n  # of c\n  c: 1\n"),
    "a sign in a text is no comment": ("a: 'b # c'\nd: e#f\n", 'a: "b # c"\nd: e#f\n'),
}  # fmt: skip


def laid_out(text: str) -> str:
    diagnostics = Diagnostics()
    document = read_document(Source("test", text), diagnostics)
    assert document is not None and not diagnostics.has_errors, diagnostics.sorted()
    return lay_out(document, as_written)


@pytest.mark.parametrize("rule", ROWS)
def test_rule(rule: str) -> None:
    written, wanted = ROWS[rule]
    assert laid_out(written) == wanted
    assert laid_out(wanted) == wanted
