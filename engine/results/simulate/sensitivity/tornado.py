"""Every parameter a step lower and higher, all else as it is: what each moves, and which move nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ....plan.from_checked import plan_policy
from ....plan.in_force import CellValue, Resolved
from ....text.errors import PolicyError
from ....types.datatypes import Type
from ...reruns import Reads
from ..checked_sensitivity import CheckedSensitivity
from ..ground import Ground
from ..journal import Journal, Reading
from ..measure import Measures, measures_of
from ..setting import Setting
from ..trials import Trial, tried
from .fingerprint import COMPUTED, DECIDED, compared_columns, fingerprinted
from .swing import Move, moves_of, no_step

PART = "sensitivity"

ORDER = ("assumed", "not_found", "recalled", "secondary", "proposed", "set by the scenario", "enacted")
"""Standings of values, those first that are least sure."""

NUMBERS, ROWS, SCORES, NOTHING, FAILED = "numbers", "rows", "scores", "nothing", "not known"
"""What a parameter moves: a number of the run; what becomes of a row, though no number; something that is computed of a
row, and nothing that becomes of it; nothing on these data. Where its runs fail, it is not known.
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """A move and the numbers of the run with it; where it is not tried or its run fails, there are none, and `refused`
    says why.
    """

    move: Move
    measures: Measures | None
    refused: str


@dataclass(frozen=True, slots=True)
class Lever:
    """A parameter that is moved, its value in force, and what comes of each move; `moves` is what it moves at all."""

    name: str
    type: Type
    standing: str
    value: CellValue
    tried: tuple[Tried, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """What came of all moves. `ground` are the numbers without any; `still` are parameters that are not moved, with
    their standing and why; `unread` those that the run does not read at all. `apart` are entities with results whose
    rows are not compared.
    """

    asked: CheckedSensitivity
    ground: Measures
    levers: tuple[Lever, ...]
    still: tuple[tuple[str, str, str], ...]
    unread: tuple[str, ...]
    apart: tuple[str, ...]

    def ordered(self, number: str) -> list[Lever]:
        """The levers that move a number: by standing, then by how far they move it; what is not known comes first."""
        moved = [one for one in self.levers if one.moves in (NUMBERS, FAILED) and swing(one, number, self.ground) != 0]
        return sorted(moved, key=lambda one: (_place(one.standing), *_reach(swing(one, number, self.ground)), one.name))


def swing(lever: Lever, number: str, ground: Measures) -> Fraction | None:
    """From the least to the most that a number is with a parameter as it is and moved; nothing where it is not known
    with one of the values.
    """
    found = [ground.get(number), *(one.measures.get(number) for one in lever.tried if one.measures is not None)]
    known = [one for one in found if one is not None]
    if not known:
        return Fraction(0)
    return max(known) - min(known) if len(known) == len(found) else None


def _place(standing: str) -> int:
    return ORDER.index(standing) if standing in ORDER else len(ORDER)


def _reach(swing: Fraction | None) -> tuple[int, Fraction]:
    return (0, Fraction(0)) if swing is None else (1, -swing)


def tornado(ground: Ground, asked: CheckedSensitivity, journal: Journal) -> Tornado:
    """Move each parameter that the run reads, alone. Raises PolicyError where the run without any move fails."""
    checked, binding = ground.checked, ground.binding()
    read = {cell.path for cell in plan_policy(checked, checked.epoch(ground.as_of)).cells}
    given = {one.path: one for one in ground.settings}
    wanted = [one for one in binding.resolved if asked.paths is None or one.path in asked.paths]
    moved: list[tuple[Resolved, str, tuple[Move, ...]]] = []
    still = []
    for one in wanted:
        type, value = checked.parameters[one.name].type, binding.cells[one.path]
        standing = "set by the scenario" if one.path in given else one.standing
        if one.path not in read:
            continue
        moves = () if one.path in binding.not_in_force else moves_of(checked, one.path, value, type, asked)
        if moves:
            moved.append((one, standing, moves))
        else:
            why = "no value is in force" if one.path in binding.not_in_force else no_step(value, type)
            still.append((_name(one), standing, why))
    settings = {
        (one.path, move): Setting(
            one.path, checked.parameters[one.name].type, move.value,
            given[one.path].starts if one.path in given else asked.starts,
        )
        for one, _, moves in moved for move in moves if not move.refused
    }  # fmt: skip
    trials = [Trial("as it is"), *(Trial(one.text, (one,)) for one in settings.values())]
    reads, apart = compared_columns(ground)
    read_of = dict(zip(trials, _readings(ground, trials, reads, journal), strict=True))
    first = read_of[trials[0]]
    if isinstance(first, PolicyError):
        raise first
    by_move = dict(zip(settings, trials[1:], strict=True))
    levers = []
    for one, standing, moves in moved:
        readings = [(move, read_of[by_move[one.path, move]] if not move.refused else None) for move in moves]
        known = [reading for _, reading in readings if isinstance(reading, dict)]
        levers.append(
            Lever(
                _name(one), checked.parameters[one.name].type, standing, binding.cells[one.path],
                tuple(_tried(ground, move, reading) for move, reading in readings), _moves(ground, first, known),
            )
        )  # fmt: skip
    unread = tuple(_name(one) for one in wanted if one.path not in read)
    return Tornado(asked, _numbers(ground, first), tuple(levers), tuple(still), unread, apart)


def _name(one: Resolved) -> str:
    return one.path.removeprefix("parameters.")


def _readings(ground: Ground, trials: Sequence[Trial], reads: Reads, journal: Journal) -> list[Reading | PolicyError]:
    """What is read of each run; of one that fails, why. All are run together, and in halves only where one fails."""
    try:
        return [*tried(ground, PART, trials, journal, read=fingerprinted, reads=reads)]
    except PolicyError as error:
        if len(trials) == 1:
            return [error]
        half = len(trials) // 2
        parts = (trials[:half], trials[half:])
        return [each for part in parts for each in _readings(ground, part, reads, journal)]


def _numbers(ground: Ground, reading: Reading) -> Measures:
    return {name: reading[name] for name in measures_of(ground.checked)}


def _tried(ground: Ground, move: Move, reading: Reading | PolicyError | None) -> Tried:
    if isinstance(reading, PolicyError):
        return Tried(move, None, reading.diagnostics[0].message)
    return Tried(move, None, move.refused) if reading is None else Tried(move, _numbers(ground, reading), "")


def _moves(ground: Ground, first: Reading, readings: Sequence[Reading]) -> str:
    """What is another one in any of the runs."""
    if not readings:
        return FAILED
    if any(_numbers(ground, one) != _numbers(ground, first) for one in readings):
        return NUMBERS
    if any(one[DECIDED] != first[DECIDED] for one in readings):
        return ROWS
    return SCORES if any(one[COMPUTED] != first[COMPUTED] for one in readings) else NOTHING
