"""An explanation as JSON for machines, in the form of `schemas/explanation.schema.json`.

Every key is always there: nothing is an empty text, an empty list or null. Exact numbers stand as text, so that no
reader makes binary fractions of them; `shown` beside them is what people read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date as Date
from fractions import Fraction
from typing import Any

from ..execution.values import NOT_APPLICABLE, Bound, Missing, Value
from ..results.explain.explanation import (
    Change,
    Counterfactual,
    Datum,
    Either,
    Entry,
    Explanation,
    Failing,
    FailingSet,
    Given,
    Item,
    Ledger,
    Margin,
    Nearest,
    Note,
    Place,
    Responsible,
    Rows,
    Rule,
    SeenRow,
    Step,
)
from ..results.quantity import shown
from ..types.datatypes import TRUTH, Type
from .explanation_words import margin_text

FORM = 1
"""The form of the record; a change that breaks readers has another number."""


def explanation_json(explanation: Explanation) -> str:
    """The record as text, ended by a line end."""
    return json.dumps(explanation_record(explanation), ensure_ascii=False, indent=2) + "\n"


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The record of an explanation: the verdict first, then what it rests on as a tree."""
    return {
        "specie_explanation": FORM,
        "verdict": explanation.sentence,
        "policy": explanation.policy,
        "as_of": explanation.as_of.isoformat(),
        "school_year": explanation.school_year,
        "made_up": explanation.made_up,
        "row": place_record(explanation.place),
        "result": explanation.name,
        "value": value_record(explanation.value, explanation.type),
        "not_known": [_responsible(one) for one in explanation.responsible],
        "failing": _failing_set(explanation.failing),
        "nearest": _nearest(explanation.nearest, explanation.type),
        "either": [_either(one, explanation.type) for one in explanation.either],
        "without": [_without(one) for one in explanation.without],
        "tree": _items(explanation.items),
    }


def place_record(place: Place) -> dict[str, Any]:
    """A row: how it is called and where it was read."""
    return {
        "entity": place.entity,
        "key": place.key,
        "label": place.label,
        "file": place.file,
        "line": place.line or None,
        "personal": place.personal,
    }


def value_record(value: Value, type: Type) -> dict[str, Any]:
    """A value with its kind, its unit where it is a number, and how people read it."""
    record: dict[str, Any] = {"kind": type.kind, "value": None, "shown": shown(value, type)}
    if type.kind == "number":
        record["unit"] = unit_text(type)
    if isinstance(value, Missing):
        return {**record, "kind": "missing"}
    if value is NOT_APPLICABLE:
        return {**record, "kind": "not_applicable"}
    if isinstance(value, Bound):
        return {**record, "kind": "bound", "low": _number(value.low), "high": _number(value.high)}
    return {**record, "value": value if isinstance(value, bool) else _exact(value)}


def _exact(value: object) -> str:
    """A number without loss (a decimal, or where none is exact a fraction), a date, a text."""
    if isinstance(value, Date):
        return value.isoformat()
    return exact_text(value) if isinstance(value, Fraction) else str(value)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)


def exact_text(value: Fraction) -> str:
    """A number as a decimal such as `0.6`, and where no decimal is exact as a fraction such as `1/3`."""
    places, unit = 0, 1
    while unit % value.denominator and places < 60:
        places, unit = places + 1, unit * 10
    if unit % value.denominator:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * (unit // value.denominator)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if value < 0 else ''}{whole}{'.' + part if part else ''}"


def unit_text(type: Type) -> str:
    """The unit of a number as data files write it: `number`, `count`, `ratio`, `USD/year`, `points`."""
    return "number" if type.unit.kind == "plain" else str(type.unit)


# -- what would change it --------------------------------------------------------------------------------------------


def _failing_set(found: FailingSet | None) -> dict[str, Any] | None:
    if found is None:
        return None
    conditions = [_failing(one) for one in found.conditions]
    return {"conditions": conditions, "others": found.others, "exact": found.exact}


def _failing(one: Failing) -> dict[str, Any]:
    return {
        "text": one.text,
        "rule": one.rule,
        "row": place_record(one.place),
        "value": value_record(one.value, TRUTH),
        "wanted": one.wanted,
        "sentence": one.sentence,
        "margin": _margin(one.margin),
        "cite": one.cite,
        "source": one.source,
        "personal": one.personal,
    }


def _nearest(found: Nearest | None, type: Type) -> dict[str, Any] | None:
    if found is None:
        return None
    changes = [_change(one, type) for one in found.changes]
    return {"changes": changes, "tried": found.tried, "complete": found.complete, "sentence": found.sentence}


def _change(one: Change, type: Type) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "name": one.name,
        "row": place_record(one.place) if one.place is not None else None,
        "value": value_record(one.value, one.type),
        "new": value_record(one.new, one.type),
        "result": value_record(one.result, type),
        "verdict": one.verdict,
        "sentence": one.sentence,
        "personal": one.personal,
    }


def _either(one: Either, type: Type) -> dict[str, Any]:
    return {
        "of": _responsible(one.of),
        "text": one.text,
        "result": value_record(one.result, type),
        "verdict": one.verdict,
        "sentence": one.sentence,
    }


def _without(one: Counterfactual) -> dict[str, Any]:
    return {
        "text": one.text,
        "amount": exact_text(one.amount),
        "change": exact_text(one.change),
        "cite": one.cite,
        "source": one.source,
    }


# -- the tree -------------------------------------------------------------------------------------------------------


def _items(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [_item(item) for item in items]


def _item(item: Item) -> dict[str, Any]:
    match item:
        case Rule():
            return _rule(item)
        case Step():
            return {
                "is": "step",
                "text": item.text,
                "value": value_record(item.value, item.type),
                "margin": _margin(item.margin),
                "items": _items(item.items),
            }
        case Rows():
            return _rows(item)
        case Datum():
            return _datum(item)
        case Given():
            return _given(item)
        case Ledger():
            return {
                "is": "ledger",
                "text": item.text,
                "of": "points" if item.points else "money",
                "entries": [_entry(one) for one in item.entries],
            }
        case Note():
            return {"is": "note", "text": item.text}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "is": "rule",
        "name": rule.name,
        "role": rule.role,
        "path": rule.path,
        "row": place_record(rule.place),
        "value": value_record(rule.value, rule.type),
        "verdict": rule.verdict,
        "title": rule.title,
        "written": rule.written,
        "because": rule.because,
        "cite": rule.cite,
        "source": rule.source,
        "since": _day(rule.since),
        "margin": _margin(rule.margin),
        "told_elsewhere": rule.again,
        "items": _items(rule.items),
    }


def _rows(rows: Rows) -> dict[str, Any]:
    return {
        "is": "rows",
        "text": rows.text,
        "function": rows.function,
        "entity": rows.entity,
        "value": value_record(rows.value, rows.type),
        "rows_in": rows.rows_in,
        "rows_out": rows.rows_out,
        "possible": rows.possible,
        "left_out": rows.left_out,
        "decisive": rows.decisive,
        "reported": rows.reported,
        "said": rows.said,
        "rows": [_seen(one) for one in rows.rows],
    }


def _seen(row: SeenRow) -> dict[str, Any]:
    return {"row": place_record(row.place), "possible": row.possible, "items": _items(row.items)}


def _datum(datum: Datum) -> dict[str, Any]:
    return {
        "is": "datum",
        "text": datum.text,
        "row": place_record(datum.place),
        "column": datum.column,
        "value": value_record(datum.value, datum.type),
        "reason": datum.reason,
        "title": datum.title,
        "source": datum.source,
        "vintage": datum.vintage,
        "made_up": datum.made_up,
        "personal": datum.personal,
    }


def _given(given: Given) -> dict[str, Any]:
    following = value_record(given.next_value, given.type) if given.follows else None
    return {
        "is": "given",
        "name": given.name,
        "path": given.path,
        "title": given.title,
        "value": value_record(given.value, given.type),
        "starts": _day(given.starts),
        "follows": _day(given.follows),
        "next_value": following,
        "row": given.row,
        "keys": list(given.keys),
        "cite": given.cite,
        "source": given.source,
        "standing": given.standing,
        "note": given.note,
        "replaced": given.replaced,
        "deferred": list(given.deferred),
        "why": given.why,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "amount": exact_text(entry.amount),
        "total": entry.total,
        "cite": entry.cite,
        "source": entry.source,
        "notes": list(entry.notes),
    }


def _responsible(one: Responsible) -> dict[str, Any]:
    return {
        "code": one.code,
        "text": one.text,
        "column": one.column,
        "row": place_record(one.place) if one.place is not None else None,
        "failed": one.failed,
    }


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        "value": exact_text(margin.value),
        "unit": unit_text(margin.type),
        "rises": margin.rises,
        "at_least": margin.at_least,
        "shown": margin_text(margin),
    }


def _day(day: Date | None) -> str | None:
    return day.isoformat() if day else None
