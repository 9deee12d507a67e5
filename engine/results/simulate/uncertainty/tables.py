"""The draws of a simulation on disk: tables of numbers, of the list and of payments, and what the record says."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...table import Cell, ResultTable, cell_text
from .drawn import DrawnColumn, DrawnParameter
from .interval import Interval, interval
from .reading import LISTED, PAYMENT
from .uncertain import Side, Uncertain, status

_SPREAD = (
    ("draws", "number"), ("known", "number"), ("mean", "number"), ("low", "number"), ("middle", "number"),
    ("high", "number"),
)  # fmt: skip
_FINE = 10**12


def uncertain_tables(found: Uncertain | None, kinds: Mapping[str, str]) -> list[ResultTable]:
    """`uncertainty`, `chances` where there is a list, `payment_intervals` where somebody is paid; or none."""
    if found is None:
        return []
    made = [numbers_table(found, kinds)]
    made += [chances_table(found)] if found.keys else []
    made += [payments_table(found)] if found.payees else []
    return made


def numbers_table(found: Uncertain, kinds: Mapping[str, str]) -> ResultTable:
    """`uncertainty`: each number of a run as published and over all draws, of the policy, of what is set, and of the
    change from draw to draw, with the parts of the draws in which it rises and falls. `low`, `middle` and `high` are
    the least values that 5%, 50% and 95% of the draws do not exceed. Shares are cut to 12 decimals.
    """
    columns = (("number", "text"), ("of", "text"), ("as_published", "number"), *_SPREAD, ("rises", "number"),
               ("falls", "number"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name in kinds:
        for side_name, side in found.sides:
            rows.append((name, side_name, cut(side.published.get(name)), *_cells(side.interval(name)), None, None))
        if found.scenario is not None:
            before, after = found.baseline.published.get(name), found.scenario.published.get(name)
            published = None if before is None or after is None else after - before
            moved = found.change(name)
            parts = (sum(one is not None and sign * one > 0 for one in moved) for sign in (1, -1))
            rises, falls = (Fraction(one, len(moved)) for one in parts)
            rows.append((name, "change", cut(published), *_cells(interval(moved)), cut(rises), cut(falls)))
    return ResultTable("uncertainty", columns, tuple(rows))


def chances_table(found: Uncertain) -> ResultTable:
    """`chances`: of each row that is on the list in any run, or of which it cannot be told, in how many draws it is;
    `chance` is their part, blank where of some draws it cannot be told; `chance_low` and `chance_high` are Wilson's
    interval of 95% for it.
    """
    columns = (("key", "text"), ("name", "text"), ("of", "text"), ("as_published", "text"), ("draws", "number"),
               ("listed", "number"), ("undetermined", "number"), ("chance", "number"), ("chance_low", "number"),
               ("chance_high", "number"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for key in found.keys:
        for side_name, side in found.sides:
            one = side.listed(key)
            counts = (Fraction(one.draws), Fraction(one.times), Fraction(one.open))
            name = found.names.get(f"{LISTED}{key}", "")
            rows.append((key, name, side_name, status(side.published, key), *counts, cut(one.share), *one.ends))
    return ResultTable("chances", columns, tuple(rows))


def payments_table(found: Uncertain) -> ResultTable:
    """`payment_intervals`: what each payee is paid by all lines together; payees that are persons are not in it."""
    columns = (("entity", "text"), ("key", "text"), ("name", "text"), ("of", "text"), ("as_published", "number"),
               *_SPREAD)  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for payee in found.payees:
        entity, _, key = payee.partition(" ")
        name = f"{PAYMENT}{payee}"
        for side_name, side in found.sides:
            spread = _cells(side.interval(name))
            rows.append((entity, key, found.names.get(name, ""), side_name, cut(side.published.get(name)), *spread))
        if found.scenario is not None:
            before, after = found.baseline.published.get(name), found.scenario.published.get(name)
            published = None if before is None or after is None else after - before
            spread = _cells(interval(found.change(name)))
            rows.append((entity, key, found.names.get(name, ""), "change", cut(published), *spread))
    return ResultTable("payment_intervals", columns, tuple(rows))


def _cells(one: Interval) -> tuple[Cell, ...]:
    return (
        Fraction(one.draws),
        Fraction(one.known),
        *(cut(each) for each in (one.mean, one.low, one.middle, one.high)),
    )


def cut(value: Fraction | None) -> Fraction | None:
    """A number cut to 12 decimals, towards nothing."""
    if value is None:
        return None
    digits = abs(value.numerator) * _FINE // value.denominator
    return Fraction(digits if value >= 0 else -digits, _FINE)


# -- the record -----------------------------------------------------------------------------------------------------


def uncertain_record(found: Uncertain | None, kinds: Mapping[str, str]) -> dict[str, Any] | None:
    """What `simulation.json` says of the draws: seed, what is drawn, and every number as the tables have it."""
    if found is None:
        return None
    return {
        "draws": found.asked.draws,
        "seed": found.asked.seed,
        "hash_of_what_is_drawn": found.digest,
        "columns": [
            {**_column(one.column), "drawn": dict(one.cells), "not_drawn": dict(one.stay)} for one in found.drawn
        ],
        "parameters": [_parameter(one) for one in found.asked.parameters],
        "numbers": _rows(numbers_table(found, kinds)),
        "appropriations": [
            {"appropriation": pot, "of": name, **_short(side, pot)} for pot in found.pots for name, side in found.sides
        ],
        "chances": _rows(chances_table(found)),
        "payments": _rows(payments_table(found)),
    }


def _column(one: DrawnColumn) -> dict[str, Any]:
    error = one.error if isinstance(one.error, str) else _text(one.error)
    bounded = one.bounded or (None, None)
    ends = [None if end is None else _text(one.number(end)) for end in (*bounded, *(one.missing or (None, None)))]
    return {
        "column": one.name,
        "relative_standard_error": error,
        "bounds_from": ends[0],
        "bounds_to": ends[1],
        "missing_from": ends[2],
        "missing_to": ends[3],
        "missing_reason": one.reason or None,
        "declared_by": "data" if one.declared else "scenario",
        "because": one.because,
    }


def _parameter(one: DrawnParameter) -> dict[str, Any]:
    since = one.starts.isoformat() if one.starts else None
    return {"parameter": one.name, "spread": one.text, "from": since, "because": one.because}


def _short(side: Side, pot: str) -> dict[str, Any]:
    one, mean = side.short(pot), side.mean_short(pot)
    return {
        "exceeded_in": one.times,
        "undetermined_in": one.open,
        "chance": None if one.share is None else str(one.share),
        "chance_low": _text(one.ends[0]),
        "chance_high": _text(one.ends[1]),
        "mean_shortfall": _text(cut(mean)),
    }


def _rows(made: ResultTable) -> list[dict[str, str | None]]:
    return [dict(zip(made.names, map(_text, row), strict=True)) for row in made.rows]


def _text(value: Cell) -> str | None:
    return None if value is None else cell_text(value)
