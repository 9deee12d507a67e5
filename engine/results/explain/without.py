"""What would be paid without a step of a payment: each limit, each minimum or maximum, the shortage; each by replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...execution.values import Key
from ...plan.plan import Const, Node, Reference
from ...types.lower.line import IF_ALL, Line
from ..replay import Replay, source_title
from .explanation import Counterfactual
from .what_if import Supposed, WhatIf

PLENTY = Fraction(10**15)
"""More money than any line pays: an amount that never binds."""

CAPS = ("cap", "limit", "maximum")


def without_each(replay: Replay, line: Line, key: Key, paid: Fraction) -> Iterator[Counterfactual]:
    """The payment to a payee without each step that changes it, all else as it is."""
    for text, cite, columns in _steps(replay, line):
        value = WhatIf(replay, Supposed(columns=columns)).value(line.payee, line.item.name, key)
        if isinstance(value, Fraction) and value != paid:
            law = cite or line.item.cite
            yield Counterfactual(text, value, value - paid, law, source_title(replay, law))


Columns = Mapping[tuple[str, str], Node]


def _steps(replay: Replay, line: Line) -> Iterator[tuple[str, str, Columns]]:
    """Each step: how it is called without it, its law, and the columns that are computed otherwise then."""
    item = line.item
    for at, limit in enumerate(item.limits):
        before = item.limits[at - 1].name if at else ""
        columns = _without_limit(replay, line, limit.name, before)
        if columns:
            yield f"without the {limit_words(limit.name)}", limit.cite, columns
    for name, part, value in (
        ("the minimum", "minimum", Fraction(0)),
        ("being held harmless", "hold harmless", Fraction(0)),
        ("the maximum", "maximum", PLENTY),
    ):
        at_payee = line.payee, line.name(part)
        if at_payee in replay.columns:
            yield f"without {name}", "", {at_payee: _amount(replay, at_payee, value)}
    state = [("state", line.name(part)) for part in ("pot", "available")]
    money: dict[tuple[str, str], Node] = {
        place: _amount(replay, place, PLENTY) for place in state if place in replay.columns
    }
    if money and line.fund is not None:
        yield "with money for all", line.fund.cite, money


def limit_words(name: str) -> str:
    """A limit as a sentence names it: `teacher cap`, `limit one per student`."""
    words = name.replace("_", " ")
    return words if words.endswith(CAPS) else f"limit {words}"


def _amount(replay: Replay, at: tuple[str, str], value: Fraction) -> Const:
    return Const(value, replay.columns[at].type)


def _without_limit(replay: Replay, line: Line, name: str, before: str) -> Columns:
    """What a limit leaves is what there was before it; nothing where the line has no such columns."""
    entity, found = line.item.claim.text, dict[tuple[str, str], Node]()
    first = "prorated" if line.item.prorates_first else "counting amount"
    for ending in ("", IF_ALL):
        pairs = [(f"after {name}{ending}", f"after {before}{ending}" if before else f"{first}{ending}")]
        if line.limits_quantity:
            quantity = f"quantity after {before}{ending}" if before else f"quantity{ending}"
            pairs = [(f"quantity after {name}{ending}", quantity)]
        for after, earlier in pairs:
            place, source = (entity, line.name(after)), (entity, line.name(earlier))
            if place in replay.columns and source in replay.columns:
                column = replay.columns[source]
                found[place] = Reference(column.id, column.type)
            elif place in replay.columns:
                return {}
    return found
