"""A program run again and again with other values of some input cells, or other rows of some tables of the data: what
does not hang on these is made once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..plan.plan import Path
from ..text.errors import EngineBug, PolicyError
from .answers import TRIED
from .batch import Batch, Scenario, TooManyRows, batch, run_batch
from .collapse import Collapsed, collapse, untouched
from .inputs import Cells, Schedules
from .physical import column_table, is_number
from .run_program import Database, run_program
from .sql_program import CELLS, Closure, HostFunction, Load, Make, Program, Result, ShareOut, Step, texts_of
from .values import Scalar

if TYPE_CHECKING:
    from .dataset import Dataset

_WORD = re.compile(r"[A-Za-z0-9_]+")


ROOM = 8_000_000
"""How many rows may be read for many scenarios together: a few gigabytes where rows are wide."""

MOST = 1_000
"""How many scenarios are taken together at most."""

VARIED = 2_000_000
"""How many rows their tables that vary may have together; they are in memory before anything of them is read."""


class Rerun:
    """A program on a database, whose tables stay for the next run.

    `varied` are the input cells whose values differ from run to run, `tables` the tables of the data whose rows do;
    `rows` the entities whose rows are wanted, all where it is nothing; `tried` the cells of every run that will be
    asked for, if they are known. A step may hang on them where it brings such a
    table, where its query names one of their columns, or a table that such a step makes; `collapse` looks closer,
    unless rows that are alike are not worth the search.
    """

    def __init__(
        self, program: Program, database: Database, dataset: Dataset, varied: Collection[Path],
        tables: Collection[str] = (), rows: Collection[str] | None = None, tried: Sequence[Cells] = (),
        room: int = ROOM, alike: bool = True,
    ) -> None:  # fmt: skip
        self._program, self._database, self._dataset = program, database, dataset
        wanted = _wanted(program, rows)
        stale = _stale(wanted, _names(program, varied), tables)
        self._tried = [(path, *program.cells[path]) for path in varied if _is_counted(program, path, tried)]
        self._values = {self._place(one) for one in tried}
        parts = collapsed(program, varied, tables, rows, tried) if alike else untouched(stale)
        self._answers = parts.answers
        again = _without_drops(parts.anew, {step.table for step in parts.anew if isinstance(step, Make)})
        needed = {word for step in (*parts.once, *again) for word in _words(step)}
        hanging = {id(step) for step in stale}
        first = [_kept(step, needed) for step in wanted.steps if id(step) not in hanging]
        once = _without_drops(parts.once, {step.table for step in parts.once if isinstance(step, Make)})
        self._first = replace(program, steps=(*first, *once, *again))
        self._again = replace(program, steps=tuple(again))
        self._made = [step.table for step in again if isinstance(step, Make)]
        self._found: dict[str, Any] = {}
        self._varied, self._tables, self._room = varied, tables, room
        self._batch: Batch | None = None
        self._most = 0
        self._sizes = dict.fromkeys(parts.answers, 0)

    @property
    def share(self) -> tuple[int, int]:
        """How many steps are made anew in each run, and of how many."""
        return len(self._again.steps), len(self._program.steps)

    def run(self, cells: Cells, schedules: Schedules, dataset: Dataset | None = None) -> dict[str, Any]:
        """Entity → its Arrow table, as `run_program` gives it; cells and tables that are not varied are those of the
        first run. `dataset` has the rows of the varied tables; without it they are those of the first.
        """
        data = self._dataset if dataset is None else dataset
        self._check_told([cells])
        if not self._found:
            if self._tried:
                columns = [(column, type) for _, column, type in self._tried]
                rows = sorted(self._values, key=str)
                self._database.register(TRIED, column_table(columns, rows))
            self._found = run_program(self._first, self._database, data, cells, schedules)
            return dict(self._found)
        self._forget()
        return self._found | run_program(self._again, self._database, data, cells, schedules)

    def many(self, scenarios: Iterable[Scenario]) -> Iterator[dict[str, Any]]:
        """What `run` gives for each of many scenarios, in their order. They are taken together, as many as there is
        room for; where that fails, or cannot be done, one after the other.
        """
        waiting = iter(scenarios)
        if not self._found:
            first = next(waiting, None)
            if first is None:
                return
            yield self.run(first.cells, first.schedules, first.dataset)
        ahead: list[Scenario] = []
        while ahead := self._drawn(ahead, waiting):
            some = ahead[: self.at_once]
            try:
                found = self._together(some) if len(some) > 1 else None
            except TooManyRows as told:
                self._most = told.count
                continue
            ahead = ahead[len(some) :]
            if found is not None:
                yield from found
            else:
                for one in some:
                    yield self.run(one.cells, one.schedules, one.dataset)

    def _drawn(self, ahead: Sequence[Scenario], waiting: Iterator[Scenario]) -> list[Scenario]:
        """Scenarios to be taken together, with those that were drawn before: each may have been built just now, and the
        rows of its tables stay as long as it does.
        """
        found = list(ahead)
        sizes = {id(one.dataset): self._varied_rows(one.dataset) for one in found}
        while len(found) < self.at_once and sum(sizes.values()) < VARIED:
            one = next(waiting, None)
            if one is None:
                break
            found.append(one)
            sizes[id(one.dataset)] = self._varied_rows(one.dataset)
        return found

    def _varied_rows(self, dataset: Dataset) -> int:
        return sum(dataset.tables[table].row_count for table in self._tables if table in dataset.tables)

    def _together(self, scenarios: Sequence[Scenario]) -> list[dict[str, Any]] | None:
        """The runs of scenarios in one; nothing where one of them fails, which its own run tells."""
        assert self._batch is not None
        self._check_told([one.cells for one in scenarios])
        self._forget()
        try:
            together = run_batch(self._batch, self._database, scenarios, self._room, self._sizes)
        except PolicyError:
            return None
        return [self._found | found for found in together]

    @property
    def at_once(self) -> int:
        """How many scenarios are taken together at most, as far as is known yet."""
        if not self._most:
            self._batch = batch(self._again, self._varied)
            self._most = 1 if self._batch is None else MOST
        return self._most

    def _forget(self) -> None:
        """Drop what the last run made."""
        for table in self._made:
            self._database.drop(table)

    def _place(self, cells: Cells) -> tuple[Scalar | None, ...]:
        """The values of the cells of which all values are known beforehand."""
        return tuple(cells[path] for path, _, _ in self._tried)

    def _check_told(self, many: Iterable[Cells]) -> None:
        """What was answered beforehand was answered for the values that were told."""
        if self._answers and any(self._place(one) not in self._values for one in many):
            raise EngineBug("a run has values that were not told before the first")


def _is_counted(program: Program, path: Path, tried: Sequence[Cells]) -> bool:
    """Whether a cell has a number or a date in every run, and all runs are known."""
    if path not in program.cells or not tried or any(one.get(path) is None for one in tried):
        return False
    return is_number(program.cells[path][1]) or program.cells[path][1].kind == "date"


def collapsed(
    program: Program, varied: Collection[Path], tables: Collection[str], rows: Collection[str] | None,
    tried: Sequence[Cells],
) -> Collapsed:  # fmt: skip
    """What hangs on the cells `varied` and on `tables` of the data in a program, of which the results of `rows` are
    wanted, cut down; `tried` are the cells of all runs, where they are known.
    """
    wanted = _wanted(program, rows)
    names = _names(program, varied)
    known = {program.cells[path][0] for path in varied if _is_counted(program, path, tried)}
    cells = {column for column, _ in program.cells.values()} & names
    return collapse(wanted, _stale(wanted, names, tables), cells, names - cells, known)


def _names(program: Program, varied: Collection[Path]) -> set[str]:
    """The columns and tables in which cells and dated values stand."""
    return {places[path][0] for places in (program.cells, program.schedules) for path in varied if path in places}


def _wanted(program: Program, rows: Collection[str] | None) -> Program:
    """The program without the results of other entities."""
    steps = (step for step in program.steps if not isinstance(step, Result) or rows is None or step.entity in rows)
    return replace(program, steps=tuple(steps))


def _stale(program: Program, names: Collection[str], tables: Collection[str]) -> list[Step]:
    """The steps that hang on columns or tables of these names and on tables of the data, in their order."""
    known = set(names)
    found = []
    for step in program.steps:
        if known & _words(step) or (isinstance(step, Load) and step.entity in tables):
            found.append(step)
            known.update(_makes(step))
    return found


def _makes(step: Step) -> tuple[str, ...]:
    match step:
        case Load() | Make() | Closure() | HostFunction():
            return (step.table,)
        case ShareOut():
            return step.payments, step.factors
        case _:
            return ()


def _words(step: Step) -> set[str]:
    """Every word of the queries of a step."""
    return {word for text in texts_of(step) for word in _WORD.findall(text)} - {CELLS}


def _kept(step: Step, needed: set[str]) -> Step:
    """A step that drops nothing that a later run reads."""
    return replace(step, replaces="") if isinstance(step, Make) and step.replaces in needed else step


def _without_drops(steps: Iterable[Step], made: Collection[str]) -> list[Step]:
    """Steps of which none drops a table that is not made among them."""
    return [
        replace(step, replaces="") if isinstance(step, Make) and step.replaces not in made else step for step in steps
    ]
