"""Why a row has its rating: a sentence, the index as a sum that adds up, the lines, the overrides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ...execution.reference import Row
from ...execution.values import Bound, Key, Missing
from ...model.school_year import school_year_text
from ...plan.from_checked import nodes_in
from ...plan.plan import Cell, Compute
from ...syntax.accountability import Indicator
from ...syntax.domain import Domain
from ...syntax.print import print_expr
from ...syntax.weight_table import NOT_RATED
from ...types.datatypes import TRUTH
from ...types.lower.index import RATED_WHEN
from ...types.lower.rating import NONE
from ..indicator_steps import Rated, Spot, between, number_text, too_few
from ..rated import Level, called, exact, levels_of
from ..rating_lines import Lines, lines_of_level
from ..ratings import LEFT_OUT
from ..replay import Replay, checked_trace, place_of, source_title
from ..run import Run
from .explanation import Explanation, Item, Margin, Note, Responsible, Rule, Step
from .indicator import explain_indicator, numbers, open_cells
from .leaves import given, listed_names, responsible
from .levers import levers_of
from .parts import domain_items, index_items, made_of
from .sentence import explanation_of, who

ROLES = ("indicator", "rating")
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for of a row of a level: an indicator, or the `rating` or `index` that `about` names."""

    level: Level
    about: str
    item: Indicator | Domain | None = None
    group: str = ""


def rated(run: Run, entity: str, name: str | None) -> Asked | None:
    """The indicator, index or rating that a name stands for: by its name, the name of one of its columns, or its path;
    without a name the rating, or what there is in its place. Nothing where it is none of them.
    """
    level = next((one for one in levels_of(run) if one.name == entity), None)
    if level is None:
        return None
    if name is None:
        main = next((one for one in ("rating", "index") if level.has(one)), None)
        only = level.section.indicators if main is None and len(level.section.indicators) == 1 else ()
        return Asked(level, main) if main else Asked(level, only[0].name, only[0]) if only else None
    columns = [one.id for one in run.plan.columns if one.id.entity == entity and one.id.role in ROLES]
    found = next((one.name for one in columns if name in (one.name, one.origin)), None)
    if found is None:
        return None
    spots: list[tuple[str, Indicator | Domain]] = [*level.spots, *level.domain_spots]
    for group, item in spots:
        own = called(item.name, group)
        if found == own or found.startswith(f"{own}: "):
            return Asked(level, own, item, group)
    about = "index" if found.startswith("index") and found != "index: prior" else "rating"
    return Asked(level, about if level.has(about) else "index")


def explain_rated(replay: Replay, asked: Asked, key: Key, otherwise: bool = False) -> Explanation:
    """Why an indicator, an index or a rating is what it is. What is replayed is held against the run (X900)."""
    if isinstance(asked.item, Domain):
        return _domain(replay, asked.level, asked.item, asked.group, key)
    if asked.item is not None:
        return explain_indicator(replay, asked.level, asked.item, asked.group, key)
    row = Rated(replay, asked.level, key)
    by_level = lines_of_level(asked.level)
    lines = by_level.of(asked.level.keys.index(key)) if by_level is not None else None
    value = checked_trace(replay, asked.level.name, asked.about, key).value
    open_parts = _open(row) if isinstance(value, Missing | Bound) else ()
    items: list[Item] = [*_index(row)]
    if asked.about == "rating":
        items += [*_rated_when(row), *_lines(row, lines), *_overrides(row), *_before(row)]
    sentence = _sentence(row, lines, open_parts) if asked.about == "rating" else _of_index(row, open_parts)
    place, type = place_of(replay, asked.level.name, key), replay.columns[asked.level.name, asked.about].type
    found = explanation_of(replay, sentence, place, asked.about, value, type, tuple(items), open_parts)
    return replace(found, nearest=levers_of(row, lines)) if otherwise and asked.about == "rating" else found


def _domain(replay: Replay, level: Level, item: Domain, group: str, key: Key) -> Explanation:
    """Why a domain of a row is what it is."""
    row, name = Rated(replay, level, key), called(item.name, group)
    value, type = checked_trace(replay, level.name, name, key).value, replay.columns[level.name, name].type
    open_parts = _open(row) if isinstance(value, Missing | Bound) else ()
    status = row.word(f"{name}: status")
    whose = f"{item.name}{f' for {group}' if group else ''} of {who(replay, level.name, key)}"
    if status in (NOT_RATED, "not_applicable"):
        sentence = f"{whose} {'is not rated' if status == NOT_RATED else 'does not apply'}."
    else:
        sentence = f"{whose} is {between(row.ends(name))}: {made_of(row, item, group)}."
    items = (*domain_items(row, item, group),)
    return explanation_of(replay, sentence, place_of(replay, level.name, key), name, value, type, items, open_parts)


def _open(row: Rated) -> tuple[Responsible, ...]:
    """What leaves the index or the rating open: the cells that its pending indicators lack, or its own."""
    found: dict[Responsible, None] = {}
    for item in row.level.section.indicators:
        if Spot(row, item).status == "pending":
            found |= dict.fromkeys(open_cells(Spot(row, item), row.gaps(item)))
    name = "rating" if row.has("rating") else "index"
    return tuple(found) or responsible(row.replay, row.value(name), row.key)


# -- the sentence ---------------------------------------------------------------------------------------------------


def _sentence(row: Rated, lines: Lines | None, open_parts: tuple[Responsible, ...]) -> str:
    named, rating, index = _named(row), row.value("rating"), row.ends("index")
    if isinstance(rating, Missing):
        reasons = listed_names([one.text for one in open_parts]) or "something that it needs is not known"
        return f"{named} cannot be rated yet{_may_be(index, lines)}, because {reasons}."
    override, gate = row.word("override"), row.word("gate")
    if rating == NOT_RATED and override in ("", NONE):
        return f"{named} is not rated: {_why_not(row)}."
    if override not in ("", NONE):
        one = next(one for one in row.level.section.overrides if one.name == override)
        because = "" if one.because is None else f": {print_expr(one.because)}"
        line = row.word("rating line")
        alone = f"; its index of {between(index)} alone would give {line}" if line and line != rating else ""
        given = "not rated" if rating == NOT_RATED else f"rated {rating}"
        return f"{named} is {given} by the override {override}{because}{alone}."
    if gate not in ("", NONE):
        one = next(one for one in row.level.section.overrides if one.name == gate)
        because = "" if one.because is None else f": {print_expr(one.because)}"
        return f"{named} is rated {rating}, the best that {gate} allows{because}; its index is {between(index)}."
    said = f"its index is {between(index)}"
    whatever = "" if exact(index) is not None else ", whatever comes of what is not known"
    return f"{named} is rated {rating}{whatever}: {said}{_to_next(index, str(rating), lines)}."


def _named(row: Rated) -> str:
    named = who(row.replay, row.level.name, row.key)
    return named[:1].upper() + named[1:]


def _may_be(index: tuple[Fraction | None, Fraction | None], lines: Lines | None) -> str:
    low, high = index
    if low is None or high is None:
        return ""
    said = f": its index is {between(index)}"
    possible = lines.possible(low, high) if lines is not None else frozenset()
    named = [cut.rating for cut in lines.cuts if cut.rating in possible] if lines is not None else []
    which = list(dict.fromkeys(reversed(named)))
    return f"{said}, {_or(which)}" if len(which) > 1 else said


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _to_next(index: tuple[Fraction | None, Fraction | None], rating: str, lines: Lines | None) -> str:
    """How far the next better rating is."""
    low, high = index
    if lines is None or low is None or high is None:
        return ""
    if lines.place(rating) == 0:
        return ", and there is no better rating"
    better = lines.next_above(high)
    if better is None or (low != high and lines.next_above(low) != better):
        return ""
    gaps = (better[1] - high, better[1] - low)
    more = number_text(gaps[0]) if gaps[0] == gaps[1] else f"{number_text(gaps[0])} to {number_text(gaps[1])}"
    return f"; {more} point{'' if number_text(gaps[0]) == more == '1' else 's'} from {article(better[0])} {better[0]}"


def article(word: str) -> str:
    """`a` or `an` before a rating: an A, a B, an F."""
    alone = len(word) == 1 or not word[1:2].isalpha()
    return "an" if word[:1] in ("AEFHILMNORSX" if alone else "AEIOaeio") else "a"


def _why_not(row: Rated) -> str:
    section = row.level.section
    if section.rated_when is not None and row.value(RATED_WHEN) is False:
        return f"only what meets `{print_expr(section.rated_when)}` is"
    lacking = [
        f"{item.name} has {too_few(Spot(row, item))}"
        for item in section.indicators
        if Spot(row, item).status == NOT_RATED
    ]
    if row.word("rating line") == NOT_RATED:
        return "; ".join(lacking) or LEFT_OUT
    return "; ".join(lacking) or "no indicator with a weight applies"


def _of_index(row: Rated, open_parts: tuple[Responsible, ...]) -> str:
    index, named = row.ends("index"), who(row.replay, row.level.name, row.key)
    reasons = listed_names([one.text for one in open_parts])
    if index == (None, None):
        return f"The index of {named} cannot be told, because {reasons or _why_not(row)}."
    because = f", because {reasons}" if reasons else ""
    unrounded = row.ends("index: unrounded")
    before = f", before rounding {between(unrounded)}" if unrounded != index else ""
    return f"The index of {named} is {between(index)}{before}{because}."


# -- the index ------------------------------------------------------------------------------------------------------


def _index(row: Rated) -> Iterator[Item]:
    """The index as a sum; then the numbers of the indicators that have no part in one."""
    found = list(index_items(row))
    yield from found
    shown = row.ends("index: unrounded") != (None, None)
    told = {item.name for item in row.level.weighted} if shown else set()
    told |= {word.text for domain in row.level.section.domains for word in domain.parts if not domain.better_of}
    for item in row.level.section.indicators:
        if item.name not in told:
            yield Note(f"{item.name}: {'; '.join(numbers(Spot(row, item)))}")


# -- lines and overrides --------------------------------------------------------------------------------------------


def _rated_when(row: Rated) -> Iterator[Item]:
    test = row.level.section.rated_when
    if test is not None:
        yield Step(f"rated when {print_expr(test)}", row.value(RATED_WHEN), TRUTH)


def _lines(row: Rated, lines: Lines | None) -> Iterator[Item]:
    """The lines in their order until one holds or cannot be told."""
    if row.ends("index: unrounded") == (None, None) and row.has("index"):
        return
    node = row.replay.columns[row.level.name, "rating line"].node
    day = row.replay.run.epoch.starts
    for place, one in enumerate(one for one in row.level.section.ratings if one.holds(day)):
        if one.when is None or not isinstance(node, Compute):
            reached = row.word("rating line") != NOT_RATED
            yield Note(
                f"{one.name}: otherwise"
                + ("" if reached else ", which is not reached: of a line above nothing is left")
            )
            return
        test, _, node = node.args
        value = row.replay.interpreter.evaluate(test, Row(row.level.name, row.key))
        text = f"{one.name}: {print_expr(one.when)}"
        cells = dict.fromkeys(inside for inside in nodes_in(test) if isinstance(inside, Cell))
        known = [(cell, row.replay.interpreter.evaluate(cell, Row(row.level.name, row.key))) for cell in cells]
        items = tuple(given(row.replay, cell, found) for cell, found in known)
        yield Step(text, value, TRUTH, items, _margin(row, lines, place))
        if value is not False:
            return


def _margin(row: Rated, lines: Lines | None, place: int) -> Margin | None:
    index = exact(row.ends("index"))
    if lines is None or index is None or lines.cuts[place].op not in ("ge", "gt"):
        return None
    return Margin(index - lines.cuts[place].at, row.replay.columns[row.level.name, "index"].type, True)


def _overrides(row: Rated) -> Iterator[Item]:
    """All overrides in their order, with the law of each."""
    for one in row.level.section.overrides:
        name = f"override: {one.name}"
        because = "" if one.because is None else print_expr(one.because)
        yield Rule(
            name=f"override {one.name}, which gives {one.rating.text}{' at most' if one.gate else ''}",
            place=place_of(row.replay, row.level.name, row.key),
            path=f"accountability.overrides.{one.name}",
            role="rating",
            value=row.value(name),
            type=row.replay.columns[row.level.name, name].type,
            written=print_expr(one.when),
            title=one.title,
            because=because,
            cite=one.cite,
            source=source_title(row.replay, one.cite),
        )


def _before(row: Rated) -> Iterator[Item]:
    """What the row was rated before."""
    year, was, prior = row.value("rating: prior year"), row.word("rating: prior"), exact(row.ends("index: prior"))
    if not isinstance(year, int):
        return
    said = [f"rated {was or 'without a rating'} in {school_year_text(year)}"]
    now = exact(row.ends("index"))
    if prior is not None:
        said.append(f"with an index of {number_text(prior)}")
        if now is not None:
            change = now - prior
            more = "more" if change > 0 else "less"
            said.append(f"{number_text(abs(change))} {more} now" if change else "the same as now")
    yield Note(", ".join(said))
