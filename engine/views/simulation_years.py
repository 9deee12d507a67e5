"""Years ahead as sections of an article: numbers year by year, the list, ratings, and what grew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ..results.simulate.measure import COUNT, KEPT_BACK, MONEY, Measures
from ..results.simulate.simulation import Simulation
from ..results.simulate.years.chain import Grown, Side
from ..results.simulate.years.year_read import ListMove
from ..results.simulate.years.years_ahead import Year, YearsAhead
from ..results.simulate.years.years_table import ALL_YEARS, total
from .article import Grid, Section
from .chart import Chart, Mark, Unit
from .measure_text import beside_paid, change_text, cut, measure_text
from .simulation_assumed import assumed_section

SHOWN = 40
"""Rows of a table; what is beyond is counted."""

NUMBERS = 5
"""Numbers of a table of years; the files have all."""

CHARTS = 3

POLICY, SET = "the policy as it is", "with what is set"


def years_sections(one: Simulation) -> list[Section]:
    """The years, one section for each thing that there is to say."""
    ahead = one.years
    if ahead is None:
        return []
    found = [assumed_section(one), _numbers(one, ahead), _list(ahead), _ratings(one, ahead), _grown(ahead)]
    return [section for section in found if section is not None]


def years_lead(one: Simulation) -> str:
    """The years in a sentence."""
    ahead = one.years
    if ahead is None:
        return ""
    first, last = ahead.years[0], ahead.years[-1]
    span = f"from {first.school_year} to {last.school_year}"
    if "paid" not in one.kinds:
        return f"The years {span} are run one after the other."
    paid, other = total(ahead, "paid", False), total(ahead, "paid", True)
    before = measure_text(paid, MONEY)
    if not ahead.compared:
        return f"In all years {span}, {before} is paid.{_kept_back(one, ahead)}"
    after, change = measure_text(other, MONEY), change_text(paid, other, MONEY)
    said = f"In all years {span}, {after} is paid with what is set, and {before} without ({change or 'no change'})."
    return said + _kept_back(one, ahead)


def _kept_back(one: Simulation, ahead: YearsAhead) -> str:
    """What is kept back in all years, beside what is paid; nothing where none is. A claim may wait in several years."""
    pots = [name for name in one.kinds if name.startswith(KEPT_BACK)]
    before, after = (_sum([total(ahead, name, scenario) for name in pots]) for scenario in (False, True))
    if before == after == 0:
        return ""
    kept, other = measure_text(before, MONEY), measure_text(after, MONEY)
    if not ahead.compared:
        return f" For claims that wait, {kept} is kept back."
    change = change_text(before, after, MONEY) or "no change"
    return f" For claims that wait, {other} is kept back with what is set, and {kept} without ({change})."


def _sum(found: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in found else sum((one for one in found if one is not None), Fraction(0))


# -- numbers --------------------------------------------------------------------------------------------------------


def _numbers(one: Simulation, ahead: YearsAhead) -> Section:
    kinds = one.kinds
    runs = [side.measures for year in ahead.years for side in (year.baseline, year.scenario)]
    moved = [name for name in kinds if any(run.get(name) != runs[0].get(name) for run in runs)]
    told = [name for name in moved if not _is_said_elsewhere(name, moved)]
    beside = [name for name in told if "paid" not in told or not name.startswith(KEPT_BACK)]
    known = sorted(beside, key=lambda name: " rated " in name)
    names = beside_paid(known[:NUMBERS], runs)
    said = [
        f"{ahead.years[0].school_year} is the run on the data as they are, as of {one.as_of.isoformat()}; each year "
        "after it is as of the same day, on the data of the year before a year on, with what that run gave on record.",
    ]
    if len(known) > NUMBERS:
        said.append(f"What else changes is in years.csv: {', '.join(known[NUMBERS:])}.")
    if any(kinds[name] == MONEY for name in names):
        said.append(f"The sums of {ALL_YEARS} are not discounted.")
    grids = [_grid(ahead, names, kinds, POLICY, _baseline)]
    if ahead.compared:
        grids += [_grid(ahead, names, kinds, SET, _scenario), _changes(ahead, names, kinds)]
    loud = [f"{rule} is written as a year, so it stays while the years go on" for rule in ahead.bound]
    charts = tuple(_chart(ahead, name, kinds[name]) for name in known[:NUMBERS] if kinds[name] in (MONEY, COUNT))[
        :CHARTS
    ]
    return Section(
        "Years ahead", (" ".join(said),), tuple(grids) if names else (), tuple(loud), tuple(ahead.notes), charts
    )


def _is_said_elsewhere(name: str, moved: Sequence[str]) -> bool:
    """Of one line alone its own numbers say what those of all lines do; shares of rows are told by their counts."""
    lines = [one for one in moved if one.startswith("factor of ")]
    return name.startswith("share of ") or (len(lines) <= 1 and (name.startswith("factor of ") or " by " in name))


def _grid(
    ahead: YearsAhead, names: Sequence[str], kinds: dict[str, str], title: str, of: Callable[[Year], Measures]
) -> Grid:
    rows = [
        (year.school_year, *(measure_text(of(year).get(name), kinds[name]) for name in names)) for year in ahead.years
    ]
    if any(kinds[name] == MONEY for name in names):
        scenario = title == SET
        sums = (measure_text(total(ahead, name, scenario), MONEY) if kinds[name] == MONEY else "" for name in names)
        rows.append((ALL_YEARS, *sums))
    head = title if ahead.compared else "school year"
    return Grid((head, *names), tuple(rows), frozenset(range(1, len(names) + 1)))


def _changes(ahead: YearsAhead, names: Sequence[str], kinds: dict[str, str]) -> Grid:
    rows = [
        (
            year.school_year,
            *(
                change_text(year.baseline.measures.get(name), year.scenario.measures.get(name), kinds[name])
                for name in names
            ),
        )
        for year in ahead.years
    ]
    if any(kinds[name] == MONEY for name in names):
        sums = [
            change_text(total(ahead, name, False), total(ahead, name, True), MONEY) if kinds[name] == MONEY else ""
            for name in names
        ]
        rows.append((ALL_YEARS, *sums))
    return Grid(("change", *names), tuple(rows), frozenset(range(1, len(names) + 1)))


def _chart(ahead: YearsAhead, name: str, kind: str) -> Chart:
    marks = []
    for title, of in ((POLICY, _baseline), *(((SET, _scenario),) if ahead.compared else ())):
        for year in ahead.years:
            value = of(year).get(name)
            if value is not None:
                marks.append(Mark(year.school_year, value, title))
    first, last = ahead.years[0], ahead.years[-1]
    ends = [measure_text(of(year).get(name), kind) for year in (first, last) for of in (_baseline, _scenario)]
    alt = f"{name}: {POLICY}, {ends[0]} in {first.school_year} and {ends[2]} in {last.school_year}"
    alt += f"; {SET}, {ends[1]} and {ends[3]}" if ahead.compared else ""
    unit: Unit = "money" if kind == MONEY else "count"
    file = f"years-{name.replace(' ', '-').replace('_', '-')}"
    return Chart(file, "line", f"{name}, year by year", alt, ("school year", "text"), (name, unit), tuple(marks))


def _baseline(year: Year) -> Measures:
    return year.baseline.measures


def _scenario(year: Year) -> Measures:
    return year.scenario.measures


# -- the list -------------------------------------------------------------------------------------------------------


def _list(ahead: YearsAhead) -> Section | None:
    """What becomes of rows of the list after the first year, and where that is otherwise with what is set."""
    moved = [side.read.moves for year in ahead.years for side in (year.baseline, year.scenario)]
    if not any(moved):
        return None
    rows: list[tuple[str, ...]] = []
    for year in ahead.years[1:]:
        before, after = year.baseline.read.moves, year.scenario.read.moves
        rows += [
            (year.school_year, move.change + ("" if move in after else f", {POLICY}"), _named(move), move.because)
            for move in before
        ]
        rows += [
            (year.school_year, f"{move.change}, {SET}", _named(move), move.because)
            for move in after
            if move not in before
        ]
    told = ["years_list.csv has the changes of the first year as well.", *_beyond(rows)]
    head = ("school year", "change", "row", "because")
    grids = (Grid(head, tuple(rows[:SHOWN])),) if rows else ()
    return Section("The list, year by year", (" ".join(told),), grids)


def _named(move: ListMove) -> str:
    tier = f", {move.tier_before} to {move.tier}" if move.change == "moved tier" else ""
    return f"{move.key} {move.name}{f' ({move.area})' if move.area else ''}{tier}".strip()


def _beyond(rows: Sequence[object]) -> list[str]:
    return [f"{len(rows) - SHOWN:,} more rows are in the files of `--out`."] if len(rows) > SHOWN else []


# -- ratings --------------------------------------------------------------------------------------------------------


def _ratings(one: Simulation, ahead: YearsAhead) -> Section | None:
    """Of how many rows the rating is another than in the year before, and than without what is set."""
    if not any(year.baseline.read.rated for year in ahead.years):
        return None
    rows: list[tuple[str, ...]] = []
    for before, year in zip(ahead.years, ahead.years[1:], strict=False):
        now, was = _rated(year.scenario), _rated(before.scenario)
        other = sum(now[key] != was[key] for key in now.keys() & was.keys())
        cells = [year.school_year, f"{sum(bool(rating) for rating in now.values()):,}", f"{other:,}"]
        if ahead.compared:
            plain = _rated(year.baseline)
            cells.append(f"{sum(now[key] != plain.get(key) for key in now):,}")
        rows.append(tuple(cells))
    head = ["school year", "rows with a rating", "other than the year before"]
    head += ["other than without what is set"] if ahead.compared else []
    where = "years_ratings.csv has the rating of each row in each year."
    return Section("Ratings, year by year", (where,), (Grid(tuple(head), tuple(rows), frozenset({1, 2, 3})),))


def _rated(side: Side) -> dict[tuple[str, str], str]:
    return {(row.entity, row.key): row.rating for row in side.read.rated}


# -- what grew ------------------------------------------------------------------------------------------------------


def _grown(ahead: YearsAhead) -> Section | None:
    rows = [
        (year.school_year, each.what, f"{each.rows:,}", _percent(each.share), f"{each.change:+,}")
        for year in ahead.years
        for each in year.scenario.grown
    ]
    if not rows:
        return None
    numbers = frozenset({2, 3, 4})
    grid = Grid(("school year", "rows", "there were", "by", "change"), tuple(rows[:SHOWN]), numbers)
    return Section("What grows", tuple(_beyond(rows)), (grid,), bullets=tuple(_unknown(ahead)))


def _unknown(ahead: YearsAhead) -> Iterator[str]:
    """Rows of which nobody can tell whether they are meant: they are left as they are."""
    found: dict[str, list[Grown]] = {}
    for year in ahead.years:
        for each in year.scenario.grown:
            if each.unknown:
                found.setdefault(each.what, []).append(each)
    for what, several in found.items():
        most = max(each.unknown for each in several)
        yield f"{what}: of up to {most:,} rows a year it is not known whether they are meant; they stay as they are"


def _percent(share: Fraction) -> str:
    return f"{'-' if share < 0 else '+'}{cut(abs(share) * 100)}%"
