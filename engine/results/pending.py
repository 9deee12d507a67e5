"""Pending claims and payments that cannot be told: what is not known, and the cells that are responsible.

A line may have a million claims. What each waits for is read off the columns; only the first of them are replayed for
their cells, and the rest are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..execution.reference import Interpreter, Row
from ..execution.values import MINIMUMS_EXCEED, Key, Missing, Reason
from ..plan.from_checked import nodes_in
from ..plan.plan import UNKEPT, Column, Node, Reference, Window
from ..types.lower.line import IF_ALL, Line
from .decode import keys_of
from .line import STATE, cells, column_named, of_state, total
from .run import Run

REPLAYED = 1_000
"""Pending claims of a line, and payees, whose responsible cells are looked for."""

RANKED = 5_000
"""Claims up to which a place among all claims is replayed; beyond, only the claim's own cells are looked at."""

OWN = ("minimum", "maximum", "hold harmless")
"""What may keep the payment of one payee, and with it all payments of the line, from being known."""


def deciding_parts(line: Line) -> dict[str, str]:
    """The columns of a claim that can leave it pending, in the order in which they do, and what is not known then."""
    item, parts = line.item, {one.part: f"whether the record meets {one.item.name}" for one in line.checks}
    if item.paid_in is not None:
        parts["paid in"] = "the year in which it is paid"
    if (rule := item.not_with) is not None:
        what = {other.text: f"whether a claim of the same {rule.whose} counts on {other.text}" for other in rule.lines}
        parts |= {f"not with {name}": said for name, said in what.items()}
    parts |= {"stage reached": "whether any stage is reached"} if item.stages else {}
    parts |= {"when" if parts else "counts": "whether it counts", "payee": "who is paid", "amount": "the amount"}
    for one in line.item.limits:
        if one.where is not None:
            parts[f"{one.name} applies"] = f"whether {one.name} looks at it"
        parts[f"after {one.name}"] = f"its place under {one.name}"
    return parts


def open_stages(line: Line) -> dict[str, str]:
    """The columns of the stages of a claim, and what is not known where one of them is not."""
    return {f"stage {one.name}": f"whether the stage {one.name} is reached" for one in line.item.stages}


def waiting_parts(run: Run, line: Line) -> list[str | None]:
    """For each claim, in the order of the keys, the first part that keeps it, or a stage of it, pending; nothing where
    it is decided.
    """
    entity = line.item.claim.text
    status = cells(run, entity, line.name("status"))
    found: list[str | None] = [None] * len(status)
    waiting = [row for row, one in enumerate(status) if one == "pending"]
    parts = {part: cells(run, entity, line.name(part)) for part in deciding_parts(line)} if waiting else {}
    for row in waiting:
        found[row] = next((part for part, values in parts.items() if values[row] is None), "counts")
    if line.item.stages:
        stages = {part: cells(run, entity, line.name(part)) for part in open_stages(line)}
        for row, waits in enumerate(cells(run, entity, line.name("stages open"))):
            if waits and found[row] is None:
                found[row] = next((part for part, values in stages.items() if values[row] is None), None)
    return found


def pending_claims(run: Run, line: Line, interpreter: Interpreter) -> Iterator[tuple[Column, Key, tuple[Reason, ...]]]:
    """The first pending claims of a line: the column that is not known, the claim, and why."""
    entity = line.item.claim.text
    waiting = waiting_parts(run, line)
    places = [row for row, part in enumerate(waiting) if part is not None][:REPLAYED]
    keys = keys_of(run, entity) if places else []
    for row in places:
        column = column_named(run, entity, line.name(str(waiting[row])))
        assert column is not None
        if str(waiting[row]).startswith("after ") and len(keys) > RANKED:
            reasons = _own_reasons(run, column, keys[row], interpreter)
        else:
            value = interpreter.value(entity, column.id.name, keys[row])
            reasons = value.reasons if isinstance(value, Missing) else frozenset()
        yield column, keys[row], tuple(sorted(reasons, key=_order))


def _order(reason: Reason) -> tuple[str, str, str, str]:
    return reason.entity, str(reason.key), reason.column, reason.code


def _own_reasons(run: Run, column: Column, key: Key, interpreter: Interpreter) -> frozenset[Reason]:
    """Of a place that is not known: the claim's own cells by which it is grouped and ordered."""
    row = Row(column.id.entity, key)
    found: set[Reason] = set()
    for window in _windows(run, column.node):
        for node in (*window.within, *(by.value for by in window.order)):
            value = interpreter.evaluate(node, row)
            found |= value.reasons if isinstance(value, Missing) else frozenset()
    return frozenset(found)


def _windows(run: Run, node: Node) -> Iterator[Window]:
    """The windows that a limit looks at, through the columns that it was split into."""
    for inside in nodes_in(node):
        if isinstance(inside, Window):
            yield inside
        elif isinstance(inside, Reference):
            column = run.plan.column(inside.column.entity, inside.column.name)
            if column.id.role in UNKEPT and not column.id.name.endswith("amount"):
                yield from _windows(run, column.node)


# -- payments ---------------------------------------------------------------------------------------------------


def unknown_payments(
    run: Run, line: Line, interpreter: Interpreter
) -> Iterator[tuple[Column, Key, tuple[Reason, ...]]]:
    """Payments that cannot be told: all of a line where its least amounts exceed the money (F001), else the payees
    whose own minimum, maximum or hold harmless, or the claims whose place in the queue, is not known, on which the
    others wait.
    """
    paid = cells(run, line.payee, line.item.name)
    if None not in paid:
        return
    keys = keys_of(run, line.payee)
    if shortfall(run, line) is not None:
        column, reason = column_named(run, line.payee, line.item.name), Reason(
            MINIMUMS_EXCEED, line.name("pot"), STATE, (STATE,)
        )  # fmt: skip
        assert column is not None
        yield from ((column, key, (reason,)) for key, value in zip(keys, paid, strict=True) if value is None)
        return
    yield from _unqueued(run, line, interpreter)
    for part in OWN:
        own = column_named(run, line.payee, line.name(part))
        if own is None:
            continue
        open_rows = [row for row, value in enumerate(cells(run, line.payee, own.id.name)) if value is None]
        for row in open_rows[:REPLAYED]:
            value = interpreter.value(line.payee, own.id.name, keys[row])
            reasons = value.reasons if isinstance(value, Missing) else frozenset()
            yield own, keys[row], tuple(sorted(reasons, key=_order))


def _unqueued(run: Run, line: Line, interpreter: Interpreter) -> Iterator[tuple[Column, Key, tuple[Reason, ...]]]:
    """Claims without a place in the queue of a line that is paid first come, first served."""
    entity, queue = line.item.claim.text, column_named(run, line.item.claim.text, line.name("queue"))
    if queue is None:
        return
    found = 0
    for key, value in zip(keys_of(run, entity), cells(run, entity, line.name("paid")), strict=True):
        if value is None and found < REPLAYED and (reasons := _own_reasons(run, queue, key, interpreter)):
            found += 1
            yield queue, key, tuple(sorted(reasons, key=_order))


def least(run: Run, line: Line) -> Fraction | None:
    """What the low ends of all payees come to; nothing where one of them is not known."""
    lows: Sequence[Any] = cells(run, line.payee, line.name(f"low{IF_ALL if line.reserves else ''}"))
    return None if None in lows else total(list(lows))


def shortfall(run: Run, line: Line) -> Fraction | None:
    """By how much the low ends exceed the money of a line that then pays nobody; nothing where they do not."""
    pot, lows = of_state(run, line.name("pot")), least(run, line)
    if pot is None or lows is None or (line.item.minimum is not None and line.item.minimum.short != "refuse"):
        return None
    return lows - max(pot, Fraction(0)) if lows > max(pot, Fraction(0)) else None
