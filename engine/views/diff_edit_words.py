"""An edit in words: what it is called, what it does to a value and from when, as part of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from fractions import Fraction

from ..results.diff.edit import ABSENT, Edit, Kind
from ..syntax.choice_tables import Version
from .diff import change
from .diff_value import value_text

LONGEST = 60
"""Characters of a value that a sentence holds."""

MOST = 3
"""Edits that a sentence tells one by one."""


def short_path(edit: Edit) -> str:
    """The name of an edit in tables: without the words that all values have, and the day, where that is told beside."""
    path = edit.path.removeprefix("parameters.").replace(".amount.values.", ".values.")
    if edit.values and edit.epoch is not None:
        path = path.replace(f".values.{edit.epoch.isoformat()}", "").replace(".members", "")
    return path.replace(".values.", ", ")


def edits_words(edits: Sequence[Edit]) -> str:
    """A few edits as the beginning of a sentence; nothing where they are many, or one cannot be said in short.

    From 2025-07-01 this lowers the amount per credential from $1,250 to $725 and raises the incentive fund …
    """
    if not edits or len(edits) > MOST:
        return ""
    clauses = [_clause(edit) for edit in edits]
    days = [None if edit.kind is Kind.MOVED else edit.epoch for edit in edits]
    if len(set(days)) > 1:
        clauses = [(verb, f"{rest}{_since(day)}") for (verb, rest), day in zip(clauses, days, strict=True)]
        return f"This {_listed(clauses)}"
    start = f"From {days[0].isoformat()} this" if days[0] is not None else "This"
    return f"{start} {_listed(clauses)}"


def edit_words(edit: Edit) -> str:
    """One edit as a clause: `raises the wage floor from $41,250 to $43,900 as of 2026-07-01`."""
    verb, rest = _clause(edit)
    return f"{verb} {rest}{'' if edit.kind is Kind.MOVED else _since(edit.epoch)}"


def _since(day: Date | None) -> str:
    return "" if day is None else f" as of {day.isoformat()}"


def _listed(clauses: Sequence[tuple[str, str]]) -> str:
    """Clauses as a list; a verb is said once where the next one is the same."""
    said: list[str] = []
    for place, (verb, rest) in enumerate(clauses):
        said.append(rest if place and clauses[place - 1][0] == verb else f"{verb} {rest}")
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]


def _clause(edit: Edit) -> tuple[str, str]:
    """A verb and what it does that to."""
    name = _called(edit)
    if edit.values:
        return _of_values(edit, name)
    if edit.kind is Kind.MOVED:
        return "moves", f"{name} from {edit.old_steps[-1]} to {edit.steps[-1]}"
    if isinstance(edit.after if edit.after is not ABSENT else edit.before, Version):
        return "changes", name
    if edit.after is ABSENT or edit.kind is Kind.REMOVED:
        return "takes away", name
    if edit.before is ABSENT or edit.kind is Kind.ADDED:
        text = change(edit).removeprefix("+ ")
        return "adds", f"{name} ({text})" if len(text) <= LONGEST else name
    if edit.kind is not Kind.CHANGED:
        return "changes", name
    return _move(name, value_text(edit.before), value_text(edit.after))


def _of_values(edit: Edit, name: str) -> tuple[str, str]:
    """What becomes of the values in force; of many members only that they change."""
    if len(edit.values) > 1:
        members = " and ".join(_spaced(member) for member, *_ in edit.values)
        return "changes", f"{name} for {members if len(edit.values) == 2 else f'{len(edit.values)} groups'}"
    ((member, before, after),) = edit.values
    whole = f"{name} for {_spaced(member)}" if member else name
    if before is ABSENT:
        return "sets", f"{whole} at {limit_text(after)}"
    if after is ABSENT:
        return "takes away", f"{whole} ({limit_text(before)})"
    return _move(whole, limit_text(before), limit_text(after))


def limit_text(value: object) -> str:
    """A value of a parameter: where there is none, it sets no limit."""
    return "no limit" if value is None else value_text(value)


def _move(name: str, before: str, after: str) -> tuple[str, str]:
    if len(before) > LONGEST or len(after) > LONGEST:
        return "changes", name
    return _way(before, after), f"{name} from {before} to {after}"


def _called(edit: Edit) -> str:
    """The part of the path that people know: `the wage floor`, `the table amount per hour`, `credential good job`."""
    steps = [step for step in edit.path.split(".") if step not in ("values", "value", "amount")]
    if edit.values or isinstance(edit.after if edit.after is not ABSENT else edit.before, Version):
        steps = steps[:2]
    kinds = {
        "parameters": "the",
        "appropriations": "the",
        "tables": "the table",
        "points": "the points",
        "bands": "the bands",
    }
    if steps[0] in kinds and len(steps) > 1:
        return " ".join([kinds[steps[0]], *(_spaced(step) for step in steps[1:])])
    return " ".join(steps) or edit.path


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _way(before: str, after: str) -> str:
    """Whether a number rises or falls."""
    numbers = [_number(text) for text in (before, after)]
    if numbers[0] is None or numbers[1] is None or numbers[0] == numbers[1]:
        return "changes"
    return "raises" if numbers[1] > numbers[0] else "lowers"


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text.strip().lstrip("$").rstrip("%").replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None
