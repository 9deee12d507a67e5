"""What changed on a priority list since the one before, and by what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta

from ..types.lower.priority_list import STATUSES
from .decode import keys_of, values_of
from .list_names import ListNames, list_names
from .list_tests import ListTests
from .priority_list import beside_the_rule, list_columns
from .run import Run
from .table import Cell, ResultTable, table, value_text

CHANGES = ("added", "kept", "moved tier", "stayed", "sunset", "removed", "pending review")
"""What may have become of a row. `sunset`: it is off the list, and honored for those who had begun."""


def list_change_table(run: Run) -> ResultTable:
    """`list_changes`: each row on this list or the one before, or honored still: what became of it, both tiers, until
    when it is honored, and what decides: the tests of the list that it meets, or those that it does not.
    """
    listed = run.checked.policy.priority_list
    if listed is None:
        return table("list_changes", "key name change tier_before tier honored_until:date because", ())
    names = list_names(run, listed)
    columns = f"{names.columns} change tier_before tier honored_until:date because"
    found, keys = list_columns(run), keys_of(run, listed.entity.text)
    tiers, until = found.get("tier_before"), found.get("honored_to")
    tests = ListTests(run, listed)
    rows: list[tuple[Cell, ...]] = []
    for row, key in enumerate(keys):
        status, was = str(found["list_status"][row]), found["listed_before"][row] is True
        before, tier = value_text(tiers[row]) if tiers and was else "", value_text(found["tier"][row])
        change = change_of(status, was, bool(before and tier and before != tier))
        if change:
            day = until[row] if until and status == "honored" else None
            why = beside_the_rule(listed, found, row, key, names, run.as_of) or tests.said(key)
            rows.append((*names.cells(key), change, before, tier, day if isinstance(day, Date) else None, why))
    known = {names.cells(key) for key in keys}
    for gone in on_the_eve(run, names):
        if names.of_record(*gone) not in known:
            rows.append((*names.of_record(*gone), "removed", "", "", None, "no longer in the data"))
    return table("list_changes", columns, rows)


def change_of(status: str, was: bool, moved: bool = False) -> str:
    """What became of a row with this standing that was on the list before, or was not; empty where nothing did."""
    assert status in STATUSES, status
    if status in ("listed", "exception"):
        return ("moved tier" if moved else "kept") if was else "added"
    if status == "stays":
        return "stayed"
    if status == "honored":
        return "sunset"
    if not was:
        return ""
    return "pending review" if status in ("pending_review", "left_off") else "removed"


def on_the_eve(run: Run, names: ListNames) -> Iterator[tuple[str, ...]]:
    """Thing (and area) of every row on the list in force on the day before this run's list begins, in the data still or
    not, in order.
    """
    frame, begins = run.dataset.tables.get(names.key.records), _in_force(run)
    if frame is None or begins is None or not frame.row_count:
        return
    by = ("subject", "area") if names.key.area else ("subject",)
    cells = [frame.columns[name].values.to_pylist() for name in ("entity", "listed_from", "listed_until", *by)]
    eve = begins - timedelta(days=1)
    found = {
        tuple(named)
        for kind, start, until, *named in zip(*cells, strict=True)
        if kind == names.key.thing_entity and start <= eve and (until is None or until >= eve)
    }
    yield from sorted(found)


def _in_force(run: Run) -> Date | None:
    for column in run.plan.columns:
        if column.id.entity == "state" and column.id.name == "list_in_force":
            value = values_of(run, column)[0]
            return value if isinstance(value, Date) else None
    return None
