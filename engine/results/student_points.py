"""Points of each student: what they are, which line gave them, what was added and whether the cap cut them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any

from ..plan.plan import Column
from ..syntax.choice_tables import Points, PointsLine
from ..syntax.expr import Expr
from ..syntax.print import print_expr
from ..types.check_parameters import literal_value
from ..types.lower.points import ADDED, LINE
from .claims import key_texts
from .decode import keys_of, labels_of
from .line import column_named
from .rated import Ends, exact
from .run import Run
from .table import Cell, ResultTable, table

COLUMNS = "entity key name points title value:number lowest:number highest:number line additions cap_applied:truth cite"
Tail = tuple[Cell, ...]


def student_points_table(run: Run, points: Sequence[Points]) -> ResultTable:
    """`student_points`: row × points. `line` is the line that won, blank where that is not known for certain or its
    points are worked out; `additions` those that were added. It is about persons: for internal use.
    """
    rows: list[tuple[Cell, ...]] = []
    for item in points:
        if item.entity.text in run.columns:
            rows += _rows(run, item)
    return ResultTable("student_points", table("student_points", COLUMNS, ()).columns, tuple(rows))


def _rows(run: Run, item: Points) -> Iterable[tuple[Cell, ...]]:
    """What stands behind the name is made once for each distinct outcome: there may be very many rows."""
    entity = item.entity.text
    column = column_named(run, entity, item.name)
    assert column is not None
    keys = keys_of(run, entity)
    labels = labels_of(run, entity) if run.plan.entity(entity).label else {}
    names = [labels.get(key, "") for key in keys] if labels else repeat("", len(keys))
    parts = [f"{item.name}__low", f"{item.name}__high", f"{item.name}: {LINE}", f"{item.name}: {ADDED}"]
    cells = [_cells(run, entity, part) for part in parts]
    known: dict[tuple[Any, ...], Tail] = {}
    tails = []
    for outcome in zip(*cells, strict=True):
        tail = known.get(outcome)
        if tail is None:
            tail = known[outcome] = _tail(run, item, column, outcome)
        tails.append(tail)
    frame = zip(key_texts(run, entity, keys), names, tails, strict=True)
    return ((entity, key, name, item.name, item.title, *tail) for key, name, tail in frame)


def _cells(run: Run, entity: str, name: str) -> list[Any]:
    columns = run.columns[entity]
    return columns.column(name).to_pylist() if name in columns.column_names else [None] * len(columns)


def _tail(run: Run, item: Points, column: Column, outcome: tuple[Any, ...]) -> Tail:
    low, high, line, added = outcome
    unit = 10**column.type.scale
    least, most = (None if end is None else Fraction(int(end), unit) for end in (low, high))
    ends: Ends = (least, most)
    lines = won(item, None if line is None else int(line) // _unit(run, item, LINE))
    additions = [one for version in item.versions for one in version.add]
    more = held(additions, None if added is None else int(added) // _unit(run, item, ADDED)) if additions else []
    value, capped = exact(ends), None
    may_cap = any(version.at_most is not None for version in item.versions)
    if may_cap and value is not None and lines is not None and more is not None:
        worth = [_worth(one.points) for one in (*lines, *more)]
        whole = sum((one for one in worth if one is not None), Fraction(0))
        capped = None if None in worth else whole > value
    said = ["" if found is None else "; ".join(map(_text, found)) for found in (lines, more)]
    return value, *ends, *said, capped, item.cite


def _unit(run: Run, item: Points, part: str) -> int:
    column = column_named(run, item.entity.text, f"{item.name}: {part}")
    return 1 if column is None else 10**column.type.scale


def won(item: Points, number: int | None) -> list[PointsLine] | None:
    """The lines that a number of `P: line` stands for; nothing where it is not known. Lines are numbered through all
    versions; what is not above 0 is the last line of a version, for all others.
    """
    lines = [line for version in item.versions for line in version.lines if line.when is not None]
    rest = [[line for line in version.lines if line.when is None] for version in item.versions]
    if number is None:
        return None
    if item.take == "sum":
        return held(lines, number) or (rest[0] if len(rest) == 1 else None)
    return [lines[number - 1]] if number > 0 else rest[-number]


def held(lines: Sequence[PointsLine], which: int | None) -> list[PointsLine] | None:
    """The lines that a sum of powers of two stands for; nothing where it is not known."""
    return None if which is None else [line for at, line in enumerate(lines) if which >> at & 1]


def _worth(points: Expr) -> Fraction | None:
    found = literal_value(points)
    return found if isinstance(found, Fraction) else None


def _text(line: PointsLine) -> str:
    return f"{print_expr(line.points)}: {'otherwise' if line.when is None else print_expr(line.when)}"
