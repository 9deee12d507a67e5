"""The canonical layout of a YAML file: two blanks to a level, block style, comments where they were.

docs/format.md says the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .document import Document, Entry, Mapping, Node, Scalar, Sequence
from .flow import is_plain
from .margins import Child, Margins, Remark, children, margins
from .scalar_layout import WIDTH, Wording, one_line, write_scalar

STEP = 2
"""Blanks to a level."""


def lay_out(document: Document, word: Callable[[Scalar], Wording]) -> str:
    """The text of a document, with `word` saying what of each value is to be written; lines end as they did."""
    written = _Layout(margins(document), word)
    root = document.root
    lines = [one_line(word(root))] if isinstance(root, Scalar) else written.block(root, 0)
    while lines and not lines[0]:
        del lines[0]
    end = "\r\n" if "\r\n" in document.source.text.partition("\n")[0] + "\n" else "\n"
    return "".join(line.rstrip(" ") + end for line in lines)


def as_written(scalar: Scalar) -> Wording:
    """A text as its writer has it."""
    return Wording(scalar.text, quotes=scalar.style in ("single", "double"), folded=scalar.style == "folded")


@dataclass(frozen=True, slots=True)
class _Layout:
    margins: Margins
    word: Callable[[Scalar], Wording]

    def block(self, node: Mapping | Sequence, indent: int) -> list[str]:
        """The lines of a collection in block form."""
        lines: list[str] = []
        for child in children(node):
            remarks = self._above(child)
            self._remarks(remarks, indent, lines)
            if id(child) in self.margins.apart and (lines or remarks):
                lines.append("")
            if isinstance(child, Entry):
                lines += self._child(child, f"{' ' * indent}{_key(child.key)}:", child.value, indent)
            else:
                lines += self._child(child, f"{' ' * indent}-", child, indent)
        self._remarks(self.margins.last.get(id(node), []), indent, lines)
        return lines

    def _above(self, child: Child) -> list[Remark]:
        """The comments above a child, and those beside it for which there is no room there."""
        spare = self.margins.beside.get(id(child), [])[:-1]
        return self.margins.above.get(id(child), []) + [Remark(text, False) for text in spare]

    def _remarks(self, remarks: list[Remark], indent: int, lines: list[str]) -> None:
        for remark in remarks:
            if remark.apart and lines:
                lines.append("")
            lines.append(" " * indent + remark.text)

    def _child(self, child: Child, lead: str, node: Node, indent: int) -> list[str]:
        beside = self.margins.beside.get(id(child), [])
        comment = f"  {beside[-1]}" if beside else ""
        inner = " " * (indent + STEP)
        if isinstance(node, Scalar):
            written = write_scalar(self.word(node), len(lead) + 1, indent + STEP)
            head = f"{lead} {written.beside}" if written.beside else lead
            return [head + comment, *(inner + line if line else "" for line in written.below)]
        if line := self._in_line(node, len(lead) + 1):
            return [f"{lead} {line}{comment}"]
        below = self.block(node, indent + STEP)
        if isinstance(child, Entry):
            return [lead + comment, *below]
        # what stands above the first key of an item stands above its dash
        first = next((at for at, line in enumerate(below) if line and not line.lstrip().startswith("#")), 0)
        hoisted = [line and " " * indent + line.lstrip() for line in below[:first]]
        own = [" " * indent + beside[-1]] if beside else []
        return [*own, *hoisted, f"{lead} {below[first][indent + STEP :]}", *below[first + 1 :]]

    def _in_line(self, node: Mapping | Sequence, column: int) -> str:
        """A collection between brackets, where it was so, has no comments and fits on the line; else nothing."""
        if not children(node):
            return "{}" if isinstance(node, Mapping) else "[]"
        if not node.in_flow or self._has_remarks(node):
            return ""
        line = self._flow(node)
        return line if line and column + len(line) <= WIDTH else ""

    def _has_remarks(self, node: Node) -> bool:
        if isinstance(node, Scalar):
            return False
        around = self.margins
        return id(node) in around.last or any(
            id(child) in around.above
            or id(child) in around.beside
            or self._has_remarks(child.value if isinstance(child, Entry) else child)
            for child in children(node)
        )

    def _flow(self, node: Node) -> str:
        """Names and plain numbers between brackets; nothing for anything else."""
        if isinstance(node, Scalar):
            wording = self.word(node)
            return one_line(wording) if is_plain(wording.text) else ""
        if isinstance(node, Sequence):
            items = [self._flow(item) for item in node.items]
            return f"[{', '.join(items)}]" if all(items) else ""
        if not all(is_plain(entry.key.text) for entry in node.entries):
            return ""
        values = [self._flow(entry.value) for entry in node.entries]
        pairs = [f"{_key(entry.key)}: {value}" for entry, value in zip(node.entries, values, strict=True)]
        return f"{{{', '.join(pairs)}}}" if all(values) else ""


def _key(key: Scalar) -> str:
    return one_line(as_written(key))
