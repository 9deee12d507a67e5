"""Two rows side by side: which conditions differ and the first that decides, as text, JSON or a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..results.dollars import dollars
from ..results.explain.comparison import Comparison, Pair, Told
from ..results.explain.explanation import Datum, Entry, Explanation, Given, Rule
from ..results.quantity import shown
from ..results.table import decimal_text
from .explanation_html import Table, foot_of
from .explanation_json import FORM, exact_text, place_record, value_record
from .explanation_tree import law_text
from .explanation_words import datum_text, margin_text, row_text, rule_name, value_text, verdict_text
from .page import page
from .wrapped import wrapped

NARROW = 18
"""Columns that a row's value gets where there is little room."""


def sentence_of(found: Comparison) -> str:
    """What it comes to: whether the results differ, and the first condition that decides."""
    conditions = "condition" if found.conditions == 1 else "conditions"
    counted = f"{found.differing} of {found.conditions} {conditions} differ."
    if found.same and not found.differing:
        return "Both come to the same, by the same conditions."
    if not found.deciding:
        return f"No condition at the top of both decides; {counted}"
    last = found.deciding[-1]
    said = f"{_side(last.one, last.points)} for the first, {_side(last.other, last.points)} for the second"
    law = next((cite for pair in reversed(found.deciding) if (cite := _cite(pair.told))), "")
    does = "decides" if found.decides else "differs"
    first = f"The first condition that {does}: {_called(last.told)}: {said}{f' ({law})' if law else ''}."
    return f"{first} {counted}"


def comparison_text(found: Comparison, width: int = 80) -> str:
    """Both verdicts, then a table of three columns, ended by a line end; a sign marks what differs."""
    lines: list[str] = []
    for number, each in (("1", found.one), ("2", found.other)):
        lines += wrapped(f"[{number}] {each.sentence}", width, rest="    ")
    lines += ["", *wrapped(sentence_of(found), width), ""]
    side = max(NARROW, (width - 6) // 4)
    room = width - 2 * (side + 2)
    head = (f"  {'what':<{room - 2}}", f"[1] {found.one.place.key}", f"[2] {found.other.place.key}")
    lines += _row(head, room, side)
    lines.append("-" * width)
    for pair in found.pairs:
        if pair.in_both:
            sign, level = "≠ " if pair.differs else "  ", min(pair.level, 4)
            named = wrapped(_called(pair.told), room, sign + "  " * level, "    " + "  " * level)
            one, other = (wrapped(_side(each, pair.points), side) for each in (pair.one, pair.other))
            lines += _columns(named, one, other, room=room, side=side)
    lines += ["", *wrapped(alone, width)] if (alone := alone_text(found)) else []
    return "".join(f"{line.rstrip()}\n" for line in lines)


def alone_text(found: Comparison) -> str:
    """How much is told of one row only, since the other never comes to it."""
    counts = (sum(pair.other is None for pair in found.pairs), sum(pair.one is None for pair in found.pairs))
    said = [f"{count:,} of the {which}" for count, which in zip(counts, ("first", "second"), strict=True) if count]
    return f"Told of one row only, and not shown: {' and '.join(said)}." if said else ""


def _row(cells: tuple[str, str, str], room: int, side: int) -> Iterator[str]:
    yield from _columns([cells[0]], wrapped(cells[1], side), wrapped(cells[2], side), room=room, side=side)


def _columns(first: list[str], one: list[str], other: list[str], room: int, side: int) -> Iterator[str]:
    for place in range(max(len(first), len(one), len(other))):
        cells = [cell[place] if place < len(cell) else "" for cell in (first, one, other)]
        yield f"{cells[0]:<{room}}  {cells[1]:<{side}}  {cells[2]}"


def comparison_json(found: Comparison) -> str:
    """The comparison as JSON, ended by a line end: both verdicts, the way to what decides, every pair."""
    record = {
        "specie_comparison": FORM,
        "policy": found.one.policy,
        "as_of": found.one.as_of.isoformat(),
        "school_year": found.one.school_year,
        "sentence": sentence_of(found),
        "one": _result(found.one),
        "other": _result(found.other),
        "same": found.same,
        "decides": found.decides,
        "conditions": found.conditions,
        "differing": found.differing,
        "deciding": [_pair(pair) for pair in found.deciding],
        "pairs": [_pair(pair) for pair in found.pairs],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _result(found: Explanation) -> dict[str, Any]:
    return {
        "row": place_record(found.place),
        "verdict": found.sentence,
        "value": value_record(found.value, found.type),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "text": _called(pair.told),
        "level": pair.level,
        "condition": pair.is_condition,
        "differs": pair.differs,
        "cite": _cite(pair.told),
        "one": _cell(pair.one, pair.points),
        "other": _cell(pair.other, pair.points),
    }


def _cell(told: Told | None, points: bool) -> dict[str, Any] | None:
    if told is None:
        return None
    shown_so = _side(told, points)
    if isinstance(told, Entry):
        return {"kind": "number", "value": exact_text(told.amount), "shown": shown_so}
    return {**value_record(told.value, told.type), "shown": shown_so}


def comparison_html(found: Comparison) -> str:
    """The comparison as a page: the sentence, both verdicts, and what differs before all the rest."""
    one, other = (row_text(each.place) for each in (found.one, found.other))
    head = ("What", one, other)
    differ = [_cells(pair) for pair in found.pairs if pair.in_both and pair.differs]
    same = [_cells(pair) for pair in found.pairs if pair.in_both and not pair.differs]
    tables = [Table(title, head, tuple(rows)) for title, rows in (("What differs", differ), ("What is the same", same))]
    last = found.deciding[-1].told if found.deciding else None
    law = law_text(last.cite, last.source) if isinstance(last, Rule | Given) else ""
    return page(
        "comparison.html", title=f"{one} and {other} – {found.one.policy}", sentence=sentence_of(found),
        verdicts=[found.one.sentence, found.other.sentence], made_up=found.one.made_up, law=law,
        alone=alone_text(found),
        tables=[table for table in tables if table.rows], foot=[*foot_of(found.one), foot_of(found.other)[1]],
    )  # fmt: skip


def _cells(pair: Pair) -> tuple[str, str, str]:
    return (_called(pair.told), _side(pair.one, pair.points), _side(pair.other, pair.points))


def _called(told: Told) -> str:
    """What is compared, in words where there are some."""
    if isinstance(told, Rule):
        return f"{told.title} ({told.name})" if told.title else rule_name(told)
    if isinstance(told, Given):
        return told.title or told.name
    return told.text


def _cite(told: Told) -> str:
    return told.cite if isinstance(told, Rule | Given | Entry) else ""


def _side(told: Told | None, points: bool) -> str:
    """What it comes to for a row, with its margin."""
    if told is None:
        return "–"
    if isinstance(told, Entry):
        return decimal_text(told.amount) if points else dollars(told.amount)
    if isinstance(told, Datum):
        return datum_text(told)
    if isinstance(told, Given):
        return shown(told.value, told.type)
    said = verdict_text(told) if isinstance(told, Rule) else value_text(told)
    margin = None if not hasattr(told, "margin") else told.margin
    return f"{said}, {margin_text(margin)}" if margin is not None else said
