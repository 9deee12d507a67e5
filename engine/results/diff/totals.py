"""Payments and ratings alone of two versions of a policy, for data too large to look at each row; shared work is done
once.
"""

from __future__ import annotations

from datetime import date as Date

from ...execution.dataset import Dataset
from ...plan.in_force import Binding, bind
from ...plan.plan import Path
from ...types.checked import CheckedPolicy
from ..allocation import allocation_table
from ..indicators import indicator_table
from ..line import lines_of_run
from ..outcome import Outcome
from ..payments import payment_table
from ..rated import levels_of
from ..ratings import rating_table
from ..reruns import Reruns, totals_plan
from ..run import Run
from ..table import ResultTable
from .breakdown import payment_groups, rating_groups
from .outcome_diff import OutcomeDiff
from .payment_changes import payment_diff
from .rating_moves import rating_diff


def totals_outcome(run: Run) -> Outcome:
    """The tables of payments, allocations, indicators and ratings of a run. What is held is not looked at."""
    tables: list[ResultTable] = []
    lines, levels = lines_of_run(run), levels_of(run)
    if lines:
        tables += [allocation_table(run, lines), payment_table(run, lines)]
    if levels:
        tables += [indicator_table(run, levels), rating_table(run, levels, {})]
    return Outcome(run, tuple(tables), (), ())


def compare_totals(
    old: CheckedPolicy, new: CheckedPolicy, old_data: Dataset, new_data: Dataset, as_of: Date
) -> OutcomeDiff:
    """What becomes of payments and ratings on the same data, as each version reads them.

    Versions that differ in values of parameters alone are planned once, and what does not hang on these is computed
    once; others are run one after the other.
    """
    before, after = _runs((old, new), (old_data, new_data), as_of)
    sides = totals_outcome(before), totals_outcome(after)
    rated, paid = rating_diff(*sides), payment_diff(*sides)
    return OutcomeDiff(
        *sides, None, rated, paid, (), (), (), (),
        payment_groups(after, paid) if paid is not None else (),
        rating_groups(sides[1], rated) if rated is not None else (), (),
    )  # fmt: skip


def _runs(versions: tuple[CheckedPolicy, CheckedPolicy], data: tuple[Dataset, Dataset], as_of: Date) -> tuple[Run, Run]:
    plans = [totals_plan(one, as_of) for one in versions]
    bindings = [bind(one, as_of) for one in versions]
    if data[0] is data[1] and (plans[0].entities, plans[0].columns) == (plans[1].entities, plans[1].columns):
        with Reruns(versions[0], data[0], as_of, _varied(*bindings), plans[0]) as both:
            return both.bound(versions[0], bindings[0]), both.bound(versions[1], bindings[1])
    found = []
    for checked, dataset, plan, binding in zip(versions, data, plans, bindings, strict=True):
        with Reruns(checked, dataset, as_of, (), plan) as one:
            found.append(one.bound(checked, binding))
    return found[0], found[1]


def _varied(old: Binding, new: Binding) -> set[Path]:
    """The input cells that do not have the same value, or the same dated ones."""
    paths = old.cells.keys() | new.cells.keys()
    cells = {path for path in paths if old.cells.get(path) != new.cells.get(path)}
    return cells | {path for path in paths if old.schedules.get(path) != new.schedules.get(path)}
