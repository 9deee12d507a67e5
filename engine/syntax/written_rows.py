"""Rows of data as they are written in files of cases and scenarios: a list, or a table between bars."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.diagnostic import Diagnostics
from ..text.document import Node, Scalar, Sequence
from ..text.source import Span
from .cases import GivenRow
from .pipe_table import TextCell, read_named_rows
from .policy import Word
from .slots import entries


def written_rows(node: Node, diagnostics: Diagnostics) -> Iterator[GivenRow]:
    """The rows that a node writes (Y057, Y060, Y061, Y063)."""
    if isinstance(node, Sequence):
        for item in node.items:
            cells = [
                (Word(text=entry.key.text, span=entry.key.span), _cell(entry.value))
                for entry in entries(item)
                if isinstance(entry.value, Scalar)
            ]
            yield GivenRow(tuple(cells), _head(item))
    elif isinstance(node, Scalar) and node.text:
        yield from _table(node, diagnostics)


def _head(item: Node) -> Span:
    """The place of a row: that of its first column."""
    first = next(iter(entries(item)), None)
    return item.span if first is None else first.key.span


def _cell(node: Scalar) -> Word:
    return Word(text=node.text.strip(), span=node.span)


def _table(node: Scalar, diagnostics: Diagnostics) -> Iterator[GivenRow]:
    """The rows of a table between bars, whose first line names the columns."""
    header, rows = read_named_rows(node, diagnostics)
    names = [Word(text=cell.text, span=cell.span) for cell in header]
    for row in rows:
        yield GivenRow(tuple(zip(names, map(_bare, row.cells), strict=True)), row.span)


def _bare(cell: TextCell) -> Word:
    """The text of a cell without the quotes in which a bar may stand."""
    return Word(text=cell.unquoted.text, span=cell.span)
