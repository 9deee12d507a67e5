"""A case with a table under `each`: every row of the table fills the names `<name>` of the case and makes one more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace

from ..text.diagnostic import Diagnostics
from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from ..text.source import Span
from ..text.suggest import nearest
from .pipe_table import TextCell, TextRow, read_named_rows
from .slots import entries, scalar, slot

NAMES = "case"
"""The first column of such a table, which names the rows."""

_BLANK = re.compile(r"<([a-z][a-z0-9_]*)>")
_BETWEEN = re.compile(r"([|\n])")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A row of the table: its name, its place, and the block of the case with the cells of the row in it."""

    name: str
    span: Span
    block: Node


def case_rows(entry: Entry, diagnostics: Diagnostics) -> tuple[CaseRow, ...] | None:
    """The rows of a case; nothing where it has no `each`.

    Complaints: tables that cannot be read (Y057, Y060, Y061, Y063), names without a column (Y077), columns that the
    case does not use (Y078), rows of one name (Y079), rows without one (Y067).
    """
    table = scalar(slot(entry.value, "each"))
    if table is None:
        return None
    header, rows = read_named_rows(table, diagnostics)
    if not header:
        return ()
    names = [cell.text for cell in header]
    if names[0] != NAMES:
        help = f"let the first column be `{NAMES}`, with a name for each row, such as `one below`"
        diagnostics.report("Y067", header[0].span, help=help, name=entry.key.text)
        return ()
    kept = tuple(one for one in entries(entry.value) if one.key.text != "each")
    _check_names(kept, header, diagnostics)
    if not rows:
        diagnostics.report("Y063", table.span, help="write a row below the line with the names of the columns")
    return tuple(
        CaseRow(name, row.cells[0].span, _block(entry, kept, dict(zip(names, row.cells, strict=True))))
        for name, row in _named(rows, entry, diagnostics)
    )


def _named(rows: tuple[TextRow, ...], entry: Entry, diagnostics: Diagnostics) -> Iterator[tuple[str, TextRow]]:
    seen: set[str] = set()
    for row in rows:
        cell = row.cells[0].unquoted
        if not cell.text:
            help = f"write a word or two into the column `{NAMES}` that say what the row shows"
            diagnostics.report("Y067", cell.span, help=help, name=entry.key.text)
        elif cell.text in seen:
            diagnostics.report("Y079", cell.span, help="give each row a name of its own", name=cell.text)
        else:
            seen.add(cell.text)
            yield cell.text, row


def _check_names(kept: tuple[Entry, ...], header: tuple[TextCell, ...], diagnostics: Diagnostics) -> None:
    columns = [cell.text for cell in header]
    used = {NAMES}
    for one in kept:
        for text in _texts(one.value):
            for found in _BLANK.finditer(text.text):
                used.add(found[1])
                if found[1] not in columns:
                    near = nearest(found[1], columns)
                    listed = ", ".join(f"`{name}`" for name in columns)
                    help = f"did you mean `<{near}>`?" if near else f"the table has {listed}"
                    diagnostics.report("Y077", text.place(*found.span()), help=help, name=found[1])
    for cell in header:
        if cell.text not in used:
            help = f"write `<{cell.text}>` where its cells belong, or take the column out"
            diagnostics.report("Y078", cell.span, help=help, name=cell.text)


def _texts(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    else:
        for entry in node.entries:
            yield entry.key
            yield from _texts(entry.value)


# -- filling --------------------------------------------------------------------------------------------------------


def _block(entry: Entry, kept: tuple[Entry, ...], cells: Dictionary[str, TextCell]) -> Node:
    filled = tuple(replace(one, value=_filled(one.value, cells)) for one in kept)
    return Mapping(filled, entry.value.span)


def _filled(node: Node, cells: Dictionary[str, TextCell]) -> Node:
    if isinstance(node, Scalar):
        return _text(node, cells)
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_filled(item, cells) for item in node.items))
    return replace(node, entries=tuple(Entry(_text(one.key, cells), _filled(one.value, cells)) for one in node.entries))


def _text(text: Scalar, cells: Dictionary[str, TextCell]) -> Scalar:
    """A text with cells in the place of names. What holds a name (of a table between bars, the cell that does) has its
    place in the table of the case from then on.
    """
    if not any(found[1] in cells for found in _BLANK.finditer(text.text)):
        return text
    table = text.style == "literal"
    made: list[str] = []
    offsets: list[int] = []
    at, place = 0, text.span
    for part in _BETWEEN.split(text.text) if table else [text.text]:
        first = next((cells[found[1]] for found in _BLANK.finditer(part) if found[1] in cells), None)
        if first is None:
            made.append(part)
            offsets += text.offsets[at : at + len(part)]
        else:
            # a cell that goes whole into a table keeps the quotes in which a bar may stand
            whole = table and _BLANK.fullmatch(part.strip()) is not None
            said = _with_cells(part, cells, whole)
            made.append(said)
            offsets += _places(said, first if whole else first.unquoted)
            place = place if table else first.span
        at += len(part)
    offsets.append(text.offsets[-1] if table else place.end)
    return replace(text, text="".join(made), span=place, offsets=tuple(offsets))


def _with_cells(text: str, cells: Dictionary[str, TextCell], whole: bool) -> str:
    """A text with cells in the place of their names, with their quotes where it is nothing but one cell."""

    def said(found: re.Match[str]) -> str:
        cell = cells.get(found[1])
        if cell is None:
            return found[0]
        return cell.text if whole else cell.unquoted.text

    return _BLANK.sub(said, text)


def _places(said: str, cell: TextCell) -> list[int]:
    """Where the characters of a text stand that has a cell in it: in the cell, its last one at the end of that."""
    span, inner = cell.span, said.strip()
    if inner == cell.text:
        before = len(said) - len(said.lstrip())
        spots = [cell.scalar.offsets[cell.start + i] for i in range(len(inner))]
        return [span.start] * before + spots + [span.end - 1] * (len(said) - before - len(inner))
    last = len(said.rstrip()) - 1
    return [span.start if i < last else span.end - 1 for i in range(len(said))]
