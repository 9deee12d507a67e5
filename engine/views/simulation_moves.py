"""Who moves in a simulation: payments, claims, ratings and standings on the list, the largest change first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..results.dollars import dollars
from ..results.simulate.measure import rows_named
from ..results.simulate.moves import AS_IT_IS, WHAT_IS_SET, Move, Moved, Said
from ..results.simulate.rows_read import CLAIM, INDEX, LIST, PAYMENT, RATING
from ..results.simulate.simulation import Simulation
from ..results.table import decimal_text
from .article import Grid, Section
from .measure_text import whole_dollars
from .simulation_later import told_by_years
from .simulation_move_points import is_told_apart, point_tables
from .simulation_move_words import SHOWN, money_change, named, number_change

TITLE = "Who moves"


def moves_sections(one: Simulation) -> tuple[Section, ...]:
    """By what is set, and from point to point of a sweep where that is asked. Of what holds only in later years none is
    said: nobody moves by it in the first.
    """
    by_set = [each for each in one.moves if each.run == WHAT_IS_SET]
    by_point = [each for each in one.moves if each.run != WHAT_IS_SET]
    found = []
    if by_set and not told_by_years(one):
        tables = _tables(by_set[0])
        how = f"With what is {'changed' if one.grounds.moved else 'set'}, beside {AS_IT_IS}; the largest change first."
        found.append(Section(TITLE, (how,) if tables else (), tables, bullets=_counts(one, by_set[0])))
    if by_point:
        title, how = _way(one)
        found.append(Section(title, (how,), (_points(by_point), *point_tables(by_point))))
    return tuple(found)


def moves_lead(one: Simulation) -> list[str]:
    """How many rows what is set and changed moves: those that are paid otherwise, rated otherwise, and on the list."""
    found = []
    for each in one.moves:
        for rows in each.rows if each.run == WHAT_IS_SET else ():
            count = sum(move.entity == rows.entity for move in each.of(rows.kind))
            if count and rows.kind in _LEAD:
                of = f"{rows.count:,} {rows_named(one.checked, rows.entity)}"
                found.append(f"{count:,} of {of} {_LEAD[rows.kind][0 if count == 1 else 1]}")
    return [f"{'; '.join(found)}."] if found else []


_LEAD = {
    PAYMENT: ("is paid otherwise", "are paid otherwise"),
    RATING: ("has another rating", "have another rating"),
    LIST: ("has another standing on the list", "have another standing on the list"),
}


def _way(one: Simulation) -> tuple[str, str]:
    """A title, and between which runs rows move."""
    asked = one.asked.moves
    if asked is None or asked.axis is None:
        return f"{TITLE}, point by point", f"Each point beside {AS_IT_IS}."
    axis = one.asked.sweeps[asked.axis].axis
    values = [axis.text(value) for value in axis.values]
    to = values[1] if len(values) == 2 else "each other"
    title = f"{TITLE} from {axis.name} {values[0]} to {to}"
    if len(one.asked.sweeps) == 1:
        return title, "The largest change first."
    return title, "All else is the same in both runs. In a line without numbers nobody moves."


# -- how many -------------------------------------------------------------------------------------------------------


def _counts(one: Simulation, each: Moved) -> tuple[str, ...]:
    """How many rows move and how many do not: a line for each kind and entity of which any row moves, and one for all
    others.
    """
    found: list[str] = []
    still: dict[str, list[str]] = {}
    for all_rows in each.rows:
        kind, count = all_rows.kind, all_rows.count
        own = [move for move in each.of(kind) if move.entity == all_rows.entity]
        rows, same = rows_named(one.checked, all_rows.entity), f"{count - len(own):,} the same"
        if all_rows.still and not (kind == RATING and INDEX in {other.kind for other in each.rows}):
            same += f": {', '.join(all_rows.still)}"
        if not own:
            if kind != CLAIM:
                still.setdefault(f"{count:,} {rows}", []).append(_ALL[kind])
        elif kind == PAYMENT:
            more, less = (sum((move.change or 0) * sign > 0 for move in own) for sign in (1, -1))
            unknown = len(own) - more - less
            more_words = f", {unknown:,} not known or not in both runs" if unknown else ""
            is_paid = f"{more:,} {'is' if more == 1 else 'are'} paid more"
            found.append(f"of {count:,} {rows} {is_paid}, {less:,} less{more_words}, {same}")
        elif kind != CLAIM:
            has = "has" if len(own) == 1 else "have"
            found.append(f"of {count:,} {rows} {len(own):,} {has} another {_ONE[kind]}, {same}")
    same_all = [f"{_and(what)} of {rows}" for rows, what in still.items()]
    found += [f"all the same: {', '.join(same_all)}"] if same_all else []
    if one.checked.policy.funding and PAYMENT not in {rows.kind for rows in each.rows}:
        found.append("no payee is named here: they are persons, or there are none")
    return tuple(found)


def _and(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


_ALL = {PAYMENT: "payments", INDEX: "indexes", RATING: "ratings", LIST: "standings"}
_ONE = {INDEX: "index", RATING: "rating", LIST: "standing on the list"}


def _points(some: Sequence[Moved]) -> Grid:
    """A line for each point: how many rows move, and by how much money."""
    kinds = [kind for kind in _COUNTED if any(each.of(kind) for each in some)]
    head = (*(name for name, _ in some[0].values), *(["to"] if is_told_apart(some) else []))
    head = (*head, *(_COUNTED[kind] for kind in kinds), *(["paid, change"] if PAYMENT in kinds else []))
    rows = []
    for each in some:
        cells = [value for _, value in each.values] + ([each.run] if is_told_apart(some) else [])
        cells += [f"{count:,}" if (count := len(each.of(kind))) else "" for kind in kinds]
        if PAYMENT in kinds:
            known = [move.change for move in each.of(PAYMENT) if move.change is not None]
            cells.append(money_change(sum(known, Fraction(0))))
        rows.append(tuple(cells))
    return Grid(head, whole_dollars(rows), frozenset(range(len(head))))


_COUNTED = {PAYMENT: "payees that move", CLAIM: "claims", INDEX: "other index", RATING: "other rating", LIST: "list"}


# -- which ----------------------------------------------------------------------------------------------------------


def _tables(each: Moved) -> tuple[Grid, ...]:
    """A table for each kind, ratings beside their indexes."""
    made = (
        _table(each, ("paid to", "before", "after", "change"), (PAYMENT,)),
        _table(each, ("claim", "before", "after", "change"), (CLAIM,)),
        _table(each, ("rated", "index", "after", "change", "rating", "after"), (INDEX, RATING)),
        _table(each, ("on the list", "before", "after"), (LIST,)),
    )
    return tuple(grid for grid in made if grid is not None)


def _table(each: Moved, head: tuple[str, ...], kinds: tuple[str, ...]) -> Grid | None:
    """The largest moves of some kinds; what is beyond is counted in the last row."""
    by_row: dict[tuple[str, str, str], list[Move]] = {}
    for move in each.of(*kinds):  # indexes first, each in the order of how much moves
        by_row.setdefault((*move.row, move.number if move.kind == CLAIM else ""), []).append(move)
    rows = sorted(by_row.values(), key=lambda moves: moves[-1].kind != RATING) if RATING in kinds else by_row.values()
    shown = list(rows)[:SHOWN]
    cells = {PAYMENT: _amounts, CLAIM: _amounts, INDEX: _ratings, LIST: _words}[kinds[0]]
    names = named([moves[0] for moves in shown])
    lines = [(name, *cells(moves)) for name, moves in zip(names, shown, strict=True)]
    if len(by_row) > SHOWN:
        lines.append((f"and {len(by_row) - SHOWN:,} more", *[""] * (len(head) - 1)))
    return Grid(head, tuple(lines), frozenset({1, 2, 3} if LIST not in kinds else ())) if lines else None


def _amounts(moves: Sequence[Move]) -> tuple[str, ...]:
    (move,) = moves
    return _dollars(move.before), _dollars(move.after), money_change(move.change)


def _ratings(moves: Sequence[Move]) -> tuple[str, ...]:
    index = next((move for move in moves if move.kind == INDEX), None)
    rating = next((move for move in moves if move.kind == RATING), None)
    ends = ("", "", "") if index is None else (_number(index.before), _number(index.after), number_change(index.change))
    words = ("", "") if rating is None else (str(rating.before), str(rating.after))
    return (*ends, *words)


def _words(moves: Sequence[Move]) -> tuple[str, ...]:
    (move,) = moves
    return str(move.before), str(move.after)


def _number(said: Said) -> str:
    return "not known" if said is None else said if isinstance(said, str) else decimal_text(said)


def _dollars(said: Said) -> str:
    return dollars(said) if isinstance(said, Fraction) else _number(said)
