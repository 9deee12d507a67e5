"""What leaves a rating open: of how many rows of a cohort which cells are missing, counted by column.

The rows of a cohort are looked at one by one, by the reference interpreter, so that the counts are the same everywhere;
a cohort of very many rows is counted from the columns of its level alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from ..execution.reference import Interpreter, Row
from ..execution.trace import Trace
from ..execution.values import BLANK, BOUND, Key, Missing, Reason, Value, is_known, reasons_of, settled
from ..plan.from_checked import nodes_in
from ..plan.plan import Aggregate, Compute, Lookup, Node, Over, Reference
from ..syntax.accountability import Indicator
from ..types.lower.measure import cohort_entity
from ..types.lower.points import ends_of as points_ends
from .line import column_named
from .rated import Level, called, ends_of

LOOKED_AT = 5_000
"""Rows of a table up to which the rows of a cohort are looked at for the cells that are missing."""

FOLLOWS = (BOUND, "not rated")
"""Reasons that only follow from others."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`count` of the `of` rows of the cohort of an indicator lack `column` of `entity`: they have none, or `code` says
    why. `rows` are the rows of the cohort, such as students; an empty `column` where it is not looked for.
    """

    indicator: str
    rows: str
    cohort: str
    entity: str
    column: str
    code: str
    count: Fraction
    of: str

    @property
    def text(self) -> str:
        """The gap in words: `2 of 13 students have no on_time_diploma`."""
        rows = self.rows.replace("_", " ")
        of = f"{int(self.count):,} of {self.of} {rows}"
        if not self.column:
            return f"{of} {'is' if self.count == 1 else 'are'} undetermined"
        whose = f" of {self.entity.replace('_', ' ')}" if self.entity != self.cohort else ""
        why = f" ({self.code})" if self.code not in ("", BLANK) else ""
        return f"{of} {'has' if self.count == 1 else 'have'} no {self.column}{whose}{why}"

    @property
    def reason(self) -> Reason:
        """The gap as the reason of what is held; it names no row."""
        of = f"{int(self.count):,} of {self.of} {self.rows} of {self.indicator}"
        said = "has none" if self.count == 1 else "have none"
        if not self.column:
            said = "is undetermined" if self.count == 1 else "are undetermined"
        why = f": {self.code}" if self.code not in ("", BLANK) else ""
        return Reason(f"{of} {said}{why}", self.column, self.entity)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is open in one number: cells of its cohort, counted, and cells of the row itself or of no cohort."""

    counted: tuple[Gap, ...] = ()
    own: tuple[Reason, ...] = ()
    rows: Fraction = Fraction(0)


@dataclass(slots=True)
class Looking:
    """An interpreter over a run, with the rows that belong to each row of a level."""

    interpreter: Interpreter
    indexes: dict[tuple[str, tuple[Node, ...]], dict[Key, list[Key]]] = field(default_factory=dict)
    counted: dict[tuple[str, str, str], dict[Key, Gaps]] = field(default_factory=dict)


def gaps_of(level: Level, item: Indicator, key: Key, looking: Looking, group: str = "", always: bool = False) -> Gaps:
    """What leaves an indicator of a row open. The rows of a table of more than `LOOKED_AT` are looked at only with
    `always`.
    """
    run, interpreter = level.run, looking.interpreter
    entity = cohort_entity(item, run.epoch.world)
    if not always and is_large(level, item):
        place = level.name, item.name, group
        if place not in looking.counted:
            looking.counted[place] = _from_columns(level, item, entity, group)
        return looking.counted[place][key]
    value = interpreter.value(level.name, called(item.name, group), key)
    missing: dict[tuple[str, str, str], set[Key]] = {}
    cells: set[Reason] = set()
    for row in _rows(level, item, key, looking, group) if entity else ():
        for reason in _of_row(level, item, entity, row, looking):
            cells.add(reason)
            missing.setdefault((reason.entity, reason.column, reason.code), set()).add(row[0].key)
    known = ends_of(interpreter.value(level.name, called(item.name, group, "n"), key)) if entity else (None, None)
    rows = run.epoch.world.entities[entity].rows_name if entity else ""
    counted = tuple(
        Gap(item.name, rows, entity, of, column, code, Fraction(len(keys)), _between(*known))
        for (of, column, code), keys in sorted(missing.items())
    )
    status = interpreter.value(level.name, called(item.name, group, "included"), key)
    own = {one for one in (*reasons_of(value), *reasons_of(status)) if one not in cells and one.code not in FOLLOWS}
    return Gaps(counted, _own(level, item, own), Fraction(len(set().union(*missing.values()))))


def is_large(level: Level, item: Indicator) -> bool:
    """Whether the rows of the cohort of an indicator come from a table of very many."""
    entity = cohort_entity(item, level.run.epoch.world)
    return bool(entity) and len(level.run.columns[entity]) > LOOKED_AT


def _own(level: Level, item: Indicator, reasons: set[Reason]) -> tuple[Reason, ...]:
    """The reasons that are no row's of the cohort, in order: one for all that the record lacks, none of those that the
    numbers of the indicator only hand on.
    """
    found, unrecorded = [], False
    for one in sorted(reasons, key=_order):
        on_record = is_on_record(level, one)
        handed_on = one.entity == level.name and re.match(rf"{re.escape(item.name)}(, \w+)?: ", one.column)
        if not handed_on and not (on_record and unrecorded):
            found.append(one)
        unrecorded |= on_record
    return tuple(found)


def is_on_record(level: Level, reason: Reason) -> bool:
    """Whether it is a row of earlier years, on record, that is not there."""
    column = column_named(level.run, reason.entity, reason.column) if reason.entity == level.name else None
    return column is not None and isinstance(column.node, Aggregate) and column.node.over.entity == "prior_indicator"


def _order(reason: Reason) -> tuple[str, str, str, str]:
    return reason.entity, str(reason.key), reason.column, reason.code


def _between(low: Fraction | None, high: Fraction | None) -> str:
    if low == high:
        return "some" if low is None else f"{int(low):,}"
    return " to ".join(f"{int(end):,}" for end in (low, high) if end is not None)


def _from_columns(level: Level, item: Indicator, entity: str, group: str) -> dict[Key, Gaps]:
    """What the numbers of a level say: of each row, how many rows of the cohort lie between the least and the most."""
    names = [called(item.name, group, part) for part in ("numerator", "numerator at most", "n")]
    rows = level.run.epoch.world.entities[entity].rows_name
    test = column_named(level.run, entity, f"{item.name}: row numerator")
    reads = sorted(test.reads) if test is not None and item.mean is None else []
    column = reads[0][1] if len(reads) == 1 else ""
    found = {}
    for key, over, most, n in zip(level.keys, *(level.ends(name) for name in names), strict=True):
        found[key] = Gaps((), (Reason(f"some {rows} of {item.name} are undetermined", "", entity),))
        if reads and over[0] is not None and most[1] is not None and most[1] > over[0]:
            gap = Gap(item.name, rows, entity, entity, column, "", most[1] - over[0], _between(*n))
            found[key] = Gaps((gap,), (), gap.count)
    return found


# -- the rows of a cohort -------------------------------------------------------------------------------------------


def _rows(level: Level, item: Indicator, key: Key, looking: Looking, group: str) -> Iterator[tuple[Row, Value]]:
    """The rows of the cohort in the years that are pooled, and those of which that is not known, with the filter."""
    interpreter, asking = looking.interpreter, Row(level.name, key)
    for aggregate in _counts(level, item, key, looking, group):
        over = aggregate.over
        for one in _members(over, asking, looking):
            row = Row(over.entity, one, asking)
            inside = True if over.where is None else settled(interpreter.evaluate(over.where, row))
            if inside is not False:
                yield row, inside


def _counts(level: Level, item: Indicator, key: Key, looking: Looking, group: str) -> Iterator[Aggregate]:
    """The aggregates that the number of rows is added up from, one for each year."""
    parts = ["n"]
    if column_named(level.run, level.name, called(item.name, group, "years")) is not None:
        years = looking.interpreter.value(level.name, called(item.name, group, "years"), key)
        parts = ["n this year"]
        parts += [f"n {back} earlier" for back in range(1, int(years) if isinstance(years, Fraction) else 1)]
    for part in parts:
        column = column_named(level.run, level.name, called(item.name, group, part))
        if column is not None:
            yield from _counting(level, column.node, cohort_entity(item, level.run.epoch.world))


def _counting(level: Level, node: Node, entity: str) -> Iterator[Aggregate]:
    for inside in nodes_in(node):
        if isinstance(inside, Aggregate) and inside.over.entity == entity:
            yield inside
        elif isinstance(inside, Reference) and inside.column.role == "internal":
            found = column_named(level.run, inside.column.entity, inside.column.name)
            if found is not None:
                yield from _counting(level, found.node, entity)


def _members(over: Over, asking: Row, looking: Looking) -> list[Key]:
    """The rows whose match values are those of the row that asks."""
    interpreter = looking.interpreter
    if not over.match:
        return list(interpreter.keys(over.entity))
    place = over.entity, tuple(child for child, _ in over.match)
    if place not in looking.indexes:
        index: dict[Key, list[Key]] = {}
        for key in interpreter.keys(over.entity):
            values = [settled(interpreter.evaluate(child, Row(over.entity, key))) for child in place[1]]
            if all(is_known(value) for value in values):
                index.setdefault(tuple(values), []).append(key)  # type: ignore[arg-type]
        looking.indexes[place] = index
    asked = tuple(settled(interpreter.evaluate(outer, asking)) for _, outer in over.match)
    return looking.indexes[place].get(asked, [])  # type: ignore[arg-type]


# -- what one row lacks ---------------------------------------------------------------------------------------------


def _of_row(level: Level, item: Indicator, entity: str, row: tuple[Row, Value], looking: Looking) -> frozenset[Reason]:
    """The cells for which it is not known whether a row counts, or for how much."""
    one, inside = row
    if isinstance(inside, Missing):
        return inside.reasons
    found: set[Reason] = set()
    for part in ("row numerator", "row denominator", *(f"row {cap.name}" for cap in item.caps)):
        if column_named(level.run, entity, f"{item.name}: {part}") is not None:
            found |= reasons_of(looking.interpreter.value(entity, f"{item.name}: {part}", one.key))
    return frozenset(found) | _of_points(level, item, one, looking)


def _of_points(level: Level, item: Indicator, row: Row, looking: Looking) -> frozenset[Reason]:
    """The cells that leave the points of a row, or of the one that it refers to, between two ends."""
    over = item.mean or item.numerator
    name = getattr(over, "name", "")
    if over is None or not any(points.name == name for points in level.run.checked.policy.points):
        return frozenset()
    place = _points_row(level, item, row, looking, points_ends(name)[0])
    if place is None or is_known(looking.interpreter.value(place.entity, name, place.key)):
        return frozenset()
    trace = looking.interpreter.trace(place.entity, points_ends(name)[0], place.key)
    return frozenset(_overruled(trace))


def _points_row(level: Level, item: Indicator, row: Row, looking: Looking, lowest: str) -> Row | None:
    """The row that has the points: the one itself, or the one to which the value that is added up leads."""
    if column_named(level.run, row.entity, lowest) is not None:
        return row
    parts = ("numerator", "numerator this year")
    columns = [column_named(level.run, level.name, called(item.name, "", part)) for part in parts]
    for aggregate in (one for column in columns if column for one in _counting(level, column.node, row.entity)):
        node, there = aggregate.value, row
        while isinstance(node, Lookup):
            on = [settled(looking.interpreter.evaluate(part, there)) for _, part in node.on]
            if not all(is_known(part) for part in on):
                return None
            there, node = Row(node.entity, tuple(on)), node.value  # type: ignore[arg-type]
        if isinstance(node, Reference):
            return there
    return None


def _overruled(trace: Trace) -> Iterator[Reason]:
    """The reasons of what was missing and for which something else was taken: lines of points that may hold."""
    if isinstance(trace.node, Compute) and trace.node.op == "or_else" and isinstance(trace.children[0].value, Missing):
        yield from trace.children[0].value.reasons
    for child in trace.children:
        yield from _overruled(child)
