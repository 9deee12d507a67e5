"""Who moves in a simulation: payments, claims, ratings and standings on the list, the largest change first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.measure import rows_named
from ..results.simulate.moves import AS_IT_IS, WHAT_IS_SET, Move, Moved, Said
from ..results.simulate.rows_read import CLAIM, INDEX, LIST, PAYMENT, RATING
from ..results.simulate.simulation import Simulation
from ..results.table import decimal_text
from .article import Grid, Section

SHOWN = 20
"""Rows of a table of who moves; what is beyond is counted."""

TITLE = "Who moves"


def moves_sections(one: Simulation) -> tuple[Section, ...]:
    """By what is set, and from point to point of a sweep where that is asked."""
    by_set = [each for each in one.moves if each.run == WHAT_IS_SET]
    by_point = [each for each in one.moves if each.run != WHAT_IS_SET]
    found = []
    if by_set:
        tables = _tables(by_set)
        how = f"By what is set, beside {AS_IT_IS}; the largest change first."
        found.append(Section(TITLE, (how,) if tables else (), tables, bullets=_counts(one, by_set[0])))
    if by_point:
        found.append(Section(f"{TITLE}, {_way(one)}", (_beyond(one),), (_points(by_point), *_tables(by_point))))
    return tuple(found)


def _way(one: Simulation) -> str:
    asked = one.asked.moves
    if asked is None or asked.axis is None:
        return "point by point"
    axis = one.asked.sweeps[asked.axis].axis
    return f"with {axis.name} {axis.text(axis.values[0])} and with each other"


def _beyond(one: Simulation) -> str:
    asked = one.asked.moves
    if asked is None or asked.axis is None:
        return f"Each point beside {AS_IT_IS}."
    return "What else a line names is the same in both runs. In a line without numbers nobody moves."


# -- how many -------------------------------------------------------------------------------------------------------


def _counts(one: Simulation, each: Moved) -> tuple[str, ...]:
    """How many rows move and how many do not: a line for each kind and entity of which any row moves, and one for all
    others.
    """
    found: list[str] = []
    still: dict[str, list[str]] = {}
    counts = {(kind, entity): count for kind, entity, count in each.rows}
    for (kind, entity), count in counts.items():
        own = [move for move in each.of(kind) if move.entity == entity]
        rows, same = rows_named(one.checked, entity), f"{count - len(own):,} the same"
        if not own:
            if kind != CLAIM:
                still.setdefault(f"{count:,} {rows}", []).append(_ALL[kind])
        elif kind == PAYMENT:
            more, less = (sum((move.change or 0) * sign > 0 for move in own) for sign in (1, -1))
            unknown = len(own) - more - less
            more_words = f", {unknown:,} not known or not in both runs" if unknown else ""
            is_paid = f"{more:,} {'is' if more == 1 else 'are'} paid more"
            found.append(f"of {count:,} {rows} {is_paid}, {less:,} less, {same}{more_words}")
        elif kind != CLAIM:
            found.append(
                f"of {count:,} {rows} {len(own):,} {'has' if len(own) == 1 else 'have'} another {_ONE[kind]}, {same}"
            )
    same_all = [f"{' and '.join(what)} of {rows}" for rows, what in still.items()]
    found += [f"all the same: {', '.join(same_all)}"] if same_all else []
    if one.checked.policy.funding and PAYMENT not in {kind for kind, _ in counts}:
        found.append("no payee is named here: they are persons, or there are none")
    return tuple(found)


_ALL = {PAYMENT: "payments", INDEX: "indexes", RATING: "ratings", LIST: "standings"}
_ONE = {INDEX: "index", RATING: "rating", LIST: "standing on the list"}


def _points(some: Sequence[Moved]) -> Grid:
    """A line for each point: how many rows move, and by how much money."""
    kinds = [kind for kind in _COUNTED if any(each.of(kind) for each in some)]
    names = [name for name, _ in some[0].values]
    head = (*names, *(["to"] if _is_said(some) else []), *(_COUNTED[kind] for kind in kinds))
    head = (*head, *(["paid, change"] if PAYMENT in kinds else []))
    rows = []
    for each in some:
        cells = [value for _, value in each.values] + ([each.run] if _is_said(some) else [])
        cells += [f"{count:,}" if (count := len(each.of(kind))) else "" for kind in kinds]
        if PAYMENT in kinds:
            known = [move.change for move in each.of(PAYMENT) if move.change is not None]
            cells.append(_money_change(sum(known, Fraction(0))) if each.of(PAYMENT) else "")
        rows.append(tuple(cells))
    return Grid(head, tuple(rows), frozenset(range(len(names), len(head))))


_COUNTED = {PAYMENT: "payees that move", CLAIM: "claims", INDEX: "other index", RATING: "other rating", LIST: "list"}


def _is_said(some: Sequence[Moved]) -> bool:
    """Whether a column has to say to which point rows move: not where all do to one, or the values say it."""
    return len({each.run for each in some}) > 1 and some[0].beside != AS_IT_IS


# -- which ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, of which run, and by what it is put in its place."""

    of: Moved
    moves: tuple[Move, ...]

    @property
    def order(self) -> tuple[bool, Fraction]:
        """Another rating first, then the largest change."""
        changes = [abs(move.change) for move in self.moves if move.change is not None]
        return RATING not in {move.kind for move in self.moves}, -max(changes, default=Fraction(0))


def _tables(some: Sequence[Moved]) -> tuple[Grid, ...]:
    made = (_table(some, ("paid to", PAYMENT), _amounts), _table(some, ("claim", CLAIM), _amounts),
            _table(some, ("rated", INDEX, RATING), _ratings), _table(some, ("on the list", LIST), _words))  # fmt: skip
    return tuple(grid for grid in made if grid is not None)


def _table(some: Sequence[Moved], told: tuple[str, ...], cells: Callable[[_Row], tuple[str, ...]]) -> Grid | None:
    """A table of the largest moves of some kinds; what is beyond is counted in its last row."""
    what, *kinds = told
    rows: list[_Row] = []
    for each in some:
        by_row: dict[tuple[str, str, str], list[Move]] = {}
        for move in each.of(*kinds):
            by_row.setdefault((*move.row, move.number if move.kind == CLAIM else ""), []).append(move)
        rows += [_Row(each, tuple(moves)) for moves in by_row.values()]
    if not rows:
        return None
    rows.sort(key=lambda row: row.order)
    shown, names = rows[:SHOWN], _named([row.moves[0] for row in rows[:SHOWN]])
    points = [name for name, _ in some[0].values] + (["to"] if _is_said(some) else [])
    ends = ("before", "after")
    if len({(each.beside, each.run) for each in some}) == 1 and some[0].beside != AS_IT_IS:
        ends = (some[0].beside, some[0].run)
    head = (*points, what, *ends, *(("change",) if LIST not in kinds else ()))
    if INDEX in kinds:
        head = (*points, what, "index", "after", "change", "rating", "after")
    lines = []
    for row, name in zip(shown, names, strict=True):
        before = [value for _, value in row.of.values] + ([row.of.run] if _is_said(some) else [])
        lines.append((*before, name, *cells(row)))
    if len(rows) > SHOWN:
        lines.append((*[""] * len(points), f"and {len(rows) - SHOWN:,} more", *[""] * (len(head) - len(points) - 1)))
    numbers = frozenset(range(len(points) + 1, len(points) + 4)) if LIST not in kinds else frozenset()
    return Grid(head, tuple(lines), numbers | frozenset(range(len(points))))


def _named(moves: Sequence[Move]) -> list[str]:
    """What rows are called: by the name, with the key where several have one, and with the line of a claim."""
    keys: dict[str, set[str]] = {}
    for move in moves:
        keys.setdefault(move.name, set()).add(move.key)
    found = [
        move.key if not move.name else f"{move.name} ({move.key})" if len(keys[move.name]) > 1 else move.name
        for move in moves
    ]
    lines = Counter(move.number for move in moves if move.kind == CLAIM)
    return [f"{name}: {move.number}" if len(lines) > 1 else name for name, move in zip(found, moves, strict=True)]


def _amounts(row: _Row) -> tuple[str, ...]:
    (move,) = row.moves
    return _dollars(move.before), _dollars(move.after), _money_change(move.change)


def _ratings(row: _Row) -> tuple[str, ...]:
    index = next((move for move in row.moves if move.kind == INDEX), None)
    rating = next((move for move in row.moves if move.kind == RATING), None)
    rise = None if index is None else index.change
    change = "" if rise is None else f"{'+' if rise > 0 else ''}{_number(rise)}"
    ends = ("", "") if index is None else (_number(index.before), _number(index.after))
    words = ("", "") if rating is None else (str(rating.before), str(rating.after))
    return (*ends, change, *words)


def _words(row: _Row) -> tuple[str, ...]:
    (move,) = row.moves
    return str(move.before), str(move.after)


def _number(said: Said) -> str:
    return "not known" if said is None else said if isinstance(said, str) else decimal_text(said)


def _dollars(said: Said) -> str:
    return dollars(said) if isinstance(said, Fraction) else _number(said)


def _money_change(change: Fraction | None) -> str:
    return "" if not change else f"{'+' if change > 0 else ''}{dollars(change)}"
