"""From the sections `tables`, `points` and `bands` to rows, lines and cuts."""

from __future__ import annotations

from ..text.document import Entry, Node
from ..text.source import Span
from ..text.suggest import nearest
from .choice_tables import BandRow, Bands, DecisionTable, Points, PointsLine, TableRow
from .parse_cell import parse_cell, parse_cut, parse_result
from .pipe_table import TextCell, TextRow, read_pipe_table
from .policy import Word
from .slots import (
    Reading,
    check_otherwise,
    entries,
    item,
    lines,
    optional_value,
    scalar,
    slot,
    test,
    test_or_otherwise,
    text,
    value,
    word,
)

_TAKE = "highest"


def parse_tables(node: Node | None, reading: Reading) -> tuple[DecisionTable, ...]:
    """The decision tables, the cells of each row in the order of the inputs (Y057 to Y063)."""
    found = []
    for entry in entries(node):
        block = entry.value
        gives = word(slot(block, "gives"))
        inputs = tuple(
            (Word(text=given.key.text, span=given.key.span), value(given.value, reading))
            for given in entries(slot(block, "inputs"))
        )
        if gives and inputs:
            names = tuple(name.text for name, _ in inputs)
            rows = _table_rows(slot(block, "rows"), names, reading)
            found.append(DecisionTable(**item(entry.key, block, reading), inputs=inputs, gives=gives, rows=rows))
    return tuple(found)


def _table_rows(node: Node | None, inputs: tuple[str, ...], reading: Reading) -> tuple[TableRow, ...]:
    written = scalar(node)
    lines_read = read_pipe_table(written, reading.diagnostics) if written else ()
    if not written or not lines_read:
        return ()
    header, *rest = lines_read
    columns = _header(header, inputs, reading)
    if not rest and all(line.lstrip().startswith("|") for line in written.text.splitlines() if line.strip()):
        help = "write a row below the header"
        reading.diagnostics.report("Y063", header.span, help=help)
    rows = []
    for row in rest:
        if not _has_cells(row, len(header.cells), reading):
            continue
        *given, last = row.cells
        cells = [parse_cell(cell, reading.diagnostics) for cell in given]
        result = None if last.text == "not known" else parse_result(last, reading.diagnostics)
        if columns:
            rows.append(TableRow(cells=tuple(cells[at] for at in columns), result=result, span=row.span))
    return tuple(rows)


def _header(header: TextRow, inputs: tuple[str, ...], reading: Reading) -> tuple[int, ...] | None:
    """Where in a row the cell of each input stands; nothing where the header is not right (Y058 to Y060)."""
    places: dict[str, int] = {}
    fine = True
    *named, result = header.cells
    if result.text in inputs:
        named, fine = [*header.cells], False
        _report_missing(header.span, "the result", reading)
    for at, cell in enumerate(named):
        if cell.text not in inputs:
            fine = False
            _report_unknown(cell, inputs, reading)
        elif cell.text in places:
            fine = False
            reading.diagnostics.report("Y060", cell.span, name=cell.text, help="take one of them out")
        else:
            places[cell.text] = at
    meant = {nearest(cell.text, inputs) for cell in named}
    for name in inputs:
        if name not in places:
            fine = False
            if name not in meant:
                _report_missing(header.span, f"the input `{name}`", reading)
    return tuple(places[name] for name in inputs) if fine else None


def _report_unknown(cell: TextCell, inputs: tuple[str, ...], reading: Reading) -> None:
    near = nearest(cell.text, inputs)
    known = ", ".join(f"`{name}`" for name in inputs)
    help = f"did you mean `{near}`?" if near else f"the inputs are {known}; the last column is the result"
    reading.diagnostics.report("Y058", cell.span, name=cell.text or " ", help=help)


def _report_missing(span: Span, what: str, reading: Reading) -> None:
    help = "the first line names each input, then the result"
    reading.diagnostics.report("Y059", span, what=what, help=help)


def _has_cells(row: TextRow, count: int, reading: Reading) -> bool:
    if len(row.cells) == count:
        return True
    found = f"{len(row.cells)} cell{'s' if len(row.cells) != 1 else ''}"
    help = "cells stand between bars; `-` is any value"
    reading.diagnostics.report("Y061", row.span, found=found, expected=count, help=help)
    return False


def parse_bands(node: Node | None, reading: Reading) -> tuple[Bands, ...]:
    """The bands with their cuts in the order written (Y057, Y061 to Y063)."""
    found = []
    for entry in entries(node):
        block = entry.value
        of, gives, written = word(slot(block, "of")), word(slot(block, "gives")), scalar(slot(block, "rows"))
        if not (of and gives and written):
            continue
        rows = tuple(
            BandRow(
                cut=parse_cut(row.cells[0], reading.diagnostics),
                gives=parse_result(row.cells[1], reading.diagnostics),
                span=row.span,
            )
            for row in read_pipe_table(written, reading.diagnostics)
            if _has_cells(row, 2, reading)
        )
        found.append(Bands(**item(entry.key, block, reading), of=of, gives=gives, rows=rows))
    return tuple(found)


def parse_points(node: Node | None, reading: Reading) -> tuple[Points, ...]:
    """The points with their lines in the order written (Y056)."""
    found = []
    for entry in entries(node):
        block = entry.value
        entity = word(slot(block, "of"))
        if entity is None:
            continue
        choices = lines(slot(block, "lines"))
        check_otherwise(choices, reading)
        found.append(
            Points(
                **item(entry.key, block, reading),
                entity=entity,
                take=text(slot(block, "take")) or _TAKE,
                lines=tuple(_line(choice, reading) for choice in choices),
                add=tuple(_addition(choice, reading) for choice in lines(slot(block, "add"))),
                at_most=optional_value(slot(block, "at_most"), reading),
            )
        )
    return tuple(found)


def _line(entry: Entry, reading: Reading) -> PointsLine:
    when = test_or_otherwise(entry.value, reading)
    return PointsLine(points=value(entry.key, reading), when=when, span=entry.key.span.to(entry.value.span))


def _addition(entry: Entry, reading: Reading) -> PointsLine:
    # `otherwise` means nothing here: additions do not stop at the first
    span = entry.key.span.to(entry.value.span)
    return PointsLine(points=value(entry.key, reading), when=test(entry.value, reading), span=span)
