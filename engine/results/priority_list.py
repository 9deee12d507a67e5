"""The priority list of a run, and what changed since the list before."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from fractions import Fraction

from ..execution.values import Value
from ..syntax.print import print_expr
from ..types.lower.priority_list import STATUSES
from .decode import key_text, keys_of, labels_of, values_of
from .run import Run
from .table import ResultTable, table, value_text

SHOWN = ("listed", "exception", "stays", "honored", "pending_review", "left_off", "beyond_quota", "beyond_limit")
"""Standings that stand in the table, in its order."""


def list_columns(run: Run) -> dict[str, list[Value]]:
    """The computed columns of the priority list by name, rows in the order of their keys; empty without a list."""
    listed = run.checked.policy.priority_list
    if listed is None:
        return {}
    return {
        column.id.name: values_of(run, column)
        for column in run.plan.columns
        if column.id.entity == listed.entity.text and column.id.role == "list"
    }


def priority_list_table(run: Run) -> ResultTable:
    """`priority_list`: listed rows in their places, then exceptions, stayers, honored ones, those that are pending, and
    those that qualify beyond a quota or the limit.
    """
    listed = run.checked.policy.priority_list
    columns = "place:number key name status tier score score_is because"
    if listed is None:
        return table("priority_list", columns, ())
    entity = listed.entity.text
    found, names = list_columns(run), labels_of(run, entity)
    exceptions = {one.key: one for one in listed.exceptions}
    score_name = print_expr(listed.rank_by.keys[0].value) if listed.rank_by is not None else ""
    rows = []
    keys = keys_of(run, entity)
    shown = [row for row, status in enumerate(found["list_status"]) if status in SHOWN]
    scores = found.get("list_score")
    for row in shown:
        key, status = keys[row], str(found["list_status"][row])
        place, tier = found["list_rank"][row], found["tier"][row]
        why = ""
        if status == "exception" and (one := exceptions.get(str(key[0]))) and one.because is not None:
            why = f"{one.decided_by}: {one.because.parts[0]}" if one.decided_by else str(one.because.parts[0])
        if status == "beyond_quota":
            quota = str(found["list_quota"][row])
            within = found[f"{quota}: place"][row]
            why = f"place {value_text(within)} within the quota {quota}"
        rows.append(
            (
                place if isinstance(place, Fraction) and status in ("listed", "beyond_limit") else None,
                key_text(run, entity, key), names.get(key, ""), status, value_text(tier),
                value_text(scores[row]) if scores else "", score_name, why,
            )
        )  # fmt: skip
    rows.sort(key=lambda r: (SHOWN.index(str(r[3])), r[0] if r[0] is not None else 0, r[1]))
    return table("priority_list", columns, rows)


def on_the_eve(run: Run, entity: str) -> set[str]:
    """The key of every row on the list in force on the day before this run's list begins, in the data still or not."""
    frame = run.dataset.tables.get("listing")
    begins = _in_force(run)
    if frame is None or begins is None or not frame.row_count:
        return set()
    names = ("entity", "subject", "listed_from", "listed_until")
    cells = [frame.columns[name].values.to_pylist() for name in names]
    eve = begins - timedelta(days=1)
    return {
        subject
        for kind, subject, start, until in zip(*cells, strict=True)
        if kind == entity and start <= eve and (until is None or until >= eve)
    }


def _in_force(run: Run) -> Date | None:
    for column in run.plan.columns:
        if column.id.entity == "state" and column.id.name == "list_in_force":
            value = values_of(run, column)[0]
            return value if isinstance(value, Date) else None
    return None


def list_change_table(run: Run) -> ResultTable:
    """`list_changes`: each row on this list or the one before: added, kept, stayed, honored, removed, pending."""
    listed = run.checked.policy.priority_list
    columns = "key name change tier_before tier"
    if listed is None:
        return table("list_changes", columns, ())
    entity = listed.entity.text
    found, names = list_columns(run), labels_of(run, entity)
    tiers = found.get("tier_before")
    rows = []
    keys = keys_of(run, entity)
    for row, key in enumerate(keys):
        change = _change(str(found["list_status"][row]), found["listed_before"][row] is True)
        if change:
            before = value_text(tiers[row]) if tiers else ""
            rows.append(
                (key_text(run, entity, key), names.get(key, ""), change, before, value_text(found["tier"][row]))
            )
    gone = sorted(set(on_the_eve(run, entity)) - {str(key[0]) for key in keys})
    rows += [(key, "", "removed: no longer in the data", "", "") for key in gone]
    return table("list_changes", columns, rows)


def _change(status: str, was: bool) -> str:
    assert status in STATUSES, status
    if status in ("listed", "exception"):
        return "kept" if was else "added"
    if status == "stays":
        return "stayed"
    if status == "honored":
        return ("removed, " if was else "") + "honored for those who had begun"
    if not was:
        return ""
    return "pending review" if status in ("pending_review", "left_off") else "removed"
