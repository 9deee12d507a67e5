"""The list of a run as the next year has it on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pyarrow as pa

from ....execution.dates import add_days, add_months
from ....execution.frame import Frame
from ....execution.joined_frame import one_array
from ....syntax import expr as ast
from ....syntax.policy import PriorityList
from ...decode import keys_of, values_of
from ...line import column_named
from ...list_names import list_names
from ...priority_list import list_columns
from ...run import Run
from .year_on import same_day

LISTED = ("listed", "exception")
"""Standings of rows that are put on record as listed. One that stays is not: how long it may stay counts from when it
was last listed.
"""


def in_force_day(run: Run) -> Date | None:
    """The day on which the list of a run comes into force."""
    column = column_named(run, "state", "list_in_force")
    value = values_of(run, column)[0] if column is not None else None
    return value if isinstance(value, Date) else None


def listings(run: Run) -> Iterator[dict[str, Any]]:
    """A row for each row that is listed, for a year from the day on which the list comes into force."""
    listed, begins = run.checked.policy.priority_list, in_force_day(run)
    if listed is None or begins is None:
        return
    names, found = list_names(run, listed), list_columns(run)
    ends = same_day(begins, 1) - timedelta(days=1)
    for row, key in enumerate(keys_of(run, listed.entity.text)):
        if str(found["list_status"][row]) in LISTED:
            thing, *area = (str(key[place]) for place in names.places)
            tier = found["tier"][row] if listed.tiers else None
            yield {
                "entity": names.key.thing_entity, "subject": thing, **({"area": area[0]} if area else {}),
                "tier": tier if isinstance(tier, str) else None,
                "tier unknown": bool(listed.tiers) and not isinstance(tier, str),
                "listed_from": begins, "listed_until": ends,
            }  # fmt: skip


def ended(frame: Frame, run: Run) -> Frame:
    """Earlier listings as a run leaves them. One without an end ends on the day before the list of the run comes into
    force, where that says whether the thing is listed; one of a thing that stays is honored as if it were listed until
    the list of the run ends.
    """
    listed, begins = run.checked.policy.priority_list, in_force_day(run)
    if listed is None or begins is None:
        return frame
    names, found = list_names(run, listed), list_columns(run)
    standing = {
        tuple(str(key[place]) for place in names.places): (found["is_listed"][row], str(found["list_status"][row]))
        for row, key in enumerate(keys_of(run, listed.entity.text))
    }
    by = ("subject", "area") if names.key.area else ("subject",)
    about = [
        standing.get(tuple(named), (None, "")) if kind == names.key.thing_entity and start < begins else (None, "")
        for kind, start, *named in _rows(frame, "entity", "listed_from", *by)
    ]
    if "listed_until" in frame.columns:
        eve = begins - timedelta(days=1)
        until = [
            eve if end is None and isinstance(on, bool) else end
            for (end,), (on, _) in zip(_rows(frame, "listed_until"), about, strict=True)
        ]
        frame = _with_days(frame, "listed_until", until)
    last = _later(same_day(begins, 1) - timedelta(days=1), listed, run)
    if last is not None and "honored_until" in frame.columns:
        honored = [
            max(known or last, last) if status == "stays" else known
            for (known,), (_, status) in zip(_rows(frame, "honored_until"), about, strict=True)
        ]
        frame = _with_days(frame, "honored_until", honored)
    return frame


def _rows(frame: Frame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(one_array(frame.columns[name].values).to_pylist() for name in names), strict=True)


def _with_days(frame: Frame, name: str, days: list[Date | None]) -> Frame:
    """The frame with other days in a column, each of which says why where it is not known."""
    data = frame.columns[name]
    why = None
    if data.why is not None:
        gaps = zip(one_array(data.why).to_pylist(), days, strict=True)
        why = pa.array([None if day is not None else said for said, day in gaps], pa.string())
    changed = replace(data, values=pa.array(days, pa.date32()), why=why)
    return replace(frame, columns={**frame.columns, name: changed})


def _later(day: Date, listed: PriorityList, run: Run) -> Date | None:
    """Until when a thing is honored that is on the list until a day; nothing where the policy honors none."""
    match listed.honor_for:
        case ast.Duration(count=count, unit=unit):
            pass
        case ast.Name(name=name) if name in run.checked.parameters:
            value = run.binding.cells.get(f"parameters.{name}")
            unit = run.checked.parameters[name].type.name
            if not isinstance(value, Fraction):
                return None
            count = int(value)
        case _:
            return None
    if unit in ("year", "month"):
        return add_months(day, count * (12 if unit == "year" else 1))
    return add_days(day, count * (7 if unit == "week" else 1))
