"""Statewide numbers that a run used, and its parameters."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ..plan.in_force import put_off_to
from ..plan.plan import Aggregate, Column, ColumnId, Compute, Node, Plan, Reference
from ..types.datatypes import counting
from .decode import keys_of, values_of
from .table import Cell as Shown
from .table import ResultTable, table, value_text

if TYPE_CHECKING:
    from .run import Run

STATISTICS = ("definition", "criterion", "eligibility", "determination", "list")
"""Roles of columns that are statewide numbers where they stand on `state`."""


def statistics_table(run: Run) -> ResultTable:
    """`statistics`: each number on `state`, how it is made, over how many rows (`n`), and how many rows of the table it
    left out. Where a filter cannot be decided for every row, `n` is a bound.
    """
    rows = []
    counts = {column.id.name: column for column in run.plan.columns if column.id.role == "sentence"}
    for column in run.plan.columns:
        if not is_statistic(column):
            continue
        shown = value_text(values_of(run, column)[0])
        aggregate = aggregate_of(run.plan, column)
        said: tuple[Shown, ...] = ("", "", "", None)
        if aggregate is not None:
            n = values_of(run, counts[count_name(column.id.name)])[0]
            exact = isinstance(n, Fraction) and not aggregate.over.match
            left_out = len(keys_of(run, aggregate.over.entity)) - n if exact and isinstance(n, Fraction) else None
            said = (aggregate.function, aggregate.over.entity, value_text(n), left_out)
        rows.append((column.id.name, column.id.origin, shown, str(column.type), *said))
    return table("statistics", "name rule value unit function rows_of n left_out:number", rows)


def with_counts(plan: Plan) -> Plan:
    """The plan with a count, beside each statewide number that is one aggregate, of the rows that are in it: what
    `statistics` says beside the number. Nothing else of the plan changes.
    """
    made = []
    for column in plan.columns:
        aggregate = aggregate_of(plan, column)
        if aggregate is None:
            continue
        over = aggregate.over
        open_ended = over.where is not None and over.where.type.nullable
        type = replace(counting().maybe(not over.complete or bool(over.top)), bounded=open_ended)
        name = ColumnId("state", count_name(column.id.name), "sentence", column.id.origin)
        count = Aggregate("count", over, None, type)
        made.append(
            Column(name, count, type, column.span, digest=column.digest, cells=column.cells, reads=column.reads)
        )
    return replace(plan, columns=(*plan.columns, *made))


def count_name(name: str) -> str:
    """The name of the column that counts the rows of a statewide number."""
    return f"{name}: rows"


def is_statistic(column: Column) -> bool:
    """Whether a column is a statewide number of the author or of a list; money and ratings have tables of their own."""
    return column.id.entity == "state" and column.id.role in STATISTICS


def aggregate_of(plan: Plan, column: Column) -> Aggregate | None:
    """The aggregate that a statewide number is, as stored or through the column into which the planner has put it."""
    if not is_statistic(column):
        return None
    node: Node = column.node
    while True:
        match node:
            case Aggregate():
                return node
            case Compute(op="snap", args=(inner,)):
                node = inner
            case Reference(column=ColumnId(entity="state", role="internal", name=name)):
                node = plan.column("state", name).node
            case _:
                return None


def parameter_rows(run: Run) -> list[dict[str, str]]:
    """The parameters as resolved, for the record of the run; `put_off` where their value or the next was put off."""
    parameters = {item.name: item for item in run.checked.policy.parameters}
    return [
        {
            "path": found.path,
            "value": found.written,
            "in_force_since": found.starts.isoformat() if found.starts else "",
            "until": found.follows.isoformat() if found.follows else "",
            "standing": found.standing,
            "cite": found.cite,
            "policy": found.policy,
            **({"put_off": "; ".join(told)} if (told := put_off_to(parameters[found.name], found)) else {}),
        }
        for found in run.binding.resolved
    ]
