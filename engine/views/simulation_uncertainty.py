"""What many draws say, in sections: what is drawn, the numbers, the money that is missing, the list, the payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.measure import COUNT, MONEY, RATIO
from ..results.simulate.simulation import Simulation
from ..results.simulate.uncertainty.deck import BOUND, MISSING, NO_END, NO_ERROR, NOT_GIVEN, VALUE
from ..results.simulate.uncertainty.drawn import DrawnColumn
from ..results.simulate.uncertainty.interval import Chance, Interval, interval
from ..results.simulate.uncertainty.reading import LISTED, PAYMENT
from ..results.simulate.uncertainty.uncertain import Drawn, Side, Uncertain, status
from .article import Grid, Section
from .chart import Chart, Mark, Unit
from .measure_text import change_text, cut, is_said_elsewhere, measure_text

SHOWN = 40
"""Rows of a table and marks of a chart; what is beyond is counted."""

NUMBERS = frozenset(range(1, 9))
UNITS: dict[str, Unit] = {MONEY: "money", RATIO: "ratio", COUNT: "count"}
OF = {VALUE: ("value", "values"), BOUND: ("bound", "bounds"),
      MISSING: ("cell without a value", "cells without a value")}  # fmt: skip
ONE = {NO_ERROR: "value of which no error is known", NO_END: "bound", NOT_GIVEN: "cell without a value"}
HOW = (
    "Draws of different cells are independent of each other, in one column and in one row: that is assumed. What else "
    "is in the data and in the policy is taken as exact."
)


def uncertainty_lead(one: Simulation) -> list[str]:
    """The sentences that stand at the beginning of the page."""
    found = one.uncertain
    if found is None:
        return []
    said = [f"{found.asked.draws:,} draws from the seed {found.asked.seed}."]
    sides = [side for _, side in found.sides]
    if "paid" in one.baseline:
        paid = [side.interval("paid") for side in sides]
        if any(each.low != each.high for each in paid):
            said.append(_of_sides("paid is ", [_range(each) for each in paid], " in at least nine of ten of them"))
    for pot in found.pots:
        short = [side.short(pot) for side in sides]
        if any(each.times for each in short):
            said.append(_of_sides(f"what is owed exceeds {pot} in ", [_share(each) for each in short], " of them"))
    if found.keys:
        lists = [_list_words([side.listed(key) for key in found.keys]) for side in sides]
        said += [f"{words}." for words in lists] if len(lists) == 1 else [
            f"As it is, {lists[0]}.", f"With what is set, {lists[1]}."
        ]  # fmt: skip
    return said


def _of_sides(before: str, values: Sequence[str], after: str) -> str:
    """A sentence of the policy; where something is set, of that first, with what is of the policy as it is."""
    if len(values) == 1:
        return f"{before}{values[0]}{after}."
    now, then = values
    same = f"{before.split()[-1]} " if before.endswith(" in ") else ""
    return f"with what is set, {before}{then}{after}; as it is, {same}{now}."


def _range(one: Interval) -> str:
    if one.low is None or one.high is None:
        return "not known"
    return dollars(one.low) if one.low == one.high else f"from {dollars(one.low)} to {dollars(one.high)}"


def _list_words(chances: Sequence[Chance]) -> str:
    """How many rows are surely on the list in one draw and surely off it in another, and how many are not known."""
    moving = sum(0 < one.times < one.draws - one.open for one in chances)
    unknown = sum(one.open > 0 for one in chances)
    if not unknown:
        return f"{_rows(moving)} on the list in some draws and not in others" if moving else (
            "the list is the same in all of them"
        )  # fmt: skip
    moved = f"{_rows(moving)} on the list in some draws and surely not in others" if moving else (
        "no row is on the list in some draws and surely not in others"
    )  # fmt: skip
    return f"{moved}, and of {unknown:,} {'row' if unknown == 1 else 'rows'} it is not known in at least one"


def uncertainty_sections(one: Simulation) -> list[Section]:
    """What came of the draws; nothing where nothing is drawn."""
    found = one.uncertain
    if found is None:
        return []
    kinds = one.kinds
    parts = (
        _drawn(found),
        _numbers(found, kinds),
        _change(found, kinds),
        _short(found),
        _list(found),
        _payments(found),
    )
    return [part for part in parts if part is not None]


# -- what is drawn --------------------------------------------------------------------------------------------------


def _drawn(found: Uncertain) -> Section:
    bullets = [_column(one) for one in found.drawn]
    for each in found.asked.parameters:
        since = f" from {each.starts.isoformat()}" if each.starts else ""
        bullets.append(f"{each.name}{since}: {each.text}{_because(each.because)}")
    return Section("What is drawn", (HOW,), bullets=tuple(bullets))


def _column(one: Drawn) -> str:
    counts = dict(one.cells)
    said = [f"{counts[what]:,} {OF[what][counts[what] > 1]} {how}" for what, how in _how(one.column) if what in counts]
    stay = [f"{count:,} {ONE[why] if count == 1 else why}" for why, count in one.stay]
    single = sum(count for _, count in one.stay) == 1
    kept = f"; {' and '.join(stay)} {'stays as it is' if single else 'stay as they are'}" if stay else ""
    declared = " (as the data declare)" if one.column.declared else ""
    return f"{one.column.name}{declared}: {', '.join(said) or 'nothing'}{kept}{_because(one.column.because)}"


def _how(column: DrawnColumn) -> list[tuple[str, str]]:
    error = column.error if isinstance(column.error, str) else measure_text(column.error, RATIO)
    ends = column.bounded or (None, None)
    texts = [None if end is None else _plain(column, end) for end in ends]
    words = [f"{word} {text}" for word, text in zip(("from", "to"), texts, strict=True) if text]
    missing = " to ".join(_plain(column, end) for end in column.missing) if column.missing else ""
    return [
        (VALUE, f"with a relative standard error of {error}"),
        (BOUND, f"evenly {' '.join(words)}"),
        (MISSING, f"evenly from {missing}"),
    ]


def _plain(column: DrawnColumn, end: int) -> str:
    value = column.number(end)
    return dollars(value) if column.column.unit.startswith("USD") else (
        measure_text(value, RATIO) if column.column.unit == "ratio" else cut(value)
    )  # fmt: skip


def _because(text: str) -> str:
    return f": {text}" if text else ""


# -- numbers --------------------------------------------------------------------------------------------------------


def _numbers(found: Uncertain, kinds: Mapping[str, str]) -> Section:
    """A row for each number that is not the same in all draws, of the policy and of what is set."""
    rows, marks = [], dict[str, list[Mark]]()
    moved = [name for name in kinds if any(_moves(side, name) for _, side in found.sides)]
    told = [name for name in moved if not is_said_elsewhere(name, moved)]
    for name in told:
        kind, spreads = kinds[name], [(of, side, side.interval(name)) for of, side in found.sides]
        for of, side, spread in spreads:
            label = name if len(spreads) == 1 else f"{name}, {of}"
            rows.append((label, measure_text(side.published.get(name), kind), *_spread_cells(spread, kind)))
            _mark(marks.setdefault(kind, []), name, of if len(spreads) > 1 else "", spread)
    if not rows:
        return Section("How sure the numbers are", ("Every number is the same in all draws.",))
    head = ("", "as published", "mean", "5%", "50%", "95%")
    said = "5% of the draws are at most the number under 5%, and so on. Numbers that are not here are the same in all."
    said += _known(found, told)
    charts = tuple(
        Chart(f"uncertainty-{kind}", "ranges", f"How sure it is: {SAYS[kind]}, from 5% to 95% of the draws",
              _alt(each, kind), ("number", "text"), (SAYS[kind], UNITS[kind]), tuple(each[:SHOWN]))
        for kind, each in marks.items()
    )  # fmt: skip
    return Section("How sure the numbers are", (said,), (Grid(head, tuple(rows), NUMBERS),), charts=charts)


SAYS = {MONEY: "dollars", RATIO: "shares", COUNT: "rows"}


def _known(found: Uncertain, names: Iterable[str]) -> str:
    """Which numbers are not known in some draws."""
    parts = []
    for name in names:
        spread = found.baseline.interval(name)
        if 0 < spread.known < spread.draws:
            parts.append(f" {name} is known in {spread.known:,} of {spread.draws:,} draws, and told of these.")
    return "".join(parts)


def _moves(side: Side, name: str) -> bool:
    return any(one.get(name) != side.published.get(name) for one in side.draws)


def _spread_cells(one: Interval, kind: str) -> tuple[str, ...]:
    return tuple(number_text(each, kind) for each in (one.mean, one.low, one.middle, one.high))


def number_text(value: Fraction | None, kind: str) -> str:
    """A number, or the mean of several: cut to cents and hundredths, and never rounded."""
    if value is None:
        return "not known"
    sign, size = "-" if value < 0 else "", abs(value)
    if kind == MONEY:
        cents = Fraction(size * 100 // 1, 100)
        return f"{sign}{dollars(cents)}{'' if cents == size else '…'}"
    return f"{sign}{cut(size)}" if kind == COUNT else f"{sign}{cut(size * 100)}%"


def _mark(marks: list[Mark], name: str, of: str, one: Interval) -> None:
    if one.middle is not None:
        marks.append(Mark(name, one.middle, of, one.low, one.high))


def _alt(marks: list[Mark], kind: str) -> str:
    said = []
    for one in marks[:6]:
        of = f", {one.series}" if one.series else ""
        said.append(f"{one.x}{of} {number_text(one.low, kind)} to {number_text(one.high, kind)}")
    return "; ".join(said)


def _change(found: Uncertain, kinds: Mapping[str, str]) -> Section | None:
    """What is set against the policy, draw by draw."""
    if found.scenario is None:
        return None
    rows = []
    changes = {name: found.change(name) for name in kinds}
    names = [name for name, change in changes.items() if any(change)]
    for name in (one for one in names if not is_said_elsewhere(one, names)):
        kind, moved = kinds[name], changes[name]
        parts = (sum(one is not None and sign * one > 0 for one in moved) for sign in (1, -1))
        shares = [f"{cut(Fraction(100 * one, len(moved)))}%" for one in parts]
        spread = interval(moved)
        cells = (_change_cell(each, kind) for each in (spread.mean, spread.low, spread.middle, spread.high))
        rows.append((name, *cells, *shares))
    title = "What is set, draw by draw"
    if not rows:
        return Section(title, ("In every draw it changes nothing that is counted here.",))
    head = ("change of", "mean", "5%", "50%", "95%", "rises in", "falls in")
    said = "Both runs of a draw have the same data and the same parameters beside what is set."
    return Section(title, (said,), (Grid(head, tuple(rows), NUMBERS),))


def _change_cell(change: Fraction | None, kind: str) -> str:
    """A change; of shares in points, as elsewhere."""
    if kind == RATIO and change is not None:
        return change_text(Fraction(0), change, kind) or "0 points"
    return f"{'+' if change is not None and change > 0 else ''}{number_text(change, kind)}"


# -- money, list, payments ------------------------------------------------------------------------------------------


def _short(found: Uncertain) -> Section | None:
    """Whether the money is enough."""
    rows = []
    for pot in found.pots:
        for of, side in found.sides:
            one = side.short(pot)
            rows.append(
                (pot, of, _share(one), _ends(one), number_text(side.mean_short(pot), MONEY) if one.times else "")
            )
    if not rows:
        return None
    head = ("appropriation", "of", "exceeded in", "chance, 95% sure", "missing then, mean")
    said = "What is owed is held against what the appropriation has for it."
    return Section("Whether the money is enough", (said,), (Grid(head, tuple(rows), NUMBERS - {1}),))


def _list(found: Uncertain) -> Section | None:
    """The chance of each row that is on the list in some draws and not in others."""
    if not found.keys:
        return None
    rows, marks, always, never = [], [], 0, 0
    for key in found.keys:
        told = [(of, side, side.listed(key)) for of, side in found.sides]
        always += told[0][2].times == told[0][2].draws
        never += told[0][2].open == told[0][2].draws
        if not any(_is_unsure(one) for *_, one in told):
            continue
        name = found.names.get(f"{LISTED}{key}", "")
        for of, side, one in told:
            cells = (key, name, *([of] if len(told) > 1 else []), status(side.published, key), _share(one), _ends(one))
            rows.append((one.times, cells))
            if one.share is not None:
                marks.append(Mark(name or key, one.share, of if len(told) > 1 else ""))
    said = f"{'As it is, ' if found.scenario is not None else ''}{_rows(always)} on the list in every draw"
    said += f", and of {never:,} it cannot be told in any." if never else "."
    if not rows:
        return Section("The chance to be listed", (f"{said} No other is on it in any.",))
    beyond = len(rows) - SHOWN
    more = f" {beyond:,} more rows are in chances.csv." if beyond > 0 else ""
    head = (
        "key",
        "name",
        *(["of"] if found.scenario is not None else []),
        "as published",
        "listed in",
        "chance, 95% sure",
    )
    ordered = [cells for _, cells in sorted(rows, key=lambda each: -each[0])][:SHOWN]
    grid = Grid(head, tuple(ordered), frozenset({len(head) - 1, len(head) - 2}))
    alt = "; ".join(f"{one.x} {cut(one.y * 100)}%" for one in marks[:6])
    chart = Chart("chances", "bars", "The chance to be listed", alt, ("row", "text"), ("part of the draws", "ratio"),
                  tuple(marks[:SHOWN]))  # fmt: skip
    return Section("The chance to be listed", (f"{said}{more}",), (grid,), charts=(chart,) if marks else ())


def _payments(found: Uncertain) -> Section | None:
    """What payees are paid, those first of whom it is least sure."""
    rows = []
    for payee in found.payees:
        name = f"{PAYMENT}{payee}"
        for of, side in found.sides:
            one = side.interval(name)
            if not _moves(side, name):
                continue
            wide = one.high - one.low if one.high is not None and one.low is not None else Fraction(0)
            cells = (payee, found.names.get(name, ""), *([of] if found.scenario is not None else []))
            numbers = (side.published.get(name), one.mean, one.low, one.high)
            rows.append((-wide, payee, (*cells, *(number_text(each, MONEY) for each in numbers)), one, of))
    if not rows:
        return None
    ordered = sorted(rows, key=lambda each: each[:2])
    beyond = len(ordered) - SHOWN
    more = f" {beyond:,} more rows are in payment_intervals.csv." if beyond > 0 else ""
    said = f"Those first whose payments differ the most. Persons are not among them.{more}"
    head = ("payee", "name", *(["of"] if found.scenario is not None else []), "as published", "mean", "5%", "95%")
    grid = Grid(head, tuple(cells for _, _, cells, *_ in ordered[:SHOWN]), frozenset(range(len(head) - 4, len(head))))
    marks: list[Mark] = []
    for _, payee, _, one, of in ordered[:SHOWN]:
        _mark(marks, found.names.get(f"{PAYMENT}{payee}", "") or payee, of if found.scenario is not None else "", one)
    chart = Chart("payment-intervals", "ranges", "Payments, from 5% to 95% of the draws", _alt(marks, MONEY),
                  ("payee", "text"), ("dollars", "money"), tuple(marks))  # fmt: skip
    return Section("How sure payments are", (said,), (grid,), charts=(chart,) if marks else ())


def _is_unsure(one: Chance) -> bool:
    return 0 < one.times < one.draws or 0 < one.open < one.draws


def _share(one: Chance) -> str:
    if one.open:
        return f"{one.times:,} of {one.draws:,}, {one.open:,} not known"
    return f"{cut(Fraction(100 * one.times, one.draws))}%"


def _ends(one: Chance) -> str:
    low, high = one.ends
    return f"{cut(low * 100)}% to {cut(high * 100)}%"


def _rows(count: int) -> str:
    return f"{count:,} {'row is' if count == 1 else 'rows are'}"
