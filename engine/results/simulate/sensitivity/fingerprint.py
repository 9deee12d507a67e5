"""Whether the rows of two runs are the same: fingerprints of what they decide, and of all that they compute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction

from ....plan.plan import Column
from ...line import lines_of_run
from ...rated import levels_of
from ...run import Run
from ..journal import Reading
from ..measure import measured

DECIDED, COMPUTED, TOO_LONG = "# what is decided", "# what is computed", "# tables too long to compare"
"""Readings of a run beside its numbers."""

MOST_ROWS = 20_000
"""Rows of a table up to which they are compared one by one."""

VERDICTS = ("eligibility", "determination", "criterion")
PLACES = ("list_status", "list_rank", "tier")
QUIET = ("sentence", "claim")
"""Roles whose columns decide nothing that other columns do not have: what sentences name, and what claims bring."""


def fingerprinted(run: Run) -> Reading:
    """The numbers of a run, and fingerprints of its rows.

    What is decided: who meets a rule, has which place and tier of the list, is paid how much, is rated how. What is
    computed: scores, values of indicators and definitions as well.
    """
    short = {name for name, table in run.columns.items() if len(table) <= MOST_ROWS}
    shown = [one for one in run.plan.columns if one.id.role not in QUIET and _is_kept(run, one)]
    long = {one.id.entity for one in shown} - short
    compared = [one for one in shown if one.id.entity in short]
    decided = {*_decided(run)}
    found = measured(run)
    found[DECIDED] = _fingerprint(run, [one for one in compared if (one.id.entity, one.id.name) in decided])
    found[COMPUTED] = _fingerprint(run, compared)
    found[TOO_LONG] = Fraction(len(long))
    return found


def _is_kept(run: Run, column: Column) -> bool:
    return column.id.entity in run.columns and column.id.name in run.columns[column.id.entity].column_names


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
        cells = run.columns[column.id.entity].column(column.id.name).to_pylist()
        made.update(f"{column.id.entity}.{column.id.name}={cells}\n".encode())
    return Fraction(int.from_bytes(made.digest()[:16]))
