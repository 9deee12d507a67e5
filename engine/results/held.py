"""What is held: undetermined and failed decisions, each with the cells that are responsible, found by replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..execution.values import Key, Missing, Reason
from ..plan.plan import Column
from .decode import MISSING, key_text, keys_of, labels_of, values_of
from .table import ResultTable, table

if TYPE_CHECKING:
    from .run import Run

DECIDING = ("criterion", "eligibility", "determination")
LIST_PARTS = ("qualifies", "list_rank", "within_limit", "tier_line", "stays")
"""Computed columns of a priority list that can leave a row pending."""


@dataclass(frozen=True, slots=True)
class Held:
    """An undetermined (or failed) decision of one row, and why: the responsible cells with their reasons."""

    column: Column
    key: Key
    reasons: tuple[Reason, ...]

    @property
    def failed(self) -> bool:
        """Whether a failure such as a division by zero is among the reasons."""
        return any(reason.failed for reason in self.reasons)


def held(run: Run) -> tuple[Held, ...]:
    """Every undetermined decision of a run. The rows in question are replayed by the reference interpreter, whatever
    backend made the run, so that the reasons are the same everywhere.
    """
    from ..execution.dataset_rows import DatasetRows
    from ..execution.reference import Interpreter

    interpreter = Interpreter(run.plan, DatasetRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
    found: list[Held] = []
    for column in run.plan.columns:
        if column.id.role not in DECIDING and not (column.id.role == "list" and column.id.name in LIST_PARTS):
            continue
        open_rows = _pending_rows(run, column)
        if open_rows is not None:  # the first part that is missing says it; the later parts follow from it
            open_rows -= {one.key for one in found if one.column.id.role == "list"}
        for key, value in zip(keys_of(run, column.id.entity), values_of(run, column), strict=True):
            if value == MISSING and (open_rows is None or key in open_rows):
                replayed = interpreter.value(column.id.entity, column.id.name, key)
                reasons = replayed.reasons if isinstance(replayed, Missing) else frozenset()
                found.append(Held(column, key, tuple(sorted(reasons, key=_order))))
    return tuple(found)


def _pending_rows(run: Run, column: Column) -> set[Key] | None:
    """For a part of a priority list, the rows that wait on it: others are decided without it."""
    if column.id.role != "list":
        return None
    status = run.plan.column(column.id.entity, "list_status")
    waiting = ("listed", "stays") if column.id.name == "tier_line" else ("pending_review", "left_off")
    keys = keys_of(run, column.id.entity)
    return {key for key, value in zip(keys, values_of(run, status), strict=True) if value in waiting}


def _order(reason: Reason) -> tuple[str, str, str, str]:
    return reason.entity, str(reason.key), reason.column, reason.code


def held_table(run: Run, rows: tuple[Held, ...]) -> ResultTable:
    """`held`: one line for each responsible cell of each held decision."""
    lines = []
    names = {entity: labels_of(run, entity) for entity in {one.column.id.entity for one in rows}}
    for one in rows:
        entity = one.column.id.entity
        place = run.checked.policy.source.position(one.column.span.start)[0] if one.column.span.end else 0
        for reason in one.reasons or (Reason("not known"),):
            where = key_text(run, reason.entity, reason.key) if reason.entity and run.plan_has(reason.entity) else ""
            lines.append(
                (
                    entity, key_text(run, entity, one.key), names[entity].get(one.key, ""), one.column.id.origin,
                    "failed" if one.failed else "undetermined", reason.entity, where, reason.column, reason.code,
                    f"line {place}" if place else "",
                )
            )  # fmt: skip
    columns = "entity key name rule state responsible_table responsible_row responsible_column reason policy_place"
    return table("held", columns, lines)
