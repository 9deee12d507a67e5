"""The first lines of an explanation, as a case that failed tells them: the verdict, and what it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from ...execution.values import Key
from ...plan.plan import Column
from ..dollars import dollars
from ..explain.explain import explain
from ..explain.explanation import Datum, Explanation, Given, Item, Ledger, Rows, Rule, Step
from ..quantity import shown
from ..run import Run
from ..table import decimal_text

MOST = 6
"""Values, steps of a sum and rows that a line names; the rest are counted."""
MOST_FAILING = 2
"""Failing conditions that are told, a line each."""


def first_lines(run: Run, column: Column, key: Key) -> tuple[str, ...]:
    """The verdict in a sentence; then what fails and by how much, the steps of an amount or of an index, or the formula
    of a value with what goes into it. Nothing where nothing can be told.
    """
    types = [type for _, type in run.plan.entity(column.id.entity).key]
    asked = tuple(
        shown(part, type) if type.kind == "year" else str(part) for part, type in zip(key, types, strict=True)
    )
    try:
        found = explain(run, column.id.entity, asked, column.id.name)
    except KeyError:
        return ()
    return tuple(line for line in _lines(found, column.id.role == "definition") if line)


def _lines(found: Explanation, computed: bool) -> Iterator[str]:
    rule = next((item for item in found.items if isinstance(item, Rule)), None)
    if not computed:
        yield found.sentence
    elif rule is not None and rule.written:
        yield f"{rule.name} = {rule.written}"
        if found.responsible:
            yield found.sentence
    if found.failing is not None:
        told = found.failing.conditions[:MOST_FAILING]
        others = len(found.failing.conditions) - len(told)
        for at, one in enumerate(told):
            yield f"fails: {one.sentence}" + (f" (and {others} more)" if others and at == len(told) - 1 else "")
        return
    ledger = next((item for item in found.items if isinstance(item, Ledger)), None)
    if ledger is not None:
        yield _sum(ledger)
    elif computed and rule is not None:
        values = list(dict.fromkeys(_values(rule.items)))
        more = f" and {len(values) - MOST} more" if len(values) > MOST else ""
        yield f"with {'; '.join(values[:MOST])}{more}" if values else ""


def _sum(ledger: Ledger) -> str:
    """The totals of a sum, and the steps that change something."""
    written = decimal_text if ledger.points else dollars
    steps = [
        f"{one.text} {'+' if one.amount > 0 and not one.total else ''}{written(one.amount)}"
        for one in ledger.entries
        if one.total or one.amount
    ]
    left = steps if len(steps) <= MOST else [*steps[: MOST - 1], "…", steps[-1]]
    return f"steps: {'; '.join(left)}"


def _values(items: tuple[Item, ...]) -> Iterator[str]:
    """What goes into a formula: other results, cells, parameters and values over many rows."""
    for item in items:
        match item:
            case Rule():
                yield f"{item.name} {shown(item.value, item.type)}"
            case Datum():
                yield f"{item.text} {shown(item.value, item.type)}"
            case Given():
                yield f"{item.name} {shown(item.value, item.type)}"
            case Rows():
                rows = f"{item.rows_in} row{'' if item.rows_in == 1 else 's'}"
                yield f"{item.function} of {rows}"
                for row in item.rows[:MOST]:
                    yield from (f"{row.place.key}: {one}" for one in _values(row.items))
            case Step():
                yield from _values(item.items)
