"""Whether the rows of two runs are the same: fingerprints of what they decide, and of all that they compute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from ....plan.from_checked import plan_policy
from ....plan.plan import UNKEPT, Column
from ...line import STATE, lines_of_run
from ...personal import is_personal, is_personal_in
from ...rated import levels_of
from ...reruns import Reads, reads_of, totals_plan
from ...run import Run
from ..ground import Ground
from ..journal import Reading
from ..measure import measured

DECIDED, COMPUTED = "# what is decided", "# what is computed"
"""Readings of a run beside its numbers."""

MOST_ROWS = 20_000
"""Rows of a table up to which they are compared one by one."""

VERDICTS = ("eligibility", "determination", "criterion")
PLACES = ("list_status", "list_rank", "tier")
RESULTS = ("payment", "list", "rating")
"""Roles of the columns of rows that are paid, listed or rated."""

QUIET = ("sentence", "claim", *UNKEPT)
"""Roles whose columns decide nothing that other columns do not have: what sentences name, what claims bring, steps."""

PARTS = ("", "__low", "__high", "__na")
"""What stands behind the name of a column in the table of a run: bounds have two ends, and tests may not apply."""


def compared_columns(ground: Ground) -> tuple[Reads, tuple[str, ...]]:
    """The columns that are compared, and the entities with results whose rows are not: persons, and tables that are
    long, unless they are paid, listed or rated.
    """
    checked, frames = ground.checked, ground.dataset.tables
    with_results = {column.id.entity for column in _shown(plan_policy(checked, checked.epoch(ground.as_of)).columns)}
    long = {name for name, frame in frames.items() if frame.row_count > MOST_ROWS}
    world = checked.epoch(ground.as_of).world
    persons = {name for name in with_results if is_personal_in(world, name)}
    made = with_results - frames.keys() if long else set()
    columns = totals_plan(checked, ground.as_of).columns
    results = {STATE, *(one.id.entity for one in columns if one.id.role in RESULTS)}
    found = results | (with_results - long - made - persons)
    return reads_of(checked, ground.as_of, found), tuple(sorted((with_results - found) | persons))


def _shown(columns: Iterable[Column]) -> Iterator[Column]:
    return (column for column in columns if column.id.role not in QUIET)


def fingerprinted(run: Run) -> Reading:
    """The numbers of a run, and fingerprints of its rows that are no persons.

    What is decided: who meets a rule, has which place and tier of the list, is paid how much, is rated how. What is
    computed: scores, values of indicators and definitions as well.
    """
    there = run.columns.keys() - {entity for entity in run.columns if is_personal(run, entity)}
    shown = [one for one in _shown(run.plan.columns) if one.id.entity in there]
    decided = {*_decided(run)}
    found = measured(run)
    found[DECIDED] = _fingerprint(run, [one for one in shown if (one.id.entity, one.id.name) in decided])
    found[COMPUTED] = _fingerprint(run, shown)
    return found


def _decided(run: Run) -> Iterator[tuple[str, str]]:
    """The columns that say what becomes of rows."""
    listed = run.checked.policy.priority_list
    for column in run.plan.columns:
        if column.id.role in VERDICTS or (listed is not None and column.id.role == "list" and column.id.name in PLACES):
            yield column.id.entity, column.id.name
    for line in lines_of_run(run):
        yield line.payee, line.item.name
    for level in levels_of(run):
        yield level.name, "rating"


def _fingerprint(run: Run, columns: list[Column]) -> Fraction:
    made = hashlib.sha256()
    for column in columns:
        table = run.columns[column.id.entity]
        for name in (f"{column.id.name}{part}" for part in PARTS):
            if name in table.column_names:
                made.update(f"{column.id.entity}.{name}={table.column(name).to_pylist()}\n".encode())
    return Fraction(int.from_bytes(made.digest()[:16]))
