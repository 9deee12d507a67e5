"""The numbers of a run that a simulation compares: money, factors, how many are listed, rated and undetermined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ...plan.plan import UNKEPT, Column
from ...types.checked import CheckedPolicy
from ..decode import values_of
from ..diff.list_moves import ON, OPEN
from ..line import STATE, lines_of_run
from ..rated import Level, levels_of
from ..reruns import Reads, reads_of
from ..run import Run
from .journal import Reading

Measures: TypeAlias = Reading
"""Numbers of a run by their names."""

MONEY, RATIO, COUNT = "money", "ratio", "count"

PAID, OWED, LEAST_FACTOR, LISTED, UNDETERMINED = "paid", "owed", "least factor", "listed", "undetermined"

KEPT_BACK = "kept back of "
"""Before the name of an appropriation: what is kept back of it."""


def measures_of(checked: CheckedPolicy) -> dict[str, str]:
    """The numbers that runs of a policy have, by name, each with its kind: `money`, `ratio` or `count`.

    paid, owed              dollars of all lines, and `paid by LINE`: owed is what is divided, claims that are pending
                            among it where money is kept back for them
    factor of LINE          which part of what is owed is paid, exactly; `least factor` is the least of any line
    kept back of POT        dollars of an appropriation that are kept back for claims that wait; no number of one of
                            which no line can keep any back
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
    drawn = {line.draws_on.text for line in policy.funding if line.draws_on is not None}
    for pot in policy.appropriations:
        if pot.reserves and pot.name in drawn:
            yield f"{KEPT_BACK}{pot.name}", MONEY
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


def measured_columns(checked: CheckedPolicy, as_of: Date) -> Reads:
    """What `measured` reads: the numbers of the state, what is listed, and the ratings."""
    found = {*reads_of(checked, as_of, [STATE])}
    if checked.policy.priority_list is not None:
        found.add((checked.policy.priority_list.entity.text, "list_status"))
    if checked.policy.accountability is not None:
        levels = [level.text for level in checked.policy.accountability.levels]
        found |= {(level, name) for level in levels for name in ("rating", "rating: status")}
    return frozenset(found)


def measured(run: Run) -> Measures:
    """The numbers of a run; those that `measures_of` does not find in it are nothing."""
    found: Measures = dict.fromkeys(measures_of(run.checked))
    columns = {(one.id.entity, one.id.name): one for one in run.plan.columns if one.id.role not in UNKEPT}
    waiting = _money(run, columns, found)
    listed = run.checked.policy.priority_list
    if listed is not None:
        status = _counts(run, columns[listed.entity.text, "list_status"])
        found[LISTED] = Fraction(sum(status[one] for one in ON))
        waiting += sum(status[one] for one in OPEN)
    for level in levels_of(run):
        if (level.name, "rating") in columns:
            waiting += _ratings(level, columns, found)
    found[UNDETERMINED] = waiting
    return found


Columns: TypeAlias = Mapping[tuple[str, str], Column]
"""The columns of a run by entity and name."""


def _money(run: Run, columns: Columns, found: Measures) -> Fraction:
    """Put in what is paid; gives how many claims are pending."""
    lines = lines_of_run(run)
    if not lines:
        return Fraction(0)

    def of_state(name: str) -> Fraction | None:
        column = columns.get((STATE, name))
        value = None if column is None else values_of(run, column)[0]
        return value if isinstance(value, Fraction) else None

    for fund in run.checked.policy.appropriations:
        unspent = of_state(f"{fund.name}: unspent")
        if unspent is not None:
            found[f"unspent of {fund.name}"] = unspent
        reserved = [of_state(line.name("reserved")) for line in lines if line.fund is fund and line.reserves]
        if reserved and None not in reserved:
            found[f"{KEPT_BACK}{fund.name}"] = sum((one for one in reserved if one is not None), Fraction(0))
    sums: dict[str, Fraction] = {PAID: Fraction(0), OWED: Fraction(0)}
    waiting, factors = Fraction(0), []
    for line in lines:
        for name, part in ((PAID, "paid"), (OWED, "entitlements")):
            number = of_state(line.name(part))
            found[f"{name} by {line.item.name}"] = number
            sums[name] += number or 0
        over, under = of_state(line.name("numerator")), of_state(line.name("denominator"))
        if over is not None and under:
            found[f"factor of {line.item.name}"] = over / under
            factors.append(over / under)
        waiting += of_state(line.name("pending claims")) or 0
    found |= sums
    found[LEAST_FACTOR] = min(factors, default=None)
    return waiting


def _ratings(level: Level, columns: Columns, found: Measures) -> Fraction:
    """Put in how many rows have each rating; gives how many wait for theirs."""
    rows = rows_named(level.run.checked, level.name)
    ratings = _counts(level.run, columns[level.name, "rating"])
    counts = {one.name: ratings[one.name] for one in level.section.ratings}
    rated = sum(counts.values())
    for name, count in counts.items():
        found[f"{rows} rated {name}"] = Fraction(count)
        found[f"share of {rows} rated {name}"] = Fraction(count, rated) if rated else None
    return Fraction(_counts(level.run, columns[level.name, "rating: status"])["pending"])


def _counts(run: Run, column: Column) -> Counter[str]:
    """How many rows have each word of a column of words; those without one are not counted."""
    import pyarrow.compute as pc

    words = pc.value_counts(run.columns[column.id.entity].column(column.id.name).drop_null())
    return Counter(dict(zip(words.field("values").to_pylist(), words.field("counts").to_pylist(), strict=True)))
