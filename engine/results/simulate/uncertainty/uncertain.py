"""Runs of many draws: of the policy as it is and, with the same draws, of what is set; what comes of all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ...reruns import Reruns
from ...run import Run
from ..ground import Ground
from ..journal import Journal, Reading
from ..trials import Trial, tried
from .deck import Deck, deck_of
from .drawn import CheckedUncertainty, DrawnColumn
from .interval import Chance, Interval, chance, interval
from .reading import LISTED, PAYMENT, SHORT, names_of, read_draw

PUBLISHED = "as published"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A column that is drawn: how many of its cells, by what is published of them, and how many stay, by why."""

    column: DrawnColumn
    cells: tuple[tuple[str, int], ...]
    stay: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The runs of one policy: with the data as published, and of each draw."""

    published: Reading
    draws: tuple[Reading, ...]

    def values(self, name: str) -> list[Fraction | None]:
        """A number in each draw; nothing where it is not known."""
        return [one.get(name) for one in self.draws]

    def interval(self, name: str) -> Interval:
        """What the draws say of a number."""
        return interval(self.values(name))

    def listed(self, key: str) -> Chance:
        """The chance that a row is listed."""
        return chance(_is_on(one, key) for one in self.draws)

    def short(self, pot: str) -> Chance:
        """The chance that what is owed exceeds an appropriation."""
        return chance(None if one is None else one > 0 for one in self.values(f"{SHORT}{pot}"))

    def mean_short(self, pot: str) -> Fraction | None:
        """What is missing of an appropriation on average where anything is; nothing where nothing ever is."""
        found = [one for one in self.values(f"{SHORT}{pot}") if one]
        return sum(found, Fraction(0)) / len(found) if found else None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What came of all draws. `scenario` is the same draws with what is set, where anything is; `names` is what people
    call the rows of readings; `digest` is a hash of all that the draws hang on.
    """

    asked: CheckedUncertainty
    drawn: tuple[Drawn, ...]
    digest: str
    baseline: Side
    scenario: Side | None
    names: Mapping[str, str]

    @property
    def sides(self) -> tuple[tuple[str, Side], ...]:
        """The policy as it is, and with what is set."""
        with_set = (("with what is set", self.scenario),) if self.scenario is not None else ()
        return (("the policy", self.baseline), *with_set)

    @property
    def keys(self) -> list[str]:
        """The rows that are on the list, or of which it cannot be told, in any run, in the order of their keys."""
        return sorted({name.removeprefix(LISTED) for name in self._named(LISTED)})

    @property
    def payees(self) -> list[str]:
        """The payees as `ENTITY KEY`, in order."""
        return sorted({name.removeprefix(PAYMENT) for name in self._named(PAYMENT)})

    @property
    def pots(self) -> list[str]:
        """The appropriations of which it is asked whether they are enough."""
        return sorted({name.removeprefix(SHORT) for name in self._named(SHORT)})

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that tell of it."""
        listed = ("chances",) if self.keys else ()
        return ("uncertainty", *listed, *(("payment_intervals",) if self.payees else ()))

    def change(self, name: str) -> list[Fraction | None]:
        """By how much a number is another with what is set, draw by draw."""
        if self.scenario is None:
            return []
        pairs = zip(self.baseline.values(name), self.scenario.values(name), strict=True)
        return [None if one is None or two is None else two - one for one, two in pairs]

    def _named(self, start: str) -> Iterator[str]:
        for _, side in self.sides:
            for one in (side.published, *side.draws):
                yield from (name for name in one if name.startswith(start))


def status(reading: Reading, key: str) -> str:
    """Whether a row is listed in a run, in words."""
    return {True: "listed", False: "not listed", None: "undetermined"}[_is_on(reading, key)]


def chances(found: Uncertain) -> dict[str, tuple[Fraction | None, str]]:
    """Of each row that is on the list in any run, the chance that it is, and whether it is as published."""
    side = found.baseline
    return {key: (side.listed(key).share, status(side.published, key)) for key in found.keys}


def _is_on(reading: Reading, key: str) -> bool | None:
    value = reading.get(f"{LISTED}{key}", Fraction(0))
    return None if value is None else bool(value)


def uncertain(plain: Ground, ground: Ground, asked: CheckedUncertainty, journal: Journal) -> Uncertain:
    """Run a policy once for each draw, and where another ground has something set, other rules or other data, that once
    more with the same draws. Raises PolicyError as `deck_of` does, where nothing is drawn (X085), or a run fails.
    """
    grounds = [plain]
    if ground.settings or ground.checked is not plain.checked or ground.dataset is not plain.dataset:
        grounds.append(ground)
    decks = [deck_of(one.checked, one.dataset, asked) for one in grounds]
    if not any(one.cells for one in decks):
        told = Diagnostics()
        help = (
            "name columns under `columns` and parameters under `parameters`; no column that is read declares an error"
        )
        told.report("X085", asked.span, help=help)
        raise PolicyError(told.sorted())
    found = [
        _side(one, deck, asked, part, journal)
        for one, deck, part in zip(grounds, decks, ("uncertainty", "uncertainty with what is set"), strict=False)
    ]
    sides = [side for side, _ in found]
    names: dict[str, str] = {}
    for _, called in reversed(found):  # what is in the policy as it is bears its own name; what is added, the other's
        names.update(called)
    drawn = tuple(
        Drawn(one.column, _counted(each.published for each in one.cells), tuple(sorted(one.stay.items())))
        for one in decks[-1].columns
    )
    scenario = sides[1] if len(sides) > 1 else None
    return Uncertain(asked, drawn, _digest(decks, asked), sides[0], scenario, names)


def _side(
    ground: Ground, deck: Deck, asked: CheckedUncertainty, part: str, journal: Journal
) -> tuple[Side, Mapping[str, str]]:
    """The runs of one ground, and what its rows are called, which is the same in every draw. It is read of the run with
    the data as published; where that was finished before, of another one.
    """
    names: dict[str, str] = {}

    def read_with_names(run: Run) -> Reading:
        names.update(names_of(run))
        return read_draw(run)

    if journal.known(part, PUBLISHED) is not None:
        with Reruns(ground.checked, ground.dataset, ground.as_of, ()) as reruns:
            names.update(names_of(reruns.bound(ground.checked, ground.binding())))
    trials = [Trial(PUBLISHED, read=read_with_names)]
    for draw in range(asked.draws):
        made = partial(deck.dataset_of, draw) if deck.tables else None
        trials.append(Trial(f"draw {draw + 1}", deck.settings(draw), made))
    published, *draws = tried(ground, part, trials, journal, read=read_draw, tables=deck.tables)
    return Side(published, tuple(draws)), names


def _counted(texts: Iterator[str]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return tuple(sorted(counts.items()))


def _digest(decks: Sequence[Deck], asked: CheckedUncertainty) -> str:
    """A hash of the seed, of how often is drawn, and of every cell and parameter with its spread."""
    made = hashlib.sha256(repr((asked.seed, asked.draws)).encode())
    for deck in decks:
        for one in deck.columns:
            made.update(repr((one.column.table, one.column.column.name)).encode())
            for cell in one.cells:
                made.update(repr((cell.key, cell.spread)).encode())
        for each in deck.parameters:
            made.update(repr((each.path, each.scale, each.spread, each.values, each.starts)).encode())
    return made.hexdigest()
