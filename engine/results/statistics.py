"""Statewide numbers that a run used, and the values it rests on that are not enacted."""

from __future__ import annotations

from ..execution.values import Missing
from ..plan.from_checked import nodes_in
from ..plan.plan import Aggregate, Column, Reference
from .decode import values_of
from .run import Run
from .table import ResultTable, table, value_text


def statistics_table(run: Run) -> ResultTable:
    """`statistics`: each number on `state`, how it is made, over how many rows, and how many rows of the table it
    left out.
    """
    rows = []
    for column in run.plan.columns:
        if column.id.entity != "state" or column.id.role == "internal":
            continue
        value = values_of(run, column)[0]
        aggregate = _aggregate(run, column)
        entity = aggregate.over.entity if aggregate is not None else ""
        function = aggregate.function if aggregate is not None else ""
        count = len(run.columns[entity]) if entity in run.columns else None
        shown = "" if isinstance(value, Missing) else value_text(value)
        rows.append((column.id.name, column.id.origin, shown, str(column.type), function, entity, count))
    return table("statistics", "name rule value unit function rows_of rows_in_table:number", rows)


def _aggregate(run: Run, column: Column) -> Aggregate | None:
    """The aggregate that a column comes down to, if it is one."""
    made = {(one.id.entity, one.id.name): one for one in run.plan.columns}
    for node in nodes_in(column.node):
        if isinstance(node, Aggregate):
            return node
        if isinstance(node, Reference) and node.column.role == "internal":
            inner = made[node.column.entity, node.column.name].node
            if isinstance(inner, Aggregate):
                return inner
    return None


def assumption_table(run: Run) -> ResultTable:
    """`assumptions`: every parameter in use whose value is not enacted, and the results that hang on it."""
    used = {declaration.path for declaration in run.plan.cells}
    rows = []
    for found in run.binding.resolved:
        if found.path not in used or found.standing == "enacted":
            continue
        results = [
            f"{column.id.entity}.{column.id.name}"
            for column in run.plan.columns
            if found.path in column.cells and column.id.role not in ("internal", "sentence")
        ]
        rows.append(
            (found.path, found.written, found.starts, found.standing, found.cite, found.note, "; ".join(results))
        )
    return table("assumptions", "parameter value in_force_since:date standing cite note results", rows)


def parameter_rows(run: Run) -> list[dict[str, str]]:
    """The parameters as resolved, for the record of the run."""
    return [
        {
            "path": found.path,
            "value": found.written,
            "in_force_since": found.starts.isoformat() if found.starts else "",
            "until": found.follows.isoformat() if found.follows else "",
            "standing": found.standing,
            "cite": found.cite,
            "policy": found.policy,
        }
        for found in run.binding.resolved
    ]
