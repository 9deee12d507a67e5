"""A simulation as an article: what is set, a table of all that is tried beside the policy as it is, what is found."""

from __future__ import annotations

from collections.abc import Sequence

from ..results.simulate.axis import value_text
from ..results.simulate.measure import Measures
from ..results.simulate.search import ALL, HALVING, Answer
from ..results.simulate.simulation import Found, Simulation
from .article import Article, Grid, Section
from .measure_text import beside_paid, change_text, is_said_elsewhere, measure_text, whole_dollars
from .simulation_changes import changes_sections, not_in_force
from .simulation_charts import search_chart, sweep_charts
from .simulation_equity import equity_sections
from .simulation_frontier import frontier_section
from .simulation_later import told_by_years
from .simulation_moves import moves_lead, moves_sections
from .simulation_sensitivity import sensitivity_lead, sensitivity_sections
from .simulation_stability import stability_section
from .simulation_uncertainty import uncertainty_lead, uncertainty_sections
from .simulation_years import years_lead, years_sections

SHOWN = 60
"""Rows of a table; what is beyond is counted."""

COLUMNS = 6
"""Columns of a table that can be read side by side; further ones stand in a table below."""

METHODS = {
    HALVING: "It is proved that this moves one way only, so that no other value is overlooked",
    ALL: "Every value of the range was tried",
}


def simulation_article(one: Simulation) -> Article:
    """What comes of the scenarios."""
    title = one.checked.policy.title or one.checked.policy.id
    sections = [
        section
        for section in (
            _asked(one),
            *changes_sections(one),
            _set(one),
            _swept(one),
            *moves_sections(one),
            *map(_Finding(one).section, one.found),
        )
        if section
    ]
    sections += [*uncertainty_sections(one), *stability_section(one), *years_sections(one)]
    if one.equity is not None:
        sections += equity_sections(one.equity)
    sections += [*frontier_section(one), *sensitivity_sections(one)]
    made_up = ["the data are made up"] if one.dataset.made_up else []
    data = one.dataset.title or "data without a title"
    foot = (one.checked.policy.id, f"ran on {data}, as of {one.as_of.isoformat()}", *made_up)
    return Article(f"What if: {title}", _lead(one), tuple(not_in_force(one)), tuple(sections), foot)


def _lead(one: Simulation) -> str:
    said = [_sentence(each) for each in one.found]
    if one.points:
        count = len(one.points)
        said.append(f"{count:,} {'run' if count == 1 else 'runs'} with other values of {_names(one)}.")
    said += sensitivity_lead(one)
    said += [text] if (text := years_lead(one)) else []
    unsure = uncertainty_lead(one)
    if not said and not unsure and one.equity is not None and not one.is_moved:
        said.append("What comes of the policy as it is, by groups of students.")
    waiting = not_in_force(one)
    if not said and (one.asked.settings or not unsure):
        moved = _told(one)
        if moved or not waiting:
            said.append("Nothing that is counted here changes." if not moved else f"It changes {_listed(moved)}.")
            said += moves_lead(one)
    said = [*waiting, *said, *unsure]
    return " ".join(f"{each[0].upper()}{each[1:]}" for each in said)


def _names(one: Simulation) -> str:
    return " and ".join(each.axis.name for each in one.asked.sweeps)


def _listed(names: Sequence[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


# -- what is asked --------------------------------------------------------------------------------------------------


def _asked(one: Simulation) -> Section | None:
    """The scenarios by name, with their reasons, and what they set."""
    said = []
    for each in one.asked.scenarios:
        because = f": {each.because}" if each.because else ""
        said.append(f"{each.name.text}{f', {each.title}' if each.title else ''}{because}")
    return Section("What is asked", bullets=(*said, *(f"set: {setting.text}" for setting in one.asked.settings)))


def _set(one: Simulation) -> Section | None:
    """What the values that are set do by themselves."""
    if not one.is_moved:
        return None
    kinds, told = one.kinds, beside_paid(_told(one), (one.baseline, one.scenario))
    rows = [
        (name, measure_text(one.baseline[name], kinds[name]), measure_text(one.scenario[name], kinds[name]),
         change_text(one.baseline[name], one.scenario[name], kinds[name]))
        for name in told
    ]  # fmt: skip
    done = "changed" if one.grounds.moved else "set"
    title = "What comes of it" if one.grounds.moved else "What is set"
    if not rows:
        yet = " It is not in force yet." if not_in_force(one) else ""
        return Section(title, (told_by_years(one) or f"Nothing that is counted here changes by it.{yet}",))
    head = ("", "the policy", f"with what is {done}", "change")
    return Section(title, (), (Grid(head, tuple(rows), frozenset({1, 2, 3})),))


def _told(one: Simulation) -> list[str]:
    """The numbers that what is set and changed makes others, without those that others of them say as well."""
    moved = [name for name, value in one.scenario.items() if value != one.baseline[name]]
    return _told_of((one.baseline, one.scenario), moved)


def _told_of(runs: Sequence[Measures], moved: Sequence[str]) -> list[str]:
    """The numbers that differ between runs, without what others of them say: what is owed where it is paid, too."""
    all_paid = all(run.get("owed") == run.get("paid") for run in runs)
    return [name for name in moved if not is_said_elsewhere(name, moved) and not (name == "owed" and all_paid)]


# -- what is tried --------------------------------------------------------------------------------------------------


def _swept(one: Simulation) -> Section | None:
    """A row for each run, the policy as it is first: the numbers that differ in any of them; then by how much."""
    if not one.points:
        return None
    kinds = one.kinds
    runs = [one.baseline, *(point.measures for point in one.points)]
    moved = [name for name in kinds if any(run[name] != one.baseline[name] for run in runs)]
    told_of = _told_of(runs, moved)
    names = beside_paid(told_of, runs)
    axes = [each.axis for each in one.asked.sweeps]
    tried = [
        (tuple(axis.text(value) for axis, value in zip(axes, point.values, strict=True)), point.measures)
        for point in one.points[:SHOWN]
    ]
    before = ("as it is", *[""] * (len(axes) - 1))
    rows, changes = [], []
    for some in _side_by_side(names, COLUMNS - len(axes)):
        told = [
            (*values, *(measure_text(run[name], kinds[name]) for name in some))
            for values, run in [(before, one.baseline), *tried]
        ]
        rows.append(_grid((*(axis.name for axis in axes), *some), told))
        told = [
            (*values, *(change_text(one.baseline[name], run[name], kinds[name]) for name in some))
            for values, run in tried
        ]
        if some:
            changes.append(_grid((*(axis.name for axis in axes), *(f"{name}, change" for name in some)), told))
    said = ["Each row is a run of its own; the first is of the policy as it is."]
    if one.is_moved:
        done = "set and changed" if one.asked.settings and one.grounds.moved else "changed"
        said.append(f"The others have what is {done if one.grounds.moved else 'set'} as well.")
    still = [name for name in ("paid", "listed", "undetermined") if name in kinds and name not in moved]
    if still:
        same = ", ".join(f"{name} {measure_text(one.baseline[name], kinds[name])}" for name in still)
        said.append(f"The same in all of them: {same}.")
    beyond = len(one.points) - SHOWN
    said += [f"{beyond:,} more rows are in the files of `--out` and in JSON."] if beyond > 0 else []
    grids = (*rows, *changes)
    return Section(f"Values of {_names(one)}", (" ".join(said),), grids, charts=sweep_charts(one, told_of))


def _side_by_side(names: Sequence[str], most: int) -> list[Sequence[str]]:
    """The names of columns by table, so many in each as can be read side by side."""
    most = max(most, 1)
    return [names[place : place + most] for place in range(0, max(len(names), 1), most)]


def _grid(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Grid:
    return Grid(head, whole_dollars(rows), frozenset(range(len(head))))


# -- what is looked for ---------------------------------------------------------------------------------------------


class _Finding:
    """The sections of what was looked for."""

    def __init__(self, one: Simulation) -> None:
        self._one, self._kinds = one, one.kinds

    def section(self, found: Found) -> Section:
        """What one search found, how, and the numbers of the run there."""
        search, answer = found.search, found.answer
        said = [f"{_method(answer)}: {len(answer.gaps):,} runs of {search.steps.count:,} values."]
        told = [search.goal.left, *([search.goal.right] if search.goal.right else [])]
        names = list(
            dict.fromkeys((*told, *(name for name in ("paid", "listed", "undetermined") if name in self._kinds)))
        )
        names = beside_paid(names, [self._one.baseline, *(run for _, run in found.measures)])
        rows = [("as it is", *self._cells(self._one.baseline, names))]
        rows += [(value_text(value, search.axis.type), *self._cells(run, names)) for value, run in found.measures]
        grid = Grid((search.axis.name, *names), tuple(rows), frozenset(range(len(names) + 1)))
        chart = search_chart(found, self._kinds)
        charts = () if chart is None else (chart,)
        return Section(f"Found: {search.name.replace('_', ' ')}", tuple(said), (grid,), charts=charts)

    def _cells(self, run: Measures, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(measure_text(run[name], self._kinds[name]) for name in names)


def _method(answer: Answer) -> str:
    other = "That this moves one way only is not proved; a grid was tried, and closer where something changes"
    return METHODS.get(answer.method, f"{other}, so that values between may do it as well")


def _sentence(found: Found) -> str:
    """The answer of a search."""
    search, answer, type = found.search, found.answer, found.search.axis.type
    name, goal = search.axis.name, search.goal.text
    if not answer.plateaus:
        near = " and ".join(value_text(value, type) for value in answer.nearest[:3])
        first, last = (value_text(search.steps.at(place), type) for place in (0, search.steps.count - 1))
        tried = f"no value of {name} from {first} to {last}"
        if answer.method not in METHODS:
            tried = f"none of the values of {name} that were tried from {first} to {last}"
        return f"With {tried} is {goal}; nearest: {near or 'none, since it is not known'}."
    parts = []
    for each in answer.plateaus[:5]:
        one, two = (value_text(value, type) for value in (each.first, each.last))
        parts.append(one if each.first == each.last else f"all from {one} to {two}")
    more = f" and {len(answer.plateaus) - 5} more stretches" if len(answer.plateaus) > 5 else ""
    return f"{goal} with {name} {', '.join(parts)}{more}."
