"""Specie for notebooks: a run whose tables are pandas data frames, in three lines.

from specie import evaluate
run = evaluate("policies/example/credentials-of-value.yaml", "examples/state")
run.frames["priority_list"]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from . import api
from .execution.memory_tables import MemoryTables

if TYPE_CHECKING:
    import pandas as pd

    from .plan.in_force import CellValue
    from .results.outcome import Outcome
    from .results.run import Run

Made = TypeVar("Made")
Data: TypeAlias = str | Path | MemoryTables


class Tables(Mapping[str, Made], Generic[Made]):
    """Tables by name, each made when it is asked for and kept."""

    def __init__(self, names: tuple[str, ...], make: Callable[[str], Made]) -> None:
        self._names, self._make = names, make
        self._made: dict[str, Made] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._names:
            raise KeyError(f"there is no table {name!r}; there are: {', '.join(self._names)}")
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"tables: {', '.join(self._names)}"


class Evaluation:
    """A run in a notebook: its tables as data frames (`frames`) or Arrow tables (`arrow`), what it says, and why.

    `run` and `outcome` are the engine's own records of it.
    """

    def __init__(self, run: Run) -> None:
        self.run = run

    @cached_property
    def outcome(self) -> Outcome:
        """The result tables, what is held undetermined, and what is found."""
        return api.outcome(self.run)

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The result tables as data frames, by name: exact decimals, dates, truths and text."""
        from .results.data_frame import data_frame

        return Tables(self._names, lambda name: data_frame(self.outcome.table(name)))

    @cached_property
    def arrow(self) -> Mapping[str, Any]:
        """The result tables as Arrow tables, by name."""
        from .results.table_file import arrow_table

        return Tables(self._names, lambda name: arrow_table(self.outcome.table(name)))

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.outcome.tables)

    def explain(self, entity: str, key: str, name: str | None = None, levels: int = 99) -> Text:
        """Why a result of one row is what it is; arguments as `specie explain` takes them."""
        from .views.explanation import render_explanation

        return Text(render_explanation(api.why(self.run, entity, key, name), 100, False, levels))

    def write(self, out: str | Path, format: str = "csv") -> None:
        """Write the tables and `run.json` into a folder, as `specie evaluate --out` does."""
        api.write(self.outcome, out, format)

    def __repr__(self) -> str:
        from .views.summary import render_outcome

        return render_outcome(self.outcome, 100, limit=12, hide_personal=api.guarded()).rstrip()


class Text(str):
    """A text that a notebook shows as it would be printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self).rstrip()


def evaluate(
    policy: str | Path,
    data: Data,
    as_of: Date | str | None = None,
    backend: str = "duckdb",
    overrides: Mapping[str, CellValue] | None = None,
) -> Evaluation:
    """The official run of a policy on a dataset: a folder, or tables in memory (`dataset`).

    `as_of` is a day, or written as 2026-07-01; default: the dataset's, else the first day of the policy's school year.
    `overrides` binds other values to parameters, by path. Raises PolicyError with every complaint where the policy or
    the data are at fault, ValueError for a day that is none.
    """
    day = Date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return Evaluation(api.evaluate(policy, data, day, backend, overrides))


def outcome(run: Evaluation) -> Outcome:
    """The result tables of a run as the engine holds them: rows of exact values."""
    return run.outcome


def explain(
    policy: str | Path,
    data: Data,
    entity: str,
    key: str,
    name: str | None = None,
    as_of: Date | str | None = None,
) -> Text:
    """Why a result of one row is what it is. Of a run that is there, ask `run.explain` instead."""
    return evaluate(policy, data, as_of).explain(entity, key, name)


def tables(folder: str | Path) -> Mapping[str, pd.DataFrame]:
    """The tables in a dataset's folder as data frames, by name, after they are held to the data contract.

    Raises PolicyError where they break it.
    """
    from .results.data_frame import frame_of
    from .results.dataset_table import dataset_table

    read = api.read_dataset(folder)
    return Tables(tuple(read.tables), lambda name: frame_of(dataset_table(read, name)))
