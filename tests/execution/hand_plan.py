"""Plans and rows written by hand, for tests of the interpreter that need neither parser nor checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from fractions import Fraction

from engine.execution.inputs import Cells, Schedules
from engine.execution.reference import Interpreter
from engine.execution.trace import Trace
from engine.execution.values import Key, Value, missing
from engine.plan.plan import (
    Aggregate,
    Column,
    ColumnId,
    Compute,
    Const,
    Entity,
    Node,
    OrderBy,
    Over,
    Plan,
    Scan,
)
from engine.types.datatypes import DATE, TEXT, TRUTH, Type, number
from engine.types.units import PLAIN

NUMBER = replace(number(PLAIN, 12, 2), nullable=True)
WIDE = replace(number(PLAIN, 6, 12), nullable=True)
BOUNDED = replace(NUMBER, bounded=True)
MAYBE = TRUTH.maybe()
VERDICT = replace(MAYBE, excusable=True)
DAY = DATE.maybe()
YEAR = Type("year", name="school_year", nullable=True)

F = Fraction
BLANK = missing("blank")


@dataclass
class MemoryRows:
    """Rows by entity and key; a column that a row does not have is blank there."""

    tables: Mapping[str, Mapping[Key, Mapping[str, Value]]] = field(default_factory=dict)

    def keys(self, entity: str) -> Sequence[Key]:
        return tuple(self.tables.get(entity, {}))

    def cell(self, entity: str, key: Key, column: str) -> Value:
        value = self.tables[entity][key].get(column)
        return missing("blank", column, entity, key) if value is None or value == BLANK else value

    def source(self, entity: str, key: Key) -> tuple[str, int] | None:
        return None


def const(value: Fraction | int | bool | str | Date | None, type: Type | None = None) -> Const:
    """A literal of the type that its value has."""
    if type is None:
        kinds = {Fraction: NUMBER, int: YEAR, bool: MAYBE, str: TEXT, Date: DATE}
        type = kinds.get(value.__class__, NUMBER)
    return Const(value, type)


def do(op: str, *args: Node, type: Type = MAYBE, options: tuple[str | int, ...] = ()) -> Compute:
    """A scalar operator on nodes."""
    return Compute(op, args, type, options)


def part(column: str, type: Type = NUMBER) -> Scan:
    """A column of the rows `part`."""
    return Scan("part", column, type)


def thing(column: str, type: Type = NUMBER) -> Scan:
    """A column of the rows `thing`."""
    return Scan("thing", column, type)


THING = Entity("thing", (("id", TEXT),))
PART = Entity("part", (("id", TEXT),))

OF_THING = Over("part", match=((part("thing", TEXT.maybe()), thing("id", TEXT)),))
"""The parts of the thing that asks."""

BY_DAY = (OrderBy(part("d", DAY)), OrderBy(part("id", TEXT)))


def interpreter(
    node: Node | Mapping[tuple[str, str], Node],
    thing: Mapping[str, Value] | None = None,
    parts: Sequence[Mapping[str, Value]] = (),
    cells: Cells | None = None,
    schedules: Schedules | None = None,
    entities: Sequence[Entity] = (),
    tables: Mapping[str, Mapping[Key, Mapping[str, Value]]] | None = None,
) -> Interpreter:
    """An interpreter of one column `result` of the thing `t`, or of the columns given; parts are p1, p2, … of `t`."""
    nodes = node if isinstance(node, Mapping) else {("thing", "result"): node}
    rows = MemoryRows(
        {
            "thing": {("t",): thing or {}},
            "part": {(values.get("id", f"p{at}"),): {"thing": "t", **values} for at, values in enumerate(parts, 1)},  # type: ignore[misc]
            **(tables or {}),
        }
    )
    return Interpreter(plan(nodes, entities), rows, cells or {}, schedules or {})


def plan(nodes: Mapping[tuple[str, str], Node], entities: Sequence[Entity] = ()) -> Plan:
    """A plan of columns by entity and name."""
    columns = tuple(Column(ColumnId(*place), node, node.type) for place, node in nodes.items())
    return Plan("test", Date(2026, 7, 1), (THING, PART, *entities), columns, (), ())


def result(node: Node, **world: object) -> Value:
    """What a node gives for the thing `t`."""
    return interpreter(node, **world).value("thing", "result", ("t",))  # type: ignore[arg-type]


def trace(node: Node, **world: object) -> Trace:
    """How it comes about."""
    return interpreter(node, **world).trace("thing", "result", ("t",))  # type: ignore[arg-type]


def over_parts(function: str, value: Node | None = None, type: Type = NUMBER, **more: object) -> Aggregate:
    """An aggregate over the parts of the thing; `where`, `top`, `top_by` and `complete` belong to the rows."""
    rows = {name: more.pop(name) for name in ("where", "top", "top_by", "complete") if name in more}
    return Aggregate(function, replace(OF_THING, **rows), value, type, **more)  # type: ignore[arg-type]


def codes(value: Value) -> set[str]:
    """The codes of the reasons of a missing value; empty for anything else."""
    return {reason.code for reason in getattr(value, "reasons", ())}
