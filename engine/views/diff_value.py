"""What stands on one side of an edit, in a line: an expression as a policy writes it, a thing by what it says."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date as Date
from typing import Any

from ..results.diff.edit import ABSENT
from ..results.diff.parts import print_cell
from ..syntax.choice_tables import BandRow, Interval, PointsLine, TableRow, TableVersion
from ..syntax.policy import CitedSource, DatedValue, Item, Parameter, RuleVersion, Word
from ..syntax.print import print_expr
from ..syntax.walk import CONTENTS

MOST = 6
"""Parts of a list that are shown."""


def value_text(value: Any) -> str:
    """One side of an edit; `nothing` where there is none, `no limit` for the word *none* of a value."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case str() | int():
            return str(value) or "nothing"
        case Date():
            return value.isoformat()
        case Word(text=text):
            return text
        case Interval():
            return print_cell(value)
        case (str() | Word(), _):
            return f"{value_text(value[0])}: {value_text(value[1])}" if value[0] else value_text(value[1])
        case tuple():
            shown = ", ".join(value_text(one) for one in value[:MOST])
            return (f"{shown} and {len(value) - MOST} more" if len(value) > MOST else shown) or "nothing"
        case frozenset():
            return ", ".join(sorted(value)) or "nothing"
        case _ if value is ABSENT:
            return "nothing"
        case _ if type(value) in CONTENTS:
            return print_expr(value)
        case _:
            return _record(value)


def _record(value: Any) -> str:
    match value:
        case RuleVersion():
            return print_expr(value.body)
        case DatedValue():
            return ", ".join(value_text(one) for one in value.members)
        case Parameter():
            return ", ".join(f"{value_text(one)} from {one.starts.isoformat()}" for one in value.values)
        case TableRow():
            gives = "not known" if value.result is None else value_text(value.result)
            return f"{' | '.join(print_cell(cell) for cell in value.cells)}: {gives}"
        case TableVersion():
            inputs = ", ".join(word.text for word, _ in value.inputs)
            return f"by {inputs}: {', '.join(value_text(row) for row in value.rows)}"
        case BandRow():
            return f"{print_cell(value.cut)}: {print_expr(value.gives)}"
        case PointsLine():
            return f"{print_expr(value.points)}: {value_text(value.when) if value.when is not None else 'otherwise'}"
        case CitedSource():
            return value.title or value.name
        case _ if is_dataclass(value):
            return _by_fields(value)
        case _:
            return str(value)


def _by_fields(value: Any) -> str:
    """A thing by what of it is said: `keep: 1, within: student`."""
    left_out = {"name", "title", "note", "cite", "replaces", "because", "policy"} if isinstance(value, Item) else set()
    said = []
    for each in fields(value):
        held = getattr(value, each.name)
        if not each.compare or each.name in left_out or held in (None, "", (), False) or held == each.default:
            continue
        text = value_text(held)
        said.append(text if each.name in ("versions", "body") else f"{each.name.replace('_', ' ')}: {text}")
    return ", ".join(said) or getattr(value, "name", "") or type(value).__name__.lower()
