"""Indicators: what each came to on each level and for each student group, from its numerator to its contribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from ..syntax.accountability import Indicator
from ..syntax.domain import Domain
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
    "prior_rate:number score:number unrounded:number value:number lowest:number highest:number part_of weight:number "
    "weight_used:number contribution:number reported:truth cite"
)
INDEX = "index"
BLEND = "blend"


def indicator_table(run: Run, levels: Sequence[Level]) -> ResultTable:
    """`indicators`: level × student group × indicator, then domain, then the index of the group where these are
    blended. A number that is not known for certain has its two ends in `lowest` and `highest`, or in the column itself
    and the one `at_most`.

    `rate`, `prior_rate` and `score` are those of an indicator whose policy makes a score of its rate.

    `part_of` is the domain of which it is a part, or the `index` of the same group; the index of a group is part of the
    `blend`. `weight` is the weight as written, `weight_used` the part that it is after reweighting: those of a whole
    come to 1. `contribution` is `weight_used` times `value`, each with 9 decimals such that those of a whole add up
    exactly: to a domain before `at_most` and rounding, to the index of a group, to `index_unrounded` of the table
    `ratings`. Of what is the better of its parts, and of student groups that are not blended, there are no weights.
    """
    rows: list[tuple[Cell, ...]] = []
    for level in levels:
        keys, names = keys_of(run, level.name), labels_of(run, level.name)
        used = weights_used(level)
        made: list[tuple[str, str, str, str, bool, str, list[tuple[Any, ...]]]] = []
        spots: list[tuple[str, Indicator | Domain]] = [*level.spots, *level.domain_spots]
        for group, item in sorted(spots, key=lambda spot: level.groups.index(spot[0])):
            base, reported = called(item.name, group), isinstance(item, Indicator) and item.value is not None
            whole = level.whole_of(item.name) if not group or level.blended else ""
            parts = list(_parts(level, base, whole, used.get(base)))
            made.append((group or ALL_STUDENTS, item.name, item.title, whole, reported, item.cite, parts))
        for group in level.blended:
            parts = list(_parts(level, f"{INDEX}, {group}", BLEND, used.get(f"{INDEX}, {group}")))
            made.append((group, INDEX, "", BLEND, False, level.section.cite, parts))
        for row, (key, text) in enumerate(zip(keys, key_texts(run, level.name, keys), strict=True)):
            for group, name, title, _, reported, cite, parts in made:
                rows.append((level.name, text, names.get(key, ""), group, name, title, *parts[row], reported, cite))
    return table("indicators", COLUMNS, rows)


def _parts(level: Level, base: str, whole: str, weighed: Weighed | None) -> Iterator[tuple[Any, ...]]:
    """Of each row, the cells from the status to the contribution. `base` is what its columns are called by."""

    def ends(part: str = "") -> list[Ends]:
        return level.ends(f"{base}: {part}" if part else base)

    status = level.cells(f"{base}: status")
    n, under, over, most = ends("n"), ends("denominator"), ends("numerator"), ends("numerator at most")
    if not level.has(f"{base}: numerator at most"):
        most = over
    years, unrounded, value = level.cells(f"{base}: years"), ends("unrounded"), ends()
    rate, prior, score = (ends(part) if level.has(f"{base}: score") else [OPEN] * level.count for part in SCORED)
    if not level.has(f"{base}: unrounded"):
        unrounded = value
    if not level.has(f"{base}: years"):
        years = [Fraction(1) if level.has(f"{base}: n") else None] * level.count
    weight, used, given = weighed if weighed is not None else ([OPEN] * level.count,) * 3
    for row in range(level.count):
        yield (
            status[row], *n[row], over[row][0], most[row][1], *under[row], years[row],
            exact(rate[row]), exact(prior[row]), exact(score[row]), exact(unrounded[row]),
            exact(value[row]), *value[row], whole, exact(weight[row]), exact(used[row]), exact(given[row]),
        )  # fmt: skip


def weights_used(level: Level) -> dict[str, Weighed]:
    """Of each part of the index, of a blend and of a domain, by what its columns are called by, row by row: the weight
    as written, the part of its whole that it is, and what it contributes at both ends. Where there is a whole the parts
    come to 1 and the contributions to an end add up to that end; elsewhere there are none.
    """
    found: dict[str, Weighed] = {}
    for group in level.groups if level.blended else ("",):
        index = level.ends(f"{INDEX}, {group or ALL_STUDENTS}" if level.blended else "index: unrounded")
        found |= _weighed(level, [called(item.name, group) for item in level.weighted], index)
        for domain in level.section.domains:
            names = [called(word.text, group) for word in domain.parts if not domain.better_of]
            found |= _weighed(level, names, None)
    if level.blended:
        found |= _weighed(level, [f"{INDEX}, {group}" for group in level.blended], level.ends("index: unrounded"))
    return found


def _weighed(level: Level, bases: Sequence[str], whole: Sequence[Ends] | None) -> dict[str, Weighed]:
    """The parts of one whole. Without it they add up to their own sum."""
    names = [base for base in bases if level.has(f"{base}: weight used")]
    weight = {name: level.ends(f"{name}: weight") for name in names}
    used = {name: level.ends(f"{name}: weight used") for name in names}
    value = {name: level.ends(name) for name in names}
    found: dict[str, Weighed] = {name: (weight[name], [], []) for name in names}
    for row in range(level.count):
        known = [exact(used[name][row]) for name in names]
        total = whole[row] if whole is not None else _sums(known, [value[name][row] for name in names])
        shares = shares_of(known, total)
        nine = [None] * len(names) if None in shares else adding_up([one or NOTHING for one in shares], Fraction(1))
        low, high = (contributions(shares, [value[name][row][end] for name in names], total[end]) for end in (0, 1))
        for at, name in enumerate(names):
            found[name][1].append((nine[at], nine[at]))
            found[name][2].append((low[at], high[at]))
    return found


def _sums(weights: Sequence[Fraction | None], values: Sequence[Ends]) -> Ends:
    """What parts come to at both ends, with 9 decimals."""
    known = [weight for weight in weights if weight is not None]
    whole = sum(known, NOTHING)
    if len(known) < len(weights) or not whole:
        return OPEN
    ends: list[Fraction | None] = []
    for end in (0, 1):
        used = [(weight, value[end]) for weight, value in zip(known, values, strict=True) if weight]
        numbers = [weight * value for weight, value in used if value is not None]
        ends.append(to_nine(sum(numbers, NOTHING) / whole) if len(numbers) == len(used) else None)
    return ends[0], ends[1]


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
