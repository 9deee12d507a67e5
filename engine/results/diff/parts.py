"""A policy as parts with stable names: fields by their names, what stands in lists by its name or its start.

Only what means something is a part: places, comments, the order of rules and the file that wrote a thing are not.
"""

from __future__ import annotations

from dataclasses import Field, fields, is_dataclass, replace
from datetime import date as Date
from typing import Any

from ...syntax.choice_tables import BandRow, Interval, PointsLine, TableRow, Version
from ...syntax.policy import Criterion, DatedValue, Definition, Item, Relation, RuleVersion, Word
from ...syntax.print import print_expr
from ...syntax.walk import CONTENTS
from ...syntax.weight_table import WeightRow
from .edit import ABSENT, Steps

ALWAYS = "always"
"""The name of what has no start."""

ORDERED = frozenset(
    {"tiers", "ratings", "overrides", "limits", "pay_in_order", "stages", "steps", "shares", "caps", "lines", "add"}
)
"""Lists in which the order means something."""

UNREAD = frozenset({"policy", "limit_since", "extent", "name", "begun", "orphaned", "rejected"})
"""Fields that are no parts: who wrote a thing, what the checker found, and its name, by which it is known."""


def is_leaf(value: Any) -> bool:
    """Whether a value is compared as a whole: an expression, a word, a number, a list of words."""
    if isinstance(value, tuple):
        return bool(value) and key_of(value) is None
    return not is_dataclass(value) or isinstance(value, (Word, Interval)) or type(value) in CONTENTS


def key_of(values: tuple[Any, ...]) -> tuple[str, ...] | None:
    """The names of what stands in a list, in its order; nothing where it is a list of plain values or has a name
    twice.
    """
    names = tuple(_name(value) for value in values)
    if not names or any(name is None for name in names) or len(set(names)) < len(names):
        return None
    return tuple(name for name in names if name is not None)


def _name(value: Any) -> str | None:
    match value:
        case Definition() | Criterion() | Relation():
            return f"{value.entity.text}.{value.name}"
        case Item():
            return value.name
        case DatedValue() | RuleVersion() | Version():
            return value.starts.isoformat() if isinstance(value.starts, Date) else ALWAYS
        case (Word(text=name), _) | (str(name), _):
            return name
        case PointsLine():
            return print_expr(value.when) if value.when is not None else "otherwise"
        case BandRow():
            return print_cell(value.cut)
        case TableRow():
            return " | ".join(print_cell(cell) for cell in value.cells)
        case WeightRow() if value.cells:
            return " | ".join(print_cell(cell) for cell in value.cells)
        case _:
            return None


def print_cell(cell: Any) -> str:
    """A cell of a decision table, or a cut of bands, as it is written in a table."""
    if cell is None:
        return "-"
    if not isinstance(cell, Interval):
        return print_expr(cell)
    low = "" if cell.low is None else f"{'from' if cell.low_in else 'over'} {print_expr(cell.low)}"
    high = "" if cell.high is None else f"{'up to' if cell.high_in else 'under'} {print_expr(cell.high)}"
    return " ".join(part for part in (low, high) if part) or "-"


def parts_of(value: Any) -> dict[str, Any]:
    """The parts of a record by field, or of a list by name."""
    if isinstance(value, tuple):
        return {name: _content(one) for name, one in zip(key_of(value) or (), value, strict=False)}
    return {field.name: getattr(value, field.name) for field in fields(value) if _is_part(value, field)}


def _content(element: Any) -> Any:
    """What stands in a list under a name: the second of a pair of a name and a value."""
    return element[1] if isinstance(element, tuple) else element


def _is_part(value: Any, field: Field[Any]) -> bool:
    if not field.compare or field.name in UNREAD:
        return False
    if isinstance(value, (DatedValue, RuleVersion, Version)) and field.name == "starts":
        return False  # it is the name
    return not (isinstance(value, (Definition, Criterion, Relation)) and field.name == "entity")


def element(values: tuple[Any, ...], name: str) -> Any:
    """What stands in a list under a name, with its name where it is a pair; ABSENT where there is nothing."""
    names = key_of(values) or ()
    return values[names.index(name)] if name in names else ABSENT


def part_at(value: Any, steps: Steps) -> Any:
    """What stands at the end of a way; ABSENT where there is nothing."""
    for step in steps:
        if not isinstance(value, tuple) and (value is ABSENT or is_leaf(value)):
            return ABSENT
        value = parts_of(value).get(step, ABSENT)
    return value


def with_part(value: Any, steps: Steps, new: Any) -> Any:
    """A copy of a record (or list) with another part at the end of a way. What is new in a list comes behind the
    others; ABSENT takes out what is there.
    """
    step, rest = steps[0], steps[1:]
    if not isinstance(value, tuple):
        return replace(value, **{step: new if not rest else with_part(getattr(value, step), rest, new)})
    names = key_of(value) or ()
    if step not in names:
        return _put_in((*value, new)) if not rest and new is not ABSENT else value
    at = names.index(step)
    held = value[at]
    if not rest and new is ABSENT:
        return (*value[:at], *value[at + 1 :])
    content = new if not rest else with_part(_content(held), rest, new)
    return (*value[:at], (held[0], content) if isinstance(held, tuple) else content, *value[at + 1 :])


def _put_in(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A list with something new at its end; what has starts stands in their order."""
    if all(isinstance(one, (DatedValue, RuleVersion, Version)) for one in values):
        return tuple(sorted(values, key=lambda one: one.starts or Date.min))
    return values
