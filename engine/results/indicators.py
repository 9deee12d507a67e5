"""Indicators: what each came to on each level and for each student group, from its numerator to its contribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from ..syntax.accountability import Indicator
from .claims import key_texts
from .decode import keys_of, labels_of
from .rated import ALL_STUDENTS, OPEN, Ends, Level, adding_up, called, exact, to_nine
from .run import Run
from .table import Cell, ResultTable, table

Weighed: TypeAlias = tuple[list[Ends], list[Ends], list[Ends]]
"""Row by row the weight as written, the part of the index that is used, what it contributes."""

NOTHING = Fraction(0)
SCORED = ("rate", "prior rate", "score")
COLUMNS = (
    "entity key name student_group indicator title status n:number n_at_most:number numerator:number "
    "numerator_at_most:number denominator:number denominator_at_most:number years:number rate:number "
    "prior_rate:number score:number unrounded:number value:number lowest:number highest:number weight:number "
    "weight_used:number contribution:number reported:truth cite"
)


def indicator_table(run: Run, levels: Sequence[Level]) -> ResultTable:
    """`indicators`: level × student group × indicator. A number that is not known for certain has its two ends in
    `lowest` and `highest`, or in the column itself and the one `at_most`.

    `rate`, `prior_rate` and `score` are those of an indicator whose policy makes a score of its rate.

    `weight` is the weight as written, `weight_used` the part of the index that it is after reweighting: those of a row
    come to 1. `contribution` is `weight_used` times `value`, each with 9 decimals such that those of a row add up
    exactly to `index_unrounded` of the table `ratings`. Student groups have no weights.
    """
    rows: list[tuple[Cell, ...]] = []
    for level in levels:
        keys, names = keys_of(run, level.name), labels_of(run, level.name)
        used = weights_used(level)
        made = [
            (group, item, list(_parts(level, item, group, None if group else used.get(item.name))))
            for group, item in level.spots
        ]
        for row, (key, text) in enumerate(zip(keys, key_texts(run, level.name, keys), strict=True)):
            for group, item, parts in made:
                who = (level.name, text, names.get(key, ""), group or ALL_STUDENTS, item.name, item.title)
                rows.append((*who, *parts[row], item.value is not None, item.cite))
    return table("indicators", COLUMNS, rows)


def _parts(level: Level, item: Indicator, group: str, weighed: Weighed | None) -> Iterator[tuple[Any, ...]]:
    """Of each row, the cells from the status to the contribution."""

    def ends(part: str = "") -> list[Ends]:
        return level.ends(called(item.name, group, part))

    status = level.cells(called(item.name, group, "status"))
    n, under, over, most = ends("n"), ends("denominator"), ends("numerator"), ends("numerator at most")
    if not level.has(called(item.name, group, "numerator at most")):
        most = over
    years, unrounded, value = level.cells(called(item.name, group, "years")), ends("unrounded"), ends()
    rate, prior, score = (ends(part) if item.score is not None else [OPEN] * level.count for part in SCORED)
    if not level.has(called(item.name, group, "years")):
        years = [Fraction(1) if level.has(called(item.name, group, "n")) else None] * level.count
    weight, used, given = weighed if weighed is not None else ([OPEN] * level.count,) * 3
    for row in range(level.count):
        yield (
            status[row], *n[row], over[row][0], most[row][1], *under[row], years[row],
            exact(rate[row]), exact(prior[row]), exact(score[row]), exact(unrounded[row]),
            exact(value[row]), *value[row], exact(weight[row]), exact(used[row]), exact(given[row]),
        )  # fmt: skip


def weights_used(level: Level) -> dict[str, Weighed]:
    """Of each weighted indicator, row by row: the weight as written, the part of the index that it is, and what it
    contributes at both ends. Where there is an index the parts come to 1 and the contributions to an end add up to that
    end of the unrounded index; elsewhere there are none.
    """
    names = [item.name for item in level.weighted]
    weight = {name: level.ends(called(name, "", "weight")) for name in names}
    used = {name: level.ends(called(name, "", "weight used")) for name in names}
    value = {name: level.ends(name) for name in names}
    index = level.ends("index: unrounded")
    found: dict[str, Weighed] = {name: (weight[name], [], []) for name in names}
    for row in range(level.count):
        shares = shares_of([exact(used[name][row]) for name in names], index[row])
        nine = [None] * len(names) if None in shares else adding_up([one or NOTHING for one in shares], Fraction(1))
        low, high = (
            contributions(shares, [value[name][row][end] for name in names], index[row][end]) for end in (0, 1)
        )
        for at, name in enumerate(names):
            found[name][1].append((nine[at], nine[at]))
            found[name][2].append((low[at], high[at]))
    return found


def shares_of(weights: Sequence[Fraction | None], index: Ends) -> list[Fraction | None]:
    """The parts of the index that weights are; nothing where there is no index or a weight is not known."""
    known = [one for one in weights if one is not None]
    whole = sum(known, NOTHING)
    if index == OPEN or len(known) < len(weights) or not whole:
        return [None] * len(weights)
    return [one / whole for one in known]


def contributions(
    shares: Sequence[Fraction | None], values: Sequence[Fraction | None], index: Fraction | None
) -> list[Fraction | None]:
    """Share times value of each; they add up to the index, unless a value is missing."""
    amounts: list[Fraction | None] = []
    for share, value in zip(shares, values, strict=True):
        if share is None or index is None or (share and value is None):
            amounts.append(None)
        else:
            amounts.append(share * value if share and value is not None else NOTHING)
    known = [one for one in amounts if one is not None]
    if index is not None and len(known) == len(amounts):
        return list(adding_up(known, index))
    return [None if one is None else to_nine(one) for one in amounts]
