"""The check of all computed columns of one epoch: in an order in which they can be computed, rings shown whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from typing import TypeAlias

from ..syntax.expr import Expr
from ..syntax.walk import walk
from . import complaints
from .check_funding import in_dollars, in_unit_of
from .checked import CheckedDefinition
from .checker import Checker, Read
from .datatypes import TRUTH, UNKNOWN, Type
from .noted import note_reads, same_cell
from .pending import Pending

Key: TypeAlias = tuple[str, str]
"""The entity and the name of a computed column."""

MOST_OPEN = 12
"""Definitions that are checked one inside the other before the check begins anew with the innermost."""


def check_definitions(
    checker: Checker, pending: Mapping[Key, Pending], starts: Date, before: Settled | None = None
) -> Settled:
    """All columns with their types as they hold from `starts`, each behind what it uses. N006, T014, and what their
    expressions report. `before` is the epoch before: what reads nothing that has changed since is not checked anew.
    A column that is made on demand is put behind the others when something asks for it, be it later.
    """
    note_reads(checker)
    run = _Run(checker, pending, starts)
    checker.type_of = run.type_of
    order = before.order if before is not None else _in_order(pending)
    if before is not None:
        checker.types.update(before.checker.types)
        checker.uses.update(before.checker.uses)
        checker.renewed.update(before.checker.renewed)
    for key in order:
        kept = before is not None and run.keep(key, before)
        if not kept and not pending[key].on_demand:
            run.settle(key)
    for item in pending.values():
        run.check_sentences(item)
    by_key = {(one.entity, one.name): one for one in run.done}
    return Settled(starts, run.done, by_key, run.reads, order, checker)


@dataclass(frozen=True, slots=True)
class Settled:
    """The columns of one epoch, in an order in which they can be computed, and what the check of each has read.

    `definitions` grows while something asks for a column that is made on demand.
    """

    starts: Date
    definitions: Sequence[CheckedDefinition]
    by_key: Mapping[Key, CheckedDefinition]
    reads: Mapping[Key, set[Read]]
    order: list[Key]
    checker: Checker


def on_demand(checker: Checker, pending: Mapping[Key, Pending], starts: Date) -> None:
    """Let a checker find the type of a computed column when an expression asks for it, and of no other. What is wrong
    with one is told to the checker's own diagnostics.
    """
    run = _Run(checker, pending, starts)

    def type_of(entity: str, name: str, expr: Expr) -> Type:
        if (entity, name) not in run.types:
            checker.type_of, inlining = run.type_of, checker.inlining
            run.settle((entity, name))
            checker.type_of, checker.inlining = type_of, inlining
        return run.types[entity, name]

    checker.type_of = type_of


class _TooDeep(Exception):
    """Too many definitions are open: this one has to be checked by itself first."""

    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


@dataclass(slots=True)
class _Run:
    """The check of one epoch under way: what is done, in order, and what is open.

    Each of `open` is used by the one before it; the first of them by the last of `waiting`, where a check was given up
    because it went too deep.
    """

    checker: Checker
    pending: Mapping[tuple[str, str], Pending]
    starts: Date
    reads: dict[Key, set[Read]] = field(default_factory=dict)
    done: list[CheckedDefinition] = field(default_factory=list)
    types: dict[tuple[str, str], Type] = field(default_factory=dict)
    open: list[Key] = field(default_factory=list)
    waiting: list[Key] = field(default_factory=list)

    def type_of(self, entity: str, name: str, expr: Expr) -> Type:
        """The type of a computed column, checked first if need be; a ring is reported whole."""
        key = (entity, name)
        self.checker.reads.add(("column", entity, name))
        if key not in self.types:
            line = [*self.waiting, *self.open]
            if key in line:
                ring = [self.pending[one] for one in line[line.index(key) :]]
                steps = [(f"{item.entity}.{item.name}", item.span) for item in ring]
                return complaints.ring(self.checker.diagnostics, steps)
            if len(self.open) >= MOST_OPEN:
                raise _TooDeep(key)
            self.check(key)
        return self.types[key]

    def settle(self, key: Key) -> None:
        """Check a column, with what it uses, however long the line of those that use each other."""
        todo = [(key, 0)]
        while todo:
            one, before = todo[-1]
            del self.waiting[before:]
            self.open.clear()
            self.checker.inlining.clear()
            try:
                self.check(one)
                todo.pop()
            except _TooDeep as deeper:
                self.waiting += self.open
                todo.append((deeper.key, len(self.waiting)))

    def keep(self, key: Key, before: Settled) -> bool:
        """Whether a column is as it was in the epoch before; then it is taken over."""
        item, done = self.pending[key], before.by_key.get(key)
        if done is None or key in self.types or item.version(self.starts) is not item.version(before.starts):
            return False
        for kind, *name in before.reads[key]:
            if kind == "column":
                known = before.by_key.get((name[0], name[1]))
                if known is None or self.types.get((name[0], name[1])) != known.type:
                    return False
            elif not same_cell(before.checker, self.checker, kind, name[0]):
                return False
        self.types[key], self.reads[key] = done.type, before.reads[key]
        self.done.append(done)
        return True

    def check(self, key: tuple[str, str]) -> None:
        """Type one computed column and put it behind everything that it uses."""
        if key in self.types:
            return
        item = self.pending[key]
        if not item.versions:  # what it says could not be read, and that has been said
            self.types[key] = UNKNOWN
            return
        version = item.version(self.starts)
        self.open.append(key)
        outer, self.checker.inlining = self.checker.inlining, []
        around, self.checker.reads = self.checker.reads, set()
        body = version.body if version is not None else item.versions[0].body
        scope = (item.entity,)
        infer = self.checker.infer_test if item.slot == "test" else self.checker.infer
        found = infer(body, scope)
        if item.dollars_of:
            place = item.dollars_at if item.dollars_at.end else body.span
            found = in_dollars(item.dollars_of, place, found, self.checker.diagnostics, item.in_coins)
        if item.unit_of:
            quantity = self.type_of(item.entity, item.unit_of, body)
            place = item.dollars_at if item.dollars_at.end else body.span
            found = in_unit_of(quantity, place, found, self.checker.diagnostics)
        excuse = None
        if item.excuse is not None:
            self.checker.infer_test(item.excuse, scope)
            excuse = item.excuse
        self.open.pop()
        self.checker.inlining = outer
        self.reads[key], self.checker.reads = self.checker.reads, around
        found = self._settled(item, found, version is None)
        self.types[key] = found
        self.done.append(
            CheckedDefinition(
                item.entity,
                item.name,
                item.role,
                item.path,
                None if version is None else body,
                found,
                item.span,
                excuse,
                item.title,
                (version.because if version and version.because else item.because),
                (version.cite if version and version.cite else item.cite),
                version.starts if version else None,
                item.lowered,
            )
        )

    def check_sentences(self, item: Pending) -> None:
        """Check what the sentences of a rule show, once all is known: a sentence may speak of its own rule."""
        version = item.version(self.starts)
        for sentence in (item.because, version.because if version else None):
            for part in sentence.parts if sentence is not None else ():
                if not isinstance(part, str):
                    self.checker.infer(part, (item.entity,))

    def _settled(self, item: Pending, found: Type, absent: bool) -> Type:
        if found.kind == "unknown":
            return UNKNOWN
        if item.slot == "test":
            lapsed = absent and (item.role == "criterion" or item.lapses)
            excusable = found.excusable or item.excuse is not None or lapsed
            return replace(TRUTH, nullable=found.nullable or item.excuse is not None or absent, excusable=excusable)
        if item.declared is not None:
            if found.kind != "nothing" and found.kind != item.declared.kind and item.declared.kind == "date":
                body = item.versions[0].body
                return complaints.not_a_date(self.checker.diagnostics, body, found)
            return item.declared
        if found.kind in ("nothing", "duration"):
            return complaints.nothing_to_store(self.checker.diagnostics, item.span, item.name, found)
        return replace(found.maybe(absent), literal=False)


def _in_order(pending: Mapping[Key, Pending]) -> list[Key]:
    """All columns, those that others name in any version first: so that checking never goes deeper than a few
    definitions at a time.
    """
    by_name: dict[str, list[Key]] = {}
    for key in pending:
        by_name.setdefault(key[1], []).append(key)
    uses: dict[Key, list[Key]] = {}
    for key, item in pending.items():
        named: dict[str, None] = {}
        for body in (*(version.body for version in item.versions), item.excuse):
            for node in walk(body) if body is not None else ():
                name = getattr(node, "name", None)
                if isinstance(name, str):
                    named[name] = None
        uses[key] = [other for name in named for other in by_name.get(name, ()) if other != key]
    order: list[Key] = []
    state: dict[Key, bool] = {}
    for key in pending:
        todo: list[tuple[Key, bool]] = [(key, False)]
        while todo:
            one, finished = todo.pop()
            if finished:
                order.append(one)
            elif one not in state:
                state[one] = True
                todo.append((one, True))
                todo += [(other, False) for other in reversed(uses[one]) if other not in state]
    return order
