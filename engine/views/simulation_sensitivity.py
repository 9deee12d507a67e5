"""What moves the numbers of a run, as sections: a table for each number that is watched, and what moves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..plan.in_force import CellValue
from ..results.simulate.axis import value_text
from ..results.simulate.sensitivity.fingerprint import MOST_ROWS
from ..results.simulate.sensitivity.pairs import Pair, pairs_of
from ..results.simulate.sensitivity.tornado import NOTHING, NUMBERS, ORDER, ROWS, SCORES, Lever, Tornado, swing
from ..results.simulate.simulation import Simulation
from ..types.datatypes import Type
from ..types.units import PLAIN, USD
from .article import Grid, Section
from .chart import Chart, Mark, Unit
from .measure_text import change_text, cut, measure_text

SHOWN = 40
"""Parameters of a table, and of a chart; what is beyond is counted."""

MOST_NAMES = 4
"""Numbers that are named of a parameter; of more it is said how many."""

UNITS: dict[str, Unit] = {"money": "money", "ratio": "ratio", "count": "count"}


def sensitivity_sections(one: Simulation) -> Iterator[Section]:
    """A section for each number that is watched, then one of the parameters that move nothing."""
    found = one.sensitivity
    if found is None:
        return
    kinds = one.kinds
    told = f"{_moved(found)} Each row is one value moved, all else as it is."
    order = "Values that are assumed stand first, enacted ones last; among their like, what moves most."
    for place, number in enumerate(found.asked.of):
        yield _of_number(found, number, kinds[number], f"{told} {order}" if not place else "")
    rest = [*_others(found)]
    if rest:
        yield Section("What moves none of these", bullets=tuple(rest))


def sensitivity_lead(one: Simulation) -> list[str]:
    """What moves the first number most, and how many parameters move nothing, in words."""
    found = one.sensitivity
    if found is None:
        return []
    number = found.asked.of[0]
    kind = one.kinds[number]
    known = [(pair.swing, pair) for lever in found.ordered(number) for pair in pairs_of(lever, found, number)]
    most = max((each for each in known if each[0]), key=lambda each: each[0] or 0, default=None)
    said = f"nothing that was tried moves {number}."
    if most is not None:
        said = f"{number} moves most with {most[1].lever.name}: by {measure_text(most[0], kind)}"
        said = said if kind != "ratio" else said.removesuffix("%") + " points"
        said += f" from {_ends(most[1], found.ground.get(number), kind)}."
    idle = sum(lever.moves == NOTHING for lever in found.levers)
    if not idle:
        return [said]
    return [said, f"{idle} of {len(found.levers)} parameters {'moves' if idle == 1 else 'move'} nothing on these data."]


def _ends(pair: Pair, ground: Fraction | None, kind: str) -> str:
    found = [one for one in (ground, pair.low_result, pair.high_result) if one is not None]
    return f"{measure_text(min(found), kind)} to {measure_text(max(found), kind)}"


def _moved(found: Tornado) -> str:
    asked = found.asked
    points = cut(asked.points * 100)
    said = f"Numbers are moved by {cut(asked.step * 100)}%, whole ones by 1 at least"
    kinds = {lever.type.kind for lever in found.levers}
    if any(lever.type.unit.kind == "ratio" for lever in found.levers):
        said += f", shares by {points} points"
    if "date" in kinds:
        said += f", dates by {asked.days} days"
    return f"{said}."


def _of_number(found: Tornado, number: str, kind: str, told: str) -> Section:
    """A row for each parameter that moves the number."""
    levers = found.ordered(number)
    now = f"As it is: {number} {measure_text(found.ground.get(number), kind)}."
    title = f"What moves {number}"
    if not levers:
        return Section(title, (" ".join(part for part in (told, now, "Nothing that was tried moves it.") if part),))
    head = ("parameter", "as it is", "-", "change", "+", "change")
    rows = [row for lever in levers[:SHOWN] for row in _rows(found, lever, number, kind)]
    beyond = len(levers) - SHOWN
    more = f"{beyond:,} more are in the files of `--out` and in JSON." if beyond > 0 else ""
    said = " ".join(part for part in (told, now, more) if part)
    grid = Grid(head, tuple(rows), frozenset({1, 2, 3, 4, 5}))
    return Section(title, (said,), (grid,), charts=(_chart(found, levers[:SHOWN], number, kind),))


def _rows(found: Tornado, lever: Lever, number: str, kind: str) -> Iterator[tuple[str, ...]]:
    before = found.ground.get(number)
    for pair in pairs_of(lever, found, number):
        cells = []
        for one, after in ((pair.low, pair.low_result), (pair.high, pair.high_result)):
            if one is None:
                cells += ["", ""]
            elif one.measures is None:
                cells += [_bare(one.move.value, lever.type), "refused"]
            else:
                change = change_text(before, after, kind) or ("not known" if after != before else "same")
                cells += [_bare(one.move.value, lever.type), change]
        yield _named(lever), _bare(lever.value, lever.type), *cells


def _named(lever: Lever) -> str:
    """A parameter with its standing, where it is another than enacted."""
    return lever.name if lever.standing == "enacted" else f"{lever.name} ({_words(lever.standing)})"


def _bare(value: CellValue, type: Type) -> str:
    """A value without its unit, which the policy says: a row has three of them."""
    if type.kind != "number" or type.unit.kind != "measure":
        return value_text(value, type)
    return value_text(value, replace(type, unit=USD if type.unit.is_money else PLAIN))


def _words(standing: str) -> str:
    return standing.replace("_", " ")


def _chart(found: Tornado, levers: Sequence[Lever], number: str, kind: str) -> Chart:
    """From the least to the most that the number is with each parameter moved."""
    marks = []
    now = found.ground.get(number)
    for lever in levers:
        for pair in pairs_of(lever, found, number):
            known = [one for one in (now, pair.low_result, pair.high_result) if one is not None]
            if now is None or len(known) < 2:
                continue
            name = lever.name if pair.low is not None or len(lever.tried) == 1 else f"{lever.name} {_other(pair)}"
            marks.append(Mark(name, now, _words(lever.standing), min(known), max(known)))
    alt = f"For each parameter a bar from the least to the most that {number} is with it a step lower and higher."
    return Chart(
        f"sensitivity-{number.replace(' ', '-')}", "ranges", f"What moves {number}", alt,
        ("parameter", "text"), (number, UNITS[kind]), tuple(marks),
    )  # fmt: skip


def _other(pair: Pair) -> str:
    assert pair.high is not None
    return value_text(pair.high.move.value, pair.lever.type)


# -- what moves nothing ---------------------------------------------------------------------------------------------


def _others(found: Tornado) -> Iterator[str]:
    """Which parameters move no number, told apart by what they do move; which are not moved, and why."""
    other = [
        lever
        for lever in _by_standing(found, NUMBERS)
        if not any(_moves(lever, found, each) for each in found.asked.of)
    ]
    for lever in other:
        moved = [name for name in found.ground if _moves(lever, found, name)]
        more = f" and {len(moved) - MOST_NAMES} more" if len(moved) > MOST_NAMES else ""
        yield f"{_named(lever)} moves other numbers: {', '.join(moved[:MOST_NAMES])}{more}."
    told = (
        (ROWS, "They move what becomes of a row, and no number of the run"),
        (SCORES, "They move what is computed of rows, and nothing that becomes of one"),
        (NOTHING, "They are read, and move nothing on these data"),
    )
    for what, words in told:
        names = [_named(lever) for lever in _by_standing(found, what)]
        if names:
            yield f"{words if len(names) > 1 else _of_one(words)}: {', '.join(names)}."
    if found.unread:
        words = "They are read by nothing on this day" if len(found.unread) > 1 else "It is read by nothing on this day"
        yield f"{words}: {', '.join(found.unread)}."
    for name, standing, why in found.still:
        yield f"{name} ({_words(standing)}) is not moved: {why}."
    for lever in found.levers:
        for one in lever.tried:
            if one.refused:
                yield f"{lever.name} {value_text(one.move.value, lever.type)} is not counted: {one.refused}."
    if found.apart and any(lever.moves in (SCORES, NOTHING) for lever in found.levers):
        apart = ", ".join(one.replace("_", " ") for one in found.apart)
        yield f"Not compared row by row, since they are persons or more than {MOST_ROWS:,}: rows of {apart}."


def _moves(lever: Lever, found: Tornado, number: str) -> bool:
    return swing(lever, number, found.ground) != 0


def _of_one(words: str) -> str:
    return words.replace("They move", "It moves").replace("They are", "It is").replace(", and move ", ", and moves ")


def _by_standing(found: Tornado, what: str) -> list[Lever]:
    place = {name: at for at, name in enumerate(ORDER)}
    return sorted(
        (one for one in found.levers if one.moves == what), key=lambda one: (place.get(one.standing, 9), one.name)
    )
