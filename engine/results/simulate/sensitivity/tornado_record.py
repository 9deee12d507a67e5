"""What a tornado leaves behind: a table with a row for each number and parameter, and its part of the record."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...table import Cell, ResultTable
from ..exact import cut_share, exact_text
from ..measure import RATIO, Measures
from .pairs import pairs_of
from .tornado import Lever, Tornado, Tried


def tornado_table(one: Tornado, kinds: Mapping[str, str]) -> ResultTable:
    """`sensitivity`: a row for each number that is watched and each parameter that is moved, in the order of the page,
    those last that do not move it. Another value that is neither lower nor higher stands among the higher ones, each in
    a row of its own. Shares are cut to 12 decimals; the record has them exactly.
    """
    columns = (
        ("number", "text"), ("parameter", "text"), ("standing", "text"), ("value", "text"), ("result", "number"),
        ("lower_value", "text"), ("lower_result", "number"), ("higher_value", "text"), ("higher_result", "number"),
        ("swing", "number"), ("moves", "text"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for number in one.asked.of:
        kind = kinds[number]
        moved, now = one.ordered(number), _cell(one.ground.get(number), kind)
        for lever in (*moved, *(each for each in one.levers if each not in moved)):
            for pair in pairs_of(lever, one, number):
                rows.append(
                    (
                        number, lever.name, lever.standing, exact_text(lever.value), now,
                        _value(pair.low), _cell(pair.low_result, kind), _value(pair.high),
                        _cell(pair.high_result, kind), _cell(pair.swing, kind), lever.moves,
                    )
                )  # fmt: skip
    return ResultTable("sensitivity", columns, tuple(rows))


def _value(one: Tried | None) -> str | None:
    return None if one is None else exact_text(one.move.value)


def _cell(value: Fraction | None, kind: str) -> Cell:
    return cut_share(value) if kind == RATIO else value


def tornado_record(one: Tornado) -> dict[str, Any]:
    """Every run with its numbers, exactly."""
    asked = one.asked
    return {
        "of": list(asked.of),
        "step": exact_text(asked.step),
        "points": exact_text(asked.points),
        "days": asked.days,
        "as_it_is": _measures(one.ground),
        "parameters": [_lever(each) for each in one.levers],
        "not_moved": [{"parameter": name, "standing": word, "because": why} for name, word, why in one.still],
        "read_by_nothing": list(one.unread),
        "rows_not_compared": list(one.apart),
    }


def _lever(one: Lever) -> dict[str, Any]:
    return {
        "parameter": one.name,
        "standing": one.standing,
        "value": exact_text(one.value),
        "moves": one.moves,
        "tried": [
            {
                "side": each.move.side,
                "value": exact_text(each.move.value),
                "refused": each.refused,
                "measures": None if each.measures is None else _measures(each.measures),
            }
            for each in one.tried
        ],
    }


def _measures(found: Measures) -> dict[str, str | None]:
    return {name: exact_text(value) for name, value in found.items()}
