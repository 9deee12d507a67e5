"""Years ahead as tables and as part of the record of a simulation."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ....model.school_year import school_year_text
from ...table import Cell, ResultTable
from ..exact import exact_text
from ..measure import MONEY, Measures
from .chain import Side
from .years_ahead import Year, YearsAhead

ALL_YEARS = "all years"

AS_IT_IS, WHAT_IS_SET = "as it is", "with what is set"
"""How tables call the two sides of a year."""


def sides(one: YearsAhead, year: Year) -> tuple[tuple[str, Side], ...]:
    """The sides of a year with their names; one where nothing is set."""
    return ((AS_IT_IS, year.baseline), *(((WHAT_IS_SET, year.scenario),) if one.compared else ()))


def total(one: YearsAhead, name: str, scenario: bool) -> Fraction | None:
    """What a number adds up to over the years, that of the run among them; nothing where it is not known in one."""
    found = [(year.scenario if scenario else year.baseline).measures.get(name) for year in one.years]
    return None if None in found else sum((value for value in found if value is not None), Fraction(0))


def years_table(one: YearsAhead, kinds: dict[str, str]) -> ResultTable:
    """`years`: a row for each year and number, and for each sum of dollars over all years, which is not discounted.

    A number that is not known is blank; shares are cut to 12 decimals.
    """
    columns = (
        ("school_year", "text"), ("as_of", "date"), ("fiscal_year", "text"), ("number", "text"), ("kind", "text"),
        (AS_IT_IS, "number"), (WHAT_IS_SET, "number"), ("change", "number"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for year in one.years:
        for name, kind in kinds.items():
            now, then = year.scenario.measures.get(name), year.baseline.measures.get(name)
            rows.append((year.school_year, year.as_of, year.fiscal_year, name, kind, *_pair(then, now)))
    for name, kind in kinds.items():
        if kind == MONEY:
            pair = _pair(total(one, name, False), total(one, name, True))
            rows.append((ALL_YEARS, None, "", name, kind, *pair))
    return ResultTable("years", columns, tuple(rows))


def _pair(before: Fraction | None, after: Fraction | None) -> tuple[Cell, ...]:
    change = None if before is None or after is None else after - before
    return _cut(before), _cut(after), _cut(change)


def _cut(value: Fraction | None) -> Fraction | None:
    if value is None:
        return None
    digits = abs(value.numerator) * 10**12 // value.denominator
    return Fraction(digits if value >= 0 else -digits, 10**12)


def years_list_table(one: YearsAhead) -> ResultTable:
    """`years_list`: a row for each row of the list of which something became in a year, and by what."""
    columns = ["school_year", "run", "key", "name", "area", "change", "tier_before", "tier", "because"]
    rows: list[tuple[Cell, ...]] = [
        (year.school_year, name, move.key, move.name, move.area, move.change, move.tier_before, move.tier, move.because)
        for year in one.years
        for name, side in sides(one, year)
        for move in side.read.moves
    ]
    return ResultTable("years_list", tuple((name, "text") for name in columns), tuple(rows))


def years_ratings_table(one: YearsAhead) -> ResultTable:
    """`years_ratings`: the rating of each row in each year."""
    columns = (
        *((name, "text") for name in ("school_year", "run", "entity", "key", "name", "status", "rating")),
        ("index", "number"),
    )
    rows: list[tuple[Cell, ...]] = [
        (year.school_year, name, row.entity, row.key, row.name, row.status, row.rating, row.index)
        for year in one.years
        for name, side in sides(one, year)
        for row in side.read.rated
    ]
    return ResultTable("years_ratings", columns, tuple(rows))


def years_tables(one: YearsAhead | None, kinds: dict[str, str]) -> Iterator[ResultTable]:
    """The tables that are written: none without years, those of lists and ratings where the policy has them."""
    if one is None:
        return
    yield years_table(one, kinds)
    for made in (years_list_table(one), years_ratings_table(one)):
        if made.rows:
            yield made


def years_record(one: YearsAhead | None) -> dict[str, Any] | None:
    """What `simulation.json` says of the years: how the data were moved on, and the numbers of each year exactly."""
    if one is None:
        return None
    written = one.asked.written
    return {
        "cohorts": _shares(written.cohorts),
        "wages": _shares(written.wages),
        "grow": [{"of": each.text, "by": _shares(each.by)} for each in one.asked.growing],
        "response": [
            {
                "elasticity": exact_text(each.elasticity), "of": each.text, "to": each.parameter, "lag": each.lag,
                "because": each.because, "cite": each.cite,
            }
            for each in one.asked.responding
        ],
        "moving": sorted(one.asked.moving),
        "bound_to_years": list(one.bound),
        "notes": list(one.notes),
        "years": [
            {
                "school_year": year.school_year,
                "as_of": year.as_of.isoformat(),
                "fiscal_year": year.fiscal_year,
                "runs": {name: _side(side) for name, side in sides(one, year)},
            }
            for year in one.years
        ],
    }  # fmt: skip


def _shares(shares: tuple[tuple[int | None, Fraction], ...]) -> list[dict[str, str | None]]:
    return [
        {"from": None if begins is None else school_year_text(begins), "share": exact_text(share)}
        for begins, share in shares
    ]


def _side(side: Side) -> dict[str, Any]:
    return {
        "measures": _measures(side.measures),
        "grown": [
            {
                "what": each.what, "share": exact_text(each.share), "rows": each.rows, "change": each.change,
                "unknown": each.unknown,
            }
            for each in side.grown
        ],
    }  # fmt: skip


def _measures(found: Measures) -> dict[str, str | None]:
    return {name: exact_text(value) for name, value in found.items()}
