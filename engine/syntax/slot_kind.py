"""What each text of a file is, as its schema declares it: a value, a test, an order, a sentence, a table, or a text."""

from __future__ import annotations

from ..text.document import Mapping, Node, Scalar
from .shape import Schema, fits_kind, holds, schema

KINDS = ("value", "test", "otherwise_or_test", "order", "sentence", "pipe_table")
"""The definitions of a schema that say how a text is read."""


def slot_kinds(root: Node, name: str) -> dict[int, str]:
    """By the identity of a scalar, which of `KINDS` it is, where the schema called `name` says so."""
    found: dict[int, str] = {}
    whole = schema(name)
    _visit(root, whole, whole, found)
    return found


def _visit(node: Node, part: Schema, whole: Schema, found: dict[int, str]) -> None:
    part, kind = _resolved(part, whole)
    for branch in part.get("anyOf", ()):
        inner, inner_kind = _resolved(branch, whole)
        if fits_kind(node, inner):
            part, kind = inner, inner_kind or kind
            break
    if isinstance(node, Scalar):
        if kind:
            found[id(node)] = kind
    elif isinstance(node, Mapping):
        _visit_mapping(node, part, whole, found)
    else:
        for item in node.items:
            _visit(item, part.get("items", {}), whole, found)


def _visit_mapping(node: Mapping, part: Schema, whole: Schema, found: dict[int, str]) -> None:
    known, others = part.get("properties", {}), part.get("additionalProperties", True)
    for entry in node.entries:
        below = known.get(entry.key.text, others)
        if isinstance(below, dict):
            _visit(entry.value, below, whole, found)
    if "if" in part:
        _visit_mapping(node, part.get("then" if holds(node, part["if"]) else "else", {}), whole, found)


def _resolved(part: Schema, whole: Schema) -> tuple[Schema, str]:
    kind = ""
    while "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        kind = name if name in KINDS else kind
        part = {**whole["$defs"][name], **{key: value for key, value in part.items() if key != "$ref"}}
    return part, kind
