"""The lines of `ratings` that compare the index with numbers: what may come out between two ends, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import STATE, Interpreter, Row
from ..plan.from_checked import nodes_in
from ..plan.plan import Aggregate, Compute, Const, Lookup, Node, Outer, Reference, Scan, Window
from ..types.lower.cut_scores import of_rating
from .line import column_named
from .rated import Ends, Level, exact

CUT_SCORE = of_rating("")

HOLDS = {
    "ge": lambda index, cut: index >= cut,
    "gt": lambda index, cut: index > cut,
    "le": lambda index, cut: index <= cut,
    "lt": lambda index, cut: index < cut,
    "eq": lambda index, cut: index == cut,
    "ne": lambda index, cut: index != cut,
}
TURNED = {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt", "eq": "eq", "ne": "ne"}
OF_ROWS = (Reference, Scan, Lookup, Outer, Aggregate, Window)


@dataclass(frozen=True, slots=True)
class Cut:
    """A line: the rating, and how the index compares with a number; no comparison for `otherwise`."""

    rating: str
    op: str = ""
    at: Fraction = Fraction(0)

    def holds(self, index: Fraction) -> bool:
        """Whether the line holds for an index."""
        return not self.op or HOLDS[self.op](index, self.at)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a level in their order, which goes from the best rating to the worst."""

    cuts: tuple[Cut, ...]

    def rating(self, index: Fraction) -> str:
        """The rating of an index: the first line that holds; empty where none does."""
        return next((cut.rating for cut in self.cuts if cut.holds(index)), "")

    def place(self, rating: str) -> int | None:
        """The place of a rating, 0 for the best; nothing for one that no line gives."""
        return next((place for place, cut in enumerate(self.cuts) if cut.rating == rating), None)

    def possible(self, low: Fraction, high: Fraction) -> frozenset[str]:
        """The ratings of all that lies between two ends."""
        return frozenset(self.rating(index) for index in self._probes(low, high))

    def next_above(self, index: Fraction) -> tuple[str, Fraction] | None:
        """The better rating that is nearest above an index, and where it begins; nothing for the best."""
        mine = self.place(self.rating(index))
        highest = max((cut.at for cut in self.cuts if cut.op), default=index)
        for probe in self._probes(index, max(highest, index) + 1):
            place = self.place(self.rating(probe))
            if mine is not None and place is not None and place < mine:
                begins = max(cut.at for cut in self.cuts if cut.op and cut.at <= probe)
                return self.cuts[place].rating, begins
        return None

    def _probes(self, low: Fraction, high: Fraction) -> list[Fraction]:
        """Both ends, the cuts between them, and a number between each two of these, in rising order."""
        points = sorted({low, high, *(cut.at for cut in self.cuts if cut.op and low < cut.at < high)})
        return sorted({*points, *((one + other) / 2 for one, other in pairwise(points))})


@dataclass(frozen=True, slots=True)
class LevelLines:
    """The lines of a level: rating, comparison, and the number, which may be a cut score that differs from row to
    row.
    """

    cuts: tuple[tuple[str, str, Fraction | tuple[Ends, ...]], ...]

    def of(self, row: int) -> Lines | None:
        """The lines as they hold for a row; nothing where one of its cut scores is not known."""
        found = []
        for rating, op, at in self.cuts:
            cut = at if isinstance(at, Fraction) else exact(at[row])
            if cut is None:
                return None
            found.append(Cut(rating, op, cut))
        return Lines(tuple(found))


def lines_of_level(level: Level) -> LevelLines | None:
    """The lines of a level, with parameters as bound; nothing where one looks at anything but the index, numbers and
    cut scores.
    """
    run = level.run
    column = column_named(run, level.name, "rating line")
    if column is None:
        return None
    interpreter = Interpreter(run.plan, DatasetRows(run.dataset.tables), run.binding.cells, run.binding.schedules)
    cuts: list[tuple[str, str, Fraction | tuple[Ends, ...]]] = []
    node = column.node
    while isinstance(node, Compute) and node.op == "if":
        test, then, node = node.args
        cut = _cut(test, then, interpreter, level)
        if cut is None:
            return None
        cuts.append(cut)
    if not isinstance(node, Const):
        return None
    if isinstance(node.value, str):
        cuts.append((node.value, "", Fraction(0)))
    return LevelLines(tuple(cuts))


def _cut(
    test: Node, then: Node, interpreter: Interpreter, level: Level
) -> tuple[str, str, Fraction | tuple[Ends, ...]] | None:
    if not (isinstance(test, Compute) and test.op in HOLDS and isinstance(then, Const) and isinstance(then.value, str)):
        return None
    left, right = test.args
    op = test.op
    if not _is_index(left):
        left, right, op = right, left, TURNED[op]
    if not _is_index(left):
        return None
    named = _column_of(right)
    if named.startswith(CUT_SCORE) and level.has(named):
        return then.value, op, tuple(level.ends(named))
    if any(isinstance(inside, OF_ROWS) for inside in nodes_in(right)):
        return None
    at = interpreter.evaluate(right, Row(STATE, (STATE,)))
    return (then.value, op, at) if isinstance(at, Fraction) else None


def _is_index(node: Node) -> bool:
    return _column_of(node) == "index"


def _column_of(node: Node) -> str:
    """The column of the row that a node reads, empty for anything else."""
    while isinstance(node, Compute) and node.op == "snap":
        (node,) = node.args
    return node.column.name if isinstance(node, Reference) else ""
