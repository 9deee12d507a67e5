"""A table between bars as a block of text holds it: rows of cells, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..text.diagnostic import Diagnostics
from ..text.document import Scalar
from ..text.source import Span


@dataclass(frozen=True, slots=True)
class TextCell:
    """The characters `start` to `end` of a scalar, without the blanks around them."""

    scalar: Scalar
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text of the cell."""
        return self.scalar.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the cell stands in the file; an empty one is shown by the bar that closes it."""
        return self.scalar.place(self.start, max(self.end, self.start + 1))

    @property
    def unquoted(self) -> TextCell:
        """The cell without the quotes in which a bar may stand."""
        found = self.text
        return self.part(1, len(found) - 1) if len(found) >= 2 and found[0] == found[-1] == '"' else self

    def part(self, start: int, end: int) -> TextCell:
        """The characters `start` to `end` of this cell."""
        return TextCell(self.scalar, self.start + start, self.start + end)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: its cells in order, and the place of the line."""

    cells: tuple[TextCell, ...]
    span: Span


def read_pipe_table(scalar: Scalar, diagnostics: Diagnostics) -> tuple[TextRow, ...]:
    """The rows of a table, the header (if it has one) among them; rules such as `| --- | --- |` are left out.

    A line that does not stand between bars is reported (Y057) and left out, a table without lines is Y063.
    """
    found: list[TextRow] = []
    seen = False
    for start, end in _lines(scalar.text):
        seen = True
        span = scalar.place(start, end)
        bars = list(_bars(scalar.text, start, end))
        if len(bars) < 2 or bars[0] != start or bars[-1] != end - 1:
            missing = "one row a line, as in `| high | 300 |`; after `rows:` stands a bar alone, and the rows below it"
            diagnostics.report("Y057", span, help=missing)
            continue
        cells = tuple(_cell(scalar, a + 1, b) for a, b in pairwise(bars))
        if not is_rule(cell.text for cell in cells):
            found.append(TextRow(cells, span))
    if not seen:
        diagnostics.report("Y063", scalar.span, help="write one row a line, as in `| high | 300 |`")
    return tuple(found)


def read_named_rows(scalar: Scalar, diagnostics: Diagnostics) -> tuple[tuple[TextCell, ...], tuple[TextRow, ...]]:
    """The first line of a table, which names the columns, and the rows with a cell for each of them; nothing where
    there is none. A name that stands twice is reported (Y060), and a row of another number of cells (Y061).
    """
    lines = read_pipe_table(scalar, diagnostics)
    if not lines:
        return (), ()
    header, rows = lines[0], lines[1:]
    seen: set[str] = set()
    for name in header.cells:
        if name.text in seen:
            diagnostics.report("Y060", name.span, name=name.text, help="take one of them out")
        seen.add(name.text)
    kept: list[TextRow] = []
    for row in rows:
        if len(row.cells) == len(header.cells):
            kept.append(row)
            continue
        found = f"{len(row.cells)} cell{'' if len(row.cells) == 1 else 's'}"
        help = "each row has a cell for each column of the first line; an empty one is a gap"
        diagnostics.report("Y061", row.span, found=found, expected=str(len(header.cells)), help=help)
    return header.cells, tuple(kept)


def cells_of(line: str) -> tuple[str, ...] | None:
    """The texts of the cells of one line, a rule too; nothing for one that does not stand between bars."""
    line = line.strip()
    bars = list(_bars(line, 0, len(line)))
    if len(bars) < 2 or bars[0] != 0 or bars[-1] != len(line) - 1:
        return None
    return tuple(line[a + 1 : b].strip() for a, b in pairwise(bars))


def is_rule(cells: Iterable[str]) -> bool:
    """Whether the cells are those of a rule such as `| --- | --- |`."""
    return all(len(cell) >= 3 and not cell.strip(":").strip("-") for cell in cells)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line without the blanks around it; empty lines are left out."""
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        if start < end:
            yield start, end
        at += len(line) + 1


def _bars(text: str, start: int, end: int) -> Iterator[int]:
    """Where the bars of a line stand; one within quotes belongs to its text."""
    quoted = False
    for at in range(start, end):
        if text[at] == '"':
            quoted = not quoted
        elif text[at] == "|" and not quoted:
            yield at


def _cell(scalar: Scalar, start: int, end: int) -> TextCell:
    while start < end and scalar.text[start].isspace():
        start += 1
    while end > start and scalar.text[end - 1].isspace():
        end -= 1
    return TextCell(scalar, start, end)
