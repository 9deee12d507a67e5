"""The leaves of an explanation: cells of the data, parameters, and what is responsible for a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date

from ...execution import values as known
from ...execution.trace import Trace
from ...execution.values import Bound, Key, Missing, Reason, Value, missing, reasons_of
from ...plan.in_force import not_yet, put_off
from ...plan.plan import Cell, Compute, InForce, Scan
from ...syntax.policy import DatedValue, Parameter
from ...text.codes import CODES
from ..quantity import shown
from ..replay import Replay, column_text, place_of, source_title, text_of
from .decision import RECORDS, no_decision
from .explanation import Datum, Given, Item, Responsible

NO_RECORD = (known.NO_ROWS, known.NO_ROWS_REPORTED)
FACTS = {
    "as_of": "the as-of date",
    "school_year": "the school year of the as-of date",
    "fiscal_year": "the fiscal year of the as-of date",
    "jurisdiction.area": "the area of the jurisdiction",
}
"""Input cells that are no parameters."""


def given(replay: Replay, cell: Cell, value: Value) -> Given:
    """A parameter as of the run, or a fact of the run."""
    found = _given(replay, cell.path, value, cell, replay.run.as_of)
    if not found.standing or found.replaced:
        return found
    return replace(found, why=_why(found, f"the as-of date, {replay.run.as_of.isoformat()},"))


def given_on(replay: Replay, node: InForce, trace: Trace) -> Given:
    """A parameter as of a date of the row."""
    day = trace.children[0].value
    found = _given(replay, node.path, trace.value, node, day if isinstance(day, Date) else None)
    row = _year_of(trace.children[0], found.keys != ("", ""))
    if not isinstance(day, Date) or not found.standing or found.replaced:
        return replace(found, row=row)
    picked = row or f"{text_of(replay, node.date)} of the row, {day.isoformat()},"
    return replace(found, row=row, why=_why(found, picked))


def _why(found: Given, picked: str) -> str:
    """Why this version: by what it was picked, and between which versions that lies."""
    if found.starts is None:
        return f"no value is in force: {picked} is before the first, {found.keys[1] or found.follows}"
    since = f"{found.keys[0]} or later" if found.keys[0] else f"on or after {found.starts.isoformat()}"
    until = "" if found.follows is None else f" and before {found.keys[1] or found.follows.isoformat()}"
    return f"this version, because {picked} is {since}{until}"


def given_at(replay: Replay, node: InForce, value: Value, day: Date | None) -> Given:
    """A parameter as of a day."""
    return _given(replay, node.path, value, node, day)


def _year_of(trace: Trace, classes: bool) -> str:
    """The class or year whose first day a date is; empty for any other date."""
    node = trace.node
    if not isinstance(node, Compute) or node.op != "day_of_year" or node.options[:2] != (0, 1) or not trace.children:
        return ""
    year, type = trace.children[0].value, trace.children[0].node.type
    if isinstance(year, Missing | Bound):
        return ""
    return f"class {year}" if classes and type.name not in ("school_year", "fiscal_year") else shown(year, type)


def _given(replay: Replay, path: str, value: Value, node: Cell | InForce, day: Date | None) -> Given:
    if path in FACTS:
        return Given(path, path, value, node.type, FACTS[path])
    binding = replay.run.binding
    resolved = next((one for one in binding.resolved if one.path == path), None)
    name = path.removeprefix("parameters.")
    if resolved is None:
        return Given(name, path, value, node.type)
    schedule = binding.schedules.get(path, ())
    later = [entry for entry in schedule if day is not None and entry[0] > day]
    earlier = [entry for entry in schedule if day is not None and entry[0] <= day]
    parameter = next(item for item in replay.run.checked.policy.parameters if item.name == resolved.name)
    dated = next((one for one in parameter.values if earlier and one.starts == earlier[-1][0]), None)
    cite = (dated.cite if dated else "") or resolved.cite
    return Given(
        name=name,
        path=path,
        value=value,
        type=node.type,
        title=parameter.title,
        starts=earlier[-1][0] if earlier else None,
        follows=later[0][0] if later else None,
        next_value=missing("none") if not later or later[0][1] is None else later[0][1],
        cite=cite,
        source=source_title(replay, cite),
        standing=dated.standing if dated else resolved.standing,
        note=dated.note if dated else resolved.note,
        replaced=bool(schedule) and schedule[0][0] == Date.min and dated is None,
        keys=_class_keys(parameter, dated, later[0][0] if later else None),
        deferred=tuple(
            put_off(one) for one in parameter.deferred if one.to in {entry[0] for entry in (*earlier[-1:], *later[:1])}
        ),
    )


def _class_keys(parameter: Parameter, dated: DatedValue | None, follows: Date | None) -> tuple[str, str]:
    """The classes with which a value and the next one begin; empty where they are written as dates."""
    following = next((one for one in parameter.values if one.starts == follows), None)
    keys = [one.key if one is not None and one.key.startswith("class ") else "" for one in (dated, following)]
    return keys[0], keys[1]


def datum(replay: Replay, node: Scan, trace: Trace, text: str = "") -> tuple[Item, ...]:
    """A cell of the data with its source; nothing for a part of the row's own key, which its name says already."""
    entity, column = trace.entity, node.column
    frame = replay.run.dataset.tables.get(entity)
    if any(name == column for name, _ in replay.run.plan.entity(entity).key):
        return ()
    described = replay.run.checked.tables[entity].column(column) if entity in replay.run.checked.tables else None
    source = replay.run.dataset.sources.get(entity)
    return (
        Datum(
            text=text or column,
            place=place_of(replay, entity, trace.key),
            column=column,
            value=trace.value,
            type=node.type if frame is None else replay.run.epoch.world.entities[entity].columns[column],
            reason=", ".join(sorted({reason.code for reason in reasons_of(trace.value)})),
            title=described.title if described else "",
            source=source.source if source else "",
            vintage=source.vintage if source else "",
            made_up=source.made_up if source else "",
            personal=described.personal if described else False,
        ),
    )


def recorded(replay: Replay, entity: str, key: Key, names: tuple[str, ...]) -> tuple[Item, ...]:
    """What a record says in the columns named, as far as it says anything and the run has read them."""
    info, frame = replay.run.epoch.world.entities[entity], replay.run.dataset.tables[entity]
    found: list[Item] = []
    for name in names:
        if name in frame.columns and name not in info.key:
            value = replay.rows.cell(entity, key, name)
            scan = Scan(entity, name, info.columns[name])
            found += () if isinstance(value, Missing) else datum(replay, scan, Trace(scan, entity, key, value))
    return tuple(found)


# -- what is responsible --------------------------------------------------------------------------------------------


def responsible(replay: Replay, value: Value, beside: Key = ()) -> tuple[Responsible, ...]:
    """The cells that leave a value missing or a bound, in a fixed order; nothing for a known value.

    `beside` is the key of the row that was asked for, whose label need not be said again.
    """
    if not isinstance(value, Missing | Bound):
        return ()
    found = {responsible_for(replay, reason, beside) for reason in reasons_of(value)}
    return tuple(sorted(found, key=lambda one: (one.place.entity if one.place else "", one.text)))


def responsible_for(replay: Replay, reason: Reason, beside: Key) -> Responsible:
    """One of what leaves a value missing or a bound, in words."""
    place = place_of(replay, reason.entity, reason.key, beside) if reason.entity else None
    where = (
        ""
        if place is None
        else f"{place.entity.replace('_', ' ')} {place.key}" + (f" ({place.label})" if place.label else "")
    )
    column = column_text(replay, reason.entity, reason.column) if reason.entity else reason.column
    of = replay.columns.get((reason.entity, reason.column))
    name = of.id.origin.removeprefix("determinations.") if of is not None else ""
    if place is not None and of is not None and name != of.id.origin and reason.code in NO_RECORD:
        text, record = no_decision(replay, name, reason.entity, reason.key, f" of {where}")
        if record is not None:
            place = replace(place_of(replay, RECORDS, record), personal=place.personal)
        return Responsible(reason.code, text, column, place)
    return Responsible(reason.code, _said(replay, reason, column, where), column, place)


def _said(replay: Replay, reason: Reason, column: str, where: str) -> str:
    of = f" of {where}" if where else ""
    named = f"{column}{of}" if column else where or "it"
    if not reason.entity and reason.column:
        named = f"the parameter {column.removeprefix('parameters.')}"
        binding = replay.run.binding
        if reason.column in binding.not_in_force:
            return f"{named} has {not_yet(binding.not_in_force[reason.column])} ({reason.code})"
        return f"{named} sets no limit"
    match reason.code:
        case known.NO_ROW:
            return f"there is no row of {where}"
        case known.NO_ROWS:
            return f"there are no rows for {named}"
        case known.NO_ROWS_REPORTED:
            return f"no rows are reported for {named}"
        case known.BOUND:
            cell = _cell(replay, reason)
            return f"{named} is known only as {cell}" if cell else f"{named} is known only within bounds"
        case known.BLANK | known.NOT_KNOWN:
            return f"{named} is {'blank' if reason.code == known.BLANK else 'not known'}"
        case code if reason.failed:
            return f"{named} failed: {CODES[code].message if code in CODES else code} ({code})"
        case code:
            return f"{named} is missing ({code})"


def _cell(replay: Replay, reason: Reason) -> str:
    frame = replay.run.dataset.tables.get(reason.entity)
    if frame is None or reason.column not in frame.columns:
        return ""
    type = replay.run.epoch.world.entities[reason.entity].columns[reason.column]
    return shown(replay.rows.cell(reason.entity, reason.key, reason.column), type)


def listed_names(names: Sequence[str], most: int = 3) -> str:
    """Some names as a sentence has them: `a`, `a and b`, `a, b and 4 more`."""
    kept = list(names[:most]) if len(names) > most else list(names)
    if len(names) > most:
        kept.append(f"{len(names) - most} more")
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}" if kept else ""
