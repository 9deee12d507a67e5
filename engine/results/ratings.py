"""Ratings: the index and rating of each row, by which line or override, what else it may be, what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..execution.values import Key
from ..model.school_year import school_year_text
from ..plan.plan import ColumnId
from ..syntax.accountability import Indicator
from ..syntax.print import print_expr
from ..syntax.weight_table import NOT_RATED
from ..types.lower.cut_scores import SCALE
from ..types.lower.index import RATED_WHEN
from ..types.lower.measure import cohort_entity
from ..types.lower.rating import NONE
from .claims import key_texts
from .decode import labels_of
from .rated import OPEN, Level, called, enough, exact
from .rating_lines import Lines, lines_of_level
from .run import Run
from .table import Cell, ResultTable, table

COLUMNS = (
    "entity key name status rating index:number index_unrounded:number index_lowest:number index_highest:number "
    "rating_line override other_overrides lowest_rating highest_rating next_rating points_to_next:number why "
    "prior_school_year prior_rating prior_index:number index_change:number scale cite"
)


LEFT_OUT = "the lines of ratings look at what does not apply"


def rating_table(run: Run, levels: Sequence[Level], unknown: Mapping[tuple[ColumnId, Key], str]) -> ResultTable:
    """`ratings`: every row of every level. `unknown` has, of pending ratings, what is missing in words.

    `rating_line` is the rating before overrides; `override` the one that gave the rating or the gate that lowered it,
    `other_overrides` those that hold as well. `lowest_rating` and `highest_rating` are what it may be while the index
    lies between its two ends;
    `points_to_next` is how far the index is from `next_rating`. All four are blank where the lines look at anything but
    the index, the last two also where the index is not known for certain or an override gave the rating.
    """
    rows: list[tuple[Cell, ...]] = []
    for level in levels:
        if level.has("index") or level.has("rating"):
            rows += _rows(level, unknown)
    return table("ratings", COLUMNS, rows)


def _rows(level: Level, unknown: Mapping[tuple[ColumnId, Key], str]) -> list[tuple[Cell, ...]]:
    run, keys = level.run, level.keys
    names, texts, by_level = labels_of(run, level.name), key_texts(run, level.name, keys), lines_of_level(level)
    scale = level.cells(SCALE)
    index, unrounded = level.ends("index"), level.ends("index: unrounded")
    status, rating, line = (level.cells(name) for name in ("rating: status", "rating", "rating line"))
    before = [level.cells(name) for name in ("rating: prior year", "rating: prior", "index: prior")]
    overrides, why = overrides_of(level), whys(level)
    found: list[tuple[Cell, ...]] = []
    for row, key in enumerate(keys):
        lines = by_level.of(row) if by_level is not None else None
        year, was, prior = (cells[row] for cells in before)
        now = exact(index[row])
        least, most = range_of(level, lines, row, index[row], rating[row], overrides)
        by_line = lines is not None and status[row] == "rated" and not overrides[row].winner
        better = lines.next_above(now) if lines is not None and by_line and now is not None else None
        missing = unknown.get((ColumnId(level.name, "rating"), key), "")
        found.append(
            (
                level.name, texts[row], names.get(key, ""), status[row], rating[row], now, exact(unrounded[row]),
                *index[row], line[row], overrides[row].winner, ", ".join(overrides[row].others), least, most,
                better[0] if better else "", better[1] - now if better and now is not None else None,
                f"not known: {missing}" if missing else why[row],
                "" if year is None else school_year_text(year), was, prior,
                now - prior if now is not None and prior is not None else None, scale[row], level.section.cite,
            )
        )  # fmt: skip
    return found


# -- overrides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overrides:
    """Of a row, the override that gave the rating or the gate that lowered it, the others that hold, what those that
    may hold would give, and what gates leave that hold or may.
    """

    winner: str = ""
    others: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    possible_gates: tuple[str, ...] = ()


def overrides_of(level: Level) -> list[Overrides]:
    """The overrides of every row."""
    section = level.section
    gate = level.cells("gate")
    held = {one.name: level.cells(f"override: {one.name}") for one in section.overrides}
    excused = {one.name: level.excused(f"override: {one.name}") for one in section.overrides}
    won = level.cells("override")
    found = []
    for row in range(level.count):
        winner = "" if won[row] in (None, NONE) else str(won[row])
        if not winner and gate[row] not in (None, NONE):
            winner = str(gate[row])
        others = tuple(name for name, cells in held.items() if cells[row] is True and name != winner)
        open_ones: list[str] = []
        gates: list[str] = []
        open_gates: list[str] = []
        for one in section.overrides:
            holds = False if excused[one.name][row] else held[one.name][row]
            if one.gate and holds is not False:
                (gates if holds is True else open_gates).append(one.rating.text)
        for one in section.overrides if level.has("override") and won[row] is None else ():
            if one.gate or excused[one.name][row] or held[one.name][row] is False:
                continue
            open_ones.append(one.rating.text)
            if held[one.name][row] is True:
                break
        found.append(Overrides(winner, others, tuple(open_ones), tuple(gates), tuple(open_gates)))
    return found


def range_of(
    level: Level, lines: Lines | None, row: int, index: tuple[Fraction | None, Fraction | None], rating: str | None,
    overrides: Sequence[Overrides],
) -> tuple[str, str]:  # fmt: skip
    """The lowest and the highest rating that a row may have; both are the rating where it has one, empty where the
    lines cannot tell.
    """
    if rating is not None:
        return (rating, rating) if rating != NOT_RATED else ("", "")
    low, high = index
    if lines is None or low is None or high is None:
        return "", ""
    places = [lines.place(one) for one in lines.possible(low, high)]
    given = [lines.place(one) for one in overrides[row].possible]
    known = [place for place in places if place is not None]
    otherwise = [place for place in given if place is not None]
    if len(known) < len(places) or len(otherwise) < len(given) or not known:
        return "", ""
    closed = max((lines.place(one) or 0 for one in overrides[row].gates), default=0)
    may_close = max((lines.place(one) or 0 for one in overrides[row].possible_gates), default=closed)
    worst, best = max(*known, closed, may_close), max(min(known), closed)
    return lines.cuts[max(worst, *otherwise, 0)].rating, lines.cuts[min([best, *otherwise])].rating


# -- why there is no rating, or another than that of the line -------------------------------------------------------


def whys(level: Level) -> list[str]:
    """Why a row is not rated, or which override gave its rating; empty where the line did."""
    section, overrides = level.section, {one.name: one for one in level.section.overrides}
    status, rated_when = level.cells("rating: status"), level.cells(RATED_WHEN)
    won = [one.winner for one in overrides_of(level)]
    index, line = level.ends("index"), level.cells("rating line")
    lacking = lacks(level)
    pending = {item.name: level.cells(called(item.name, "", "status")) for item in level.weighted}
    found = []
    for row in range(level.count):
        one = overrides.get(won[row])
        if rated_when[row] is False and section.rated_when is not None:
            found.append(f"not so: {print_expr(section.rated_when)}")
        elif one is not None:
            said = "" if one.because is None else f": {print_expr(one.because)}"
            found.append(f"override {one.name}{said}")
        elif status[row] is None and any(cells[row] == "pending" for cells in pending.values()):
            found.append("; ".join(f"{name} is pending" for name, cells in pending.items() if cells[row] == "pending"))
        elif status[row] == NOT_RATED or (status[row] is None and index[row] == OPEN):
            nothing = LEFT_OUT if line[row] == NOT_RATED else "no indicator with a weight applies"
            found.append("; ".join(lacking[row]) or nothing)
        else:
            found.append("")
    return found


def lacks(level: Level) -> list[list[str]]:
    """Of each row, its indicators that are not rated, and of what they have too little."""
    found: list[list[str]] = [[] for _ in range(level.count)]
    for item in level.section.indicators:
        status = level.cells(called(item.name, "", "status"))
        needs = item.minimum_n or level.section.minimum_n
        by_denominator = needs is not None and needs.of == "denominator" and item.value is None
        sizes = level.ends(called(item.name, "", "denominator" if by_denominator else "n"))
        years, rows = level.cells(called(item.name, "", "years")), rows_of(level, item)
        for row in range(level.count):
            size = exact(sizes[row])
            if status[row] != NOT_RATED:
                continue
            least = item.over_years.at_least if item.over_years is not None else 0
            if years[row] is not None and years[row] < least:
                found[row].append(f"{item.name} has {years[row]} of at least {least} calculated years")
                continue
            if size is None or needs is None:
                found[row].append(f"{item.name} has no {rows}" if size == 0 else f"{item.name} is not rated")
                continue
            over = f" over {years[row]} years" if years[row] is not None and years[row] > 1 else ""
            what = f"in its denominator {size}" if by_denominator else f"{int(size):,}"
            found[row].append(
                f"{item.name} has {what} of at least {print_expr(enough(needs, years[row]))} {rows}{over}"
            )
    return found


def rows_of(level: Level, item: Indicator) -> str:
    """What the rows of a cohort are called, such as students."""
    entity = cohort_entity(item, level.run.epoch.world)
    return level.run.epoch.world.entities[entity].rows_name.replace("_", " ") if entity else "rows"
