"""What is held: undetermined decisions and failed cells, each with the cells that are responsible, found by replay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..execution.values import NO_ROWS, NO_ROWS_REPORTED, Key, Missing, Reason
from ..plan.from_checked import nodes_in
from ..plan.plan import Aggregate, Cell, Column, ColumnId, Compute, InForce, Reference, Window
from ..plan.words import words_of
from ..syntax.print import print_expr
from .decode import MISSING, key_text, keys_of, labels_of, values_of
from .line import is_named, lines_of_run
from .pending import pending_claims, unknown_payments
from .pending_ratings import pending_ratings
from .table import ResultTable, table

if TYPE_CHECKING:
    from .run import Run

DECIDING = ("criterion", "eligibility", "determination")
LIST_PARTS = ("qualifies", "list_rank", "within_limit", "tier_line", "stays")
"""Computed columns of a priority list that can leave a row pending."""
FAILING = {
    Compute: ("div", "ln", "sqrt"),
    Aggregate: ("weighted_mean", "stdev_sample", "stdev_population", "percentile", "the"),
    Window: ("share_of",),
}
"""What can fail of values that are all there; a value in force by a date can too."""


@dataclass(frozen=True, slots=True)
class Held:
    """An undetermined decision or a failed cell of one row, and why: the responsible cells with their reasons."""

    column: Column
    key: Key
    reasons: tuple[Reason, ...]

    @property
    def failed(self) -> bool:
        """Whether a failure such as a division by zero is among the reasons."""
        return any(reason.failed for reason in self.reasons)


def held(run: Run) -> tuple[Held, ...]:
    """Every undetermined decision of a run, every definition that failed, the first pending claims of each line, the
    payments that cannot be told and the ratings that are pending. The rows in question are replayed by the
    reference interpreter, whatever backend made the run, so that the reasons are the same everywhere.
    """
    from ..execution.dataset_rows import DatasetRows
    from ..execution.reference import Interpreter
    from .few_rows import FewRows

    interpreter = Interpreter(run.plan, DatasetRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
    found: list[Held] = []
    failing = _failing(run)
    for column in run.plan.columns:
        deciding = column.id.role in DECIDING or (column.id.role == "list" and column.id.name in LIST_PARTS)
        if not deciding and not (_may_fail(column) and column.id in failing):
            continue
        open_rows = _pending_rows(run, column)
        if open_rows is not None:  # the first part that is missing says it; the later parts follow from it
            open_rows -= {one.key for one in found if one.column.id.role == "list"}
        for key, value in zip(keys_of(run, column.id.entity), values_of(run, column), strict=True):
            if value == MISSING and (open_rows is None or key in open_rows):
                replayed = interpreter.value(column.id.entity, column.id.name, key)
                reasons = replayed.reasons if isinstance(replayed, Missing) else frozenset()
                one = Held(column, key, tuple(sorted(reasons, key=_order)))
                if deciding or one.failed:
                    found.append(one)
    for line in lines_of_run(run):
        few = Interpreter(run.plan, FewRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
        waiting = (*pending_claims(run, line, few), *unknown_payments(run, line, few))
        found += [Held(column, key, reasons) for column, key, reasons in waiting]
    found += [Held(column, key, reasons) for column, key, reasons in pending_ratings(run, interpreter)]
    return tuple(found)


def _may_fail(column: Column) -> bool:
    """Whether a failure of a column is told by itself: a definition, and what there is of an appropriation."""
    is_fund = column.id.role == "fund" and column.id.origin.startswith("appropriations.")
    return column.id.role == "definition" or is_fund


def _failing(run: Run) -> set[ColumnId]:
    """The columns that a failure, their own or one of a column that they use, can leave without a value."""
    found: set[ColumnId] = set()
    for column in run.plan.columns:
        for node in nodes_in(column.node):
            word = getattr(node, "op", getattr(node, "function", ""))
            if (
                isinstance(node, InForce)
                or (isinstance(node, Cell) and node.path in run.binding.not_in_force)
                or word in FAILING.get(type(node), ())
                or (isinstance(node, Reference) and node.column in found)
            ):
                found.add(column.id)
    return found


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
    entities = {one.column.id.entity for one in rows}
    names = {entity: labels_of(run, entity) if is_named(run, entity) else {} for entity in entities}
    called = _hoisted(run) if rows else {}
    for one in rows:
        entity = one.column.id.entity
        for reason in one.reasons or (Reason("not known"),):
            where = _row(run, reason)
            lines.append(
                (
                    entity, key_text(run, entity, one.key), names[entity].get(one.key, ""), one.column.id.origin,
                    "failed" if one.failed else "undetermined", reason.entity, where,
                    _responsible(called, reason), reason.code, _place(run, one.column),
                )
            )  # fmt: skip
    columns = "entity key name rule state responsible_table responsible_row responsible_column reason policy_place"
    return table("held", columns, lines)


def missing_cells(run: Run, rows: tuple[Held, ...]) -> dict[tuple[ColumnId, Key], str]:
    """Of each held decision, in a few words, the cells that are responsible."""
    called = _hoisted(run) if rows else {}
    found = {}
    for one in rows:
        cells = []
        for reason in one.reasons[:3]:
            where = _row(run, reason)
            cell = _responsible(called, reason) + (f" of {where}" if where else "")
            cells.append(f"{cell} ({reason.code})" if cell else reason.code)
        more = f" and {len(one.reasons) - 3} more" if len(one.reasons) > 3 else ""
        found[one.column.id, one.key] = "; ".join(cells) + more
    return found


def _hoisted(run: Run) -> dict[tuple[str, str], tuple[str, str]]:
    """Of each column that the planner hoisted out of a rule: the rows it looks at, and the author's words for it."""
    written = words_of(run.checked, run.epoch).written
    plurals = {name: info.rows_name or name for name, info in run.epoch.world.entities.items()}
    found = {}
    for column in run.plan.columns:
        if column.id.role == "internal":
            over = column.node.over.entity if isinstance(column.node, Aggregate) else ""
            words = written.get(Reference(column.id, column.type))
            text = column.id.origin if words is None else print_expr(words)
            found[column.id.entity, column.id.name] = (plurals.get(over, over) or text, text)
    return found


def _responsible(called: dict[tuple[str, str], tuple[str, str]], reason: Reason) -> str:
    """What is responsible in a row: a column, the rows that are not there, or the part of a rule that failed."""
    rows, text = called.get((reason.entity, reason.column), (reason.column, reason.column))
    return rows if reason.code in (NO_ROWS, NO_ROWS_REPORTED) else text


def _row(run: Run, reason: Reason) -> str:
    """The row that is responsible; none for a reason that counts rows, or is about none."""
    there = reason.entity and reason.key and run.plan_has(reason.entity)
    return key_text(run, reason.entity, reason.key) if there else ""


def _place(run: Run, column: Column) -> str:
    """Where the rule stands, with the name of the file where that is another than the policy's own."""
    source = column.span.source
    if not source.name:
        return ""
    line = f"line {source.position(column.span.start)[0]}"
    return line if source.name == run.checked.policy.source.name else f"{PurePath(source.name).name} {line}"
