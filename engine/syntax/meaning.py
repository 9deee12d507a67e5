"""What a tree of YAML says, whatever its layout: expressions as trees, everything else as text."""

from __future__ import annotations

import re
from collections.abc import Mapping as Kinds
from typing import cast

from ..text.diagnostic import Diagnostics
from ..text.document import Mapping, Node, Scalar, Sequence
from .parse_expr import parse_order, parse_sentence, parse_test, parse_value
from .walk import Node as Tree

_PARSERS = {
    "value": parse_value,
    "test": parse_test,
    "otherwise_or_test": parse_test,
    "order": parse_order,
    "sentence": parse_sentence,
}
"""What a text is → what reads it."""

_HYPHENATED = re.compile(r"\d+(-\d+)+")
"""A date, a school year or another code of digits, in which nothing is subtracted."""


def tree_of(scalar: Scalar, slot: str) -> Tree | None:
    """The expression that a text writes; nothing where it is a word, a code, or nothing that can be read."""
    parser = _PARSERS.get(slot)
    if parser is None or not scalar.text or _HYPHENATED.fullmatch(scalar.text.strip()):
        return None
    diagnostics = Diagnostics()
    found = parser(scalar, diagnostics)
    return None if diagnostics.has_errors else cast("Tree", found)


def meaning_of_text(scalar: Scalar, slot: str) -> str:
    """What a text says; `slot` is what it is, as `slot_kinds` has it."""
    tree = tree_of(scalar, slot)
    return " ".join(scalar.text.split()) if tree is None else repr(tree)


def meaning_of_tree(node: Node, kinds: Kinds[int, str]) -> object:
    """What a tree says: keys in the order of the alphabet, lists in theirs. `kinds` is what `slot_kinds` gives."""
    if isinstance(node, Mapping):
        return {
            entry.key.text: meaning_of_tree(entry.value, kinds)
            for entry in sorted(node.entries, key=lambda entry: entry.key.text)
        }
    if isinstance(node, Sequence):
        return [meaning_of_tree(item, kinds) for item in node.items]
    return meaning_of_text(node, kinds.get(id(node), ""))
