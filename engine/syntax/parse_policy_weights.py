"""From weights by configuration, charts and what holds without an indicator to records."""

from __future__ import annotations

import re
from dataclasses import replace

from ..text.document import Entry, Node, Scalar
from .choice_tables import Cell
from .expr import Expr, Text
from .parse_cell import parse_cell, parse_result
from .pipe_table import TextCell, TextRow, read_pipe_table
from .policy import Word
from .slots import Reading, entries, scalar, slot, text, value
from .versions import VersionSlots, parse_versions
from .weight_table import NOT_RATED, MissingIndicator, WeightRow, WeightTable

_ABSENT = ("-", "any")
_CODE = re.compile(r"\w+(?:-\w+)+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_weights(entry: Entry | None, reading: Reading) -> tuple[WeightTable, ...]:
    """The tables of weights by configuration, by their dates; one without `versions` (Y052, Y057, Y059 to Y063)."""
    if entry is None or not entries(entry.value):
        return ()
    shared = _inputs(entry.value, reading)

    def version(written: Node, said: VersionSlots) -> WeightTable | None:
        rows = written if isinstance(written, Scalar) else slot(written, "rows")
        table = _weight_table(rows, _inputs(written, reading) or shared, reading)
        if table is None:
            return None
        return replace(
            table, starts=said["starts"], key=said["key"], standing=said["standing"], cite=said["cite"],
            cite_span=said["cite_span"], note=said["note"],
        )  # fmt: skip

    return parse_versions(entry, version, reading)


def _inputs(node: Node | None, reading: Reading) -> tuple[tuple[Word, Expr], ...]:
    return tuple(
        (Word(text=one.key.text, span=one.key.span), value(one.value, reading)) for one in entries(slot(node, "inputs"))
    )


def _weight_table(node: Node | None, inputs: tuple[tuple[Word, Expr], ...], reading: Reading) -> WeightTable | None:
    """A table whose columns are the inputs and the indicators, in any order (Y057, Y059 to Y063)."""
    written = scalar(node)
    read = read_pipe_table(written, reading.diagnostics) if written else ()
    if written is None or not read:
        return None
    header, *rest = read
    names = [name.text for name, _ in inputs]
    places = _places(header, reading)
    for name in names:
        if name not in places:
            help = "the first line names each input, then each indicator"
            reading.diagnostics.report("Y059", header.span, what=f"the input `{name}`", help=help)
    if not rest:
        reading.diagnostics.report("Y063", header.span, help="write a row below the header")
    given = {name: at for name, at in places.items() if name not in names}
    rows = []
    for row in rest:
        if len(row.cells) != len(header.cells):
            found = f"{len(row.cells)} cell{'s' if len(row.cells) != 1 else ''}"
            help = "cells stand between bars; `-` in the column of an indicator says that it has no part"
            reading.diagnostics.report("Y061", row.span, found=found, expected=len(header.cells), help=help)
        elif all(name in places for name in names):
            cells = tuple(_cell(row.cells[places[name]], reading) for name in names)
            rows.append(WeightRow(cells=cells, weights=_weights_of(row, given, reading), span=row.span))
    indicators = tuple(Word(text=name, span=header.cells[at].span) for name, at in given.items())
    return WeightTable(inputs=inputs, indicators=indicators, rows=tuple(rows), span=written.span)


def _places(header: TextRow, reading: Reading) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(header.cells):
        if cell.text in places:
            reading.diagnostics.report("Y060", cell.span, name=cell.text, help="take one of them out")
        else:
            places[cell.text] = at
    return places


def _cell(cell: TextCell, reading: Reading) -> Cell:
    """An input cell. A range of grades such as `K-6` or `9-12` is a word here, not a subtraction."""
    if _CODE.fullmatch(cell.text) and not _DAY.fullmatch(cell.text):
        return Text(cell.text, span=cell.span)
    return parse_cell(cell, reading.diagnostics)


def _weights_of(row: TextRow, given: dict[str, int], reading: Reading) -> tuple[Expr | None, ...]:
    cells = (row.cells[at] for at in given.values())
    return tuple(None if cell.text in _ABSENT else parse_result(cell, reading.diagnostics) for cell in cells)


def parse_missing(node: Node | None, reading: Reading) -> MissingIndicator:
    """What holds where an indicator is not rated: a word, or a chart and a word (Y059 to Y063)."""
    if not entries(node):
        return MissingIndicator(then=text(node) or NOT_RATED)
    chart = _weight_table(slot(node, "chart"), (), reading)
    return MissingIndicator(then=text(slot(node, "then")) or NOT_RATED, chart=chart)
