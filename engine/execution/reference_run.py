"""A whole plan run by the reference interpreter: every stored column of every entity, as Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from ..plan.plan import UNKEPT, Plan
from .dataset_rows import DatasetRows
from .inputs import Cells, Rows, Schedules
from .reference import Interpreter
from .reference_columns import encode

if TYPE_CHECKING:
    from .dataset import Dataset

Columns: TypeAlias = Mapping[str, Any]
"""Entity → its Arrow table: the key columns and the stored columns in their physical form, sorted by key."""


def run_reference(plan: Plan, dataset: Dataset, cells: Cells, schedules: Schedules) -> Columns:
    """The columns of a plan over a dataset.

    Raises PolicyError (X005) for a crossing that is too large, EngineBug for what the checker should have refused.
    """
    return run_over_rows(plan, DatasetRows(dataset.tables), cells, schedules)


def run_over_rows(plan: Plan, rows: Rows, cells: Cells, schedules: Schedules) -> Columns:
    """As `run_reference`, over any source of rows."""
    interpreter = Interpreter(plan, rows, cells, schedules)
    return columns_of(plan, interpreter)


def columns_of(plan: Plan, interpreter: Interpreter) -> Columns:
    """Every column of the plan that is not internal, evaluated in the order of the plan."""
    made: dict[str, list[tuple[str, Any]]] = {}
    for entity in plan.entities:
        keys = interpreter.keys(entity.name)
        made[entity.name] = [
            found
            for place, (name, type_) in enumerate(entity.key)
            for found in encode(name, type_, [key[place] for key in keys])
        ]
    for column in plan.columns:
        name = column.id.name
        values = [interpreter.value(column.id.entity, name, key) for key in interpreter.keys(column.id.entity)]
        there = {found for found, _ in made[column.id.entity]}
        if column.id.role not in UNKEPT and name not in there:
            made[column.id.entity] += encode(name, column.type, values)
    return {
        entity: pa.table([array for _, array in found], names=[name for name, _ in found])
        for entity, found in made.items()
    }
