"""The tree of a YAML file as written: text scalars, mappings and sequences, every character with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .source import Source, Span


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A text. `offsets[i]` is the offset in the file of `text[i]`; one more entry closes the last character.

    `style` is `plain`, `single`, `double`, `literal` or `folded`; `in_flow` is set inside `{…}` and `[…]`.
    """

    text: str
    style: str
    span: Span
    offsets: tuple[int, ...]
    in_flow: bool = False

    def place(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of the text stand in the file."""
        last = self.offsets[max(start, end - 1)] + 1 if end > start else self.offsets[start]
        return Span(self.span.source, self.offsets[start], max(last, self.offsets[start]))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Keys in the order written; duplicates have been reported and only the first is kept."""

    entries: tuple[Entry, ...]
    span: Span
    in_flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value of a key, or nothing."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """Items in the order written."""

    items: tuple[Node, ...]
    span: Span
    in_flow: bool = False


Node: TypeAlias = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Comment:
    """A comment with its `#`; `own_line` says that nothing else stands on its line."""

    text: str
    span: Span
    own_line: bool


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A YAML file: its source, tree and comments in order, and the entries that repeat a key, which the tree lacks."""

    source: Source
    root: Node
    comments: tuple[Comment, ...]
    repeated: tuple[Entry, ...] = ()
