"""The answer of a rule for one row as a formula of its conditions, and the fewest of them that keep it from turning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

from ...execution.reference import Row
from ...execution.values import NOT_APPLICABLE, Key, Missing, Value, is_known, settled
from ...plan.plan import Aggregate, Compute, Const, Lookup, Node, Outer, Reference
from ..replay import Replay
from .what_if import WhatIf

COMPARED = ("eq", "ne", "lt", "le", "gt", "ge")
ROWS = 40
"""Rows of an `any` or `all` that are looked into; with more it is one condition."""

WAYS = 256
"""Sets of conditions that are kept at each step of looking for the smallest."""

DEEPEST = 24
"""Columns that a rule is followed through."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A leaf of the formula: a test of a row that is no *and*, *or* or *not*. `wanted` is the answer that would help,
    `value` the one that is; `of` and `at` are the rule in which it stands and its row.
    """

    node: Node
    row: Row
    wanted: bool
    value: Value
    of: tuple[str, str]
    at: Key
    said: Node | None = None
    """The node around it that has the author's words for it, where it has none itself."""

    @property
    def holds(self) -> bool:
        """Whether the answer is the wanted one."""
        return self.value is self.wanted

    @property
    def identity(self) -> tuple[int, str, Key, bool]:
        """Equal for the same test of the same row."""
        return id(self.node), self.row.entity, self.row.key, self.wanted


@dataclass(frozen=True, slots=True)
class Junction:
    """`least` of the parts must hold: all of an *and*, one of an *or*."""

    parts: tuple[Formula, ...]
    least: int


Formula: TypeAlias = Condition | Junction


@dataclass(frozen=True, slots=True)
class _Walk:
    replay: Replay
    known: WhatIf
    of: tuple[str, str]
    at: Key
    depth: int = 0
    said: Node | None = None


def formula_of(replay: Replay, known: WhatIf, entity: str, name: str, key: Key, wanted: bool = True) -> Formula:
    """What must hold for a column of truths to be `wanted` in a row."""
    walk = _Walk(replay, known, (entity, name), key)
    return _formula(walk, replay.columns[entity, name].node, Row(entity, key), wanted)


def conditions_of(formula: Formula) -> Iterator[Condition]:
    """Every condition of a formula, in the author's order."""
    if isinstance(formula, Condition):
        yield formula
        return
    for part in formula.parts:
        yield from conditions_of(part)


def _formula(walk: _Walk, node: Node, row: Row, wanted: bool) -> Formula:
    apart = replace(walk, said=None)
    if walk.said is None and node in walk.replay.words.written:
        walk = replace(walk, said=node)
    match node:
        case Compute(op="and" | "or" | "at_least") if not is_membership(node):
            parts = [part for part in node.args if walk.known.evaluate(part, row) is not NOT_APPLICABLE]
            if not parts:
                return _leaf(walk, node, row, wanted)
            least = {"and": len(parts), "or": 1}.get(node.op, 0) or int(node.options[0])
            if not wanted:
                least = len(parts) - least + 1
            return Junction(tuple(_formula(apart, part, row, wanted) for part in parts), least)
        case Compute(op="not"):
            return _formula(apart, node.args[0], row, not wanted)
        case Compute(op="criterion" | "settled" | "snap"):
            if walk.known.evaluate(node, row) is NOT_APPLICABLE:
                return _leaf(walk, node, row, wanted)
            return _formula(walk, node.args[0], row, wanted)
        case Compute(op="if"):
            test = settled(walk.known.evaluate(node.args[0], row))
            if isinstance(test, Missing):
                return _leaf(walk, node, row, wanted)
            return _formula(apart, node.args[1 if test is True else 2], row, wanted)
        case Reference(column=column) if walk.depth < DEEPEST:
            entity, name = row.entity, column.name
            inner = replace(walk, depth=walk.depth + 1)
            rule = walk.replay.rules.get((entity, name))
            if rule is not None and (rule.role in ("criterion", "definition", "eligibility") or name == "qualifies"):
                inner = replace(inner, of=(entity, name), at=row.key, said=None)
            return _formula(inner, walk.replay.columns[entity, name].node, Row(entity, row.key), wanted)
        case Lookup():
            on = [settled(walk.known.evaluate(part, row)) for _, part in node.on]
            if all(is_known(part) for part in on) and tuple(on) in walk.known.keys(node.entity):
                return _formula(walk, node.value, Row(node.entity, _key(on), row.outer), wanted)
        case Outer() if row.outer is not None:
            return _formula(walk, node.value, row.outer, wanted)
        case Aggregate(function="any" | "all"):
            found = _of_rows(apart, node, row, wanted)
            if found is not None:
                return found
    return _leaf(walk, node, row, wanted)


def _of_rows(walk: _Walk, node: Aggregate, row: Row, wanted: bool) -> Formula | None:
    """`any` and `all` as an *or* and an *and* of what is asked of each row."""
    over, test = node.over, node.value
    if over.top or node.level is not None or test is None:
        return None
    keys = walk.known.matching(over, row)
    if not 0 < len(keys) <= ROWS:
        return None
    parts: list[Formula] = []
    for key in keys:
        child = Row(over.entity, key, row)
        asked = wanted if node.function == "any" else not wanted
        inside = _formula(walk, test, child, wanted)
        if over.where is not None:  # any: in and met; all: out or met; and the reverse of each
            where = _formula(walk, over.where, child, asked)
            inside = Junction((where, inside), 2 if asked else 1)
        parts.append(inside)
    return Junction(tuple(parts), 1 if wanted is (node.function == "any") else len(parts))


def is_membership(node: Node) -> bool:
    """Whether a node is `x in {…}`: equalities of one thing with constants, which are one condition."""
    if not isinstance(node, Compute) or node.op not in ("or", "and") or len(node.args) < 2:
        return False
    op = "eq" if node.op == "or" else "ne"
    same = {id(part.args[0]) for part in node.args if isinstance(part, Compute) and part.op == op}
    constants = all(isinstance(part, Compute) and isinstance(part.args[-1], Const) for part in node.args)
    equal = all(isinstance(part, Compute) and part.op == op and part.args[0] == node.args[0].args[0]  # type: ignore[union-attr]
                for part in node.args)  # fmt: skip
    return bool(same) and constants and equal


def _leaf(walk: _Walk, node: Node, row: Row, wanted: bool) -> Condition:
    value = True if isinstance(node, Const) and node.value is True else walk.known.evaluate(node, row)
    return Condition(node, row, wanted, value, walk.of, walk.at, walk.said)


def _key(on: list[Value]) -> Key:
    return tuple(part for part in on if isinstance(part, (str, int, bool)) or is_known(part))  # type: ignore[misc]


# -- the fewest -----------------------------------------------------------------------------------------------------

Ways: TypeAlias = list[frozenset[int]]


@dataclass(slots=True)
class Fewest:
    """The sets of conditions of which each, if it held, would make the formula hold; none can be left out of a set.

    `exact` says that no smaller one was passed over.
    """

    sets: list[tuple[Condition, ...]]
    exact: bool = True


def fewest_of(formula: Formula) -> Fewest:
    """The smallest sets of failing conditions, all those of the least number that were found, in the author's order."""
    numbers: dict[tuple[int, str, Key, bool], int] = {}
    conditions: dict[int, Condition] = {}
    for one in conditions_of(formula):
        conditions.setdefault(numbers.setdefault(one.identity, len(numbers)), one)
    found = Fewest([])
    ways = [way for way in _ways(formula, numbers, found) if way]
    least = min(map(len, ways), default=0)
    found.sets = [
        tuple(conditions[at] for at in way) for way in sorted(sorted(way) for way in ways if len(way) == least)
    ]
    return found


def _ways(formula: Formula, numbers: dict[tuple[int, str, Key, bool], int], found: Fewest) -> Ways:
    """The minimal sets that make a formula hold; none where nothing can."""
    if isinstance(formula, Condition):
        if formula.holds or formula.value is NOT_APPLICABLE:
            return [frozenset()]
        return [] if isinstance(formula.node, Const) else [frozenset((numbers[formula.identity],))]
    parts = [ways for part in formula.parts if (ways := _ways(part, numbers, found))]
    if len(parts) < formula.least:
        return []
    costly = [ways for ways in parts if ways[0]]
    needed = formula.least - (len(parts) - len(costly))
    if needed <= 0:
        return [frozenset()]
    sets: Ways = []
    for count, chosen in enumerate(combinations(costly, needed)):
        if count >= WAYS:
            found.exact = False
            break
        joined: Ways = [frozenset()]
        for ways in chosen:
            joined = _least([one | other for one in joined for other in ways], found)
        sets += joined
    return _least(sets, found)


def _least(sets: Ways, found: Fewest) -> Ways:
    """The sets of which none holds another, the small ones first, `WAYS` at most."""
    kept: Ways = []
    for one in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if any(other <= one for other in kept):
            continue
        if len(kept) == WAYS:
            found.exact = False
            break
        kept.append(one)
    return kept
