"""What scenarios change of rules and data, as a section."""

from __future__ import annotations

from ..results.simulate.overlay.made_changes import RuleChange, in_force, row_changes, rule_changes
from ..results.simulate.simulation import Simulation
from .article import Grid, Section


def changes_sections(one: Simulation) -> list[Section]:
    """The rules that are others, and how many rows of each table come, go or have other cells; none where nothing is
    changed.
    """
    rules, rows = rule_changes(one.asked.scenarios, one.as_of), row_changes(one.grounds)
    waiting = _waiting(one)
    if not rules and not rows and not waiting and one.grounds.rows is None:
        return []
    notes = [*waiting]
    if one.grounds.rows is not None and not rows:
        notes.append("No row of the data is another.")
    notes += [
        f"Of {_rows(each.unknown)} of {each.table} it is not known whether they are meant; they stay as they are."
        for each in rows
        if each.unknown
    ]
    notes += [
        f"In {_rows(each.same)} of {each.table} cells are set, and none is another." for each in rows if each.same
    ]
    unread = () if one.grounds.rows is None else one.grounds.rows.unread
    if unread:
        columns = ", ".join(f"{table}.{name}" for table, name in unread)
        notes.append(f"Set, and not read in these runs: {columns}.")
    stayed = 0 if one.grounds.rows is None else one.grounds.rows.stayed
    if stayed:
        whose = "1 copied attainment is" if stayed == 1 else f"{stayed:,} copied attainments are"
        notes.append(f"{whose} of the same student: no other of the school and class is without the credential.")
    body = tuple(
        (each.table, f"{each.before:,}", f"{each.added:,}", f"{each.removed:,}", f"{each.changed:,}", f"{each.after:,}")
        for each in rows
        if each.added or each.removed or each.changed
    )
    heads = ("rows of", "as it is", "added", "removed", "changed", "after")
    grid = Grid(heads, body, frozenset(range(1, len(heads))))
    tables = tuple(Grid(each.table[0], each.table[1:]) for each in rules if each.table)
    if tables:
        notes.append("Tables that are set, in the order in which they are named:" if len(tables) > 1 else "The table:")
    grids = (*tables, *((grid,) if body else ()))
    return [Section("What is changed", tuple(notes), grids, bullets=tuple(map(_said, rules)))]


def not_in_force(one: Simulation) -> list[str]:
    """The scenarios with something that holds only after the day of the run, and after that of the last year."""
    last = one.as_of if one.years is None else max(year.as_of for year in one.years.years)
    run = f"the run is as of {one.as_of.isoformat()}" + ("" if last == one.as_of else f", its last year {last}")
    return [
        f"`{each.name.text}` holds from {each.starts.isoformat()} and {run}: it is not in force yet."
        for each in one.asked.scenarios
        if each.starts is not None
        and each.starts > last
        and (each.settings or each.rules or each.rows or each.sweeps or each.searches)
    ]


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _said(one: RuleChange) -> str:
    return f"{one.done}: {one.path}{f', {one.text}' if one.text else ''}"


def _waiting(one: Simulation) -> list[str]:
    """Scenarios of which no rule and no row holds yet on the day of the run."""
    held = in_force(one.asked.scenarios, one.as_of)
    last = one.as_of if one.years is None else max(year.as_of for year in one.years.years)
    return [
        f"The rules and data of {each.name.text} hold from {each.starts.isoformat()} on, and not in these runs."
        if each.rules is None or each.starts > last
        else f"The rules of {each.name.text} hold from {each.starts.isoformat()} on: not in {one.school_year}, and in "
        "the years from then on."
        for each in one.asked.scenarios
        if each not in held and each.starts is not None and (each.rules or each.rows)
    ]
