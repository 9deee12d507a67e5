"""The lines of funding of a run, and their columns decoded once for each distinct value: claims may be a million."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..execution.values import Bound, Missing, NotApplicable, Value
from ..plan.plan import UNKEPT, Column, Union
from ..syntax.funding import Funding
from ..types.lower.funding import lines_of
from ..types.lower.line import Line
from .decode import decoded, values_of
from .run import Run

STATE = "state"


def lines_of_run(run: Run) -> tuple[Line, ...]:
    """The lines of funding that the run has computed, in the order of the policy."""
    policy = run.checked.policy
    if not policy.funding:
        return ()
    names = {item.name for item in policy.funding}
    payees = {
        column.id.name: column.id.entity
        for column in run.plan.columns
        if column.id.role == "payment" and column.id.name in names
    }
    return tuple(lines_of(policy, run.epoch.world, payees))


def column_named(run: Run, entity: str, name: str) -> Column | None:
    """A stored column of the plan by its name, if there is one."""
    return next((one for one in run.plan.columns if (one.id.entity, one.id.name) == (entity, name)), None)


def column_values(run: Run, entity: str, name: str) -> list[Value] | None:
    """The values of a stored column in the order of the keys; nothing where the run keeps no such column."""
    column = column_named(run, entity, name)
    if column is None or column.id.role in UNKEPT:
        return None
    if column.type.bounded or column.type.excusable:
        return values_of(run, column)
    return _spread(run, column, _MISSING)


def _spread(run: Run, column: Column, gap: Any) -> list[Any]:
    """The values of a column, each distinct one decoded once; `gap` where there is none."""
    name = column.id.name
    encoded = run.columns[column.id.entity].column(name).combine_chunks().dictionary_encode()
    values: list[Any] = decoded(_table(name, encoded.dictionary), name, column.type)
    return [*map([*values, gap].__getitem__, encoded.indices.fill_null(len(values)).to_pylist())]


_MISSING = Missing()


def _table(name: str, array: Any) -> Any:
    import pyarrow as pa

    return pa.table({name: array})


def cells(run: Run, entity: str, name: str) -> list[Any]:
    """The same as cells of a result table: numbers, dates, truths and texts, nothing where missing or no column."""
    column = column_named(run, entity, name)
    if column is None or column.id.role in UNKEPT:
        return [None] * len(run.columns[entity])
    if not (column.type.bounded or column.type.excusable):
        return _spread(run, column, None)
    values = values_of(run, column)
    return [None if isinstance(value, Missing) else value for value in values]


def exact_cells(run: Run, entity: str, name: str) -> list[Any]:
    """The same, and nothing where only bounds are known: no column of a result table holds two ends."""
    found, column = cells(run, entity, name), column_named(run, entity, name)
    if column is None or not (column.type.bounded or column.type.excusable):
        return found
    return [None if isinstance(value, Bound | NotApplicable) else value for value in found]


def of_state(run: Run, name: str) -> Fraction | None:
    """A number of the state; nothing where it is missing or there is no such column."""
    values = column_values(run, STATE, name)
    return values[0] if values and isinstance(values[0], Fraction) else None


def total(found: list[Any]) -> Fraction:
    """The sum of the known ones among some numbers."""
    counted: dict[Any, int] = {}
    for one in found:
        if one is not None:
            counted[one] = counted.get(one, 0) + 1
    return sum((Fraction(one) * count for one, count in counted.items()), Fraction(0))


def is_named(run: Run, entity: str) -> bool:
    """Whether people call the rows of an entity something: most claims have a code only."""
    found = run.plan.entity(entity)
    of = found.source.of if isinstance(found.source, Union) else ()
    return (
        bool(found.label) or any(type.kind == "row" for _, type in found.key) or any(is_named(run, one) for one in of)
    )


def line_title(line: Line) -> str:
    """What people call a line: its title, else its name."""
    return line.item.title or line.item.name


def out_of_force(item: Funding) -> str:
    """When a line is in force, of a claim that is made at another time."""
    begins = f"from {item.starts.isoformat()}" if item.starts is not None else ""
    ends = f"until {item.ends.isoformat()}" if item.ends is not None else ""
    return f"the line is in force {' '.join(part for part in (begins, ends) if part)}"
