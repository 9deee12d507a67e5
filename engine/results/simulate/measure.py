"""The numbers of a run that a simulation compares: money, factors, how many are listed, rated and undetermined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ...types.checked import CheckedPolicy
from ..allocation import allocation_table
from ..diff.list_moves import ON, OPEN
from ..line import STATE, lines_of_run
from ..priority_list import list_columns
from ..rated import Level, levels_of
from ..reruns import totals_plan
from ..run import Run
from .journal import Reading

Measures: TypeAlias = Reading
"""Numbers of a run by their names."""

MONEY, RATIO, COUNT = "money", "ratio", "count"

PAID, OWED, LEAST_FACTOR, LISTED, UNDETERMINED = "paid", "owed", "least factor", "listed", "undetermined"


def measures_of(checked: CheckedPolicy) -> dict[str, str]:
    """The numbers that runs of a policy have, by name, each with its kind: `money`, `ratio` or `count`.

    paid, owed              dollars of all lines, and `paid by LINE`: owed is what is divided, claims that are pending
                            among it where money is kept back for them
    factor of LINE          which part of what is owed is paid, exactly; `least factor` is the least of any line
    unspent of POT          dollars that an appropriation leaves
    listed                  rows on the list
    SCHOOLS rated A         rows of a level with a rating; `share of SCHOOLS rated A` is their share of those rated
    undetermined            rows of the list, ratings and claims that wait for what is not known
    """
    return dict(_names(checked))


def _names(checked: CheckedPolicy) -> Iterator[tuple[str, str]]:
    policy = checked.policy
    if policy.funding:
        yield from ((PAID, MONEY), (OWED, MONEY), (LEAST_FACTOR, RATIO))
    for line in policy.funding:
        name = line.name
        yield from ((f"{PAID} by {name}", MONEY), (f"{OWED} by {name}", MONEY), (f"factor of {name}", RATIO))
    for pot in policy.appropriations:
        yield f"unspent of {pot.name}", MONEY
    if policy.priority_list is not None:
        yield LISTED, COUNT
    if policy.accountability is not None:
        for level in policy.accountability.levels:
            for rating in policy.accountability.ratings:
                name = f"{rows_named(checked, level.text)} rated {rating.name}"
                yield from ((name, COUNT), (f"share of {name}", RATIO))
    yield UNDETERMINED, COUNT


def rows_named(checked: CheckedPolicy, entity: str) -> str:
    """What rows of an entity are called: `schools`."""
    found = checked.epochs[-1].world.entities.get(entity)
    return entity if found is None or not found.rows_name else found.rows_name.replace("_", " ")


def measured_rows(checked: CheckedPolicy, as_of: Date) -> frozenset[str]:
    """The entities of whose rows `measured` reads anything: the state, payees, what is listed and what is rated."""
    plan = totals_plan(checked, as_of)
    return frozenset(column.id.entity for column in plan.columns if column.id.role in _READ) | {STATE}


_READ = ("payment", "list", "rating")


def measured(run: Run) -> Measures:
    """The numbers of a run; those that `measures_of` does not find in it are nothing."""
    found: Measures = dict.fromkeys(measures_of(run.checked))
    waiting = Fraction(0)
    lines = lines_of_run(run)
    if lines:
        waiting += _money(run, found)
    if run.checked.policy.priority_list is not None:
        status = [str(one) for one in list_columns(run)["list_status"]]
        found[LISTED] = Fraction(sum(one in ON for one in status))
        waiting += sum(one in OPEN for one in status)
    for level in levels_of(run):
        if level.has("rating"):
            waiting += _ratings(level, found)
    found[UNDETERMINED] = waiting
    return found


def _money(run: Run, found: Measures) -> Fraction:
    """Put in what is paid; gives how many claims are pending."""
    table = allocation_table(run, lines_of_run(run))
    columns = "appropriation line paid entitlements factor_numerator factor_denominator pending_claims unspent"
    sums: dict[str, Fraction | None] = {PAID: Fraction(0), OWED: Fraction(0)}
    waiting, factors = Fraction(0), []
    for pot, line, paid, owed, over, under, pending, unspent in table.column_cells(*columns.split()):
        if isinstance(unspent, Fraction):
            found[f"unspent of {pot}"] = unspent
        if not line:
            continue
        for name, value in ((PAID, paid), (OWED, owed)):
            number = value if isinstance(value, Fraction) else None
            found[f"{name} by {line}"] = number
            so_far = sums[name]
            sums[name] = None if so_far is None or number is None else so_far + number
        if isinstance(over, Fraction) and isinstance(under, Fraction) and under:
            found[f"factor of {line}"] = over / under
            factors.append(over / under)
        waiting += pending if isinstance(pending, Fraction) else 0
    found |= sums
    found[LEAST_FACTOR] = min(factors, default=None)
    return waiting


def _ratings(level: Level, found: Measures) -> Fraction:
    """Put in how many rows have each rating; gives how many wait for theirs."""
    rows = rows_named(level.run.checked, level.name)
    names = [one.name for one in level.section.ratings]
    counts = dict.fromkeys(names, 0)
    for rating in level.cells("rating"):
        if rating in counts:
            counts[rating] += 1
    rated = sum(counts.values())
    for name, count in counts.items():
        found[f"{rows} rated {name}"] = Fraction(count)
        found[f"share of {rows} rated {name}"] = Fraction(count, rated) if rated else None
    return Fraction(sum(status == "pending" for status in level.cells("rating: status")))
