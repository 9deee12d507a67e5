"""What a simulation has finished, run by run, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

Reading: TypeAlias = dict[str, Fraction | None]
"""What is read of a run: exact numbers by name; nothing where a number is not known, or there is none. No name and no
number is about one person: a journal is kept on disk.
"""


class Stopped(KeyboardInterrupt):
    """A simulation was interrupted after so many finished runs, which are kept in a folder, or nowhere."""

    def __init__(self, runs: int, folder: Path | None) -> None:
        super().__init__()
        self.runs, self.folder = runs, folder


Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, in words, how much of it is done, and of how much."""


class Journal:
    """The readings of finished runs by the part of the simulation that asked for them and the name of the run there."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._kept: dict[tuple[str, str], Reading] = {}

    @property
    def count(self) -> int:
        """How many runs are finished."""
        return len(self._kept)

    def known(self, part: str, name: str) -> Reading | None:
        """The reading of a run that is finished."""
        return self._kept.get((part, name))

    def keep(self, part: str, name: str, reading: Reading) -> None:
        """A run is finished."""
        self._kept[part, name] = reading

    def told(self, part: str, done: int, count: int) -> None:
        """Tell whoever waits how far a part is."""
        if self._progress is not None:
            self._progress(part, done, count)
