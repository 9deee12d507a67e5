"""Values that a run rests on and that are not enacted: parameters, and the numbers and words written in tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..plan.from_checked import nodes_in
from ..plan.in_force import every_version, put_off_to
from ..plan.plan import UNKEPT, InForce, Reference
from ..syntax.choice_tables import Dated, Points, Version
from ..types.check_in_force import every_version as read_as_of
from .table import Cell as Shown
from .table import ResultTable, table

if TYPE_CHECKING:
    from .run import Run

Key = tuple[str, str]
"""The entity and the name of a column."""

ENACTED = ("", "enacted")


def assumption_table(run: Run) -> ResultTable:
    """`assumptions`: every value in use that is not enacted, and the results that hang on it. Of a parameter that rows
    read as of their own dates or classes, every such value may be in use.
    """
    used = {declaration.path for declaration in run.plan.cells}
    nodes = [node for column in run.plan.columns for node in nodes_in(column.node)]
    of_rows = {node.path for node in nodes if isinstance(node, InForce)}
    parameters = {item.name: item for item in run.checked.policy.parameters}
    rows: list[tuple[Shown, ...]] = []
    for found in run.binding.resolved:
        if found.path not in used:
            continue
        parameter = parameters[found.name]
        versions = every_version(parameter, found.member) if found.path in of_rows else (found,)
        results = "; ".join(_results(run, found.path))
        for one in versions:
            if one.standing != "enacted":
                note = "; ".join(part for part in (one.note, *put_off_to(parameter, one)) if part)
                rows.append((one.path, one.written, one.starts, one.standing, one.cite, note, results))
    rows += _of_tables(run)
    rows += _of_weights(run)
    return table("assumptions", "parameter value in_force_since:date standing cite note results", rows)


def _results(run: Run, path: str) -> list[str]:
    """The results that hang on an input cell."""
    return [
        f"{column.id.entity}.{column.id.name}"
        for column in run.plan.columns
        if path in column.cells and column.id.role not in (*UNKEPT, "sentence")
    ]


# -- what is written in tables, points and bands ------------------------------------------------------------------


def _of_tables(run: Run) -> Iterator[tuple[Shown, ...]]:
    """The versions of tables, points and bands that are in use and below enacted."""
    policy = run.checked.policy
    for kind, items in (("tables", policy.tables), ("points", policy.points), ("bands", policy.bands)):
        for item in items:
            if all(one.standing in ENACTED for one in item.versions):
                continue
            readers, any_version = _readers(run, kind, item)
            if not readers:
                continue
            results = "; ".join(_resting_on(run, readers))
            whole = item if any_version else item.on(run.epoch.starts)
            for one in whole.versions if whole.begun else ():
                if one.standing not in ENACTED:
                    path = f"{kind}.{item.name}"
                    yield path, _size(one), one.starts, one.standing, one.cite, one.note, results


def _of_weights(run: Run) -> Iterator[tuple[Shown, ...]]:
    """The table of weights in use, where it is below enacted."""
    section = run.checked.policy.accountability
    held = [one for one in section.weights if one.starts is None or one.starts <= run.epoch.starts] if section else []
    if section is None or not held or held[-1].standing in ENACTED:
        return
    one = held[-1]
    readers = {(level.text, f"{item.name}: weight") for level in section.levels for item in section.indicators}
    results = "; ".join(_resting_on(run, readers))
    yield "accountability.weights", _size(one), one.starts, one.standing, one.cite, one.note, results


def _size(version: Version) -> str:
    rows = getattr(version, "rows", None)
    lines = rows if rows is not None else (*getattr(version, "lines", ()), *getattr(version, "add", ()))
    what = "row" if rows is not None else "line"
    return f"{len(lines)} {what}{'s' if len(lines) != 1 else ''}"


def _readers(run: Run, kind: str, item: Dated[Any]) -> tuple[set[Key], bool]:
    """The columns that read a table, points or bands themselves, and whether any of their versions may be in use."""
    if isinstance(item, Points):
        return {(item.entity.text, item.name)}, item.in_force_by is not None
    of_the_run = {key for key, reads in run.epoch.reads.items() if (kind, item.name) in reads}
    of_rows = {key for key, reads in run.epoch.reads.items() if (kind, read_as_of(item.name)) in reads}
    return of_the_run | of_rows, bool(of_rows) or item.in_force_by is not None


def _resting_on(run: Run, readers: set[Key]) -> Iterator[str]:
    """The results that rest on what some columns read, through whatever columns lie between."""
    resting: set[Key] = set()
    for column in run.plan.columns:  # each comes after those that it uses
        key = (column.id.entity, column.id.name)
        used = (node.column for node in nodes_in(column.node) if isinstance(node, Reference))
        if key in readers or any((one.entity, one.name) in resting for one in used):
            resting.add(key)
            if column.id.role not in (*UNKEPT, "sentence"):
                yield f"{column.id.entity}.{column.id.name}"
