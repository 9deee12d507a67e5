"""From the sections `tables`, `points` and `bands` to rows, lines and cuts."""

from __future__ import annotations

from typing import TypeAlias

from ..text.document import Entry, Node, Scalar
from ..text.source import Span
from ..text.suggest import nearest
from .choice_tables import (
    BandRow,
    Bands,
    BandsVersion,
    DecisionTable,
    Points,
    PointsLine,
    PointsVersion,
    TableRow,
    TableVersion,
)
from .expr import Expr
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
    truth,
    value,
    word,
)
from .slots import words as words_in
from .versions import VersionSlots, parse_versions

_TAKE = "highest"

Inputs: TypeAlias = tuple[tuple[Word, Expr], ...]


def parse_tables(node: Node | None, reading: Reading) -> tuple[DecisionTable, ...]:
    """The decision tables, the cells of each row in the order of the inputs (Y052, Y057 to Y063)."""
    found = []
    for entry in entries(node):
        block = entry.value
        words = slot(block, "gives")
        gives = Word(text=entry.key.text, span=words.span) if words and entries(words) else word(words)
        inputs, across = _inputs(block, reading), word(slot(block, "across"))
        if not gives or not inputs:
            continue

        def version(
            written: Node, said: VersionSlots, inputs: Inputs = inputs, across: Word | None = across
        ) -> TableVersion | None:
            if _rows(written) is None:
                return None
            own = _inputs(written, reading) or inputs
            shared = across if across is not None and across.text in {name.text for name, _ in own} else None
            over = word(slot(written, "across")) or shared
            rows = _table_rows(_rows(written), own, over, reading)
            return TableVersion(**said, inputs=own, rows=rows, across=over.text if over else "")

        found.append(
            DecisionTable(
                **item(entry.key, block, reading),
                versions=parse_versions(entry, version, reading),
                in_force_by=optional_value(slot(block, "in_force_by"), reading),
                gives=gives,
                words=tuple(name.text for name in words_in(slot(words, "values"), reading)),
                ordered=truth(slot(words, "ordered")) or False,
            )
        )
    return tuple(table for table in found if table.versions)


def _inputs(block: Node | None, reading: Reading) -> Inputs:
    return tuple(
        (Word(text=given.key.text, span=given.key.span), value(given.value, reading))
        for given in entries(slot(block, "inputs"))
    )


def _rows(written: Node) -> Node | None:
    """The table of a version, which may be all that it says."""
    return written if isinstance(written, Scalar) else slot(written, "rows")


def _table_rows(node: Node | None, inputs: Inputs, across: Word | None, reading: Reading) -> tuple[TableRow, ...]:
    written = scalar(node)
    lines_read = read_pipe_table(written, reading.diagnostics) if written else ()
    if not written or not lines_read:
        return ()
    header, *rest = lines_read
    names = tuple(name.text for name, _ in inputs)
    if across is not None and across.text not in names:
        help = "it is one of the inputs"
        reading.diagnostics.report("Y058", across.span, name=across.text, help=help)
        return ()
    down = tuple(name for name in names if across is None or name != across.text)
    count, split = len(header.cells), len(header.cells) - 1 if across is None else len(down)
    beside = header.cells[split:]
    if across is not None:
        header = TextRow(header.cells[:split], header.span)
    columns = _header(header, down, reading, across is None)
    if not rest and all(line.lstrip().startswith("|") for line in written.text.splitlines() if line.strip()):
        help = "write a row below the header"
        reading.diagnostics.report("Y063", header.span, help=help)
    above = [None if across is None else parse_cell(cell, reading.diagnostics) for cell in beside]
    if [row for row in rest if not _has_cells(row, count, reading)]:
        return ()  # what such a row is about is not known, nor which gap it leaves
    rows = []
    for row in rest:
        cells = [parse_cell(cell, reading.diagnostics) for cell in row.cells[:split]]
        for result, top in zip(row.cells[split:], above, strict=True):
            gives = None if result.text == "not known" else parse_result(result, reading.diagnostics)
            if columns is not None:
                given = {name: cells[at] for name, at in zip(down, columns, strict=True)}
                if across is not None:
                    given[across.text] = top
                span = row.span if across is None else result.span
                rows.append(TableRow(cells=tuple(given[name] for name in names), result=gives, span=span))
    return tuple(rows)


def _header(header: TextRow, inputs: tuple[str, ...], reading: Reading, ends_in_result: bool) -> tuple[int, ...] | None:
    """Where in a row the cell of each input stands; nothing where the header is not right (Y058 to Y060)."""
    places: dict[str, int] = {}
    fine = True
    named = [*header.cells[:-1]] if ends_in_result else [*header.cells]
    if ends_in_result and header.cells[-1].text in inputs:
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
    """The bands with their cuts in the order written (Y052, Y057, Y061 to Y063)."""
    found = []
    for entry in entries(node):
        block = entry.value
        of, gives = word(slot(block, "of")), word(slot(block, "gives"))
        if not (of and gives):
            continue

        def version(written: Node, said: VersionSlots) -> BandsVersion | None:
            rows = scalar(_rows(written))
            return BandsVersion(**said, rows=_cuts(rows, reading)) if rows else None

        found.append(
            Bands(
                **item(entry.key, block, reading),
                versions=parse_versions(entry, version, reading),
                in_force_by=optional_value(slot(block, "in_force_by"), reading),
                of=of,
                gives=gives,
            )
        )
    return tuple(bands for bands in found if bands.versions)


def _cuts(written: Scalar, reading: Reading) -> tuple[BandRow, ...]:
    return tuple(
        BandRow(
            cut=parse_cut(row.cells[0], reading.diagnostics),
            gives=parse_result(row.cells[1], reading.diagnostics),
            span=row.span,
        )
        for row in read_pipe_table(written, reading.diagnostics)
        if _has_cells(row, 2, reading)
    )


def parse_points(node: Node | None, reading: Reading) -> tuple[Points, ...]:
    """The points with their lines in the order written (Y052, Y056)."""
    found = []
    for entry in entries(node):
        block = entry.value
        entity = word(slot(block, "of"))
        if entity is None:
            continue

        def version(written: Node, said: VersionSlots) -> PointsVersion | None:
            choices = lines(slot(written, "lines"))
            check_otherwise(choices, reading)
            return PointsVersion(
                **said,
                lines=tuple(_line(choice, reading) for choice in choices),
                add=tuple(_addition(choice, reading) for choice in lines(slot(written, "add"))),
                at_most=optional_value(slot(written, "at_most"), reading),
            )

        found.append(
            Points(
                **item(entry.key, block, reading),
                versions=parse_versions(entry, version, reading),
                in_force_by=optional_value(slot(block, "in_force_by"), reading),
                entity=entity,
                take=text(slot(block, "take")) or _TAKE,
            )
        )
    return tuple(points for points in found if points.versions)


def _line(entry: Entry, reading: Reading) -> PointsLine:
    when = test_or_otherwise(entry.value, reading)
    return PointsLine(points=value(entry.key, reading), when=when, span=entry.key.span.to(entry.value.span))


def _addition(entry: Entry, reading: Reading) -> PointsLine:
    # `otherwise` means nothing here: additions do not stop at the first
    span = entry.key.span.to(entry.value.span)
    return PointsLine(points=value(entry.key, reading), when=test(entry.value, reading), span=span)
