"""What every definition comes to on every row: the numbers on which decisions rest."""

from __future__ import annotations

from .decode import key_text, keys_of, labels_of, values_of
from .run import Run
from .table import ResultTable, table, value_text


def definition_table(run: Run) -> ResultTable:
    """`definitions`: entity × definition with its value and what it is counted in; blank where it is missing."""
    columns = {(column.id.entity, column.id.name): column for column in run.plan.columns}
    rows = []
    for one in run.epoch.definitions:
        if one.role != "definition":
            continue
        column, names = columns[one.entity, one.name], labels_of(run, one.entity)
        for key, value in zip(keys_of(run, one.entity), values_of(run, column), strict=True):
            who = (one.entity, key_text(run, one.entity, key), names.get(key, ""))
            rows.append((*who, one.name, value_text(value), str(one.type)))
    return table("definitions", "entity key name definition value is", rows)
