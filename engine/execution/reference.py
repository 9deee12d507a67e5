"""The reference interpreter: the one evaluator that is the specification.

It walks the plan for one row at a time with exact values and knows nothing of digits or SQL; the databases must give
what it gives. `explain` uses it too, to replay a cell.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any, TypeAlias, cast

from ..plan.plan import (
    Aggregate,
    Allocate,
    Cell,
    Compute,
    Const,
    Cross,
    Entity,
    Group,
    InForce,
    Lookup,
    Named,
    Node,
    OrderBy,
    Outer,
    Over,
    Plan,
    Reference,
    Scan,
    Union,
    Window,
)
from ..text.errors import EngineBug
from .inputs import Cells, Rows, Schedules
from .reference_aggregate import Member, aggregate, deciding, in_order
from .reference_allocate import Shared, Shares, shared, shares
from .reference_compute import compute, undecided
from .reference_entities import check_crossing, closed, crossed, grouped, joined
from .reference_window import Candidate, window
from .trace import Seen, Trace
from .values import (
    BEFORE_FIRST_VALUE,
    NO_LIMIT,
    NO_ROW,
    NO_ROWS_REPORTED,
    NOT_APPLICABLE,
    NOT_KNOWN,
    Bound,
    Key,
    Missing,
    Value,
    is_known,
    missing,
    placed,
    settled,
    unite,
)

Notes: TypeAlias = "dict[Key, list[Trace]] | None"
"""Row → what was read of it, while a trace is being written."""

LISTED = 12
"""Rows of an aggregate that a trace shows at most."""

STATE = "state"
"""The entity of the whole jurisdiction: it has one row, whose key is its name."""

_FRAMES = 20_000  # Python counts calls, and a plan may nest 200 deep with some columns below one another


@dataclass(frozen=True, slots=True)
class Row:
    """The row for which a node is evaluated; inside an aggregate `outer` is the row that asks."""

    entity: str
    key: Key
    outer: Row | None = None


class Interpreter:
    """Evaluates a plan over rows, on demand; every stored column is evaluated once per row and remembered."""

    def __init__(self, plan: Plan, rows: Rows, cells: Cells, schedules: Schedules) -> None:
        self._rows, self._cells, self._schedules = rows, cells, schedules
        self._entities = {entity.name: entity for entity in plan.entities}
        self._columns = {(column.id.entity, column.id.name): column for column in plan.columns}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._present: dict[str, frozenset[Key]] = {}
        self._known: dict[tuple[str, str], dict[Key, Value]] = defaultdict(dict)
        self._indexes: dict[tuple[str, tuple[Node, ...]], dict[Key, list[Key]]] = {}
        self._index_of: dict[int, tuple[Over, dict[Key, list[Key]]]] = {}
        self._windows: dict[int, tuple[Window, dict[Key, Value]]] = {}
        self._shares: dict[Shared, Shares | Missing] = {}
        self._log: list[Trace] | None = None  # where a trace is written down, if one is
        self._seen: Seen | None = None
        self._evaluators: dict[type, Callable[[Any, Row], Value]] = {
            Const: self._const,
            Cell: self._cell,
            InForce: self._in_force,
            Scan: lambda node, row: self._scan(_same(node.entity, row), node.column, row.key),
            Reference: lambda node, row: self.value(_same(node.column.entity, row), node.column.name, row.key),
            Compute: self._compute,
            Lookup: self._lookup,
            Outer: self._outer,
            Aggregate: self._aggregate,
            Window: self._window,
            Allocate: self._allocate,
        }
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _FRAMES))

    # -- rows and cells ---------------------------------------------------------------------------------------------

    def keys(self, entity: str) -> tuple[Key, ...]:
        """The keys of every row of an entity, sorted. Raises PolicyError (X005) for a crossing that is too large."""
        if entity not in self._keys:
            with self._unlogged():
                self._keys[entity] = tuple(sorted(self._make_keys(self._entities[entity])))
        return self._keys[entity]

    def value(self, entity: str, name: str, key: Key) -> Value:
        """The value of a stored column, a column of the data or a key column, for one row."""
        known = self._known[(entity, name)]
        if key not in known:
            column = self._columns.get((entity, name))
            if column is None:
                known[key] = self._scan(entity, name, key)
            else:
                with self._unlogged():
                    found = self.evaluate(column.node, Row(entity, key))
                known[key] = placed(found, entity, name, key)
        return known[key]

    def trace(self, entity: str, name: str, key: Key) -> Trace:
        """The value of a stored column for one row once more, with everything that was read on the way."""
        log, self._log = self._log, []
        try:
            self.evaluate(self._columns[(entity, name)].node, Row(entity, key))
            (found,) = self._log
        finally:
            self._log = log
        return replace(found, value=placed(found.value, entity, name, key))

    def evaluate(self, node: Node, row: Row) -> Value:
        """The value of a node for a row, as its type can hold it."""
        log = self._log
        if log is not None:
            self._log = []
        value = self._evaluators[type(node)](node, row)
        if isinstance(value, Bound) and not node.type.bounded:
            value = unite((value,))
        elif value is NOT_APPLICABLE and not node.type.excusable:
            value = settled(value)
        if log is not None:
            children = tuple(self._log or ())
            log.append(Trace(node, row.entity, row.key, value, children, self._seen))
            self._log, self._seen = log, None
        return value

    @contextmanager
    def _unlogged(self) -> Iterator[None]:
        """What is evaluated in here is no part of the trace that is being written."""
        log, self._log = self._log, None
        try:
            yield
        finally:
            self._log = log

    # -- leaves -----------------------------------------------------------------------------------------------------

    def _const(self, node: Const, row: Row) -> Value:
        return missing(node.reason or NOT_KNOWN) if node.value is None else node.value

    def _cell(self, node: Cell, row: Row) -> Value:
        if node.path not in self._cells:
            raise EngineBug(f"the input cell `{node.path}` has not been bound")
        found = self._cells[node.path]
        return self._unset(node.path) if found is None else found

    def _unset(self, path: str) -> Missing:
        """Why a cell is bound to nothing: its parameter has no value yet, or one that sets no limit."""
        as_of, schedule = self._cells.get("as_of"), self._schedules.get(path)
        if schedule is None or not isinstance(as_of, Date):
            return missing(NOT_KNOWN, path)
        return missing(NO_LIMIT if schedule and schedule[0][0] <= as_of else BEFORE_FIRST_VALUE, path)

    def _in_force(self, node: InForce, row: Row) -> Value:
        date = settled(self.evaluate(node.date, row))
        if isinstance(date, Missing):
            return date
        if node.path not in self._schedules:
            raise EngineBug(f"the values by date of `{node.path}` have not been bound")
        schedule = self._schedules[node.path]
        at = bisect_right(schedule, cast("Date", date), key=lambda entry: entry[0])
        if at == 0:
            return missing(BEFORE_FIRST_VALUE, node.path, row.entity, row.key)
        found = schedule[at - 1][1]
        return missing(NO_LIMIT, node.path) if found is None else found

    def _scan(self, entity: str, column: str, key: Key) -> Value:
        for place, (name, _) in enumerate(self._entities[entity].key):
            if name == column:
                return key[place]
        return self._rows.cell(entity, key, column)

    # -- one row ----------------------------------------------------------------------------------------------------

    def _compute(self, node: Compute, row: Row) -> Value:
        if node.op == "if":
            return self._choice(node, row)
        if node.op == "or_else":
            first = settled(self.evaluate(node.args[0], row))
            if not isinstance(first, Missing):
                return first
            second = settled(self.evaluate(node.args[1], row))
            return unite((first, second)) if isinstance(second, Missing) else second
        operands = [self.evaluate(operand, row) for operand in node.args]
        return compute(node.op, tuple(operands), node.options)

    def _choice(self, node: Compute, row: Row) -> Value:
        test, then, otherwise = node.args
        found = settled(self.evaluate(test, row))
        if isinstance(found, Missing):
            return undecided(found, self.evaluate(then, row), self.evaluate(otherwise, row), node.type.quotient)
        return self.evaluate(then if found is True else otherwise, row)

    def _lookup(self, node: Lookup, row: Row) -> Value:
        on = [settled(self.evaluate(part, row)) for _, part in node.on]
        gaps = [part for part in on if not is_known(part)]
        if gaps:
            return unite(gaps)
        key = cast("Key", tuple(on))
        if node.entity not in self._present:
            self._present[node.entity] = frozenset(self.keys(node.entity))
        if key not in self._present[node.entity]:
            return missing(NO_ROW, "", node.entity, key)
        return self.evaluate(node.value, Row(node.entity, key, row.outer))

    def _outer(self, node: Outer, row: Row) -> Value:
        if row.outer is None:
            raise EngineBug(f"no row asks for the rows of `{row.entity}`")
        return self.evaluate(node.value, row.outer)

    # -- many rows --------------------------------------------------------------------------------------------------

    def _matching(self, over: Over, row: Row) -> Sequence[Key]:
        """The rows whose match values equal those of the row that asks; what is missing matches nothing."""
        if not over.match:
            return self.keys(over.entity)
        asked = [settled(self.evaluate(outer, row)) for _, outer in over.match]
        if not all(is_known(part) for part in asked):
            return ()
        return self._index(over).get(cast("Key", tuple(asked)), ())

    def _index(self, over: Over) -> dict[Key, list[Key]]:
        """Match values → the rows that have them; made once for every aggregate that matches on the same nodes."""
        if id(over) in self._index_of:
            return self._index_of[id(over)][1]
        nodes = tuple(child for child, _ in over.match)
        index = self._indexes.get((over.entity, nodes))
        if index is None:
            index = self._indexes[(over.entity, nodes)] = defaultdict(list)
            with self._unlogged():
                for key in self.keys(over.entity):
                    row = Row(over.entity, key)
                    values = [settled(self.evaluate(node, row)) for node in nodes]
                    if all(is_known(part) for part in values):
                        index[cast("Key", tuple(values))].append(key)
        self._index_of[id(over)] = (over, index)
        return index

    def _aggregate(self, node: Aggregate, row: Row) -> Value:
        over, asking = node.over, self._log
        keys = self._matching(over, row)
        if not keys and not over.complete:
            return missing(NO_ROWS_REPORTED)
        level = True if node.level is None else settled(self.evaluate(node.level, row))
        notes: Notes = None if asking is None else defaultdict(list)
        members: list[Member] = []
        for key in keys:
            self._note(notes, key)
            inside = True if over.where is None else settled(self.evaluate(over.where, Row(over.entity, key, row)))
            if inside is not False:
                members.append(Member(key, inside if isinstance(inside, Missing) else None))
        found = self._top(over, members, row, notes) if over.top else members
        if not isinstance(found, Missing):
            found = [self._filled(node, member, row, notes) for member in found]
        self._log = asking
        value = found if isinstance(found, Missing) else aggregate(node, found, level)
        if asking is not None and notes is not None:
            seen = members if isinstance(found, Missing) else found
            shown = deciding(node, seen, value)[:LISTED]
            asking.extend(trace for member in shown for trace in notes[member.key])
            possible = sum(member.doubt is not None for member in members)
            self._seen = Seen(len(members) - possible, len(keys) - len(members), possible, len(members) - len(shown))
        return value

    def _top(self, over: Over, members: Sequence[Member], row: Row, notes: Notes) -> list[Member] | Missing:
        """The first rows in the order, all where there are no more; missing where membership or a place is open."""
        doubts = [member.doubt for member in members if member.doubt is not None]
        if doubts:
            return unite(doubts)
        if len(members) <= over.top:
            return list(members)
        placed: list[Member] = []
        for member in members:
            self._note(notes, member.key)
            child = Row(over.entity, member.key, row)
            placed.append(replace(member, place=self._place(over.top_by, child)))
        ordered = in_order(placed, over.top_by)
        return ordered if isinstance(ordered, Missing) else ordered[: over.top]

    def _filled(self, node: Aggregate, member: Member, row: Row, notes: Notes) -> Member:
        """The member with the values that the aggregate looks at; of a possible row only any and all look at one."""
        if member.doubt is not None and node.function not in ("any", "all"):
            return member
        self._note(notes, member.key)
        child = Row(node.over.entity, member.key, row)
        return replace(
            member,
            value=True if node.value is None else self.evaluate(node.value, child),
            weight=True if node.weight is None else self.evaluate(node.weight, child),
            place=self._place(node.order, child),
        )

    def _note(self, notes: Notes, key: Key) -> None:
        """From here on the trace, if one is written, notes what is read of this row."""
        if notes is not None:
            self._log = notes[key]

    def _place(self, order: Sequence[OrderBy], row: Row) -> tuple[Value, ...]:
        return tuple([settled(self.evaluate(by.value, row)) for by in order])

    def _window(self, node: Window, row: Row) -> Value:
        if id(node) not in self._windows:
            with self._unlogged():
                candidates = [self._candidate(node, Row(row.entity, key)) for key in self.keys(row.entity)]
            self._windows[id(node)] = (node, window(node, candidates))
        if self._log is not None:
            self._candidate(node, row)
        return self._windows[id(node)][1][row.key]

    def _candidate(self, node: Window, row: Row) -> Candidate:
        inside = True if node.where is None else self.evaluate(node.where, row)
        within = tuple([self.evaluate(part, row) for part in node.within])
        value = True if node.value is None else self.evaluate(node.value, row)
        return Candidate(row.key, inside, within, self._place(node.order, row), value)

    def _allocate(self, node: Allocate, row: Row) -> Value:
        of, (state,) = shared(node), self.keys(STATE)
        if of not in self._shares:
            with self._unlogged():
                self._shares[of] = shares(node, self.keys(node.entity), state, self.value)
        if self._log is not None:
            for own in (node.claim, node.low, node.high) if node.part == "payment" else ():
                self.evaluate(own, row)
            self.evaluate(node.pot, Row(STATE, state))
        found = self._shares[of]
        return found if isinstance(found, Missing) else found.part(node.part, row.key)

    def _make_keys(self, entity: Entity) -> Iterable[Key]:
        made = entity.source
        if made is None:
            return self._rows.keys(entity.name) or (((STATE,),) if entity.name == STATE else ())
        if isinstance(made, Group):
            return grouped(
                tuple([self.evaluate(node, Row(made.of, key)) for _, node in made.by]) for key in self.keys(made.of)
            )
        if isinstance(made, Named):
            return tuple((name,) for name in made.names)
        if isinstance(made, Union):
            return joined((of, self.keys(of)) for of in made.of)
        if isinstance(made, Cross):
            parents = [self.keys(of) for of in made.of]
            check_crossing(entity, made.at_most, [len(keys) for keys in parents])
            return crossed(parents)
        edges = (
            (self.value(made.edges, made.start, key), self.value(made.edges, made.end, key))
            for key in self.keys(made.edges)
        )
        return closed(edges, (key[0] for key in self.keys(made.or_itself)) if made.or_itself else ())


def _same(entity: str, row: Row) -> str:
    """The entity of a row, which a node must have been made for."""
    if entity != row.entity:
        raise EngineBug(f"a node of `{entity}` was evaluated for a row of `{row.entity}`")
    return entity
