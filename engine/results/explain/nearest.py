"""The single changes that turn a verdict: one cell of the data or one parameter, each found and checked by replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction

from ...execution.reference import Interpreter, Row
from ...execution.values import Missing, Value, settled
from ...plan.plan import Compute, Node, Outer
from ..quantity import shown
from ..replay import Replay, place_of
from .explanation import Change, Nearest
from .formula import COMPARED, Condition
from .leaf_cells import Leaf, LeafCell, LeafParameter, leaves_of
from .question import Question
from .sentence import who
from .turning import turning_value
from .what_if import Supposed, WhatIf

MOST_LEAVES = 24
"""Cells and parameters that are tried."""

MOST_REPLAYS = 200
"""Replays of a row in all."""

MOST_CHECKED = 4
"""Changes of a kind that are replayed in full, the nearest first, until one turns the verdict."""

Rows = Sequence[tuple[Node, Row]]

Gate = Callable[[Interpreter], bool | None]
"""What decides the verdict as far as one row goes: quick to ask again, before all rows are replayed."""


@dataclass(slots=True)
class _Search:
    question: Question
    gate: Gate
    before: bool
    halfway: bool
    replays: int = 0
    tried: int = 0
    complete: bool = True
    found: list[tuple[Fraction, Leaf, Value, Value]] = field(default_factory=list)


def nearest_changes(
    question: Question, known: WhatIf, conditions: Sequence[Condition], gate: Gate, more: Rows = ()
) -> Nearest | None:
    """The nearest change of a cell and the nearest one of a parameter that turn the answer; `conditions` are those that
    would have to come out otherwise, `more` other nodes whose leaves matter. Nothing where the answer is open, or comes
    from something else than the gate, such as an exception of a board.
    """
    before = question.sign(question.answer(question.replay.interpreter))
    if before is None or gate(known) is not before:
        return None
    search = _Search(question, gate, before, bool(conditions) and not more)
    leaves: dict[Leaf, list[Value]] = {}
    for node, row in [*((one.node, one.row) for one in conditions), *more]:
        found = leaves_of(question.replay, known, node, row)
        search.complete = search.complete and found.whole
        for leaf in found.found:
            leaves.setdefault(leaf, [])
    for one in conditions:
        for leaf, asked in asked_of(question.replay, known, one.node, one.row):
            leaves.setdefault(leaf, []).append(asked)
    # a leaf that a condition compares directly says what it would have to be, so those come first
    for leaf in sorted(leaves, key=lambda one: not leaves[one]):
        if search.tried >= MOST_LEAVES or search.replays >= MOST_REPLAYS:
            search.complete = False
            break
        _try(search, leaf, tuple(dict.fromkeys(leaves[leaf])))
    return _summed(search)


def asked_of(replay: Replay, known: WhatIf, node: Node, row: Row) -> Iterable[tuple[Leaf, Value]]:
    """Of a comparison, the cells and parameters that are a side of it as they are, with what stands on the other."""
    while isinstance(node, Compute) and node.op in ("snap", "settled"):
        node = node.args[0]
    compared = node.args if isinstance(node, Compute) and node.op == "or" else (node,)
    for each in compared:
        if not isinstance(each, Compute) or each.op not in COMPARED:
            continue
        for one, other in (each.args, each.args[::-1]):
            leaves = [*leaves_of(replay, known, one, row).found]
            if len(leaves) == 1 and _is_plain(one):
                asked = settled(known.evaluate(other, row))
                if not isinstance(asked, Missing):
                    yield leaves[0], asked


def _is_plain(node: Node) -> bool:
    """Whether a node gives a leaf as it is, not something made of it."""
    while isinstance(node, Outer) or (isinstance(node, Compute) and node.op in ("snap", "settled")):
        node = node.value if isinstance(node, Outer) else node.args[0]
    return not isinstance(node, Compute)


def value_of(replay: Replay, leaf: Leaf) -> Value:
    """What a cell or a parameter is in the run."""
    if isinstance(leaf, LeafCell):
        return replay.interpreter.value(leaf.entity, leaf.column, leaf.key)
    if leaf.day is None:
        return replay.run.binding.cells[leaf.path] if leaf.path in replay.run.binding.cells else Missing()  # type: ignore[return-value]
    past = [value for starts, value in replay.run.binding.schedules[leaf.path] if starts <= leaf.day]
    return Missing() if not past or past[-1] is None else past[-1]


def supposing(leaf: Leaf, value: Value) -> Supposed:
    """That a cell or a parameter is something else."""
    if isinstance(leaf, LeafCell):
        return Supposed(cells={(leaf.entity, leaf.key, leaf.column): value})
    assert not isinstance(value, Missing) and isinstance(value, Fraction | int | bool | str | Date)
    dates = {} if leaf.day is None else {leaf.path: leaf.day}
    return Supposed(parameters={leaf.path: value}, dates=dates)


def _try(search: _Search, leaf: Leaf, asked: tuple[Value, ...]) -> None:
    replay = search.question.replay
    now = value_of(replay, leaf)
    if leaf.type.kind == "row" or (isinstance(leaf, LeafParameter) and isinstance(now, Missing)):
        return
    search.tried += 1

    def turns(value: Value) -> bool:
        search.replays += 1
        return search.gate(WhatIf(replay, supposing(leaf, value))) is (not search.before)

    new = turning_value(now, leaf.type, asked, turns)
    if new is not None:
        search.found.append((_distance(now, new), leaf, now, new))


def _distance(now: Value, new: Value) -> Fraction:
    """How far a change goes: of a number as a share of it, of anything else 1."""
    if isinstance(now, Fraction) and isinstance(new, Fraction):
        return abs(new - now) / (abs(now) or abs(new))
    return Fraction(1)


def _change(question: Question, leaf: Leaf, now: Value, new: Value, after: Interpreter) -> Change:
    replay, said = question.replay, question.says(after)
    has = "not known" if isinstance(now, Missing) else shown(now, leaf.type)
    put = f"{shown(new, leaf.type)} instead of {has}"
    if isinstance(leaf, LeafCell):
        place = place_of(replay, leaf.entity, leaf.key)
        described = replay.run.checked.tables[leaf.entity].column(leaf.column)
        personal = place.personal or (described is not None and described.personal)
        of = f"{leaf.column} of {who(replay, leaf.entity, leaf.key)}"
        return Change(
            "cell", leaf.column, place, now, new, leaf.type, question.answer(after), said,
            f"if {of} were {put}, it {said}", personal,
        )  # fmt: skip
    name = leaf.path.removeprefix("parameters.")
    day = f" in force on {leaf.day}" if leaf.day is not None else ""
    return Change(
        "parameter", leaf.path, None, now, new, leaf.type, question.answer(after), said,
        f"if the parameter {name}{day} were {put}, it {said}",
    )  # fmt: skip


def _summed(search: _Search) -> Nearest:
    """The nearest of each kind that turns the verdict; where none does, the nearest that takes the row's own hurdle."""
    chosen, short = [], []
    for cell in (True, False):
        near = [one for one in search.found if isinstance(one[1], LeafCell) is cell]
        near.sort(key=lambda one: one[0])
        halfway = None
        for _, leaf, now, new in near[:MOST_CHECKED]:
            after = WhatIf(search.question.replay, supposing(leaf, new))
            change = _change(search.question, leaf, now, new, after)
            if search.question.sign(change.result) is (not search.before):
                chosen.append(change)
                break
            halfway = halfway or (change if search.halfway else None)
        else:
            short += [halfway] if halfway is not None else []
    count = "1 was" if search.tried == 1 else f"{search.tried:,} were"
    rest = "" if search.complete else "; more were not tried"
    far = " all the way" if short else ""
    none = f"no single cell or parameter turns it{far} ({count} tried by replay{rest})"
    if not search.tried:
        none = "" if search.before else "no single cell or parameter turns it: none is read for it"
    if chosen:
        return Nearest(tuple(chosen), search.tried, search.complete)
    return Nearest(tuple(short), search.tried, search.complete, none)
