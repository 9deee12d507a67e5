"""A table between bars drawn so that its bars stand below each other."""

from __future__ import annotations

from itertools import zip_longest

from .pipe_table import cells_of, is_rule


def drawn_table(text: str) -> tuple[str, ...]:
    """The lines of a table with its columns aligned and its cells as they are; nothing for what is not all a table."""
    read = [cells_of(line) for line in text.split("\n") if line.strip()]
    rows = [row for row in read if row is not None]
    if len(rows) < len(read):
        return ()
    columns = zip_longest(*(row for row in rows if not is_rule(row)), fillvalue="")
    widths = [max(map(len, column)) for column in columns]
    return tuple(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    rule = is_rule(row)
    wide = zip(row, (*widths, *[0] * len(row)), strict=False)
    cells = [_dashes(cell, width) if rule else cell.ljust(width) for cell, width in wide]
    return f"| {' | '.join(cells)} |"


def _dashes(cell: str, width: int) -> str:
    left, right = ":" * cell.startswith(":"), ":" * cell.endswith(":")
    return left + "-" * (max(width, 3) - len(left) - len(right)) + right
